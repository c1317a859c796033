from django.urls import reverse

from registre.enums import ConsentUse
from registre.models import ConsentWording
from tests.factories import ConsentWordingFactory


def test_words_are_added_and_never_rewritten(territory, officer_client):
    data = {"use": "page", "version": "agence-2", "since": "2026-03-01", "text": "J’accepte."}
    assert (
        officer_client.post(reverse("admin:registre_consentwording_add"), data).status_code == 302
    )
    wording = ConsentWording.objects.get(version="agence-2")

    for name, sent in (("change", {**data, "text": "Autre"}), ("delete", {"post": "yes"})):
        address = reverse(f"admin:registre_consentwording_{name}", args=[wording.pk])
        assert officer_client.post(address, sent).status_code == 403

    wording.refresh_from_db()
    assert (wording.text, wording.use) == ("J’accepte.", ConsentUse.PAGE)


def test_version_once_per_use_is_said(territory, officer_client):
    ConsentWordingFactory(version="agence-2")
    data = {"use": "page", "version": "agence-2", "since": "2026-03-01", "text": "J’accepte."}

    response = officer_client.post(reverse("admin:registre_consentwording_add"), data)

    assert response.status_code == 200
    assert ConsentWording.objects.filter(version="agence-2").count() == 1
