from django.urls import reverse

from territoires.models import Department, Territory

ADD = reverse("admin:territoires_territory_add")
GERS = {
    "name": "Gers", "slug": "gers", "in_name": "dans le Gers", "agency_name": "Chambre",
    "host_name": "gers.localhost", "languages": ["fr"], "is_public": "on",
    "brand_colour": "#7a1f3d", "accent_colour": "#e0a526",
}  # fmt: skip


def test_second_territory_is_added_by_form_alone(territory, officer_client):
    officer_client.post(ADD, {**GERS, "departments": ["32"]})

    gers = Territory.objects.get(slug="gers")
    assert list(gers.departments.all()) == [Department.objects.get(pk="32")]
    assert gers.languages == ["fr"]


def test_new_territory_is_offered_both_languages(officer_client):
    form = officer_client.get(ADD).context["adminform"].form

    assert form["languages"].value() == ["fr", "en"]


def test_territory_made_of_nothing_is_refused(territory, officer_client):
    response = officer_client.post(ADD, GERS)

    assert list(response.context["adminform"].form.errors) == ["departments"]
    assert Territory.objects.count() == 1
