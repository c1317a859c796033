import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from jetons.domain.allowances import Limit
from jetons.domain.errors import AllowanceSpent
from jetons.web.limits import SayWhenToComeBack, limited

TWO = Limit("essai", most=2, seconds=600)


@limited(TWO)
def view(_request):
    return HttpResponse("fait")


def post(rf: RequestFactory, **meta: str) -> HttpResponse:
    return view(rf.post("/essai/", **meta))


def test_limited_counts_what_is_sent_not_what_is_read(db, rf):
    for _turn in range(5):
        assert view(rf.get("/essai/")).status_code == 200
    post(rf)
    post(rf)

    with pytest.raises(AllowanceSpent):
        post(rf)


def test_limited_is_not_helped_by_a_lie_nor_by_a_walk_through_one_network(db, rf):
    for number in range(2):
        post(rf, REMOTE_ADDR=f"2001:db8::{number}", HTTP_X_FORWARDED_FOR=f"9.9.9.{number}")

    with pytest.raises(AllowanceSpent):
        post(rf, REMOTE_ADDR="2001:db8::ffff", HTTP_X_FORWARDED_FOR="8.8.8.8")


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(600, "réessayez dans 10 minutes"), (30, "réessayez dans une minute")],
)
def test_allowance_spent_is_a_429_that_says_when(db, rf, territory, seconds, sentence):
    answer = SayWhenToComeBack(lambda _request: HttpResponse()).process_exception(
        rf.get("/"), AllowanceSpent(seconds)
    )

    assert answer.status_code == 429
    assert answer["Retry-After"] == str(seconds)
    assert answer["Cache-Control"] == "no-store"
    assert sentence in answer.content.decode()


def test_allowance_spent_is_json_in_the_api(rf):
    answer = SayWhenToComeBack(lambda _request: HttpResponse()).process_exception(
        rf.get("/api/v1/"), AllowanceSpent(61)
    )

    assert answer.status_code == 429
    assert json.loads(answer.content) == {
        "detail": "C’est beaucoup en peu de temps\u00a0: réessayez dans 2 minutes."
    }


def test_other_failures_are_not_ours(rf):
    middleware = SayWhenToComeBack(lambda _request: HttpResponse("page"))

    assert middleware.process_exception(rf.get("/"), ValueError()) is None
    assert middleware(rf.get("/")).content == b"page"
