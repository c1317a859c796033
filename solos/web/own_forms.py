"""What a solo says of themselves, and who may see each thing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.fr import siret

from images.web.forms import PictureFileField
from registre.domain.wordings import current_wording
from registre.enums import ConsentUse
from registre.models import ConsentWording
from solos.domain.members import FOR_MEMBERS
from solos.domain.profile import LANGUAGE_NAMES
from solos.domain.publication import KEPT_IN
from solos.enums import PublicField
from solos.models import Sector, Solo, Trade
from solos.models.solo import MOST_LINKS
from territoires.domain.languages import localized_text
from territoires.models import Commune

MOST_SKILLS = 12
# The name is two boxes to type in, a photo is sent or taken away; every other public field is one
# box of its own.
BOXES = {
    PublicField.NAME: ["first_name", "last_name"],
    PublicField.PHOTO: ["new_photo", "remove_photo"],
}


@dataclass(frozen=True)
class Row:
    """A public field: the boxes to fill in, then who sees them."""

    label: str | Promise
    boxes: list[forms.BoundField]
    shown: forms.BoundField
    opened: forms.BoundField
    # None for what is never kept for members: they are found by name, a photo has an address.
    for_members: forms.BoundField | None


class OwnProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    skills = SimpleArrayField(
        forms.CharField(max_length=60),
        label=_("Compétences"),
        required=False,
        max_length=MOST_SKILLS,
        help_text=_("Douze au plus, séparées par des virgules."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues parlées"),
        choices=list(LANGUAGE_NAMES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    website = forms.URLField(
        label=_("Site web"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput({"autocomplete": "url"}),
    )

    links = SimpleArrayField(
        forms.URLField(max_length=200, assume_scheme="https"),
        label=_("Autres liens"),
        required=False,
        max_length=MOST_LINKS,
        help_text=_("Cinq au plus, séparés par des virgules : réseaux, portfolio, boutique…"),
    )

    siret = forms.CharField(
        label=_("SIRET"),
        required=False,
        max_length=20,
        help_text=_("Quatorze chiffres. Jamais publié : il évite les doublons."),
    )
    new_photo = PictureFileField(
        label=_("Photo"),
        required=False,
        help_text=format_lazy(
            "{} {}",
            PictureFileField.default_help,
            _("Dès que vous ne voulez plus la montrer, elle est effacée."),
        ),
    )
    remove_photo = forms.BooleanField(label=_("retirer ma photo"), required=False)

    class Meta:
        model = Solo
        fields = [
            "first_name", "last_name", "trade_name", "status", "trade", "commune", "skills",
            "languages", "presentation", "website", "links", "phone", "email", "work_place",
            "offers", "seeks", "takes_clients", "arrived_in", "came_from", "household_size",
            "siret", "accepts_messages",
        ]  # fmt: skip
        labels = {"came_from": _("D’où vous venez")}
        help_texts = {
            "came_from": _("La ville ou la région que vous avez quittée pour venir ici."),
        }
        error_messages = {
            "arrived_in": {"min_value": _("Donnez l’année sur quatre chiffres, à partir de 1900.")},
        }
        widgets = {
            "first_name": forms.TextInput({"autocomplete": "given-name"}),
            "last_name": forms.TextInput({"autocomplete": "family-name"}),
            "trade_name": forms.TextInput({"autocomplete": "organization"}),
            "phone": forms.TextInput({"type": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "presentation": forms.Textarea({"rows": 6}),
            "offers": forms.Textarea({"rows": 3}),
            "seeks": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        solo = self.instance
        communes = Commune.objects.current().within(solo.territory).order_by("sort_name")
        self.fields["commune"].queryset = communes.only("name", "sort_name").distinct()  # type: ignore[attr-defined]
        # A profile without address could not be reached any more, nor this page opened again.
        self.fields["email"].required = True
        self.fields["trade"].choices = _trades_by_sector()  # type: ignore[attr-defined]
        self.asked = [field for field in PublicField if set(_boxes(field)) <= set(self.fields)]
        if solo.photo is None:
            del self.fields["remove_photo"]
        for field in self.asked:
            self._ask(f"show_{field}", _("visible de tous"), field in solo.published_fields)
            self._ask(f"open_{field}", _("et en données ouvertes"), field in solo.open_fields)
            if field in FOR_MEMBERS:
                known = field in solo.member_fields
                self._ask(f"members_{field}", _("visible des membres du réseau"), known)

    def clean_siret(self) -> str:
        """Copied with its spaces from a letter."""
        return siret.compact(self.cleaned_data["siret"])

    def clean(self) -> dict[str, Any]:
        """What is open data is on the page too: whoever ticked the first alone is told."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.asked:
            if data.get(f"open_{field}") and not data.get(f"show_{field}"):
                self.add_error(
                    f"open_{field}", _("Les données ouvertes ne disent rien que la page taise.")
                )
        return data

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or []}

    @property
    def agreed(self) -> Mapping[ConsentUse, set[PublicField]]:
        """What is ticked, and what was agreed to of the fields that this form does not ask."""
        return {
            ConsentUse.PAGE: self._ticked("show", self.instance.published_fields),
            ConsentUse.OPEN_DATA: self._ticked("open", self.instance.open_fields),
            ConsentUse.MEMBERS: self._ticked("members", self.instance.member_fields),
        }

    @property
    def photo(self) -> dict[str, Any]:
        """What becomes of the photo, as `save_profile` asks."""
        return {
            "new_photo": self.cleaned_data["new_photo"],
            "removes_photo": self.cleaned_data.get("remove_photo", False),
        }

    def _ticked(self, kind: str, before: list[str]) -> set[PublicField]:
        ticked = {field for field in self.asked if self.cleaned_data.get(f"{kind}_{field}")}
        return ticked | {PublicField(field) for field in before if field not in self.asked}

    def rows(self) -> Iterator[Row]:
        for field in self.asked:
            boxes = [self[name] for name in _boxes(field) if name in self.fields]
            for_members = self[f"members_{field}"] if field in FOR_MEMBERS else None
            yield Row(field.label, boxes, self[f"show_{field}"], self[f"open_{field}"], for_members)

    def private_boxes(self) -> list[forms.BoundField]:
        """What nobody else sees, or is no field of the page."""
        return [self["accepts_messages"], self["siret"], self["household_size"]]

    def wordings(self) -> list[ConsentWording]:
        """The words agreed to by ticking, as the register keeps them."""
        return [current_wording(use) for use in KEPT_IN]

    def _ask(self, name: str, label: Any, initial: bool) -> None:  # noqa: FBT001
        self.fields[name] = forms.BooleanField(label=label, required=False, initial=initial)


def _boxes(field: PublicField) -> list[str]:
    return BOXES.get(field, [str(field)])


def _named(row: Sector | Trade) -> str:
    return localized_text(row, "name")[0]


def _trades_by_sector() -> list[Any]:
    trades = Trade.objects.select_related("sector").order_by("sector__position", "name")
    groups = groupby(trades.defer("words"), key=attrgetter("sector"))
    choices = [
        (_named(sector), [(trade.pk, _named(trade)) for trade in group]) for sector, group in groups
    ]
    return [("", "---------"), *choices]


class LinkAgainForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail"), widget=forms.EmailInput({"autocomplete": "email"}), max_length=254
    )
