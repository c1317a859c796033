import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from courrier.models import OutgoingMail
from images.domain.preparation import prepare_picture
from images.models import Picture
from registre.enums import ConsentUse
from solos.domain.moderation import return_waiting
from solos.domain.own_profile import accept_profile, invite_solo, save_profile
from solos.enums import PublicField, ReviewStep, SoloState
from solos.models import Solo
from tests.factories import (
    CommuneFactory,
    DirectorySettingsFactory,
    PictureFactory,
    SoloFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.images import encoded, upload


@pytest.fixture
def solo(territory) -> Solo:
    return SoloFactory(
        territory=territory,
        commune=CommuneFactory(insee_code="09122", name="Foix", department_id="09"),
        first_name="Camille",
        last_name="Roux",
        email="camille@exemple.fr",
        phone="+33561000000",
    )


@pytest.fixture
def page(solo) -> str:
    invite_solo(solo=solo)
    return link_sent()


def link_sent() -> str:
    text = OutgoingMail.objects.order_by("pk").last().text_body
    found = re.search(r"https?://[^/\s]+(/ma-fiche/[^/\s]+/)", text)
    assert found
    return found[1]


def typed(**changed) -> dict:
    return {
        "first_name": "Camille", "last_name": "Roux", "status": "independent", "trade": "",
        "commune": "09122", "skills": "carte, dessin", "email": "camille@exemple.fr",
        "phone": "", "languages": ["fr", "oc"],
    } | changed  # fmt: skip


def test_journey_from_the_link_to_the_directory_and_out(client, solo, page, officer_client):
    assert "Rien de vous n’est public" in client.get(page).content.decode()

    answer = client.post(page, typed(show_name="on", show_skills="on", open_name="on"))
    assert answer.url == f"{page}apercu/"
    preview = client.get(answer.url).content.decode()
    assert "Camille Roux" in preview
    assert "Demander la publication" in preview
    assert "Fiche vérifiée le" not in preview
    assert f"/annuaire/{solo.slug}/signaler" not in preview
    assert "dessin" in preview
    assert "05 61" not in preview
    assert client.get(f"/annuaire/{solo.slug}/").status_code == 404

    assert "relit votre fiche" in client.post(f"{page}publier/", follow=True).content.decode()
    assert client.get(f"/annuaire/{solo.slug}/").status_code == 404
    list_page = "/gestion/solos/solo/?a_traiter=a-relire"
    assert "Roux Camille" in officer_client.get(list_page).content.decode()
    officer_client.post(
        "/gestion/solos/solo/", {"action": "publish", "_selected_action": [solo.pk]}
    )
    assert client.get(f"/annuaire/{solo.slug}/").status_code == 200
    form = client.get(page).content.decode()
    assert f'href="/annuaire/{solo.slug}/"' in form
    assert 'href="/compte/inscription/"' in form

    client.post(f"{page}masquer/")
    assert Solo.objects.get().state == SoloState.HIDDEN
    assert "Publier ma fiche" in client.get(f"{page}apercu/").content.decode()
    client.post(f"{page}publier/")
    assert Solo.objects.get().state == SoloState.PUBLISHED

    left = client.post(f"{page}retirer/").content.decode()
    assert "plus rien de vous n’est public" in left
    assert "Un e-mail vous le confirme, à camille@exemple.fr." in left
    assert OutgoingMail.objects.latest("pk").message == "solos.retiree"
    assert client.get(page).status_code == 410
    gone = Solo.objects.get()
    assert (gone.state, gone.published_fields, gone.open_fields) == (SoloState.WITHDRAWN, [], [])


def test_publishing_asks_for_the_name(client, page):
    client.post(page, typed())

    answer = client.post(f"{page}publier/", follow=True)

    assert "acceptez au moins de montrer votre nom" in answer.content.decode()
    assert Solo.objects.get().submitted_at is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "a@b.fr\r\nBcc: c@d.fr"}, "email"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"skills": ",".join("abcdefghijklm")}, "skills"),
        ({"commune": "75056"}, "commune"),
        ({"languages": ["xx"]}, "languages"),
        ({"open_trade": "on"}, "open_trade"),
        ({"arrived_in": "1492"}, "arrived_in"),
    ],
)
def test_bad_input_is_told_and_nothing_is_kept(client, page, sent, field):
    answer = client.post(page, typed(trade_name="Studio", **sent))

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert 'value="Studio"' in answer.content.decode()
    assert Solo.objects.get().trade_name == ""


