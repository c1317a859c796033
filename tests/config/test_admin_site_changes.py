"""The last changes, as each person of the team reads them."""

import pytest
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from tests.factories import SoloFactory, TerritoryFactory, TerritoryGrantFactory, UserFactory


def change(user, row, *, flag=CHANGE):
    return LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(type(row)),
        object_id=row.pk,
        object_repr=str(row),
        action_flag=flag,
    )


@pytest.fixture
def reader(territory):
    return TerritoryGrantFactory(territory=territory).user


def shown(user):
    client = Client()
    client.force_login(user)
    return client.get(reverse("admin:index")).context["recent_changes"]


def test_colleagues_changes_are_read_where_one_sees_their_row(territory, reader):
    colleague = TerritoryGrantFactory(territory=territory).user
    here = change(colleague, SoloFactory(territory=territory))
    change(colleague, SoloFactory(territory=TerritoryFactory()))

    assert shown(reader) == [here]


def test_kinds_that_one_may_not_see_and_deleted_rows_are_not_named(territory, reader):
    colleague = UserFactory(officer=True)
    change(colleague, colleague)
    change(colleague, SoloFactory(territory=territory), flag=DELETION)
    gone = change(colleague, SoloFactory(territory=territory))
    LogEntry.objects.filter(pk=gone.pk).update(content_type=None)

    assert shown(reader) == []


def test_rows_of_no_list_are_not_named(territory, reader):
    change(UserFactory(officer=True), ContentType.objects.first())

    assert shown(reader) == []


def test_own_changes_are_read_whatever_became_of_the_row(reader):
    mine = change(reader, SoloFactory(territory=TerritoryFactory()), flag=DELETION)

    assert shown(reader) == [mine]


def test_who_sees_everything_reads_them_all(territory, officer):
    changes = [change(UserFactory(), SoloFactory()) for _turn in range(2)]

    assert set(shown(officer)) == set(changes)
