"""Whatever the back-office shows or changes about people leaves a line in the journal."""

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registre.enums import JournalAct
from registre.models import JournalEntry
from solos.models import Solo
from tests.factories import (
    HostVillageFactory,
    ProgrammeFactory,
    SoloFactory,
    UserFactory,
    VillageReferentFactory,
)

LIST = reverse("admin:solos_solo_changelist")


@pytest.fixture
def journal(officer_client):
    """Reads the lines written since the last time: act, model, key, rows, fields."""
    JournalEntry.objects.all().delete()

    def lines():
        rows = list(
            JournalEntry.objects.order_by("pk").values_list(
                "act", "model", "object_key", "rows", "fields"
            )
        )
        JournalEntry.objects.all().delete()
        return rows

    return lines


def line(act, model, key="", rows=1, fields=()):
    return (act, model, str(key), rows, list(fields))


def page(name, row, app="solos_solo"):
    return reverse(f"admin:{app}_{name}", args=[row.pk])


def typed(solo, **changes):
    inlines = {
        f"{prefix}-{total}_FORMS": 0
        for prefix in ("consents", "state_changes")
        for total in ("TOTAL", "INITIAL")
    }
    fields = {
        "first_name": solo.first_name, "last_name": solo.last_name, "status": solo.status,
        "trade": solo.trade_id, "commune": solo.commune_id, "territory": solo.territory_id,
        "slug": solo.slug,
    }  # fmt: skip
    return {**inlines, **fields, **changes}


@pytest.mark.parametrize("count", [1, 3])
def test_list_is_one_line_that_says_how_many(count, territory, officer_client, journal):
    for _turn in range(count):
        SoloFactory(territory=territory)

    officer_client.get(LIST, {"q": "claude"})

    assert journal() == [line("read", "solos.Solo", rows=count)]


def test_line_says_who_where_and_never_what_was_searched(
    territory, officer, officer_client, journal
):
    solo = SoloFactory(territory=territory, last_name="Sentinelle")

    officer_client.get(LIST, {"q": "Sentinelle"})
    officer_client.get(page("change", solo))

    entries = JournalEntry.objects.order_by("pk")
    assert {(each.user, each.territory) for each in entries} == {(officer, territory)}
    assert {each.path for each in entries} == {LIST, page("change", solo)}
    assert "Sentinelle" not in str(list(entries.values()))


def test_record_its_rows_its_past_and_its_end_are_readings(territory, officer_client, journal):
    solo = SoloFactory(territory=territory)
    version = solo.history.get()

    officer_client.get(page("change", solo))
    assert journal() == [
        line("read", "solos.Solo", solo.pk),
        line("read", "solos.StateChange"),
    ]
    past = reverse("admin:solos_solo_simple_history", args=[solo.pk, version.pk])
    for address in (page("history", solo), past, page("delete", solo), page("consent", solo)):
        assert officer_client.get(address).status_code == 200
        assert journal() == [line("read", "solos.Solo", solo.pk)], address


def test_nobody_is_read_where_nobody_is_shown(territory, officer_client, journal):
    programme = ProgrammeFactory(territories=[territory])

    for name in ("change", "history"):
        officer_client.get(page(name, programme, "territoires_programme"))
    officer_client.get(reverse("admin:territoires_programme_changelist"))
    officer_client.get(page("change", SoloFactory(territory=territory)) + "inconnu/")

    assert journal() == []


def test_referents_of_a_village_are_read_with_it(territory, officer_client, journal):
    village = HostVillageFactory(territory=territory)
    address = page("change", village, "territoires_hostvillage")
    officer_client.get(address)
    assert journal() == []

    for _turn in range(2):
        VillageReferentFactory(village=village)
    officer_client.get(address)

    assert journal() == [line("read", "territoires.VillageReferent", rows=2)]


def test_edit_names_the_fields_and_not_their_words(territory, officer_client, journal):
    solo = SoloFactory(territory=territory)

    officer_client.post(page("change", solo), typed(solo, trade_name="Atelier", seeks="Un bureau"))

    assert journal() == [line("edited", "solos.Solo", solo.pk, fields=["seeks", "trade_name"])]


