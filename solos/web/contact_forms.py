"""What a visitor writes to a solo, or to the agency about a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptes.web.visitor_forms import TrappedForm
from solos.models.contact import LONGEST_MESSAGE

LONGEST_MISTAKE = 250


class ContactForm(TrappedForm):
    sender_name = forms.CharField(
        label=_("Votre nom"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    sender_email = forms.EmailField(
        label=_("Votre e-mail"),
        max_length=254,
        help_text=_(
            "Pour qu’on vous réponde. Il n’est montré qu’à la personne à qui vous écrivez."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    text = forms.CharField(
        label=_("Votre message"),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea({"rows": 7}),
    )
    wants_copy = forms.BooleanField(label=_("M’en envoyer une copie"), required=False)

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name != "sujet"}


class MistakeForm(TrappedForm):
    text = forms.CharField(
        label=_("Ce qui n’est pas juste"),
        max_length=LONGEST_MISTAKE,
        help_text=_("Une ou deux phrases. Laissez votre adresse si vous voulez une réponse."),
        widget=forms.Textarea({"rows": 4}),
    )
