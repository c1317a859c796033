"""What the forms of strangers share: a box for programs, an address that a mail can reach."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptes.domain.addresses import plain_address
from courrier.domain.addresses import LONGEST, mail_address
from courrier.domain.errors import BadAddress


class TrappedForm(forms.Form):
    """With a box that people do not see and that programs fill in: their word is thrown away."""

    # Named so that neither a browser nor a password manager fills it in for its owner.
    sujet = forms.CharField(
        label=gettext_lazy("Laissez ceci vide"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data["sujet"])

    def asked(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "sujet"]


class AddressField(forms.EmailField):
    """An e-mail address as mails are addressed: two spellings of one are the same."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput({"autocomplete": "email"})
        super().__init__(**{"max_length": LONGEST, "widget": widget, **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return mail_address(plain_address(text))
        except BadAddress as error:
            raise ValidationError(_("Aucun e-mail ne peut partir à cette adresse.")) from error
