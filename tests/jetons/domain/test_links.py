from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import transaction
from django.utils import timezone

from jetons.domain.errors import LinkExpired, LinkRevoked, LinkUnknown, LinkUsed
from jetons.domain.links import (
    hand_over_links,
    issue_link,
    links_in_force,
    read_link,
    revoke_links,
    spend_link,
)
from jetons.models import PersonalLink

WEEK = timedelta(days=7)


def issue(**changed: object) -> str:
    return issue_link(**{"purpose": "essai", "subject": "user:1", "lasts": WEEK} | changed)


def test_link_is_read_by_its_token_alone(db, officer):
    token = issue(author=officer)

    link = read_link(purpose="essai", token=token)

    assert (link.subject, link.author, link.used_at) == ("user:1", officer, None)
    assert link.expires_at - link.created_at == WEEK


def test_link_keeps_no_token(db):
    token = issue()

    kept = str(PersonalLink.objects.values().get())

    assert token.partition(":")[0] not in kept


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "a" + t, lambda t: "", str.swapcase])
def test_link_forged_is_unknown_and_asks_the_database_nothing(db, spoil, django_assert_num_queries):
    token = issue()

    with django_assert_num_queries(0), pytest.raises(LinkUnknown):
        read_link(purpose="essai", token=spoil(token))


def test_link_of_another_purpose_is_unknown(db):
    token = issue(purpose="annuaire")

    with pytest.raises(LinkUnknown):
        spend_link(purpose="essai", token=token)
    assert PersonalLink.objects.get().used_at is None


def test_link_signed_by_us_but_never_issued_is_unknown(db):
    with pytest.raises(LinkUnknown):
        read_link(purpose="essai", token=Signer(salt="jetons.link.essai").sign("invented"))


def test_link_replayed_is_used(db):
    token = issue()
    spend_link(purpose="essai", token=token)

    with pytest.raises(LinkUsed):
        spend_link(purpose="essai", token=token)


def test_link_spent_meanwhile_is_used(db, monkeypatch):
    """Of two who read it at once, the second one to spend it is refused."""
    token = issue()
    link = read_link(purpose="essai", token=token)
    spend_link(purpose="essai", token=token)
    monkeypatch.setattr("jetons.domain.links.read_link", lambda **_: link)

    with pytest.raises(LinkUsed):
        spend_link(purpose="essai", token=token)


def test_link_is_given_back_by_an_act_undone(db):
    token = issue()

    with transaction.atomic():
        spend_link(purpose="essai", token=token)
        transaction.set_rollback(True)

    assert read_link(purpose="essai", token=token).used_at is None


@pytest.mark.parametrize(("late", "refused"), [(-1, False), (0, True), (1, True)])
def test_link_expires_at_its_moment(db, time_machine, late, refused):
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    token = issue()
    time_machine.move_to(start + WEEK + timedelta(seconds=late), tick=False)

    if refused:
        with pytest.raises(LinkExpired):
            read_link(purpose="essai", token=token)
    else:
        assert read_link(purpose="essai", token=token).subject == "user:1"


def test_revoke_links_takes_back_those_of_one_subject(db):
    taken, kept = issue(), issue(subject="user:2")

    assert revoke_links(purpose="essai", subject="user:1") == 1

    with pytest.raises(LinkRevoked):
        spend_link(purpose="essai", token=taken)
    assert read_link(purpose="essai", token=kept).subject == "user:2"


def test_links_handed_over_are_about_another(db):
    token, other = issue(), issue(purpose="autre")

    assert hand_over_links(purpose="essai", subject="user:1", to="user:2") == 1

    assert read_link(purpose="essai", token=token).subject == "user:2"
    assert read_link(purpose="autre", token=other).subject == "user:1"


def test_links_die_with_the_secret_key(db, settings):
    token = issue()
    settings.SECRET_KEY = "another"

    with pytest.raises(LinkUnknown):
        read_link(purpose="essai", token=token)


def test_links_in_force_are_the_newest_unspent_by_subject(db):
    for subject in ("a", "a", "b", "c"):
        issue_link(purpose="essai", subject=subject, lasts=timedelta(days=1))
    issue_link(purpose="autre", subject="d", lasts=timedelta(days=1))
    revoke_links(purpose="essai", subject="b")

    found = links_in_force(purpose="essai", subjects=["a", "b", "d"])

    newest = PersonalLink.objects.filter(subject="a").order_by("-pk").first()
    assert found == {"a": newest}