def test_scripts_typed_are_shown_as_words(client, page):
    words = "<script>alert(1)</script> **gras**"
    client.post(page, typed(presentation=words, trade_name=words, show_name="on",
                            show_presentation="on", show_trade_name="on"))  # fmt: skip

    preview = client.get(f"{page}apercu/").content.decode()

    assert "<script>alert" not in preview
    assert "<strong>gras</strong>" in preview


def test_consents_of_what_the_form_does_not_ask_are_kept(client, territory):
    solo = SoloFactory(territory=territory, published=True, email="camille@exemple.fr")
    not_asked = PublicField.PHOTO
    invite_solo(solo=solo)

    client.post(link_sent(), typed(commune="", show_name="on"))

    shown = Solo.objects.get().published_fields
    assert set(shown) <= {PublicField.NAME, not_asked}


def test_edit_of_a_public_profile_is_live(client, territory):
    solo = SoloFactory(territory=territory, published=True, email="camille@exemple.fr")
    invite_solo(solo=solo)

    answer = client.post(
        link_sent(), typed(commune="", trade_name="Neuf", show_name="on", show_trade_name="on"),
        follow=True,
    )  # fmt: skip

    assert "déjà en ligne" in answer.content.decode()
    assert "Neuf" in client.get(f"/annuaire/{solo.slug}/").content.decode()


