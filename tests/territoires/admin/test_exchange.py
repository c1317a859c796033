"""Spreadsheets leave and come back: nothing changes by itself, nothing wrong gets in."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accueil.models import Event
from solos.models import Solo
from telecentres.enums import ConnectionKind, StepFree
from telecentres.models import Telecentre
from territoires.admin.spreadsheets import SafeCsv
from territoires.models import HostVillage, Organisation
from tests.factories import (
    CommuneFactory,
    EventFactory,
    HostVillageFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SoloFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
)

EXCHANGED = {
    "solos_solo": Solo,
    "telecentres_telecentre": Telecentre,
    "territoires_hostvillage": HostVillage,
    "territoires_organisation": Organisation,
    "accueil_event": Event,
}
FORMATS = {"0": "xlsx", "1": "csv"}


@pytest.fixture
def everything(territory) -> None:
    """One full row of each kind, with everything that a spreadsheet may damage."""
    programme = ProgrammeFactory(territories=[territory])
    foix = CommuneFactory(foix=True)
    agency = OrganisationFactory(
        territory=territory, commune=foix, phone="05 61 00 00 00", note="+ à rappeler\r\n=1+1"
    )
    telecentre = TelecentreFactory(
        territory=territory,
        commune=foix,
        programme=programme,
        managing_organisation=agency,
        point=Point(1.605312345, 42.965812345, srid=4326),
        services="Visio\r\nTélésecrétariat",
        step_free=StepFree.PARTLY,
        connection=ConnectionKind.DSL,
        download_mbps=18,
        upload_mbps=Decimal("0.9"),
        measured_on=date(2024, 3, 12),
        office_area_m2=96,
        investment=Decimal("214000.50"),
        opened_on=date(2005, 1, 15),
    )
    village = HostVillageFactory(
        territory=territory, commune=foix, programme=programme, commitment_ends_on=date(2030, 1, 1)
    )
    SoloFactory(
        territory=territory,
        commune=foix,
        programme=programme,
        phone="+33561000000",
        skills=["bois", "métal"],
        languages=["fr", "oc"],
        presentation="- artisan\r\n\r\n@home  et   ailleurs",
        arrived_in=2019,
        household_size=0,
        work_place="both",
        published=True,
    )
    EventFactory(territory=territory, village=village, programme=programme, capacity_households=8)
    EventFactory(territory=territory, telecentre=telecentre, place="'=ici")


def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def export(client: Client, name: str, file_format: str) -> bytes:
    response = client.post(
        reverse(f"admin:{name}_export"), {"format": file_format, "resource": "0"}
    )
    assert response["Content-Disposition"].endswith(f'.{FORMATS[file_format]}"')
    return response.content


def preview(client: Client, name: str, content: bytes) -> Any:
    file = SimpleUploadedFile("fichier", content)
    return client.post(reverse(f"admin:{name}_import"), {"import_file": file, "resource": "0"})


def confirm(client: Client, name: str, page: Any) -> Any:
    data = page.context["confirm_form"].initial
    return client.post(reverse(f"admin:{name}_process_import"), data, follow=True)


def totals(page: Any) -> dict[str, int]:
    return {kind: count for kind, count in page.context["result"].totals.items() if count}


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("name", EXCHANGED)
def test_import_of_an_export_changes_nothing(name, file_format, everything, officer_client):
    before = rows_of(EXCHANGED[name])

    page = preview(officer_client, name, export(officer_client, name, file_format))

    assert totals(page) == {"skip": len(before)}
    confirm(officer_client, name, page)
    assert rows_of(EXCHANGED[name]) == before
    assert EXCHANGED[name].history.filter(history_type="~").count() == 0


@pytest.mark.parametrize("name", EXCHANGED)
def test_export_has_no_formula(name, everything, officer_client):
    content = export(officer_client, name, "0")

    cells = [cell for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    dangerous = ("=", "+", "-", "@", "\t", "\r", "＝")
    assert [
        c.value for c in cells if isinstance(c.value, str) and c.value.startswith(dangerous)
    ] == []


@pytest.mark.parametrize("name", [*EXCHANGED, "territoires_commune"])
def test_export_asks_for_a_format_and_is_remembered(name, everything, officer_client):
    page = officer_client.get(reverse(f"admin:{name}_export"))
    assert page.status_code == 200
    assert b"<script" not in page.content.split(b"<main")[1]

    export(officer_client, name, "1")

    assert LogEntry.objects.get().object_repr.startswith("Export : ")


def test_export_follows_the_filters_of_the_list(territory, officer_client):
    SoloFactory(territory=territory, first_name="Ana")
    SoloFactory(territory=territory, published=True)

    response = officer_client.post(
        reverse("admin:solos_solo_export") + "?state__exact=identified",
        {"format": "1", "resource": "0"},
    )

    assert len(SafeCsv().create_dataset(response.content)) == 1


@pytest.mark.parametrize("query", ["state__exact=%F0%9F", "id__exact=abc", "a_traiter=x", "o=9"])
def test_export_of_a_broken_filter_is_no_error(query, territory, officer_client):
    response = officer_client.get(reverse("admin:telecentres_telecentre_export") + f"?{query}")

    assert response.status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", b"PK\x03\x04rien", b"Autre;Colonne\na;b", b"Nom;Nom\na;b",
        b"\x89PNG\r\n", b"Titre\n" + b"a\n" * 6000, "Prénom;Nom\n\n\n".encode(),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", EXCHANGED)
def test_import_of_a_bad_file_says_why_and_writes_nothing(name, content, territory, officer_client):
    page = preview(officer_client, name, content)

    assert page.status_code == 200
    result = page.context["result"]
    assert page.context["form"].errors or result.has_errors() or result.has_validation_errors()
    assert page.context["confirm_form"] is None
    assert EXCHANGED[name].objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [
        {}, {"format": "abc"}, {"format": "9", "import_file_name": "x", "original_file_name": "x"},
        {"format": "0", "resource": "9", "import_file_name": "x", "original_file_name": "x"},
        {"format": "1", "resource": "0", "import_file_name": "../../etc/passwd",
         "original_file_name": "x"},
    ],
)  # fmt: skip
def test_confirmation_nobody_asked_for_sends_back_to_the_form(data, territory, officer_client):
    response = officer_client.post(reverse("admin:solos_solo_process_import"), data)

    assert (response.status_code, response["Location"]) == (302, "/gestion/solos/solo/import/")


def test_file_forgotten_before_confirmation_is_asked_for_again(everything, officer_client):
    page = preview(officer_client, "solos_solo", "Prénom;Nom\nAna;Ruiz\n".encode())
    cache.clear()

    response = confirm(officer_client, "solos_solo", page)

    assert response.redirect_chain == [("/gestion/solos/solo/import/", 302)]
    assert Solo.objects.filter(first_name="Ana").count() == 0


def test_import_stops_whole_when_a_row_went_wrong_since_the_preview(territory, officer_client):
    page = preview(officer_client, "solos_solo", "Prénom;Nom\nAna;Ruiz\nJo;Bel\n".encode())
    for _ in range(2):
        SoloFactory(territory=territory, first_name="Jo", last_name="Bel")

    confirm(officer_client, "solos_solo", page)

    assert Solo.objects.filter(first_name="Ana").count() == 0


@pytest.mark.parametrize("page", ["import", "export"])
def test_exchange_needs_the_rights_on_the_list(page, territory):
    reader = Client()
    reader.force_login(TelecentreGrantFactory().user)

    assert reader.get(reverse(f"admin:solos_solo_{page}")).status_code == 403


def test_two_lines_for_one_row_are_refused(territory, officer_client):
    page = preview(officer_client, "solos_solo", "Prénom;Nom\nAna;Ruiz\nANA;RUIZ\n".encode())

    assert [(row.number, row.error.messages) for row in page.context["result"].invalid_rows] == [
        (2, ["La ligne 2 décrit déjà cette fiche."])
    ]
