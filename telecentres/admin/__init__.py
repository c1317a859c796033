"""The back-office of the shared work places."""

from telecentres.admin.booking import BookingAdmin
from telecentres.admin.space import SpaceAdmin
from telecentres.admin.telecentre import TelecentreAdmin
from telecentres.admin.wait import WaitAdmin

__all__ = ["BookingAdmin", "SpaceAdmin", "TelecentreAdmin", "WaitAdmin"]
