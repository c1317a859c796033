from django.urls import reverse

from telecentres.enums import BookingUnit
from telecentres.models import Space
from tests.factories import SpaceFactory, TelecentreFactory

RULES = {
    "name": "Salle", "kind": "meeting_room", "capacity": "12", "equipment": "Écran", "notice": "60",
    "horizon": "30", "buffer_before": "0", "buffer_after": "30",
}  # fmt: skip


def test_rules_of_a_space_are_kept(territory, officer_client):
    space = SpaceFactory(telecentre__territory=territory)
    elsewhere = TelecentreFactory(territory=territory)
    page = reverse("admin:telecentres_space_change", args=[space.pk])

    officer_client.post(page, {**RULES, "units": ["hour", "week"], "telecentre": elsewhere.pk})

    kept = Space.objects.get()
    assert kept.units == [BookingUnit.HOUR, BookingUnit.WEEK]
    assert (kept.notice, kept.horizon, kept.buffer_after) == (60, 30, 30)
    assert kept.telecentre == space.telecentre


def test_rules_beyond_reason_are_refused(territory, officer_client):
    space = SpaceFactory(telecentre__territory=territory)
    page = reverse("admin:telecentres_space_change", args=[space.pk])

    response = officer_client.post(page, {**RULES, "horizon": "9999", "units": ["year"]})

    assert list(response.context["adminform"].form.errors) == ["units", "horizon"]
    assert Space.objects.get().name == space.name


def test_page_of_the_place_leads_to_the_rules(territory, officer_client):
    space = SpaceFactory(telecentre__territory=territory)
    SpaceFactory(telecentre=space.telecentre, units=[])
    page = reverse("admin:telecentres_telecentre_change", args=[space.telecentre.pk])

    text = officer_client.get(page).content.decode()

    assert f'href="/gestion/telecentres/space/{space.pk}/change/">durées, délais' in text
    assert ">ne se réserve pas</a>" in text
