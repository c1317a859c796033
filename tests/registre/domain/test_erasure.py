"""Whoever is erased is in no table any more, past versions, mails and files included."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from comptes.models import User
from registre.domain.erasure import erase_person, replay_erasures
from registre.domain.errors import NotAPerson, StillOnTheTeam
from registre.domain.register import personal_models
from registre.enums import ErasureReason, JournalAct
from registre.models import Erasure, JournalEntry
from solos.enums import SoloState
from solos.models import FieldConsent, Solo, StateChange
from territoires.models import VillageReferent
from tests.factories import (
    OutgoingMailFactory,
    SectorFactory,
    SoloFactory,
    UserFactory,
    VillageReferentFactory,
)
from tests.registre.someone import PHOTO, SENTINEL, mails_of_others, make_someone

REQUEST = {"reason": ErasureReason.REQUEST}
# Long enough that no contour or microsecond says one by chance.
SENTINELS = [SENTINEL, "561123456"]


def residue() -> set[str]:
    """The tables of the database in which a row says a sentinel, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
            # PostGIS's own list of the world's projections.
            " AND table_name <> 'spatial_ref_sys'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text ILIKE ANY (%s))',
                [[f"%{word}%" for word in SENTINELS]],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


@pytest.fixture
def someone(territory):
    return make_someone(territory)


def test_someone_is_found_in_every_table_that_may_hold_them(someone):
    """Control: the sentinels would be found, were they left."""
    text = {
        model._meta.db_table
        for model, flags in personal_models().items()
        if any(flag.fate in {"deleted", "blanked", "replaced"} for flag in flags.personal.values())
    }

    # A session says whom it is of in a text that is folded; a second factor, a role, a possible
    # double, a wait and rights, no name.
    wordless = {
        "django_session", "mfa_authenticator", "solos_possibledouble", "telecentres_wait",
        "telecentres_rightsmember",
    } | {t for t in text if t.endswith("grant")}  # fmt: skip
    assert residue() == text - wordless


