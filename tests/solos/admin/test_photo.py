import pytest
from django.urls import reverse

from images.models import Picture
from solos.enums import SoloState
from solos.models import Solo
from tests.factories import PictureFactory, SoloFactory
from tests.factories.images import upload
from tests.solos.admin.test_solo import page, said, typed


@pytest.fixture
def solo(territory) -> Solo:
    return SoloFactory(territory=territory, first_name="Ana", last_name="Ruiz")


def test_officer_sends_a_photo_then_takes_it_away(solo, officer_client):
    assert 'enctype="multipart/form-data"' in officer_client.get(page(solo)).content.decode()

    officer_client.post(page(solo), typed(solo, new_photo=upload()))
    photo = Solo.objects.get().photo
    assert (photo.alternative, photo.subject) == ("Portrait de Ana Ruiz", f"solos.solo:{solo.pk}")
    assert "en préparation" in officer_client.get(page(solo)).content.decode()

    officer_client.post(page(solo), typed(solo, remove_photo="on"))
    assert (Solo.objects.get().photo, Picture.objects.count()) == (None, 0)


def test_officer_sees_the_photo_or_why_it_is_refused(territory, solo, officer_client):
    solo.photo = PictureFactory(territory=territory, portrait=True)
    solo.save()
    assert solo.photo.url in officer_client.get(page(solo)).content.decode()

    solo.photo = PictureFactory(territory=territory, portrait=True, refused=True)
    solo.save()
    assert "refusée\u00a0: Abîmée." in officer_client.get(page(solo)).content.decode()


def test_photo_refused_changes_nothing(solo, officer_client):
    sent = typed(solo, first_name="Autre", new_photo=upload(b"<svg/>", "a.svg"))

    response = officer_client.post(page(solo), sent)

    assert list(response.context["adminform"].form.errors) == ["new_photo"]
    assert (Solo.objects.get().first_name, Picture.objects.count()) == ("Ana", 0)


def test_photo_of_who_withdrew_is_not_taken(solo, officer_client):
    Solo.objects.update(state=SoloState.WITHDRAWN)

    response = officer_client.post(page(solo), typed(solo, new_photo=upload()))

    words = "Cette personne s’est retirée\u00a0: recensez-la de nouveau."
    assert ("error", words) in said(response)
    assert Picture.objects.count() == 0


def test_photo_goes_with_a_record_deleted_by_hand(territory, solo, officer_client):
    solo.photo = PictureFactory(territory=territory, portrait=True)
    solo.save()

    officer_client.post(page(solo, "delete"), {"post": "yes"})

    assert (Solo.objects.count(), Picture.objects.count()) == (0, 0)


def test_portrait_is_in_no_list_of_pictures(territory, officer_client):
    portrait = PictureFactory(territory=territory, portrait=True)
    shared = PictureFactory(territory=territory)

    rows = officer_client.get(reverse("admin:images_picture_changelist")).context["cl"].queryset

    assert list(rows) == [shared]
    address = reverse("admin:images_picture_change", args=[portrait.pk])
    assert officer_client.get(address).status_code == 302
    assert Picture.objects.count() == 2
