from datetime import date

import pytest
from django.urls import reverse

from territoires.models import Commune
from tests.factories import (
    CommuneContourFactory,
    CommuneFactory,
    FormerCommuneFactory,
    TerritoryFactory,
)

LIST = reverse("admin:territoires_commune_changelist")


@pytest.fixture
def communes(territory):
    CommuneFactory(foix=True, postcodes=["09000"])
    CommuneFactory(insee_code="09249", name="Saint-Félix-de-Rieutord", postcodes=["09120"])
    CommuneFactory(
        insee_code="09004", name="L’Aiguillon", sort_name="Aiguillon", postcodes=["09300"]
    )
    FormerCommuneFactory()
    CommuneFactory(
        insee_code="09286",
        name="Sem",
        ended_on=date(2019, 1, 1),
        successor=Commune.objects.get(pk="09335"),
    )


def listed(client, **query):
    return [row.name for row in client.get(LIST, query).context["cl"].result_list]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("foix", ["Foix"]), ("FOIX", ["Foix"]), ("felix rieutord", ["Saint-Félix-de-Rieutord"]),
        ("laiguillon", []), ("aiguillon", ["L’Aiguillon"]), ("l aiguillon", ["L’Aiguillon"]),
        ("vicdessos", ["Val-de-Sos"]), ("sem", ["Sem", "Val-de-Sos"]),
        ("09120", ["Saint-Félix-de-Rieutord"]),
        ("09122", ["Foix"]), ("%", []), ("_", []), ("zzz", []),
    ],
)  # fmt: skip
def test_commune_is_found_by_any_name_postcode_or_code(text, names, communes, officer_client):
    assert listed(officer_client, q=text) == names


def test_form_offers_communes_of_today_by_their_former_names(communes, officer_client):
    def offered(term):
        query = {"app_label": "solos", "model_name": "solo", "field_name": "commune", "term": term}
        results = officer_client.get(reverse("admin:autocomplete"), query).json()["results"]
        return [(row["id"], row["text"]) for row in results]

    assert offered("vicdessos") == [("09335", "Val-de-Sos (09)")]
    assert offered("sem") == [("09335", "Val-de-Sos (09)")]
    assert offered("09000")[0] == ("09122", "Foix (09)")


def test_filters_keep_to_a_territory_and_to_today(communes, officer_client):
    nowhere = TerritoryFactory(departments=[])

    assert listed(officer_client, territoire=nowhere.slug) == []
    assert listed(officer_client, territoire="ariege", existe="non") == ["Sem"]
    assert "Sem" not in listed(officer_client, territoire="ariege", existe="oui")


def test_commune_shows_its_contour_on_a_map(communes, officer_client):
    CommuneContourFactory(commune_id="09122", commune=Commune.objects.get(pk="09122"))

    body = officer_client.get(
        reverse("admin:territoires_commune_change", args=["09122"])
    ).content.decode()

    assert 'data-shapes="[{&quot;type&quot;: &quot;MultiPolygon&quot;' in body


def test_official_data_is_never_typed(communes, officer_client):
    address = reverse("admin:territoires_commune_change", args=["09122"])

    assert officer_client.post(address, {"name": "Autre"}).status_code == 403
    assert officer_client.get(LIST + "add/").status_code == 403
    assert Commune.objects.get(pk="09122").name == "Foix"