@pytest.mark.parametrize("known_as", ["user", "solo"])
def test_erasure_leaves_no_residue_in_any_table(
    someone, known_as, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(row=getattr(someone, known_as), **REQUEST)

    assert residue() == set()
    assert not default_storage.exists(PHOTO)


def test_files_go_once_the_act_is_done(someone, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        erase_person(row=someone.solo, **REQUEST)

    assert default_storage.exists(PHOTO)
    for callback in callbacks:
        callback()
    assert not default_storage.exists(PHOTO)


def test_account_is_closed_for_ever(someone, client):
    client.force_login(someone.user)

    erase_person(row=someone.user, **REQUEST)

    user = User.objects.get(pk=someone.user.pk)
    assert (user.email, user.get_full_name()) == (f"efface-{user.pk}@compte.invalid", "")
    assert (user.is_active, user.has_usable_password(), user.last_login) == (False, False, None)
    assert (user.groups.count(), user.user_permissions.count()) == (0, 0)
    assert client.get("/espace/").status_code == 302


def test_figures_stay_without_their_name(someone):
    erase_person(row=someone.solo, **REQUEST)

    solo = Solo.objects.get(pk=someone.solo.pk)
    assert (str(solo), solo.slug, solo.user) == ("Personne effacée", f"efface-{solo.pk}", None)
    assert (solo.state, solo.published_fields, solo.open_fields) == (SoloState.WITHDRAWN, [], [])
    assert (solo.trade, solo.commune, solo.household_size, solo.status) == (None, None, None, "")
    assert solo.arrived_in is None
    assert solo.history.count() == 0
    day = date(2026, 1, 15)
    assert Solo.objects.in_state_on(day, [SoloState.PUBLISHED]).count() == 1
    assert StateChange.objects.order_by("pk").last().state == SoloState.WITHDRAWN
    assert FieldConsent.objects.filter(withdrawn_at=None).count() == 0
    assert FieldConsent.objects.count() > 0
    assert VillageReferent.objects.count() == 0


def test_others_are_left_as_they_are(territory, someone):
    other = SoloFactory(territory=territory, email="a@exemple.fr", user=UserFactory())
    VillageReferentFactory()
    OutgoingMailFactory(recipient="a@exemple.fr")
    mails = mails_of_others()

    erase_person(row=someone.user, **REQUEST)

    other.refresh_from_db()
    assert (other.email, other.user.is_active, other.history.count()) == ("a@exemple.fr", True, 1)
    assert VillageReferent.objects.count() == 1
    assert mails_of_others() == mails == 1


def test_erasure_is_in_the_ledger_and_in_the_journal(someone, officer):
    erasure = erase_person(row=someone.solo, author=officer, reason=ErasureReason.MISTAKE)

    erasure.refresh_from_db()
    assert (erasure.reason, erasure.by) == (ErasureReason.MISTAKE, officer)
    # The account, the record, the one merged into it and the role in a village.
    assert [len(key) for key in erasure.keys] == [64] * 4
    assert erasure.counts["courrier.OutgoingMail"] == 3
    assert erasure.counts["solos.Solo"] == 1
    entry = JournalEntry.objects.get(act=JournalAct.ERASED)
    assert (entry.user, entry.model, entry.object_key) == (
        officer, "solos.Solo", str(someone.solo.pk),
    )  # fmt: skip


def test_team_leaves_before_being_erased(territory):
    someone = make_someone(territory, staff=True)
    before = residue()

    for row in (someone.user, someone.solo):
        with pytest.raises(StillOnTheTeam):
            erase_person(row=row, **REQUEST)

    assert residue() == before
    assert Erasure.objects.filter(reason=ErasureReason.REQUEST).count() == 0


def test_what_is_not_a_person_is_not_erased(db):
    sector = SectorFactory()

    with pytest.raises(NotAPerson):
        erase_person(row=sector, **REQUEST)

    sector.refresh_from_db()
    assert sector.name == "Numérique"


def test_failure_erases_nothing(someone, monkeypatch):
    before = residue()
    monkeypatch.setattr(Erasure.objects, "create", lambda **_given: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        erase_person(row=someone.solo, **REQUEST)

    assert residue() == before
    assert default_storage.exists(PHOTO)


# ---- After a restore --------------------------------------------------------------------------
def restore(row, **lost):
    """What an older copy of the database brings back."""
    type(row).objects.filter(pk=row.pk).update(**lost)


def test_restored_person_is_erased_again(someone):
    erase_person(row=someone.solo, **REQUEST)
    restore(someone.solo, first_name="Sentinelle", email="sentinelle@exemple.fr")
    restore(someone.user, email="sentinelle@exemple.fr", is_active=True, is_staff=True)
    OutgoingMailFactory(recipient="sentinelle@exemple.fr")

    assert replay_erasures(reasons={}) == 2

    assert residue() == set()
    user = User.objects.get(pk=someone.user.pk)
    assert (user.is_active, user.is_staff) == (False, False)


def test_nobody_came_back(someone):
    erase_person(row=someone.solo, **REQUEST)
    count = Erasure.objects.count()

    assert replay_erasures(reasons={}) == 0
    assert Erasure.objects.count() == count


def test_ledger_kept_apart_serves_when_the_database_lost_its_own(territory, someone):
    keys = erase_person(row=someone.solo, reason=ErasureReason.RETENTION).keys
    Erasure.objects.all().delete()
    restore(someone.solo, first_name="Sentinelle")
    VillageReferentFactory()
    assert replay_erasures(reasons={}) == 0

    assert replay_erasures(reasons=dict.fromkeys(keys, "retention")) == 1

    assert Solo.objects.get(pk=someone.solo.pk).first_name == "Personne"
    assert Erasure.objects.get().reason == ErasureReason.RETENTION


def test_record_that_is_deleted_and_came_back_goes_again(db):
    referent = VillageReferentFactory(name="Sentinelle")
    erase_person(row=referent, **REQUEST)
    referent.save(force_insert=True)

    assert replay_erasures(reasons={}) == 1
    assert VillageReferent.objects.count() == 0


def test_ledger_outlives_a_change_of_secret(someone, settings):
    erase_person(row=someone.solo, **REQUEST)
    restore(someone.solo, first_name="Sentinelle")
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another"

    settings.SECRET_KEY_FALLBACKS = []
    assert replay_erasures(reasons={}) == 0
    settings.SECRET_KEY_FALLBACKS = [old]
    assert replay_erasures(reasons={}) == 1
