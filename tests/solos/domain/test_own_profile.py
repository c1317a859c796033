import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from courrier.models import DigestLine, OutgoingMail
from images.models import Picture
from jetons.domain.errors import LinkExpired, LinkRevoked, LinkUnknown
from jetons.domain.links import issue_link
from registre.enums import ConsentUse
from solos.domain.errors import AlreadyWithdrawn, ConsentMissing, NoAddress, NothingSubmitted
from solos.domain.links import LASTS, PURPOSE, solo_of_link
from solos.domain.own_profile import (
    accept_profile,
    invite_solo,
    leave_directory,
    return_profile,
    save_profile,
    send_link_again,
    submit_profile,
)
from solos.domain.publication import hide_solo, withdraw_solo
from solos.enums import PublicField, SoloState
from solos.models import Solo
from tests.factories import SoloFactory, TerritoryFactory, TerritoryGrantFactory, UserFactory
from tests.factories.images import upload

NAME, TRADE, EMAIL = PublicField.NAME, PublicField.TRADE, PublicField.EMAIL


@pytest.fixture
def solo(territory) -> Solo:
    TerritoryGrantFactory(territory=territory)
    return SoloFactory(territory=territory, first_name="Camille", email="camille@exemple.fr")


def token_sent(index: int = -1) -> str:
    mail = list(OutgoingMail.objects.order_by("pk"))[index]
    found = re.search(r"/ma-fiche/([^/\s]+)/", mail.text_body)
    assert found
    return found[1]


def agree(*page: PublicField, opened: tuple[PublicField, ...] = ()):
    return {ConsentUse.PAGE: set(page), ConsentUse.OPEN_DATA: set(opened)}


# ---- Invited ----------------------------------------------------------------------------------
def test_invite_solo_sends_a_link_to_their_own_profile(solo):
    author = UserFactory()

    solo = invite_solo(solo=solo, author=author)

    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message, mail.is_secret) == (
        "camille@exemple.fr",
        "solos.invitation",
        True,
    )
    assert solo_of_link(token=token_sent()) == solo
    assert "Il reste bon 60 jours." in mail.text_body
    change = solo.state_changes.last()
    assert (solo.state, change.state, change.author) == ("invited", "invited", author)


def test_invite_solo_again_takes_the_former_link_back(solo):
    invite_solo(solo=solo)
    invite_solo(solo=solo)

    with pytest.raises(LinkRevoked):
        solo_of_link(token=token_sent(0))
    assert solo_of_link(token=token_sent(1)) == solo
    assert solo.state_changes.filter(state=SoloState.INVITED).count() == 1


def test_invite_solo_in_their_language(territory):
    user = UserFactory(language="en")
    invite_solo(solo=SoloFactory(territory=territory, user=user, email="x@exemple.fr"))

    mail = OutgoingMail.objects.get()
    assert mail.subject == "Your place in the Solos Ariège directory"
    assert "/en/ma-fiche/" in mail.text_body


def test_invite_solo_without_address(territory):
    with pytest.raises(NoAddress):
        invite_solo(solo=SoloFactory(territory=territory))

    assert OutgoingMail.objects.count() == 0


def test_invite_solo_who_left(solo):
    withdraw_solo(solo=solo)

    with pytest.raises(AlreadyWithdrawn):
        invite_solo(solo=solo)


# ---- Links ------------------------------------------------------------------------------------
def test_link_opens_as_often_as_asked_until_they_leave(solo):
    invite_solo(solo=solo)
    token = token_sent()

    assert solo_of_link(token=token) == solo_of_link(token=token)
    withdraw_solo(solo=solo)
    with pytest.raises(LinkRevoked):
        solo_of_link(token=token)


def test_link_expires(solo, time_machine):
    token = issue_link(purpose=PURPOSE, subject=f"solo:{solo.pk}", lasts=LASTS)

    time_machine.move_to(timezone.now() + LASTS)
    with pytest.raises(LinkExpired):
        solo_of_link(token=token)


@pytest.mark.parametrize("token", ["", "abc", "abc:def", "\x00", "é" * 900])
def test_link_forged(db, token):
    with pytest.raises(LinkUnknown):
        solo_of_link(token=token)


def test_link_of_a_profile_that_is_gone(db):
    token = issue_link(purpose=PURPOSE, subject="solo:999999", lasts=LASTS)

    with pytest.raises(LinkUnknown):
        solo_of_link(token=token)