def test_form_sent_twice_is_carried_out_once(client, solo, page):
    client.post(page, typed(show_name="on"))
    sent = {"clef-de-demande": "b" * 24}

    answers = [client.post(f"{page}publier/", sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[1]["Idempotent-Replayed"] == "true"


@pytest.mark.parametrize("route", ["", "apercu/"])
def test_refused_link_offers_a_new_one_and_tells_nothing(client, solo, page, route):
    wrong = page[:-3] + "xx/"

    answer = client.get(wrong + route)

    assert answer.status_code == 410
    assert "Recevoir un lien" in answer.content.decode()
    assert "Camille" not in answer.content.decode()


def test_link_opens_nothing_on_the_site_of_another_territory(solo, page):
    TerritoryFactory(host_name="gers.localhost")

    assert Client().get(page, headers={"host": "gers.localhost"}).status_code == 410


def test_link_opens_no_other_page_of_the_site(client, page):
    client.get(page)

    assert client.get("/espace/ma-fiche/").status_code == 302


@pytest.mark.parametrize("route", ["publier/", "masquer/", "retirer/"])
def test_acts_are_never_done_by_following_an_address(client, page, route):
    assert client.get(page + route).status_code == 405
    assert Solo.objects.get().state == SoloState.INVITED


def test_new_link_is_asked_for_without_telling_who_is_known(client, solo):
    answers = [
        client.post("/ma-fiche/", {"email": email}, follow=True).content.decode()
        for email in ("Camille@exemple.fr ", "inconnue@exemple.fr")
    ]

    assert [("un lien vient d’y partir" in answer) for answer in answers] == [True, True]
    assert OutgoingMail.objects.get().recipient == "camille@exemple.fr"


def test_new_links_are_limited_by_address(client, solo):
    statuses = [
        client.post("/ma-fiche/", {"email": solo.email}, REMOTE_ADDR=f"10.0.0.{number}").status_code
        for number in range(7)
    ]

    assert statuses == [302] * 5 + [429] * 2


def test_member_keeps_their_profile_from_their_account(solo):
    solo.user = UserFactory()
    solo.save()
    client = Client()
    client.force_login(solo.user)

    assert "/espace/ma-fiche/" in client.get("/espace/").content.decode()
    answer = client.post("/espace/ma-fiche/", typed(show_name="on"))
    assert answer.url == "/espace/ma-fiche/apercu/"
    assert "Demander la publication" in client.get(answer.url).content.decode()


def test_member_without_profile_has_no_such_page(territory):
    client = Client()
    client.force_login(UserFactory())

    assert client.get("/espace/ma-fiche/").status_code == 404


def test_withdrawn_member_sees_that_it_is_done(solo):
    solo.user = UserFactory()
    solo.save()
    client = Client()
    client.force_login(solo.user)
    client.post("/espace/ma-fiche/retirer/")

    assert "C’est fait" in client.get("/espace/ma-fiche/").content.decode()
    assert client.post("/espace/ma-fiche/publier/").url == "/espace/ma-fiche/"


def test_pages_are_kept_by_nobody(client, page):
    assert "no-store" in client.get(page)["Cache-Control"]


def test_one_click_says_that_all_is_still_right(client, solo, page):
    client.post(page, typed(show_name="on"))
    accept_profile(solo=solo)
    Solo.objects.update(verified_on=date(2024, 3, 10), review_step=ReviewStep.FADED)
    assert "10 mars 2024" in client.get(page).content.decode()
    assert "plus à jour" in client.get(f"/annuaire/{solo.slug}/").content.decode()
    listed = client.get("/annuaire/").content.decode()
    assert "Fiche pas relue depuis longtemps" in listed

    assert client.get(f"{page}confirmer/").status_code == 405
    answer = client.post(f"{page}confirmer/", follow=True)

    assert "Votre fiche est à jour" in answer.content.decode()
    solo.refresh_from_db()
    assert (solo.review_step, solo.verified_on) == (ReviewStep.FRESH, timezone.localdate())


def test_who_left_by_silence_is_told_and_comes_back(client, solo, page):
    client.post(page, typed(show_name="on"))
    accept_profile(solo=solo)
    Solo.objects.update(state=SoloState.HIDDEN, review_step=ReviewStep.HIDDEN)
    assert "Sans nouvelles de vous" in client.get(page).content.decode()

    client.post(f"{page}confirmer/")

    assert client.get(f"/annuaire/{solo.slug}/").status_code == 200


def test_who_was_never_shown_has_nothing_to_confirm(client, page):
    assert "Tout est encore juste" not in client.get(page).content.decode()


def test_siret_is_checked_and_links_are_addresses(client, solo, page):
    for bad in (
        {"siret": "73282932000075"},
        {"siret": "abc"},
        {"links": "javascript:alert(1)"},
        {"links": ",".join(f"https://a.example/{n}" for n in range(6))},
    ):
        assert "has-error" in client.post(page, typed(**bad)).content.decode(), bad

    client.post(
        page, typed(siret="732 829 320 00074", links="social.example/ana, https://b.example")
    )

    solo.refresh_from_db()
    assert solo.siret == "73282932000074"
    assert solo.links == ["https://social.example/ana", "https://b.example"]


def test_what_the_team_asks_stands_on_top_until_asked_for_again(client, solo, page):
    client.post(page, typed(show_name="on"))
    client.post(f"{page}publier/")

    return_waiting(solo=solo, words="Quel est votre <métier> ?")
    form = client.get(page).content.decode()
    assert "Ce que l’équipe vous demande" in form
    assert "Quel est votre &lt;métier&gt; ?" in form
    assert "L’équipe vous a renvoyé votre fiche avec un mot." in form

    client.post(f"{page}publier/")
    assert "Ce que l’équipe vous demande" not in client.get(page).content.decode()


def test_who_was_never_shown_reads_of_no_page_to_leave(client, page):
    form = client.get(page).content.decode()

    assert "Ne pas figurer dans l’annuaire" in form
    assert ("Disparaître de l’annuaire" in form, "Faire une pause" in form) == (False, False)


def test_nobody_can_be_written_to_from_a_preview(client, solo, page):
    client.post(page, typed(show_name="on", accepts_messages="on"))

    preview = client.get(f"{page}apercu/").content.decode()

    assert "Écrire à Camille" in preview
    assert f"/annuaire/{solo.slug}/ecrire" not in preview


def test_year_of_arrival_refused_in_our_own_words(client, page):
    for year in ("1492", "-5"):
        answer = client.post(page, typed(arrived_in=year))
        assert answer.context["form"].errors["arrived_in"] == [
            "Donnez l’année sur quatre chiffres, à partir de 1900."
        ]


# ---- Their photo ------------------------------------------------------------------------------
def test_photo_is_sent_seen_and_taken_away(client, solo, page):
    form = client.get(page).content.decode()
    assert 'enctype="multipart/form-data"' in form
    assert 'accept="image/jpeg,image/png,image/webp"' in form
    assert "remove_photo" not in form

    agreed = {"show_name": "on", "show_photo": "on"}
    answer = client.post(page, typed(new_photo=upload(), **agreed), follow=True)
    assert "Votre photo se prépare\u00a0: elle paraîtra dans la minute." in answer.content.decode()
    assert Solo.objects.get().published_fields == ["name", "photo"]
    photo = Picture.objects.get()
    assert "Votre photo se prépare\u00a0: personne ne la voit" in client.get(page).content.decode()
    assert "/media/" not in client.get(f"{page}apercu/").content.decode()

    prepare_picture(key=photo.pk)
    photo.refresh_from_db()
    assert photo.url in client.get(page).content.decode()
    assert photo.url in client.get(f"{page}apercu/").content.decode()

    client.post(page, typed(remove_photo="on", **agreed))
    assert (Solo.objects.get().photo, Picture.objects.count()) == (None, 0)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (upload(b"<svg/>", "moi.svg"), "n’est pas une image JPEG, PNG ou WebP"),
        (upload(b"%PDF-1.7" + encoded(), "moi.jpg"), "n’est pas une image JPEG, PNG ou WebP"),
        (upload(encoded()[:-2], "moi.jpg"), "abîmée ou incomplète"),
    ],
)
def test_photo_refused_saves_nothing(client, solo, page, file, words):
    answer = client.post(page, typed(first_name="Autre", show_name="on", new_photo=file))

    assert words in answer.content.decode()
    assert (Solo.objects.get().first_name, Picture.objects.count()) == ("Camille", 0)


