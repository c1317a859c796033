import csv
from io import StringIO

import pytest

from solos.domain.open_data import directory_lines
from solos.enums import PublicField, SoloStatus, WorkPlace
from solos.models import Solo
from tests.factories import CommuneFactory, SoloFactory, TradeFactory


def read() -> list[dict[str, str]]:
    written = "".join(directory_lines(Solo.objects.in_open_data().order_by("pk")))
    assert written.startswith("\ufeff")
    return list(csv.DictReader(StringIO(written.removeprefix("\ufeff")), delimiter=";"))


def test_each_line_says_what_was_opened(territory):
    SoloFactory(
        territory=territory,
        published=True,
        first_name="Ana",
        last_name="Ruiz",
        trade_name="=1+1",
        status=SoloStatus.FOUNDER,
        trade=TradeFactory(name="Cartographe"),
        commune=CommuneFactory(foix=True),
        skills=["cartes", "dessin"],
        work_place=WorkPlace.BOTH,
        presentation="Une ligne\net une autre",
        takes_clients=True,
        phone="+33561000000",
        siret="73282932000074",
    )
    private = SoloFactory(
        territory=territory,
        published=True,
        email="sentinelle@exemple.fr",
        open_fields=[PublicField.NAME],
    )
    SoloFactory(territory=territory, published=True, open_fields=[])

    ana, other = read()

    assert ana["nom et prénom"] == "Ana Ruiz"
    assert ana["nom commercial"] == "'=1+1"
    assert ana["statut"] == "créateur·rice d’entreprise"
    assert (ana["métier"], ana["commune"]) == ("Cartographe", "Foix")
    assert ana["compétences"] == "cartes, dessin"
    assert ana["lieu de travail"] == "chez soi et dans un lieu partagé"
    assert ana["présentation"] == "Une ligne\net une autre"
    assert ana["prend de nouveaux clients"] == "oui"
    assert ana["téléphone"] == "'+33 5 61 00 00 00" or ana["téléphone"] == "05 61 00 00 00"
    assert "73282932000074" not in ana.values()
    assert {value for value in other.values() if value} == {private.name}
    assert len(ana) == len(PublicField) - 1


@pytest.mark.parametrize("count", [1, 3])
def test_file_costs_the_same_for_one_and_three(territory, count, django_assert_num_queries):
    SoloFactory.create_batch(count, territory=territory, published=True)

    with django_assert_num_queries(1):
        assert len(read()) == count
