"""The back-office of the shared work places."""

from telecentres.admin.booking import BookingAdmin
from telecentres.admin.payment import PaymentAdmin
from telecentres.admin.rights import EnrolmentAdmin, RightsGroupAdmin
from telecentres.admin.space import SpaceAdmin
from telecentres.admin.tariff import PackAdmin
from telecentres.admin.telecentre import TelecentreAdmin
from telecentres.admin.use import UseStatementAdmin
from telecentres.admin.wait import WaitAdmin

__all__ = [
    "BookingAdmin",
    "EnrolmentAdmin",
    "PackAdmin",
    "PaymentAdmin",
    "RightsGroupAdmin",
    "SpaceAdmin",
    "TelecentreAdmin",
    "UseStatementAdmin",
    "WaitAdmin",
]
