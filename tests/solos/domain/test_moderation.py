from datetime import UTC, datetime

import pytest

from courrier.models import OutgoingMail
from registre.enums import ConsentUse
from solos.domain.errors import ChangedMeanwhile, EditOutdated, NothingSubmitted
from solos.domain.moderation import accept_waiting, compose_queue, return_waiting, stamp_of
from solos.domain.own_profile import save_profile, submit_profile
from solos.domain.publication import KEPT_IN
from solos.enums import PublicField, SoloState
from solos.models import ProposedEdit, Solo, UnreadEdit
from tests.factories import (
    PictureFactory,
    ProposedEditFactory,
    SoloFactory,
    TradeFactory,
    UnreadEditFactory,
    UserFactory,
)

NAME, OFFERS, PHONE = PublicField.NAME, PublicField.OFFERS, PublicField.PHONE
THEN = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def solo(territory) -> Solo:
    return SoloFactory(
        territory=territory,
        email="ada@exemple.fr",
        phone="+33561000000",
        offers="Des plans",
        state=SoloState.PUBLISHED,
        published_fields=[NAME, OFFERS],
    )


def asks_to_be_published(territory, **fields) -> Solo:
    solo = SoloFactory(territory=territory, **fields)
    agreed = {ConsentUse.PAGE: {NAME, OFFERS}, ConsentUse.OPEN_DATA: set()}
    save_profile(solo=solo, values={}, agreed=agreed)
    return submit_profile(solo=solo)


def queue():
    rows = Solo.objects.to_read().select_related("proposed_edit__photo", "unread_edit", "photo")
    return compose_queue(list(rows.order_by("pk")))


def words(changes):
    return [
        (
            str(one.label),
            " ".join(p.words for p in one.before),
            " ".join(p.words for p in one.after),
        )
        for one in changes
    ]


# ---- The queue --------------------------------------------------------------------------------
def test_queue_says_what_each_waits_for(territory, solo):
    ProposedEditFactory(solo=solo, agreed=[["page", "phone", "v"], ["open_data", "phone", "v"]])
    first = asks_to_be_published(territory, first_name="Ana", last_name="Ruiz", offers="Du pain")
    changed = SoloFactory(territory=territory, published=True)
    save_profile(
        solo=changed,
        values={"offers": "Des chaises"},
        agreed={use: set(PublicField) for use in KEPT_IN},
    )

    proposed, waiting, seen = queue()

    assert (proposed.solo, proposed.is_first, proposed.is_proposed, proposed.is_unread) == (
        solo, False, True, False,
    )  # fmt: skip
    assert words(proposed.proposed) == [
        ("ce que je propose", "Des plans", "Des cartes"),
        ("téléphone", "05 61 00 00 00", "05 61 00 00 00"),
    ]
    assert (proposed.agreed, proposed.since, proposed.may_be_returned) == (
        ["téléphone"],
        THEN,
        True,
    )
    assert (waiting.solo, waiting.is_first, words(waiting.first)) == (
        first,
        True,
        [("prénom", "", "Ana"), ("nom", "", "Ruiz"), ("ce que je propose", "", "Du pain")],
    )
    assert (seen.solo, seen.is_unread, seen.may_be_returned) == (changed, True, False)
    assert words(seen.seen) == [("ce que je propose", "", "Des chaises")]


def test_queue_shows_the_photo_that_is_to_be_looked_at(territory, solo):
    ProposedEditFactory(solo=solo, photo=PictureFactory(territory=territory))
    quiet, new = (
        SoloFactory(territory=territory, published=True, photo=PictureFactory(territory=territory))
        for _number in range(2)
    )
    UnreadEditFactory(solo=quiet)
    UnreadEditFactory(solo=new, fields=["photo"])

    photos = [item.photo for item in queue()]

    assert photos == [ProposedEdit.objects.get().photo, None, new.photo]


def test_queue_costs_the_same_whatever_its_length(territory, django_assert_num_queries):
    for number in range(3):
        trade = TradeFactory(name=f"Métier {number}", slug=f"metier-{number}")
        edited = SoloFactory(territory=territory, published=True)
        ProposedEditFactory(solo=edited, changes={"trade": trade.pk})
        UnreadEditFactory(solo=SoloFactory(territory=territory, published=True))
        if number in {0, 2}:
            with django_assert_num_queries(3):
                assert len(queue()) == 2 * number + 2


def test_what_was_sent_back_waits_no_more(solo):
    ProposedEditFactory(solo=solo, refused_at=THEN)

    assert queue() == []


