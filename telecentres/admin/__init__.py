"""The back-office of the shared work places."""

from telecentres.admin.booking import BookingAdmin
from telecentres.admin.space import SpaceAdmin
from telecentres.admin.telecentre import TelecentreAdmin
from telecentres.admin.use import UseStatementAdmin

__all__ = ["BookingAdmin", "SpaceAdmin", "TelecentreAdmin", "UseStatementAdmin"]
