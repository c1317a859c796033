import pytest
from django.contrib.messages import get_messages
from django.test import Client

from courrier.models import OutgoingMail
from registre.models import JournalEntry
from solos.enums import PublicField, SoloState
from solos.models import ProposedEdit, Solo, UnreadEdit
from tests.factories import (
    PictureFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    ProposedEditFactory,
    SoloFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    UnreadEditFactory,
)

PAGE = "/gestion/solos/solo/relire/"


@pytest.fixture
def solo(territory) -> Solo:
    return SoloFactory(
        territory=territory, published=True, first_name="Ada", last_name="Lo", offers="Des plans"
    )


@pytest.fixture
def client(territory) -> Client:
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)
    return client


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def boxes(response) -> list[str]:
    return [f"{item.solo.pk}:{item.stamp}" for item, _thumbnail in response.context["items"]]


def test_queue_shows_before_and_after_the_oldest_first(client, solo):
    UnreadEditFactory(solo=SoloFactory(territory=solo.territory, published=True, offers="Du pain"))
    ProposedEditFactory(solo=solo)

    response = client.get(PAGE)

    body = response.content.decode()
    assert next(item.solo for item, _thumbnail in response.context["items"]) == solo
    assert "<del>plans</del>" in body
    assert "<ins>cartes</ins>" in body
    assert body.count('name="chosen"') == 2
    assert JournalEntry.objects.filter(model="solos.Solo", rows=2).count() == 1


def test_queue_says_when_nothing_waits(client, solo):
    assert "Rien n’attend d’être relu." in client.get(PAGE).content.decode()
    one = client.get(f"/gestion/solos/solo/{solo.pk}/relire/").content.decode()
    assert f"/gestion/solos/solo/{solo.pk}/history/" in one


def test_one_click_accepts_one(client, solo):
    ProposedEditFactory(solo=solo)
    UnreadEditFactory(solo=SoloFactory(territory=solo.territory, published=True))

    response = client.post(PAGE, {"only": boxes(client.get(PAGE))[0]})

    assert said(response) == [f"Relu et accepté : {solo}."]
    assert Solo.objects.get(pk=solo.pk).offers == "Des cartes"
    assert (ProposedEdit.objects.count(), UnreadEdit.objects.count()) == (0, 1)


def test_bulk_accepts_each_in_its_own_way(client, solo):
    first = SoloFactory(territory=solo.territory, published=True, state=SoloState.INVITED)
    Solo.objects.filter(pk=first.pk).update(submitted_at="2026-01-01T00:00Z")
    ProposedEditFactory(solo=solo)
    UnreadEditFactory(solo=SoloFactory(territory=solo.territory, published=True))

    response = client.post(PAGE, {"chosen": boxes(client.get(PAGE))})

    assert [words.count(",") for words in said(response)] == [2]
    assert Solo.objects.filter(state=SoloState.PUBLISHED).count() == 3
    assert list(Solo.objects.to_read()) == []


def test_what_changed_since_it_was_shown_is_not_accepted(client, solo):
    edit = ProposedEditFactory(solo=solo)
    box = boxes(client.get(PAGE))[0]
    edit.changes, edit.proposed_at = {"offers": "Pire"}, "2026-02-02T00:00Z"
    edit.save()

    response = client.post(PAGE, {"only": box})

    assert said(response) == [
        "A encore changé depuis que vous l’avez lu·e, à relire\u00a0: Ada Lo."
    ]
    assert Solo.objects.get().offers == "Des plans"


@pytest.mark.parametrize("box", ["", "x", "²:1", "9" * 30, "-1:2"])
def test_boxes_that_nobody_showed_do_nothing(client, solo, box):
    ProposedEditFactory(solo=solo)

    assert client.post(PAGE, {"chosen": [box]}).status_code == 302
    assert client.post(PAGE, {"only": f"{solo.pk}"}).status_code == 302
    assert ProposedEdit.objects.count() == 1


def test_nothing_ticked_is_said(client, solo):
    assert said(client.post(PAGE)) == ["Cochez d’abord des fiches."]


def test_another_territory_is_neither_shown_nor_accepted(client, solo):
    other = ProposedEditFactory(solo=SoloFactory(territory=TerritoryFactory(), published=True))

    assert client.get(PAGE).context["items"] == []
    assert client.get(f"/gestion/solos/solo/{other.solo.pk}/relire/").status_code == 404
    client.post(PAGE, {"only": f"{other.solo.pk}:{other.proposed_at.timestamp():.6f}"})
    assert ProposedEdit.objects.count() == 1


def test_programme_officer_reads_and_accepts_nothing(territory):
    programme = ProgrammeFactory(territories=[territory])
    edit = ProposedEditFactory(
        solo=SoloFactory(territory=territory, programme=programme, published=True)
    )
    client = Client()
    client.force_login(ProgrammeGrantFactory(programme=programme).user)

    response = client.get(PAGE)

    assert len(response.context["items"]) == 1
    assert 'name="chosen"' not in response.content.decode()
    assert client.post(PAGE, {"only": boxes(response)[0]}).status_code == 403
    assert client.get(f"/gestion/solos/solo/{edit.solo.pk}/renvoyer/").status_code == 403


def test_sent_back_with_a_word(client, solo):
    ProposedEditFactory(solo=solo)
    Solo.objects.update(email="ada@exemple.fr")
    page = f"/gestion/solos/solo/{solo.pk}/renvoyer/"

    assert client.get(page).status_code == 200
    response = client.post(page, {"words": "Un mot de trop."})

    assert said(response) == ["Votre mot part à ada@exemple.fr."]
    assert "Un mot de trop." in OutgoingMail.objects.get().text_body
    assert said(client.post(page, {"words": "Encore"}))[1:] == [
        "Cette fiche n’attend plus d’être relue."
    ]


def test_photo_is_looked_at_before_it_is_shown(client, solo):
    territory = solo.territory
    ProposedEditFactory(solo=solo, photo=PictureFactory(territory=territory, alternative="Ada"))
    waiting = SoloFactory(territory=territory, published=True)
    ProposedEditFactory(solo=waiting, photo=PictureFactory(territory=territory, waiting=True))

    body = client.get(PAGE).content.decode()

    assert 'alt="Ada"' in body
    assert str(ProposedEdit.objects.get(solo=waiting).photo.get_state_display()) in body


def test_record_leads_to_what_waits(client, solo):
    change = f"/gestion/solos/solo/{solo.pk}/change/"
    link = f"/gestion/solos/solo/{solo.pk}/relire/"
    assert link not in client.get(change).content.decode()

    ProposedEditFactory(solo=solo)

    assert link in client.get(change).content.decode()
    assert PublicField.NAME in solo.published_fields


def test_queue_costs_the_same_whatever_its_length(client, solo, django_assert_num_queries):
    ProposedEditFactory(solo=solo)
    UnreadEditFactory(solo=solo)
    for count in (0, 2):
        for _number in range(count):
            UnreadEditFactory(solo=SoloFactory(territory=solo.territory, published=True))
        with django_assert_num_queries(17):
            client.get(PAGE)


def test_queue_has_pages(client, territory):
    for _number in range(21):
        UnreadEditFactory(solo=SoloFactory(territory=territory, published=True))

    assert len(client.get(PAGE).context["items"]) == 20
    assert len(client.get(f"{PAGE}?page=2").context["items"]) == 1
    assert len(client.get(f"{PAGE}?page=nulle").context["items"]) == 20
