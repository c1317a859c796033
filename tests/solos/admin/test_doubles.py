"""Whoever types in someone already known is told, and decides."""

import pytest
from django.test import Client

from registre.enums import JournalAct
from registre.models import JournalEntry
from solos.enums import DoubleReason
from solos.models import PossibleDouble, Solo
from tests.factories import SoloFactory, TerritoryFactory, TerritoryGrantFactory

ADD = "/gestion/solos/solo/add/"
LIST = "/gestion/solos/solo/"


@pytest.fixture
def ana(territory):
    return SoloFactory(
        territory=territory, first_name="Ana", last_name="Ruiz", email="ana@exemple.fr"
    )


def typed(territory, **given):
    return {
        "first_name": "Anna", "last_name": "Ruis", "status": "independent",
        "territory": territory.pk, "email": "Ana@exemple.fr",
    } | given  # fmt: skip


def test_likely_double_is_named_before_anything_is_saved(territory, ana, officer_client):
    page = officer_client.post(ADD, typed(territory))

    form = page.context["adminform"].form
    assert [double.solo for double in form.doubles] == [ana]
    body = page.content.decode()
    assert f'<a href="{LIST}{ana.pk}/change/"' in body
    assert 'name="_despite_doubles"' in body
    assert Solo.objects.count() == 1
    entry = JournalEntry.objects.get(act=JournalAct.READ)
    assert (entry.model, entry.object_key) == ("solos.Solo", str(ana.pk))


def test_record_is_saved_all_the_same_for_who_says_so(territory, ana, officer_client):
    officer_client.post(ADD, typed(territory) | {"_despite_doubles": "1"})

    pair = PossibleDouble.objects.get()
    assert (pair.first, pair.second.name) == (ana, "Anna Ruis")


def test_stranger_is_saved_at_once(territory, ana, officer_client):
    sent = typed(territory, first_name="Zoé", last_name="Quillien", email="")

    assert officer_client.post(ADD, sent).status_code == 302
    assert (Solo.objects.count(), PossibleDouble.objects.count()) == (2, 0)


def test_mistake_elsewhere_is_said_first(territory, ana, officer_client):
    form = officer_client.post(ADD, typed(territory, email="non")).context["adminform"].form

    assert (list(form.errors), form.doubles) == (["email"], ())


def test_record_of_another_territory_is_never_named(territory, officer_client):
    SoloFactory(territory=TerritoryFactory(), email="ana@exemple.fr")

    assert officer_client.post(ADD, typed(territory)).status_code == 302


def test_corrected_record_that_meets_another_is_saved_and_said(territory, ana, officer_client):
    solo = SoloFactory(territory=territory, first_name="Zoé", last_name="Quillien")
    address = f"{LIST}{solo.pk}/change/"
    sent = officer_client.get(address).context["adminform"].form.initial
    sent = {name: value for name, value in sent.items() if value not in (None, "", [])}
    sent |= {"email": "ana@exemple.fr"}
    inlines = {
        f"{name}-{count}": "0"
        for name in ("consents", "state_changes")
        for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    page = officer_client.post(address, sent | inlines, follow=True)

    solo.refresh_from_db()
    assert solo.email == "ana@exemple.fr"
    (message,) = [str(one) for one in page.context["messages"] if one.level_tag == "warning"]
    assert "Ana Ruiz" in message
    assert PossibleDouble.objects.get().reasons == [DoubleReason.EMAIL]


# ---- Two records chosen by hand ----------------------------------------------------------------
def bring(client, *solos):
    sent = {"action": "bring_together", "_selected_action": [solo.pk for solo in solos]}
    return client.post(LIST, sent)


def test_two_records_are_compared_for_who_chooses_them(territory, ana, officer_client):
    other = SoloFactory(territory=territory)

    answer = bring(officer_client, ana, other)

    pair = PossibleDouble.objects.get()
    assert answer["Location"] == f"/gestion/solos/possibledouble/{pair.pk}/change/"
    assert pair.reasons == [DoubleReason.CHOSEN]


@pytest.mark.parametrize("count", [0, 2])
def test_one_or_three_records_are_no_pair(count, territory, ana, officer_client):
    others = [SoloFactory(territory=territory) for _ in range(count)]

    assert bring(officer_client, ana, *others)["Location"] == LIST
    assert PossibleDouble.objects.count() == 0


def test_records_of_two_territories_are_no_pair(territory, ana, officer_client):
    bring(officer_client, ana, SoloFactory(territory=TerritoryFactory()))

    assert PossibleDouble.objects.count() == 0


def test_row_of_another_territory_cannot_be_chosen(territory, ana):
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    bring(client, ana, SoloFactory(territory=TerritoryFactory()))

    assert PossibleDouble.objects.count() == 0
