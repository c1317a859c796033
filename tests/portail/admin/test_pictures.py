import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from images.models import Picture, originals
from tests.factories import PageFactory, PictureFactory
from tests.factories.images import encoded, upload
from tests.images.domain.test_inspection import png_head

ADD = reverse("admin:images_picture_add")
LIST = reverse("admin:images_picture_changelist")


def sent(territory, **changes):
    return {"file": upload(), "alternative": "Le pont", "territory": territory.pk} | changes


def test_picture_sent_is_prepared(territory, officer_client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = officer_client.post(ADD, sent(territory))

    picture = Picture.objects.get()
    assert response.status_code == 302
    assert (picture.state, picture.alternative) == ("ready", "Le pont")
    assert f"<code>![](image:{picture.pk})</code>" in officer_client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"file": upload(png_head(12_000, 12_000), "a.png")}, "file"),
        ({"file": upload(b"<svg/>", "a.svg")}, "file"),
        ({"file": upload(encoded("GIF"), "a.gif")}, "file"),
        ({"file": upload(encoded()[:-2])}, "file"),
        ({"file": upload(b"%PDF-1.7" + encoded())}, "file"),
        ({"file": ""}, "file"),
        ({"alternative": " "}, "alternative"),
    ],
)
def test_picture_refused_leaves_nothing(territory, officer_client, changes, field):
    before = originals().listdir("")[1] if originals().exists("") else []

    response = officer_client.post(ADD, sent(territory, **changes))

    assert list(response.context["adminform"].form.errors) == [field]
    assert Picture.objects.count() == 0
    assert (originals().listdir("")[1] if originals().exists("") else []) == before


def test_picture_is_described_again_without_its_file(territory, officer_client):
    picture = PictureFactory(territory=territory)

    officer_client.post(
        reverse("admin:images_picture_change", args=[picture.pk]),
        {"alternative": "Le vieux pont", "territory": territory.pk},
    )

    picture.refresh_from_db()
    assert picture.alternative == "Le vieux pont"


def test_picture_deleted_takes_its_files(
    territory, officer_client, django_capture_on_commit_callbacks
):
    one, other = PictureFactory.create_batch(2, territory=territory)
    for picture in (one, other):
        default_storage.save(picture.jpeg_name, ContentFile(b"x"))

    with django_capture_on_commit_callbacks(execute=True):
        officer_client.post(reverse("admin:images_picture_delete", args=[one.pk]), {"post": "yes"})
        officer_client.post(
            LIST, {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
        )

    assert Picture.objects.count() == 0
    assert not any(default_storage.exists(picture.jpeg_name) for picture in (one, other))


def test_picture_that_a_page_shows_is_not_deleted(territory, officer_client):
    picture = PageFactory(territory=territory, picture=PictureFactory(territory=territory)).picture

    officer_client.post(reverse("admin:images_picture_delete", args=[picture.pk]), {"post": "yes"})

    assert Picture.objects.count() == 1


def test_picture_refused_says_why_in_its_form(territory, officer_client):
    picture = PictureFactory(territory=territory, refused=True)

    page = officer_client.get(reverse("admin:images_picture_change", args=[picture.pk]))

    assert "Abîmée." in page.content.decode()
    assert "Abîmée." not in officer_client.get(f"{LIST}?a_traiter=refusees").content.decode()
