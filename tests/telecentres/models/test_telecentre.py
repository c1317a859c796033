from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from telecentres.models import Telecentre
from tests.factories import TelecentreFactory

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
LONG_AGO = date(2024, 3, 12)


def to_come() -> date:
    """Of the database's own clock, which no test sets."""
    return timezone.localdate() + timedelta(days=2)


@pytest.mark.parametrize(
    ("facts", "constraint", "words"),
    [
        (
            {"is_neighbour": True, "takes_bookings": True},
            "telecentre_of_neighbours_not_booked",
            "Un lieu d’un voisin ne se réserve pas ici.",
        ),
        (
            {"opened_on": "to come"},
            "telecentre_opened_by_today",
            "Le jour d’ouverture est encore à venir.",
        ),
        (
            {"measured_on": "to come"},
            "telecentre_measured_by_today",
            "Le jour de la mesure est encore à venir.",
        ),
        (
            {"upload_mbps": Decimal("0.9")},
            "telecentre_rates_measured_one_day",
            f"Un débit se mesure un jour{NBSP}: dites lequel.",
        ),
        (
            {"download_mbps": Decimal("-0.1"), "measured_on": LONG_AGO},
            "telecentre_rates_not_negative",
            "Un débit ne peut pas être négatif.",
        ),
        (
            {"investment": Decimal("-0.01")},
            "telecentre_costs_not_negative",
            "Un coût ne peut pas être négatif.",
        ),
        (
            {"running_cost": Decimal(-1)},
            "telecentre_costs_not_negative",
            "Un coût ne peut pas être négatif.",
        ),
    ],
)
def test_what_is_never_true_of_a_place_is_refused(facts, constraint, words):
    place = TelecentreFactory()
    for name, value in facts.items():
        setattr(place, name, to_come() if value == "to come" else value)

    with pytest.raises(ValidationError) as refusal:
        place.full_clean()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        place.save()

    assert refusal.value.messages == [words]


@pytest.mark.parametrize(
    "facts",
    [
        {"is_neighbour": True},
        {"opened_on": timezone.localdate()},
        {"download_mbps": 0, "upload_mbps": 0, "measured_on": timezone.localdate()},
        {"investment": 0, "running_cost": Decimal("0.01")},
        {"measured_on": LONG_AGO},
    ],
)
def test_what_may_be_true_of_a_place_is_kept(facts):
    place = TelecentreFactory(**facts)

    place.full_clean()

    kept = Telecentre.objects.get(pk=place.pk)
    assert {name: getattr(kept, name) for name in facts} == facts


def test_equipment_is_read_line_by_line():
    place = Telecentre(equipment=" Imprimante\n\nÉcran ")

    assert place.equipment_list == ["Imprimante", "Écran"]
