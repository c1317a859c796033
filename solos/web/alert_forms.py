from django.utils.translation import gettext_lazy as _

from comptes.web.visitor_forms import AddressField, TrappedForm


class AlertForm(TrappedForm):
    email = AddressField(
        label=_("Votre e-mail"), help_text=_("Un e-mail vous demandera de confirmer.")
    )