def test_send_link_again_to_every_profile_of_the_address(solo, territory):
    SoloFactory(territory=territory, email="Camille@Exemple.fr")
    SoloFactory(territory=territory, email="camille@exemple.fr", state=SoloState.WITHDRAWN)
    SoloFactory(territory=TerritoryFactory(), email="camille@exemple.fr")
    SoloFactory(territory=territory, email="autre@exemple.fr")

    assert send_link_again(territory=territory, email="camille@exemple.fr") == 2
    assert set(OutgoingMail.objects.values_list("message", flat=True)) == {"solos.nouveau-lien"}


# ---- Said and agreed to -----------------------------------------------------------------------
def test_save_profile_writes_values_and_exact_consents(solo):
    solo = save_profile(
        solo=solo,
        values={"trade_name": "Studio", "skills": ["carte"]},
        agreed=agree(NAME, TRADE, opened=(NAME,)),
    )

    assert (solo.trade_name, solo.skills) == ("Studio", ["carte"])
    assert (solo.published_fields, solo.open_fields) == ([NAME, TRADE], [NAME])
    assert {consent.means for consent in solo.consents.all()} == {"form"}
    assert {consent.wording.version for consent in solo.consents.all()} == {"agence-1"}
    assert solo.state == SoloState.IDENTIFIED
    assert DigestLine.objects.count() == 0


def test_save_profile_ends_what_is_ticked_no_more_and_touches_nothing_else(solo):
    save_profile(solo=solo, values={}, agreed=agree(NAME, TRADE, opened=(NAME, TRADE)))
    kept = solo.consents.get(use="page", field=NAME)

    solo = save_profile(solo=solo, values={}, agreed=agree(NAME, EMAIL))

    assert (solo.published_fields, solo.open_fields) == ([NAME, EMAIL], [])
    assert solo.consents.get(use="page", field=NAME, withdrawn_at=None) == kept
    assert solo.consents.filter(withdrawn_at__isnull=False).count() == 3


def test_save_profile_of_a_public_one_is_told_to_the_agency(territory):
    TerritoryGrantFactory(territory=territory)
    solo = SoloFactory(territory=territory, published=True, first_name="Ada", last_name="Lo")

    save_profile(solo=solo, values={"offers": "Des cartes"}, agreed=agree(*PublicField))
    save_profile(solo=solo, values={"offers": "Des cartes"}, agreed=agree(*PublicField))

    line = DigestLine.objects.get()
    assert line.words == "Ada Lo a modifié sa fiche\u00a0: ce que je propose."
    assert line.address == f"/gestion/solos/solo/{solo.pk}/relire/"


def test_save_profile_without_a_name_hides_the_page(territory):
    solo = SoloFactory(territory=territory, published=True)

    solo = save_profile(solo=solo, values={}, agreed=agree(TRADE))

    assert (solo.state, solo.published_fields) == (SoloState.HIDDEN, [TRADE])


def test_save_profile_refused_changes_nothing(solo):
    with pytest.raises(ValidationError):
        save_profile(solo=solo, values={"website": "javascript:alert(1)"}, agreed=agree(NAME))

    solo.refresh_from_db()
    assert (solo.website, solo.published_fields) == ("", [])


# ---- Published --------------------------------------------------------------------------------
def test_submit_profile_waits_for_the_agency_the_first_time(solo):
    save_profile(solo=solo, values={}, agreed=agree(NAME))

    solo = submit_profile(solo=solo)
    first = solo.submitted_at
    solo = submit_profile(solo=solo)

    assert (solo.state, solo.submitted_at) == (SoloState.IDENTIFIED, first)
    assert list(Solo.objects.submitted()) == [solo]
    line = DigestLine.objects.get()
    assert line.words == f"{solo} demande à paraître dans l’annuaire."
    assert line.address == f"/gestion/solos/solo/{solo.pk}/change/"


def test_submit_profile_published_before_is_public_at_once(territory):
    solo = hide_solo(solo=SoloFactory(territory=territory, published=True))

    assert submit_profile(solo=solo).state == SoloState.PUBLISHED


def test_submit_profile_without_consent_for_the_name(solo):
    save_profile(solo=solo, values={}, agreed=agree(TRADE))

    with pytest.raises(ConsentMissing):
        submit_profile(solo=solo)


def test_submit_profile_of_who_left(solo):
    withdraw_solo(solo=solo)

    with pytest.raises(AlreadyWithdrawn):
        submit_profile(solo=solo)


