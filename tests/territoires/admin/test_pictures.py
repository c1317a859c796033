"""A village, a telecentre, a territory show a picture of their territory, chosen or sent."""

import pytest
from django.test import Client
from django.urls import reverse

from images.models import Picture
from telecentres.models import Telecentre
from territoires.models import HostVillage, Territory
from tests.factories import (
    CommuneFactory,
    HostVillageFactory,
    PictureFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    VillageGrantFactory,
)
from tests.factories.images import upload

ELSEWHERE = "Cette image est d’un autre territoire."


def village_form(village, **changes):
    return {
        "commune": village.commune_id, "kind": "host", "territory": village.territory_id,
        "committed_on": "2026-01-01", "slug": village.slug,
        "referents-TOTAL_FORMS": 0, "referents-INITIAL_FORMS": 0, **changes,
    }  # fmt: skip


@pytest.fixture
def village(territory):
    return HostVillageFactory(territory=territory, commune=CommuneFactory(foix=True))


@pytest.fixture
def sign_in():
    def signed_in(grant):
        client = Client()
        client.force_login(grant.user)
        return client

    return signed_in


def page(row, name="change"):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_{name}", args=[row.pk])


def errors(response):
    return response.context["adminform"].form.errors


def test_officer_chooses_among_the_pictures_of_the_territory(territory, village, sign_in):
    officer = sign_in(TerritoryGrantFactory(territory=territory))
    picture = PictureFactory(territory=territory)

    form = officer.get(page(village)).content.decode()
    officer.post(page(village), village_form(village, photo=picture.pk))

    assert "new_photo" not in form
    assert "/gestion/images/picture/add/" in form
    assert HostVillage.objects.get().photo == picture


def test_picture_of_elsewhere_is_refused(village, officer_client):
    picture = PictureFactory(territory=TerritoryFactory(name="Gers", slug="gers"))

    response = officer_client.post(page(village), village_form(village, photo=picture.pk))

    assert errors(response) == {"photo": [ELSEWHERE]}
    assert HostVillage.objects.get().photo is None


def test_portrait_of_someone_is_chosen_by_nobody(territory, village, officer_client):
    portrait = PictureFactory(territory=territory, portrait=True)
    search = {"app_label": "territoires", "model_name": "hostvillage", "field_name": "photo"}

    found = officer_client.get(reverse("admin:autocomplete"), search).json()["results"]
    response = officer_client.post(page(village), village_form(village, photo=portrait.pk))

    assert found == []
    assert list(errors(response)) == ["photo"]
    assert HostVillage.objects.get().photo is None


def test_referent_sends_the_photo_of_their_village(village, sign_in):
    referent = sign_in(VillageGrantFactory(village=village))
    sent = village_form(village, new_photo=upload(), new_photo_words="Le château")

    assert "new_photo" in referent.get(page(village)).content.decode()
    assert referent.post(page(village), sent).status_code == 302

    photo = HostVillage.objects.get().photo
    assert (photo.alternative, photo.territory, photo.state, photo.subject) == (
        "Le château", village.territory, "waiting", "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"new_photo": upload()}, "new_photo_words"),
        ({"new_photo": upload(b"<svg/>", "a.svg"), "new_photo_words": "Le pont"}, "new_photo"),
        ({"new_photo": upload(b"GIF89a", "a.jpg"), "new_photo_words": "Le pont"}, "new_photo"),
    ],
)
def test_photo_refused_changes_nothing(village, sign_in, sent, refused):
    referent = sign_in(VillageGrantFactory(village=village))

    response = referent.post(page(village), village_form(village, welcome="Venez", **sent))

    assert list(errors(response)) == [refused]
    assert (HostVillage.objects.get().welcome, Picture.objects.count()) == ("", 0)


def test_manager_sends_the_photo_of_their_telecentre(territory, sign_in):
    telecentre = TelecentreFactory(territory=territory, commune=CommuneFactory(foix=True))
    manager = sign_in(TelecentreGrantFactory(telecentre=telecentre))
    form = manager.get(page(telecentre)).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed |= {"point_latitude": "42.97", "point_longitude": "1.61"}
    for prefix in (
        "opening_hours", "seasons", "exceptional_hours", "spaces", "tariffs", "extras",
        "freeallowances",
    ):  # fmt: skip
        typed |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    manager.post(page(telecentre), typed | {"new_photo": upload(), "new_photo_words": "La façade"})

    assert Telecentre.objects.get().photo.alternative == "La façade"


# ---- The logo ---------------------------------------------------------------------------------
def territory_form(territory, **changes):
    return {
        "name": territory.name, "slug": territory.slug, "in_name": territory.in_name,
        "agency_name": "Agence", "languages": ["fr"], "is_public": "on", "is_default": "on",
        "brand_colour": "#7a1f3d", "accent_colour": "#e0a526", "departments": ["09"], **changes,
    }  # fmt: skip


def test_logo_is_chosen_then_heads_every_page(territory, officer_client, client):
    logo = PictureFactory(territory=territory, alternative="Trois sommets", digest="5e" * 32)

    officer_client.post(page(territory), territory_form(territory, logo=logo.pk))

    assert Territory.objects.get().logo == logo
    home = client.get("/").content.decode()
    assert home.count(f'src="/media/images/5e/{"5e" * 32}.jpg"') == 1
    assert 'alt="Trois sommets"' in home


def test_logo_of_elsewhere_is_refused(territory, officer_client):
    logo = PictureFactory(territory=TerritoryFactory(name="Gers", slug="gers"))

    response = officer_client.post(page(territory), territory_form(territory, logo=logo.pk))

    assert errors(response) == {"logo": [ELSEWHERE]}


def test_logo_comes_once_the_territory_is_there(territory, officer_client):
    logo = PictureFactory(territory=territory)
    new = territory_form(territory, name="Gers", slug="gers", is_default="", logo=logo.pk)

    response = officer_client.post(reverse("admin:territoires_territory_add"), new)

    assert errors(response) == {
        "logo": ["Enregistrez d’abord le territoire\u00a0: son logo vient ensuite."]
    }
    assert Territory.objects.count() == 1


@pytest.mark.parametrize("state", ["waiting", "refused"])
def test_logo_that_is_not_ready_leaves_the_mark(territory, client, state):
    territory.logo = PictureFactory(territory=territory, **{state: True})
    territory.save()

    assert "/media/" not in client.get("/").content.decode()
