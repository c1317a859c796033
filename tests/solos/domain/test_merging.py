"""Two records of one person become one, and nothing that was known of them is lost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import ManyToOneRel

from images.models import Picture
from jetons.domain.errors import LinkRevoked
from jetons.domain.links import issue_link
from registre.domain.erasure import erase_person, replay_erasures
from registre.enums import ConsentUse, ErasureReason, JournalAct
from registre.models import Erasure, JournalEntry
from solos.domain.errors import KeptIsWithdrawn, OtherTerritory, SameRecord, TwoAccounts
from solos.domain.links import PURPOSE, solo_of_link, subject_of
from solos.domain.merging import (
    CHOSEN_FIELDS,
    differing_fields,
    find_moved,
    merge_solos,
    merged_rows,
)
from solos.domain.publication import identify_solo
from solos.enums import PublicField, SoloState
from solos.models import (
    FormerAddress,
    PossibleDouble,
    ProposedEdit,
    Solo,
    StateChange,
    UnreadEdit,
)
from tests.factories import (
    ContactMessageFactory,
    FieldConsentFactory,
    FormerAddressFactory,
    OrganisationFactory,
    PictureFactory,
    PossibleDoubleFactory,
    ProposedEditFactory,
    SoloFactory,
    TerritoryFactory,
    UnreadEditFactory,
    UserFactory,
)

NAME, PHONE = PublicField.NAME, PublicField.PHONE
PAGE, OPEN = ConsentUse.PAGE, ConsentUse.OPEN_DATA
SAME = {"first_name": "Ana", "last_name": "Ruiz", "email": "ana@exemple.fr"}


def make(territory, **given):
    return SoloFactory(territory=territory, **(SAME | given))


@pytest.fixture
def kept(territory):
    return make(territory, slug="ana-ruiz", phone="+33561000001")


@pytest.fixture
def other(territory):
    return make(territory, slug="ana-ruiz-2", phone="+33561000002", commune=None)


def now(solo):
    return Solo.objects.get(pk=solo.pk)


# ---- Values --------------------------------------------------------------------------------
def test_record_that_stays_has_the_values_chosen(kept, other):
    merge_solos(kept=kept, other=other, from_other=["phone"])

    solo = Solo.objects.get()
    assert (solo.pk, solo.slug, solo.phone) == (kept.pk, "ana-ruiz", "+33561000002")
    assert solo.commune == kept.commune


def test_only_differing_values_are_to_be_chosen(kept, other):
    assert differing_fields(kept, other) == ["commune", "phone"]


def test_every_value_of_a_record_is_chosen_or_belongs_to_the_record():
    """A field added later is thought of: chosen, or of the record that stays."""
    own = {
        "id", "territory", "user", "slug", "state", "submitted_at", "verified_on", "review_step",
        "review_step_on", "published_fields", "public_words", "open_fields", "open_words",
        "member_fields", "plain_name", "team_words", "created_at", "updated_at",
    }  # fmt: skip

    assert {field.name for field in Solo._meta.concrete_fields} == own | set(CHOSEN_FIELDS)


def test_what_a_form_may_not_choose_is_left_alone(kept, other):
    merge_solos(kept=kept, other=other, from_other=["slug", "state", "published_fields", "?"])

    assert (now(kept).slug, now(kept).state) == ("ana-ruiz", SoloState.IDENTIFIED)


def test_request_to_be_read_is_not_lost(territory, kept):
    moment = datetime(2026, 5, 1, tzinfo=UTC)
    other = make(territory, submitted_at=moment)

    merge_solos(kept=kept, other=other)

    assert now(kept).submitted_at == moment


# ---- What pointed to the other -------------------------------------------------------------
def test_past_of_both_is_the_past_of_one(kept, other):
    other.trade_name = "Atelier Ruiz"
    other.save()
    Solo.objects.filter(pk=other.pk).update(offers="écrit sans passé")

    merge_solos(kept=kept, other=other)

    past = kept.history.order_by("history_id")
    assert [one.history_type for one in past] == ["+", "+", "~", "~", "~"]
    assert [one.trade_name for one in past][2:4] == ["Atelier Ruiz"] * 2
    # Its last words, though no version had kept them.
    assert past[3].offers == "écrit sans passé"
    assert Solo.history.exclude(id=kept.pk).count() == 0


def test_everything_that_points_to_a_solo_moves(kept, other):
    """A relation that another part of the platform adds is thought of here."""
    relations = {
        f"{one.related_model.__name__}.{one.field.name}"
        for one in Solo._meta.get_fields(include_hidden=True)
        if isinstance(one, ManyToOneRel)
    }
    assert relations == {
        "ContactMessage.solo", "FieldConsent.solo", "FormerAddress.solo", "PossibleDouble.first",
        "PossibleDouble.second", "ProposedEdit.solo", "StateChange.solo", "UnreadEdit.solo",
    }  # fmt: skip
    message = ContactMessageFactory(solo=other)
    former = FormerAddressFactory(solo=other)
    change = other.state_changes.get()
    entry = LogEntry.objects.create(
        user=UserFactory(),
        content_type=ContentType.objects.get_for_model(Solo),
        object_id=other.pk,
        action_flag=CHANGE,
    )

    merge_solos(kept=kept, other=other)

    for row in (message, former, change):
        row.refresh_from_db()
        assert row.solo == kept
    entry.refresh_from_db()
    assert entry.object_id == str(kept.pk)


def test_what_the_other_says_anew_is_still_read(kept, other):
    photo = PictureFactory(portrait=True, territory=other.territory)
    edit = ProposedEditFactory(solo=other, photo=photo)
    unread = UnreadEditFactory(solo=other)

    merge_solos(kept=kept, other=other)

    edit.refresh_from_db()
    unread.refresh_from_db()
    photo.refresh_from_db()
    assert (edit.solo, unread.solo) == (kept, kept)
    assert photo.subject == f"solos.solo:{kept.pk}"


def test_of_two_proposals_that_of_the_record_that_stays(kept, other):
    photo = PictureFactory(portrait=True, territory=other.territory)
    mine, unread = ProposedEditFactory(solo=kept), UnreadEditFactory(solo=kept)
    ProposedEditFactory(solo=other, photo=photo)
    UnreadEditFactory(solo=other)

    merge_solos(kept=kept, other=other)

    assert (ProposedEdit.objects.get(), UnreadEdit.objects.get()) == (mine, unread)
    assert not Picture.objects.filter(pk=photo.pk).exists()


def test_proposal_without_photo_moves_too(kept, other):
    edit = ProposedEditFactory(solo=other)

    merge_solos(kept=kept, other=other)

    edit.refresh_from_db()
    assert edit.solo == kept


def test_account_of_the_other_is_that_of_the_one(territory, kept):
    user = UserFactory()

    merge_solos(kept=kept, other=make(territory, user=user))

    assert now(kept).user == user


def test_links_sent_to_the_address_kept_open_the_one(kept, other):
    tokens = [
        issue_link(purpose=PURPOSE, subject=subject_of(solo), lasts=timedelta(days=1))
        for solo in (kept, other)
    ]

    merge_solos(kept=kept, other=other)

    assert [solo_of_link(token=token) for token in tokens] == [kept, kept]


def test_links_sent_to_another_address_open_nothing(territory, kept):
    other = make(territory, email="ancienne@exemple.fr")
    ours, theirs = (
        issue_link(purpose=PURPOSE, subject=subject_of(solo), lasts=timedelta(days=1))
        for solo in (kept, other)
    )

    merge_solos(kept=kept, other=other)

    assert solo_of_link(token=ours) == kept
    with pytest.raises(LinkRevoked):
        solo_of_link(token=theirs)


@pytest.mark.parametrize(("taken", "left"), [([], "ours"), (["photo"], "theirs")])
def test_photo_kept_is_theirs_and_the_other_is_deleted(taken, left, territory, kept, other):
    photos = {}
    for name, solo in (("ours", kept), ("theirs", other)):
        photos[name] = PictureFactory(territory=territory, subject=f"solos.solo:{solo.pk}")
        Solo.objects.filter(pk=solo.pk).update(photo=photos[name])

    merge_solos(kept=kept, other=other, from_other=taken)

    assert now(kept).photo == photos[left]
    assert Picture.objects.get().subject == f"solos.solo:{kept.pk}"


# ---- What the person agreed to -------------------------------------------------------------
def agree(solo, field=NAME, **given):
    return FieldConsentFactory(solo=solo, field=field, **given)


def in_force(solo):
    rows = solo.consents.filter(withdrawn_at=None)
    return sorted(rows.values_list("use", "field"))


def test_agreement_for_the_value_kept_stays(kept, other):
    agree(kept, PHONE), agree(other, PHONE, use=OPEN)

    merge_solos(kept=kept, other=other)

    assert in_force(kept) == [(PAGE, PHONE)]
    # The other's has ended, and still proves what was agreed to.
    assert kept.consents.count() == 2
    assert (now(kept).published_fields, now(kept).open_fields) == ([PHONE], [])


def test_agreement_comes_with_the_value_it_was_given_for(kept, other):
    agree(kept, PHONE), agree(other, PHONE), agree(other, PHONE, use=OPEN)

    merge_solos(kept=kept, other=other, from_other=["phone"])

    assert in_force(kept) == [(OPEN, PHONE), (PAGE, PHONE)]
    assert now(kept).open_fields == [PHONE]


def test_value_nobody_agreed_to_show_is_not_shown(kept, other):
    agree(kept, PHONE)

    merge_solos(kept=kept, other=other, from_other=["phone"])

    assert (in_force(kept), now(kept).published_fields) == ([], [])


def test_agreement_of_either_will_do_for_the_same_value(kept, other):
    agree(other)

    merge_solos(kept=kept, other=other)

    assert now(kept).published_fields == [NAME]


def test_of_two_agreements_the_later_stays(kept, other):
    agree(kept), agree(other, given_at=datetime(2026, 6, 1, tzinfo=UTC))

    merge_solos(kept=kept, other=other)

    (held,) = kept.consents.filter(withdrawn_at=None)
    assert held.given_at == datetime(2026, 6, 1, tzinfo=UTC)
    assert kept.consents.count() == 2


@pytest.mark.parametrize(("month", "shown"), [(3, []), (1, [NAME])])
def test_what_was_taken_back_since_on_either_record_is_taken_back(month, shown, kept, other):
    agree(kept, given_at=datetime(2026, 2, 1, tzinfo=UTC))
    agree(
        other,
        given_at=datetime(2025, 1, 1, tzinfo=UTC),
        withdrawn_at=datetime(2026, month, 1, tzinfo=UTC),
    )

    merge_solos(kept=kept, other=other)

    assert now(kept).published_fields == shown


@pytest.mark.parametrize(("both", "shown"), [(False, []), (True, [NAME])])
def test_name_made_of_two_needs_both_agreements(both, shown, territory, kept):
    other = make(territory, first_name="Anne", last_name="Ruiz-Bel")
    agree(kept)
    if both:
        agree(other)

    merge_solos(kept=kept, other=other, from_other=["last_name"])

    assert now(kept).published_fields == shown


def test_transmissions_are_told_apart_by_whom_they_are_for(territory, kept, other):
    one, two = OrganisationFactory(territory=territory), OrganisationFactory(territory=territory)
    for solo, to in ((kept, one), (other, one), (other, two)):
        agree(solo, "", use=ConsentUse.TRANSMISSION, recipient=to)

    merge_solos(kept=kept, other=other)

    held = kept.consents.filter(withdrawn_at=None)
    assert {each.recipient for each in held} == {one, two}
    assert (held.count(), kept.consents.count()) == (2, 3)


def test_page_without_agreement_for_its_name_is_hidden(territory, other):
    kept = make(territory, first_name="Anna", published=True)

    merge_solos(kept=kept, other=other, from_other=["first_name"])

    assert now(kept).state == SoloState.HIDDEN
    assert kept.state_changes.order_by("changed_on", "pk").last().state == SoloState.HIDDEN


# ---- States --------------------------------------------------------------------------------
def change(solo, state, *day):
    return StateChange.objects.create(solo=solo, state=state, changed_on=date(*day))


def test_past_figures_count_one_person_by_their_stronger_state(territory, kept, other):
    kept.state_changes.all().delete(), other.state_changes.all().delete()
    change(other, SoloState.IDENTIFIED, 2024, 1, 1)
    change(kept, SoloState.IDENTIFIED, 2025, 2, 1)
    change(kept, SoloState.PUBLISHED, 2025, 3, 1)
    change(other, SoloState.INVITED, 2025, 4, 1)
    Solo.objects.filter(pk=kept.pk).update(state=SoloState.PUBLISHED, published_fields=[NAME])
    agree(kept)

    merge_solos(kept=kept, other=other)

    def published(*day):
        return Solo.objects.in_state_on(date(*day), [SoloState.PUBLISHED]).count()

    def known(*day):
        return Solo.objects.in_state_on(date(*day), SoloState.known()).count()

    assert [known(2023, 12, 31), known(2024, 1, 1), known(2025, 4, 2)] == [0, 1, 1]
    assert [published(2025, 2, 28), published(2025, 3, 1), published(2025, 4, 2)] == [0, 1, 1]
    # Nothing said is unsaid: four changes, and one that says more than the last.
    assert kept.state_changes.count() == 5


def test_state_is_that_of_the_record_that_stays(territory, kept):
    other = make(territory, published=True)

    merge_solos(kept=kept, other=other)

    assert now(kept).state == SoloState.IDENTIFIED
    assert kept.state_changes.order_by("changed_on", "pk").last().state == SoloState.IDENTIFIED


# ---- Addresses and pairs -------------------------------------------------------------------
def test_address_of_the_other_leads_to_the_one_once_published(territory, kept, other):
    merge_solos(kept=kept, other=other)

    assert find_moved(territory=territory, slug="ana-ruiz-2") is None
    Solo.objects.filter(pk=kept.pk).update(state=SoloState.PUBLISHED, published_fields=[NAME])
    assert find_moved(territory=territory, slug="ana-ruiz-2") == kept
    assert find_moved(territory=TerritoryFactory(), slug="ana-ruiz-2") is None


def test_address_that_led_to_someone_is_not_given_to_a_namesake(territory, kept, other):
    merge_solos(kept=kept, other=other)

    namesake = identify_solo(territory=territory, first_name="Ana", last_name="Ruiz")

    assert namesake.slug == "ana-ruiz-3"


def test_pairs_of_the_other_are_those_of_the_one(territory, kept, other):
    third, fourth = SoloFactory(territory=territory), SoloFactory(territory=territory)
    settled = datetime(2026, 1, 1, tzinfo=UTC)
    here = {"territory": territory}
    PossibleDoubleFactory(first=kept, second=other, **here)
    PossibleDoubleFactory(first=other, second=third, distinct_at=settled, **here)
    for one in (kept, other):
        PossibleDoubleFactory(first=one, second=fourth, distinct_at=settled, **here)

    merge_solos(kept=kept, other=other)

    pairs = PossibleDouble.objects.order_by("second")
    assert [(pair.first, pair.second, pair.distinct_at) for pair in pairs] == [
        (kept, third, settled),
        (kept, fourth, settled),
    ]


# ---- Refused, done twice, written down -----------------------------------------------------
def everything():
    return (
        list(Solo.objects.order_by("pk").values()),
        Solo.history.count(),
        FormerAddress.objects.count(),
        JournalEntry.objects.count(),
    )


def check_refused(refusal, kept, other):
    before = everything()
    with pytest.raises(refusal):
        merge_solos(kept=kept, other=other)
    assert everything() == before


def test_records_of_two_territories_stay_two(kept):
    check_refused(OtherTerritory, kept, make(TerritoryFactory()))


def test_records_with_an_account_each_stay_two(territory):
    check_refused(
        TwoAccounts, make(territory, user=UserFactory()), make(territory, user=UserFactory())
    )


def test_who_left_is_not_brought_back_through_the_other(territory, kept):
    check_refused(KeptIsWithdrawn, make(territory, state=SoloState.WITHDRAWN), kept)


def test_record_is_not_merged_with_itself(kept):
    check_refused(SameRecord, kept, kept)


def test_record_that_is_gone_is_merged_into_none(territory, kept):
    gone = make(territory)
    gone_key = gone.pk
    gone.delete()
    gone.pk = gone_key

    check_refused(Solo.DoesNotExist, kept, gone)


def test_two_that_left_become_one(territory):
    kept, other = (make(territory, state=SoloState.WITHDRAWN) for _ in range(2))

    assert merge_solos(kept=kept, other=other).state == SoloState.WITHDRAWN


def test_done_twice_is_done_once(kept, other):
    merge_solos(kept=kept, other=other, from_other=["phone"])
    before = everything()

    again = merge_solos(kept=kept, other=other, from_other=["phone"])

    assert again == kept
    assert everything() == before


def test_failure_changes_nothing(kept, other, monkeypatch):
    before = everything()
    monkeypatch.setattr("solos.domain.merging.keep_doubles", lambda **_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        merge_solos(kept=kept, other=other)

    assert everything() == before


def test_merge_is_in_the_journal(kept, other, officer):
    merge_solos(kept=kept, other=other, from_other=["phone"], author=officer)

    entries = JournalEntry.objects.order_by("pk")
    assert [(e.act, e.object_key, e.fields, e.user) for e in entries] == [
        (JournalAct.EDITED, str(kept.pk), ["phone"], officer),
        (JournalAct.DELETED, str(other.pk), [], officer),
    ]
    assert FormerAddress.objects.get().merged_by == officer


# ---- Erased afterwards ---------------------------------------------------------------------
def test_copy_from_before_the_merge_does_not_bring_an_erased_person_back(territory, kept, other):
    before = Solo.objects.filter(pk__in=[kept.pk, other.pk]).values()
    copy = [dict(row) for row in before]
    merge_solos(kept=kept, other=other)
    assert merged_rows(now(kept)) == [(other.pk, other.created_at)]

    erase_person(row=now(kept), reason=ErasureReason.REQUEST)

    assert len(Erasure.objects.get().keys) == 2
    assert FormerAddress.objects.count() == 0
    Solo.objects.all().delete()
    generated = {"public_words", "open_words", "plain_name"}
    for row in copy:
        Solo.objects.bulk_create([Solo(**{k: v for k, v in row.items() if k not in generated})])
        Solo.objects.filter(pk=row["id"]).update(created_at=row["created_at"])
    assert replay_erasures(reasons={}) == 2
    assert {str(solo) for solo in Solo.objects.all()} == {"Personne effacée"}
