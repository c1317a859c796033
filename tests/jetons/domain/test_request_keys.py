from threading import Thread

import pytest
from django.db import connection

from jetons.domain.errors import KeyReused
from jetons.domain.request_keys import Answer, answer_once
from jetons.models import RequestKey

ASKED = {"scope": "1 POST /essai/", "key": "clef-numero-1", "fingerprint": "a" * 64}
CREATED = Answer(201, {"Location": "/essai/1/"}, b"fait")


class Act:
    """Counts how often it is carried out."""

    def __init__(self, answer: Answer = CREATED) -> None:
        self.answer = answer
        self.times = 0

    def __call__(self) -> Answer:
        self.times += 1
        return self.answer


def test_answer_once_repeats_the_first_answer(db):
    act = Act()

    first = answer_once(**ASKED, carry_out=act)
    second = answer_once(**ASKED, carry_out=act)

    assert act.times == 1
    assert first == (CREATED, False)
    assert second == (CREATED, True)


def test_answer_once_refuses_other_words_under_the_same_key(db):
    act = Act()
    answer_once(**ASKED, carry_out=act)

    with pytest.raises(KeyReused):
        answer_once(**ASKED | {"fingerprint": "b" * 64}, carry_out=act)
    assert act.times == 1


def test_answer_once_is_another_request_elsewhere(db):
    act = Act()
    answer_once(**ASKED, carry_out=act)
    answer_once(**ASKED | {"scope": "2 POST /essai/"}, carry_out=act)

    assert act.times == 2


def test_answer_once_keeps_nothing_of_a_form_to_correct(db):
    act = Act(Answer(200, is_final=False))

    answer_once(**ASKED, carry_out=act)
    answer_once(**ASKED | {"fingerprint": "b" * 64}, carry_out=act)

    assert act.times == 2
    assert RequestKey.objects.count() == 0


def test_answer_once_forgets_what_failed(db):
    def fail() -> Answer:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer_once(**ASKED, carry_out=fail)

    assert answer_once(**ASKED, carry_out=Act()) == (CREATED, False)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """Rows that other connections see, taken away afterwards."""
    with django_db_blocker.unblock():
        yield
        RequestKey.objects.all().delete()
        connection.close()


def test_twenty_at_once_are_carried_out_once(committed):
    act, answers = Act(), []

    def ask() -> None:
        answers.append(answer_once(**ASKED, carry_out=act)[0])
        connection.close()

    threads = [Thread(target=ask) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert act.times == 1
    assert answers == [CREATED] * 20
    assert RequestKey.objects.count() == 1