# ---- Accepted ---------------------------------------------------------------------------------
def test_accept_waiting_shows_what_was_proposed_with_its_consents(solo):
    author = UserFactory()
    ProposedEditFactory(
        solo=solo,
        changes={"offers": "Des cartes", "phone": "+33562000000"},
        agreed=[["page", "phone", "agence-1"], ["open_data", "phone", "agence-1"]],
    )

    solo = accept_waiting(solo=solo, author=author)

    solo = Solo.objects.get(pk=solo.pk)
    assert (solo.offers, str(solo.phone)) == ("Des cartes", "05 62 00 00 00")
    assert (PHONE in solo.published_fields, PHONE in solo.open_fields) == (True, True)
    consent = solo.consents.get(use="page", field=PHONE)
    assert (consent.given_at, consent.wording.version, consent.means) == (THEN, "agence-1", "form")
    assert ProposedEdit.objects.count() == 0
    assert OutgoingMail.objects.get().message == "solos.changements-en-ligne"


def test_accept_waiting_puts_the_photo_in_place_of_the_former(territory, solo):
    former, photo = (PictureFactory(territory=territory) for _number in range(2))
    Solo.objects.update(photo=former)
    ProposedEditFactory(solo=solo, changes={}, photo=photo)

    accept_waiting(solo=solo)

    assert Solo.objects.get().photo == photo
    assert not type(former).objects.filter(pk=former.pk).exists()


def test_accept_waiting_publishes_who_asked_for_it(territory):
    solo = asks_to_be_published(territory, email="ana@exemple.fr")

    solo = accept_waiting(solo=solo)

    assert solo.state == SoloState.PUBLISHED
    assert OutgoingMail.objects.get().message == "solos.en-ligne"


def test_accept_waiting_takes_live_changes_as_read_and_writes_to_nobody(solo):
    UnreadEditFactory(solo=solo)

    accept_waiting(solo=solo)

    assert (UnreadEdit.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_accept_waiting_without_address(solo):
    Solo.objects.update(email="")
    ProposedEditFactory(solo=solo)

    assert accept_waiting(solo=solo).offers == "Des cartes"
    assert OutgoingMail.objects.count() == 0


def test_accept_waiting_when_nothing_waits(solo):
    with pytest.raises(NothingSubmitted):
        accept_waiting(solo=solo)


def test_accept_waiting_refuses_what_was_not_read(solo):
    ProposedEditFactory(solo=solo)
    read = stamp_of(Solo.objects.get())
    ProposedEdit.objects.update(changes={"offers": "Autre chose"}, proposed_at=datetime.now(UTC))

    with pytest.raises(ChangedMeanwhile):
        accept_waiting(solo=solo, stamp=read)

    assert Solo.objects.get().offers == "Des plans"
    assert accept_waiting(solo=solo, stamp=stamp_of(Solo.objects.get())).offers == "Autre chose"


def test_stamp_follows_each_thing_to_read(territory, solo):
    first = asks_to_be_published(territory)
    before = stamp_of(first)
    first.save()
    assert before != stamp_of(first)

    unread = UnreadEditFactory(solo=solo)
    before = stamp_of(solo)
    unread.changed_at = datetime.now(UTC)
    assert before != stamp_of(solo)


def test_accept_waiting_of_a_trade_that_is_gone_changes_nothing(solo):
    ProposedEditFactory(solo=solo, changes={"trade": 999_999})

    with pytest.raises(EditOutdated):
        accept_waiting(solo=solo)

    assert ProposedEdit.objects.count() == 1


# ---- Sent back --------------------------------------------------------------------------------
def test_return_waiting_keeps_what_was_typed_and_says_why(solo):
    ProposedEditFactory(solo=solo)

    return_waiting(solo=solo, words="Un mot de trop.")

    edit = ProposedEdit.objects.get()
    assert Solo.objects.get().team_words == "Un mot de trop."
    assert (edit.waits, edit.changes, Solo.objects.get().offers) == (
        False,
        {"offers": "Des cartes"},
        "Des plans",
    )
    mail = OutgoingMail.objects.get()
    assert mail.message == "solos.changements-a-reprendre"
    assert "Un mot de trop." in mail.text_body
    with pytest.raises(NothingSubmitted):
        return_waiting(solo=solo, words="Encore")


def test_return_waiting_without_address(solo):
    Solo.objects.update(email="")
    ProposedEditFactory(solo=solo)

    return_waiting(solo=solo, words="Un mot de trop.")

    assert OutgoingMail.objects.count() == 0


def test_return_waiting_of_a_first_publication(territory):
    solo = asks_to_be_published(territory, email="ana@exemple.fr")
    ProposedEditFactory(solo=solo)

    return_waiting(solo=solo, words="Votre métier ?")

    assert Solo.objects.get().submitted_at is None
    assert not ProposedEdit.objects.get().waits
    assert OutgoingMail.objects.get().message == "solos.a-reprendre"
