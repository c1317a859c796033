"""What someone without account asks for, until they confirm it from their mailbox."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courrier.models import OutgoingMail
from telecentres.models.booking import Booking
from telecentres.querysets import VisitorHoldQuerySet


class VisitorHold(models.Model):
    """Who says that a held booking is theirs. Nobody reads it, and it is gone once answered.

    The booking has no holder yet: whoever typed the address may not be the one who reads its mail.
    """

    booking = models.OneToOneField(
        Booking, models.CASCADE, related_name="visitor_hold", verbose_name=_("place gardée")
    )
    email = models.EmailField(_("e-mail"))
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(_("nom"), max_length=80)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    note = models.CharField(_("précision"), max_length=300, blank=True)
    # That asks them to confirm: it names their address, and goes with it.
    mail = models.ForeignKey(
        OutgoingMail, models.SET_NULL, related_name="+", null=True, verbose_name=_("e-mail envoyé")
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)

    objects = VisitorHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("place gardée pour un visiteur")
        verbose_name_plural = _("places gardées pour des visiteurs")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.booking)