def test_photo_refused_later_says_so_to_its_owner_alone(client, solo, page):
    solo.photo = PictureFactory(
        territory=solo.territory,
        portrait=True,
        refused=True,
        refusal="Cette image est abîmée ou incomplète. Envoyez-la de nouveau.",
    )
    solo.state, solo.published_fields = SoloState.PUBLISHED, ["name", "photo"]
    solo.save()

    own = client.get(page).content.decode()
    assert "refusée, personne ne la voit. Cette image est abîmée ou incomplète." in own
    assert "This picture is damaged" in client.get(f"/en{page}").content.decode()
    public = client.get(f"/annuaire/{solo.slug}/").content.decode()
    assert ("/media/" in public, "abîmée" in public) == (False, False)


def test_photo_ready_is_on_the_page_and_in_the_directory(client, solo):
    solo.photo = PictureFactory(territory=solo.territory, portrait=True, digest="5e" * 32)
    solo.state, solo.published_fields = SoloState.PUBLISHED, ["name", "photo"]
    solo.save()
    src = f'src="/media/images/5e/{"5e" * 32}.jpg"'

    page = client.get(f"/annuaire/{solo.slug}/").content.decode()
    cards = client.get("/annuaire/").content.decode()

    assert [page.count(src), cards.count(src)] == [1, 1]
    assert 'sizes="(min-width: 48rem) 17rem, 11rem"' in page
    assert 'alt="Camille Roux"' in page
    assert re.search(r'sizes="5\.5rem"[^>]* alt=""', cards)


# ---- Changes that the agency reads first ------------------------------------------------------
def test_changes_wait_and_the_solo_sees_what_they_wrote(client, solo, page):
    accept_profile(solo=save_named(solo))
    DirectorySettingsFactory(territory=solo.territory, moderates_edits=True)

    said = client.post(
        page,
        typed(show_name="on", show_trade_name="on", trade_name="Studio"),
        follow=True,
    ).content.decode()

    assert "L’équipe relit ce qui est nouveau, puis le publie." in said
    assert "L’équipe les relit avant de les publier." in said
    assert "Studio" in said
    assert Solo.objects.get().trade_name == ""
    assert "Studio" not in client.get(f"/annuaire/{solo.slug}/").content.decode()
    form = client.get(page).content.decode()
    assert 'value="Studio"' in form
    assert "L’équipe relit vos changements." in form

    return_waiting(solo=solo, words="Un autre nom ?")
    sent_back = client.get(page).content.decode()
    assert "L’équipe vous a renvoyé vos changements" in sent_back
    assert "Un autre nom ?" in sent_back
    assert "elle n’est pas encore publique ainsi" in client.get(f"{page}apercu/").content.decode()


def save_named(solo: Solo) -> Solo:
    agreed = {ConsentUse.PAGE: {PublicField.NAME}, ConsentUse.OPEN_DATA: set()}
    return save_profile(solo=solo, values={}, agreed=agreed)


# ---- How much is filled in --------------------------------------------------------------------
def test_page_says_what_is_missing_and_leads_there(client, page):
    body = client.get(page).content.decode()

    percent, links = re.search(r"remplie à (\d+)", body), re.findall(r'href="#(id_\w+)"', body)
    assert percent
    assert percent[1] == "25"
    assert len(links) == 9
    for box in links:
        assert f'id="{box}"' in body
