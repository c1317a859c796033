"""The back-office of the shared work places."""

from telecentres.admin.telecentre import TelecentreAdmin

__all__ = ["TelecentreAdmin"]