def test_edit_refused_shows_the_record_again(territory, officer_client, journal):
    solo = SoloFactory(territory=territory)

    officer_client.post(page("change", solo), typed(solo, last_name=""))

    assert [each[0] for each in journal()] == ["read", "read"]


def test_addition_is_written_with_its_fields(territory, officer_client, journal):
    data = {"first_name": "Ana", "last_name": "Ruiz", "status": "independent",
            "territory": territory.pk}  # fmt: skip

    officer_client.post(reverse("admin:solos_solo_add"), data)

    solo = Solo.objects.get()
    assert journal() == [
        line("created", "solos.Solo", solo.pk, fields=["first_name", "last_name", "territory"])
    ]


def test_referent_added_in_a_village_is_told_by_no_name(territory, officer_client, journal):
    village = HostVillageFactory(territory=territory, programme=None)
    data = {
        "commune": village.commune_id, "kind": village.kind, "territory": territory.pk,
        "committed_on": village.committed_on, "slug": village.slug, "is_published": "on",
        "referents-TOTAL_FORMS": 1, "referents-INITIAL_FORMS": 0,
        "referents-0-name": "Jeanne Sentinelle", "referents-0-role": "mayor",
    }  # fmt: skip

    response = officer_client.post(page("change", village, "territoires_hostvillage"), data)

    assert response.status_code == 302
    referent = village.referents.get()
    assert journal() == [line("created", "territoires.VillageReferent", referent.pk)]
    assert "Sentinelle" not in LogEntry.objects.get().change_message


def test_deletion_one_by_one_and_by_the_handful(territory, officer_client, journal):
    first, second, third = (UserFactory() for _turn in range(3))

    officer_client.post(page("delete", first, "comptes_user"), {"post": "yes"})
    assert journal() == [line("deleted", "comptes.User", first.pk)]
    officer_client.post(
        reverse("admin:comptes_user_changelist"),
        {
            "action": "delete_selected",
            ACTION_CHECKBOX_NAME: [second.pk, third.pk],
            "post": "yes",
        },
    )
    lines = journal()
    assert lines[0] == line("acted", "comptes.User", rows=2)
    assert sorted(lines[1:]) == [
        line("deleted", "comptes.User", each.pk) for each in (second, third)
    ]


def test_action_on_all_rows_counts_them(territory, officer_client, journal):
    for _turn in range(3):
        SoloFactory(territory=territory)
    data = {"action": "withdraw", ACTION_CHECKBOX_NAME: ["1"], "select_across": "1"}

    officer_client.post(LIST, data)

    assert journal() == [line("acted", "solos.Solo", rows=3)]


def test_action_without_a_choice_only_shows_the_list(territory, officer_client, journal):
    SoloFactory(territory=territory)

    officer_client.post(LIST, {"action": "hide"})

    assert journal() == [line("read", "solos.Solo")]


def test_export_says_how_many_left(territory, officer_client, journal):
    for _turn in range(2):
        SoloFactory(territory=territory)
    address = reverse("admin:solos_solo_export")

    assert officer_client.post(address, {"format": "1"}).status_code == 200

    assert journal() == [line("exported", "solos.Solo", rows=2)]


def test_import_is_a_reading_then_an_import(territory, officer_client, journal):
    content = "Territoire,Prénom,Nom\nAriège,Ana,Ruiz\n".encode()
    file = SimpleUploadedFile("solos.csv", content, "text/csv")

    preview = officer_client.post(
        reverse("admin:solos_solo_import"), {"import_file": file, "format": ""}
    )
    confirm = preview.context["confirm_form"]
    assert journal() == [line("read", "solos.Solo")]

    officer_client.post(reverse("admin:solos_solo_process_import"), confirm.initial)

    assert [each for each in journal() if each[0] != "read"] == [line("imported", "solos.Solo")]
    assert Solo.objects.count() == 1


def test_refused_page_is_not_a_reading(territory, officer_client, journal):
    solo = SoloFactory(territory=territory)
    officer_client.logout()

    assert officer_client.get(page("change", solo)).status_code == 302

    assert journal() == []


def test_acts_have_french_words():
    assert [act.label for act in (JournalAct.READ, JournalAct.EXPORTED)] == ["lecture", "export"]
