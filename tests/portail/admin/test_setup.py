import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from courrier.models import OutgoingMail
from portail.domain.setup import STEPS
from territoires import tasks
from territoires.models import Territory, TerritoryGrant
from tests.factories import CommuneFactory, TerritoryFactory, TerritoryGrantFactory

START = reverse("admin:setup")


@pytest.fixture(autouse=True)
def asked(monkeypatch) -> list[str]:
    codes: list[str] = []
    monkeypatch.setattr(tasks.load_department, "delay", codes.append)
    return codes


@pytest.fixture
def lot(db) -> Territory:
    territory = TerritoryFactory(name="Lot", slug="lot", is_public=False)
    territory.departments.set(["46"])
    return territory


def at(territory: Territory, step: str) -> str:
    return reverse("admin:setup-step", args=[territory.pk, step])


def of_agency(territory: Territory, role: str) -> Client:
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory, role=role).user)
    return client


def test_territory_is_begun_with_two_answers(
    officer_client, asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = officer_client.post(START, {"agency_name": "Agence", "departments": ["46"]})

    territory = Territory.objects.get()
    assert answer.url == at(territory, "communes")
    assert (territory.name, territory.is_public, asked) == ("Lot", False, ["46"])
    assert LogEntry.objects.get().object_repr == "Lot"


def test_form_sent_twice_begins_one_territory(officer_client):
    sent = {"agency_name": "Agence", "departments": ["46"], "clef-de-demande": "a" * 24}

    answers = [officer_client.post(START, sent) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Territory.objects.count() == 1


@pytest.mark.parametrize("departments", [[], ["00"], ["46", "\x00"]])
def test_territory_is_not_begun_without_a_department(officer_client, departments):
    answer = officer_client.post(START, {"agency_name": "Agence", "departments": departments})

    assert answer.status_code in {200, 400}
    assert Territory.objects.count() == 0


def test_territory_begun_before_is_taken_up_again(officer_client, territory, lot):
    page = officer_client.get(START).content.decode()

    assert at(lot, "communes") in page
    assert at(territory, "communes") not in page


def test_first_visit_of_an_empty_installation_leads_here(officer_client):
    assert f'href="{START}"' in officer_client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("role", ["administrator", "officer"])
def test_only_the_platform_begins_a_territory(territory, role):
    assert of_agency(territory, role).get(START).status_code == 403


def test_administrator_goes_on_with_their_own(lot, territory):
    client = of_agency(lot, "administrator")

    assert client.get(at(lot, "nom")).status_code == 200
    assert client.get(at(territory, "nom")).status_code == 404
    assert of_agency(lot, "officer").get(at(lot, "nom")).status_code == 404


@pytest.mark.parametrize("step", [step.slug for step in STEPS])
def test_every_step_answers(officer_client, lot, step):
    assert officer_client.get(at(lot, step)).status_code == 200


def test_step_that_does_not_exist(officer_client, lot):
    assert officer_client.get(at(lot, "nulle-part")).status_code == 404


def test_progress_is_asked_again_until_all_is_there(officer_client, lot):
    address = reverse("admin:setup-loading", args=[lot.pk])

    assert 'data-hx-trigger="every 1s"' in officer_client.get(address).content.decode()
    CommuneFactory(insee_code="46042", department_id="46")
    page = officer_client.get(address).content.decode()
    assert "data-hx-trigger" not in page
    assert "1 commune, dont 0 sur la carte" in page


def test_communes_are_asked_for_again(
    officer_client, lot, asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        officer_client.post(at(lot, "communes"))

    assert asked == ["46"]


def test_name_moves_the_address_until_the_site_opens(officer, officer_client, lot):
    sent = {"name": "Vallée du Lot", "in_name": "dans la vallée du Lot", "agency_name": "Agence"}

    answer = officer_client.post(at(lot, "nom"), sent)

    lot.refresh_from_db()
    assert answer.url == at(lot, "site")
    assert (lot.name, lot.slug) == ("Vallée du Lot", "vallee-du-lot")
    lot.is_public = True
    lot.save()
    officer_client.post(at(lot, "nom"), sent | {"name": "Lot"})
    lot.refresh_from_db()
    assert (lot.name, lot.slug) == ("Lot", "vallee-du-lot")
    assert lot.history.first().history_user == officer


def test_name_taken_is_refused_and_nothing_is_lost(officer_client, territory, lot):
    answer = officer_client.post(
        at(lot, "nom"), {"name": territory.name, "in_name": "là", "agency_name": "Agence"}
    )

    page = answer.content.decode()
    assert "name" in answer.context["form"].errors
    assert 'value="là"' in page
    assert Territory.objects.get(pk=lot.pk).name == "Lot"


def test_colours_are_tried_without_being_kept(officer_client, lot):
    address = reverse("admin:setup-colours", args=[lot.pk])

    page = officer_client.get(address, {"brand_colour": "#f2c230", "accent_colour": "#d9772b"})

    assert "#f2c230 devient #7f6302" in page.content.decode()
    assert Territory.objects.get(pk=lot.pk).brand_colour != "#f2c230"
    assert officer_client.get(address, {"brand_colour": "jaune"}).status_code == 400


def test_someone_is_invited_to_the_team(officer_client, lot):
    sent = {"email": "Claire@exemple.fr", "first_name": "Claire", "role": "administrator"}

    answer = officer_client.post(at(lot, "equipe"), sent)

    grant = TerritoryGrant.objects.get()
    assert answer.url == at(lot, "equipe")
    assert (grant.user.email, grant.territory, grant.role) == (
        "claire@exemple.fr",
        lot,
        "administrator",
    )
    assert OutgoingMail.objects.get().recipient == "claire@exemple.fr"
    assert "invitation envoyée" in officer_client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"email": "claire"}, {"email": "a@b.fr\nBcc: c@d.fr"}, {"role": "partner"}]
)
def test_nobody_is_invited_by_mistake(officer_client, lot, wrong):
    sent = {"email": "claire@exemple.fr", "role": "officer"} | wrong

    assert officer_client.post(at(lot, "equipe"), sent).status_code == 200
    assert (TerritoryGrant.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_site_opens_when_it_is_ready(officer_client, territory, lot):
    address = at(lot, "ouverture")
    officer_client.post(address)
    assert "Il manque encore quelque chose" in officer_client.get(address).content.decode()
    assert not Territory.objects.get(pk=lot.pk).is_public

    CommuneFactory(insee_code="46042", department_id="46")
    site = {
        "host_name": "lot.localhost", "languages": ["fr"], "contact_email": "contact@exemple.fr",
    }  # fmt: skip
    officer_client.post(at(lot, "site"), site)
    officer_client.post(address)

    assert "http://lot.localhost" in officer_client.get(address).content.decode()
    home = Client().get("/", headers={"host": "lot.localhost"})
    assert "Lot" in home.content.decode()
