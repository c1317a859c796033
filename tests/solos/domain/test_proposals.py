from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from courrier.models import DigestLine
from images.models import Picture
from registre.enums import ConsentUse
from solos.domain.errors import ConsentMissing
from solos.domain.own_profile import save_profile, submit_profile
from solos.domain.portrait import set_photo
from solos.domain.proposals import proposal_of, with_proposal
from solos.domain.publication import hide_solo, withdraw_consent, withdraw_solo
from solos.enums import PublicField, SoloState
from solos.models import ProposedEdit, Solo, UnreadEdit
from tests.factories import (
    DirectorySettingsFactory,
    ProposedEditFactory,
    SoloFactory,
    TerritoryGrantFactory,
    TradeFactory,
    UnreadEditFactory,
)
from tests.factories.images import upload

NAME, OFFERS, PHONE, TRADE, PHOTO = (
    PublicField.NAME, PublicField.OFFERS, PublicField.PHONE, PublicField.TRADE, PublicField.PHOTO,
)  # fmt: skip


@pytest.fixture
def moderated(territory):
    TerritoryGrantFactory(territory=territory)
    DirectorySettingsFactory(territory=territory, moderates_edits=True)
    return territory


@pytest.fixture
def solo(moderated) -> Solo:
    return SoloFactory(
        territory=moderated,
        first_name="Ada",
        last_name="Lo",
        email="ada@exemple.fr",
        phone="+33561000000",
        offers="Des plans",
        state=SoloState.PUBLISHED,
        published_fields=[NAME, OFFERS],
    )


def agree(*page: PublicField, opened: tuple[PublicField, ...] = (NAME, OFFERS)):
    return {ConsentUse.PAGE: set(page), ConsentUse.OPEN_DATA: set(opened)}


def save(solo: Solo, *page: PublicField, **asked) -> Solo:
    opened = asked.pop("opened", (NAME, OFFERS))
    files = {name: asked.pop(name) for name in ("new_photo", "removes_photo") if name in asked}
    return save_profile(solo=solo, values=asked, agreed=agree(*page, opened=opened), **files)


def shown_of(solo: Solo) -> list[str]:
    return Solo.objects.get(pk=solo.pk).published_fields


# ---- What waits -------------------------------------------------------------------------------
def test_change_of_what_is_shown_waits_and_the_page_stays(solo):
    solo = save(solo, NAME, OFFERS, offers="Des cartes")

    edit = ProposedEdit.objects.get()
    assert (solo.offers, edit.changes, edit.agreed) == (
        "Des plans",
        {"offers": "Des cartes"},
        [],
    )
    line = DigestLine.objects.get()
    assert line.words == ("Ada Lo propose des changements, à relire\u00a0: ce que je propose.")
    assert line.address == f"/gestion/solos/solo/{solo.pk}/relire/"
    assert UnreadEdit.objects.count() == 0


def test_same_change_is_live_where_nothing_is_moderated(solo):
    """Control: without the setting the page changes at once, and the agency has it to read."""
    solo.territory.directory.delete()

    solo = save(solo, NAME, OFFERS, offers="Des cartes")

    assert (solo.offers, ProposedEdit.objects.count()) == ("Des cartes", 0)
    unread = UnreadEdit.objects.get()
    assert (unread.fields, unread.version) == (["offers"], solo.history.last().history_id)


def test_what_nobody_sees_is_written_at_once(solo):
    solo = save(solo, NAME, OFFERS, seeks="Un bureau", household_size=3)

    assert (solo.seeks, solo.household_size, ProposedEdit.objects.count()) == ("Un bureau", 3, 0)


def test_what_is_emptied_leaves_the_page_at_once(solo):
    solo = save(solo, NAME, OFFERS, offers="")

    assert (solo.offers, ProposedEdit.objects.count()) == ("", 0)


def test_new_consent_waits_with_what_it_would_show(solo):
    """Otherwise today's number, never agreed to, would be shown until the new one is read."""
    solo = save(solo, NAME, OFFERS, PHONE, phone="+33562000000", opened=(NAME, OFFERS, PHONE))

    edit = ProposedEdit.objects.get()
    assert (str(solo.phone), solo.published_fields) == ("05 61 00 00 00", [NAME, OFFERS])
    assert edit.changes == {"phone": "+33562000000"}
    assert edit.agreed == [["page", "phone", "agence-1"], ["open_data", "phone", "agence-1"]]
    assert DigestLine.objects.get().words.endswith("téléphone.")


