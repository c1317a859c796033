"""The back-office of what newcomers come to."""

from accueil.admin.event import EventAdmin

__all__ = ["EventAdmin"]