def test_accept_profile_tells_who_asked(solo):
    author = UserFactory()
    save_profile(solo=solo, values={}, agreed=agree(NAME))
    submit_profile(solo=solo)

    solo = accept_profile(solo=solo, author=author)

    assert (solo.state, solo.submitted_at) == (SoloState.PUBLISHED, None)
    assert solo.state_changes.last().author == author
    mail = OutgoingMail.objects.get()
    assert mail.message == "solos.en-ligne"
    assert solo_of_link(token=token_sent()) == solo
    assert f"/annuaire/{solo.slug}/>" in mail.text_body
    assert "/compte/inscription/>" in mail.text_body


def test_accept_profile_offers_no_second_account(territory):
    user = UserFactory(language="en")
    solo = SoloFactory(territory=territory, user=user, email="ana@exemple.fr")
    save_profile(solo=solo, values={}, agreed=agree(NAME))
    submit_profile(solo=solo)

    accept_profile(solo=solo)

    body = OutgoingMail.objects.get().text_body
    assert f"/en/annuaire/{solo.slug}/>" in body
    assert "inscription" not in body


@pytest.mark.parametrize("email", ["camille@exemple.fr", ""])
def test_accept_profile_tells_nobody_who_did_not_ask_or_has_no_address(territory, email):
    solo = SoloFactory(territory=territory, email=email)
    save_profile(solo=solo, values={}, agreed=agree(NAME))
    if not email:
        submit_profile(solo=solo)

    assert accept_profile(solo=solo).state == SoloState.PUBLISHED
    assert OutgoingMail.objects.count() == 0


def test_return_profile_says_what_to_change(solo):
    save_profile(solo=solo, values={}, agreed=agree(NAME))
    submit_profile(solo=solo)

    solo = return_profile(solo=solo, words="Ajoutez votre métier.")

    assert (solo.submitted_at, solo.team_words) == (None, "Ajoutez votre métier.")
    mail = OutgoingMail.objects.get()
    assert mail.message == "solos.a-reprendre"
    assert "Ajoutez votre métier." in mail.text_body
    with pytest.raises(NothingSubmitted):
        return_profile(solo=solo, words="Encore")
    assert submit_profile(solo=solo).team_words == ""


def test_return_profile_without_address(territory):
    solo = SoloFactory(territory=territory)
    save_profile(solo=solo, values={}, agreed=agree(NAME))
    submit_profile(solo=solo)

    return_profile(solo=solo, words="Votre adresse ?")

    assert OutgoingMail.objects.count() == 0


# ---- Gone -------------------------------------------------------------------------------------
def test_leave_directory_takes_all_away_and_says_so_once(territory):
    solo = SoloFactory(territory=territory, published=True, email="ana@exemple.fr")

    solo = leave_directory(solo=solo)
    leave_directory(solo=solo)

    mail = OutgoingMail.objects.get()
    assert (solo.state, solo.published_fields) == (SoloState.WITHDRAWN, [])
    assert (mail.recipient, mail.message, mail.is_secret) == (
        "ana@exemple.fr",
        "solos.retiree",
        False,
    )
    assert "/ma-fiche/" not in mail.text_body


def test_leave_directory_without_address(territory):
    solo = leave_directory(solo=SoloFactory(territory=territory, published=True))

    assert (solo.state, OutgoingMail.objects.count()) == (SoloState.WITHDRAWN, 0)


# ---- Their photo ------------------------------------------------------------------------------
def test_save_profile_takes_a_photo_and_takes_it_away(solo):
    save_profile(solo=solo, values={}, agreed=agree(NAME), new_photo=upload())
    assert Solo.objects.get().photo.alternative == f"Portrait de {solo}"

    save_profile(solo=solo, values={}, agreed=agree(NAME))
    assert Picture.objects.count() == 1

    save_profile(solo=solo, values={}, agreed=agree(NAME), removes_photo=True)
    assert (Solo.objects.get().photo, Picture.objects.count()) == (None, 0)


def test_new_photo_is_told_to_the_agency_as_any_change(territory, solo):
    public = SoloFactory(territory=territory, published=True, first_name="Ana", last_name="Ruiz")

    save_profile(solo=public, values={}, agreed=agree(NAME), removes_photo=True)
    assert DigestLine.objects.count() == 0

    save_profile(solo=public, values={}, agreed=agree(NAME), new_photo=upload())
    words = DigestLine.objects.get().words
    assert words == "Ana Ruiz a modifié sa fiche\u00a0: photo."