def test_new_consent_to_show_what_is_empty_is_recorded_at_once(solo):
    solo = save(solo, NAME, OFFERS, PublicField.SEEKS)

    assert solo.published_fields == [NAME, OFFERS, PublicField.SEEKS]
    assert ProposedEdit.objects.count() == 0


def test_new_consent_to_open_what_is_shown_is_recorded_at_once(solo):
    save(solo, NAME, OFFERS, opened=())

    assert save(solo, NAME, OFFERS, opened=(NAME,)).open_fields == [NAME]
    assert ProposedEdit.objects.count() == 0


def test_ended_consent_never_waits(solo):
    """Neither beside a change that waits, nor for the very field that was to change."""
    solo = save(solo, NAME, OFFERS, PHONE, offers="Des cartes")
    assert shown_of(solo) == [NAME, OFFERS]

    solo = save(solo, NAME, offers="Des cartes")

    assert shown_of(solo) == [NAME]
    assert Solo.objects.get().offers == "Des cartes"
    assert ProposedEdit.objects.count() == 0


def test_consent_ended_elsewhere_leaves_what_waited(solo):
    save(solo, NAME, OFFERS, PHONE, opened=(NAME, OFFERS, PHONE))

    withdraw_consent(solo=solo, use=ConsentUse.OPEN_DATA, fields=[PHONE])
    assert ProposedEdit.objects.get().agreed == [["page", "phone", "agence-1"]]
    withdraw_consent(solo=solo, use=ConsentUse.PAGE, fields=[PHONE])
    assert ProposedEdit.objects.get().agreed == []


def test_first_publication_has_its_own_way(moderated):
    solo = SoloFactory(territory=moderated, email="x@exemple.fr")

    solo = save(solo, NAME, OFFERS, offers="Des cartes")

    assert (solo.offers, ProposedEdit.objects.count()) == ("Des cartes", 0)


def test_hidden_page_cannot_come_back_unread(solo):
    solo = hide_solo(solo=solo)

    save(solo, NAME, OFFERS, offers="Des cartes")
    solo = submit_profile(solo=solo)

    assert (solo.state, solo.offers) == (SoloState.PUBLISHED, "Des plans")


def test_name_agreed_to_again_waits_then_the_page_asks_to_be_published(solo):
    save(solo, OFFERS)
    assert Solo.objects.get().state == SoloState.HIDDEN
    with pytest.raises(ConsentMissing):
        submit_profile(solo=solo)

    save(solo, NAME, OFFERS, first_name="Adam")
    solo = submit_profile(solo=solo)

    assert solo.submitted_at is not None
    assert (solo.state, solo.first_name) == (SoloState.HIDDEN, "Ada")


def test_who_left_proposes_nothing(solo):
    solo = withdraw_solo(solo=solo)

    save_profile(solo=solo, values={"offers": "Des cartes"}, agreed=agree(opened=()))

    assert ProposedEdit.objects.count() == 0


def test_what_waits_is_checked_as_what_is_written(solo):
    with pytest.raises(ValidationError):
        save(solo, NAME, PublicField.WEBSITE, website="javascript:alert(1)")

    assert ProposedEdit.objects.count() == 0


# ---- One proposal -----------------------------------------------------------------------------
def test_saving_again_replaces_what_waited(solo):
    save(solo, NAME, OFFERS, offers="Des cartes")
    save(solo, NAME, OFFERS, offers="Des cartes")
    assert DigestLine.objects.count() == 1

    save(solo, NAME, OFFERS, offers="Des plans et des cartes")
    assert ProposedEdit.objects.get().changes == {"offers": "Des plans et des cartes"}
    assert DigestLine.objects.count() == 2

    save(solo, NAME, OFFERS, offers="Des plans")
    assert ProposedEdit.objects.count() == 0


def test_saving_what_was_sent_back_proposes_it_again(solo):
    edit = ProposedEditFactory(solo=solo)
    ProposedEdit.objects.update(refused_at=edit.proposed_at + timedelta(days=1))

    save(solo, NAME, OFFERS, offers="Des cartes")

    assert ProposedEdit.objects.get().waits
    assert DigestLine.objects.count() == 1


