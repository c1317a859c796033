"""Who someone without account says they are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comptes.web.visitor_forms import AddressField, TrappedForm


class VisitorForm(TrappedForm):
    prenom = forms.CharField(
        label=_("Votre prénom"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    nom = forms.CharField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    email = AddressField(label=_("Votre e-mail"))
