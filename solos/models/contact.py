"""Who wrote to a solo through the site: passed on by mail, kept for the solo to look back at."""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from solos.models.solo import Solo

LONGEST_MESSAGE = 3000


class ContactMessage(models.Model):
    """The agency reads none of these: they are the sender's and the solo's."""

    solo = models.ForeignKey(Solo, models.CASCADE, related_name="messages", verbose_name=_("solo"))
    sender_name = models.CharField(_("nom"), max_length=120)
    sender_email = models.EmailField(_("e-mail"))
    text = models.TextField(
        _("message"), max_length=LONGEST_MESSAGE, validators=[MaxLengthValidator(LONGEST_MESSAGE)]
    )
    sent_at = models.DateTimeField(_("envoyé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("message à un solo")
        verbose_name_plural = _("messages aux solos")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["solo", "-sent_at"], name="contact_message_of_solo")]

    def __str__(self) -> str:
        return f"{self.sender_name} ({self.sent_at:%d/%m/%Y})"