def test_with_proposal_shows_what_the_solo_wrote_last(solo):
    trade = TradeFactory(name="Cartographie", slug="cartographie")
    save(solo, NAME, OFFERS, TRADE, offers="Des cartes", trade=trade, opened=(NAME, TRADE))

    shown = with_proposal(solo, proposal_of(solo))

    assert (shown.offers, shown.trade) == ("Des cartes", trade)
    assert set(shown.published_fields) == {NAME, TRADE, OFFERS}
    assert (solo.offers, solo.published_fields) == ("Des plans", [NAME, OFFERS])
    assert with_proposal(solo, None).offers == "Des plans"


def test_withdrawing_forgets_all_that_waits(solo):
    save(solo, NAME, OFFERS, PHOTO, offers="Des cartes", new_photo=upload())
    UnreadEditFactory(solo=solo)
    assert Picture.objects.count() == 1

    withdraw_solo(solo=solo)

    left = (ProposedEdit.objects.count(), UnreadEdit.objects.count(), Picture.objects.count())
    assert left == (0, 0, 0)


# ---- A photo ----------------------------------------------------------------------------------
def test_new_photo_waits_is_kept_replaced_and_taken_away(solo):
    save(solo, NAME, OFFERS, PHOTO, new_photo=upload())
    first = ProposedEdit.objects.get().photo
    assert (first.subject, Solo.objects.get().photo) == (f"solos.solo:{solo.pk}", None)

    save(solo, NAME, OFFERS, PHOTO)
    assert ProposedEdit.objects.get().photo == first

    save(solo, NAME, OFFERS, PHOTO, new_photo=upload())
    second = ProposedEdit.objects.get().photo
    assert list(Picture.objects.all()) == [second]

    save(solo, NAME, OFFERS, PHOTO, offers="Des cartes", removes_photo=True)
    assert (ProposedEdit.objects.get().photo, Picture.objects.count()) == (None, 0)


def test_photo_that_nobody_sees_is_kept_at_once_and_waits_to_be_shown(solo):
    solo = save(solo, NAME, OFFERS, new_photo=upload())
    assert (solo.photo is not None, ProposedEdit.objects.count()) == (True, 0)

    solo = save(solo, NAME, OFFERS, PHOTO)

    assert PHOTO not in solo.published_fields
    assert ProposedEdit.objects.get().agreed == [["page", "photo", "agence-1"]]


def test_consent_to_the_photo_ended_deletes_the_one_that_waits(solo):
    save(solo, NAME, OFFERS, PHOTO, new_photo=upload())

    withdraw_consent(solo=solo, use=ConsentUse.PAGE, fields=[PHOTO])

    assert (ProposedEdit.objects.get().photo, Picture.objects.count()) == (None, 0)


def test_photo_shown_stays_until_the_new_one_is_read(solo):
    save(solo, NAME, OFFERS, PHOTO, offers="", opened=(NAME,))
    solo = set_photo(solo=solo, file=upload())

    solo = save(solo, NAME, PHOTO, new_photo=upload(), opened=(NAME,))

    assert Solo.objects.get().photo == solo.photo
    assert Picture.objects.count() == 2


# ---- What is live and to be read --------------------------------------------------------------
def test_live_changes_are_gathered_from_the_first_one_not_read(territory):
    solo = SoloFactory(territory=territory, published=True)
    known = solo.history.latest().history_id

    for values in ({"offers": "Des cartes"}, {"seeks": "Un bureau"}, {"offers": "Des plans"}):
        save_profile(solo=solo, values=values, agreed=agree(*PublicField, opened=()))

    unread = UnreadEdit.objects.get()
    assert (unread.version, unread.fields) == (known, ["offers", "seeks"])
    assert unread.since < unread.changed_at


def test_what_is_newly_shown_is_to_be_read(territory):
    solo = SoloFactory(territory=territory, state="published", published_fields=[NAME])
    TerritoryGrantFactory(territory=territory)

    save_profile(solo=solo, values={}, agreed=agree(NAME, OFFERS, opened=()))

    assert UnreadEdit.objects.get().fields == ["published_fields"]
    assert DigestLine.objects.get().words.endswith("a modifié sa fiche\u00a0: champs publics.")
