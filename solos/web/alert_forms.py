from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.domain.addresses import plain_address
from courrier.domain.addresses import mail_address
from courrier.domain.errors import BadAddress
from solos.web.contact_forms import TrappedForm


class AlertForm(TrappedForm):
    email = forms.EmailField(
        label=gettext_lazy("Votre e-mail"),
        max_length=254,
        help_text=gettext_lazy("Un e-mail vous demandera de confirmer."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """As mails are addressed: the same alert is not saved twice for two spellings."""
        try:
            return mail_address(plain_address(self.cleaned_data["email"]))
        except BadAddress as error:
            raise ValidationError(_("Aucun e-mail ne peut partir à cette adresse.")) from error
