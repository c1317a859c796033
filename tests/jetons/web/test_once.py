import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.template import engines
from django.template.response import SimpleTemplateResponse

from jetons.models import RequestKey
from jetons.templatetags.jetons import request_key
from jetons.web.once import FIELD, once

KEY = "clef-numero-1"


class View:
    """A view that counts how often it acts."""

    def __init__(self, answer: HttpResponse) -> None:
        self.answer = answer
        self.times = 0
        self.view = once(self._act)

    def _act(self, _request):
        self.times += 1
        return self.answer


@pytest.fixture
def send(rf, db):
    """Send a form to a view as a visitor, or as `user`."""

    def send(view: View, data=None, *, path="/essai/", user=None, **headers):
        request = rf.post(path, data or {"nom": "Ana", FIELD: KEY}, headers=headers)
        request.user = user or AnonymousUser()
        return view.view(request)

    return send


def test_form_sent_twice_acts_once_and_leads_to_the_same_place(send):
    view = View(HttpResponseRedirect("/merci/"))

    first, second = send(view), send(view)

    assert view.times == 1
    assert (first.status_code, first["Location"]) == (302, "/merci/")
    assert (second.status_code, second["Location"]) == (302, "/merci/")
    assert [one.has_header("Idempotent-Replayed") for one in (first, second)] == [False, True]


def test_call_with_the_header_is_answered_the_same(send):
    view = View(JsonResponse({"id": 1}, status=201))

    answers = [
        send(view, {"nom": "Ana"}, path="/api/v1/essai/", **{"Idempotency-Key": KEY})
        for _turn in range(2)
    ]

    assert view.times == 1
    assert [(one.status_code, one.content) for one in answers] == [(201, b'{"id": 1}')] * 2


def test_without_a_key_it_acts_each_time(send):
    view = View(HttpResponseRedirect("/merci/"))

    send(view, {"nom": "Ana"})
    send(view, {"nom": "Ana"})

    assert view.times == 2


def test_reading_is_not_counted(rf):
    view = View(HttpResponse("page"))

    assert view.view(rf.get("/essai/")).content == b"page"
    assert RequestKey.objects.none().count() == 0


def test_form_shown_again_may_be_corrected_under_its_key(send):
    view = View(HttpResponse("à corriger"))

    send(view)
    view.answer = HttpResponseRedirect("/merci/")
    answer = send(view, {"nom": "Ana", "courriel": "ana@example.org", FIELD: KEY})

    assert (view.times, answer.status_code) == (2, 302)


def test_page_rendered_late_is_rendered(send):
    late = SimpleTemplateResponse(engines["django"].from_string("à corriger"))

    assert send(View(late)).content == "à corriger".encode()


def test_refusal_may_be_tried_again(send):
    view = View(HttpResponse(status=409))

    send(view)
    send(view)

    assert view.times == 2


def test_answer_that_streams_is_not_kept_whole(send):
    assert send(View(StreamingHttpResponse([b"a"], status=202))).content == b""


@pytest.mark.parametrize(
    "other",
    [
        {"data": {"nom": "Bob", FIELD: KEY}},
        {"data": {"nom": "Ana", "photo": SimpleUploadedFile("a.png", b"a"), FIELD: KEY}},
    ],
)
def test_key_with_other_words_is_refused(send, territory, other):
    view = View(HttpResponseRedirect("/merci/"))
    send(view)

    answer = send(view, **other)

    assert (view.times, answer.status_code) == (1, 422)
    assert "prenez-en une neuve" in answer.content.decode()


def test_key_with_another_body_is_refused_in_json(rf, db, officer):
    view = View(JsonResponse({}, status=201))

    def send(body: str):
        request = rf.post(
            "/api/v1/essai/", body, "application/json", headers={"Idempotency-Key": KEY}
        )
        request.user = officer
        return view.view(request)

    assert [send("1").status_code, send("1").status_code] == [201, 201]
    answer = send("2")

    assert (view.times, answer.status_code) == (1, 422)
    assert answer["Content-Type"] == "application/json"


def test_key_of_someone_else_or_elsewhere_is_another(send, officer):
    view = View(HttpResponseRedirect("/merci/"))

    send(view)
    send(view, user=officer)
    send(view, path="/ailleurs/")

    assert view.times == 3


@pytest.mark.parametrize("key", ["court", "a" * 101, "clef avec espaces", "clé-accentuée"])
def test_key_badly_made_is_refused(send, territory, key):
    view = View(HttpResponseRedirect("/merci/"))

    answer = send(view, {"nom": "Ana", FIELD: key})

    assert answer.status_code == 400
    assert "Une clef de demande a de 8 à 100 signes, sans accent ni espace." in answer.text
    assert view.times == 0


def test_request_key_is_fresh_in_each_form():
    first, second = request_key(), request_key()

    assert first != second
    assert first.startswith(f'<input type="hidden" name="{FIELD}" value="')
