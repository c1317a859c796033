import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config.middleware import MAX_PATH_LENGTH, MAX_QUERY_LENGTH, RefuseMalformedInput

UNREADABLE_QUERIES = [
    "q=%00",
    "q=a%00b",
    "%00=a",
    "q=\0",
    "q=%FF",
    "q=%C3",
    "q=%c3%28",
    "q=%ED%A0%80",  # half of a surrogate pair
    "q=%C0%80",  # NUL, spelled too long
    "q=\xe9",  # Latin-1 as it is
]
READABLE_QUERIES = ["", "q=%C3%A9", "q=%2500", "q=a+b", "q=%", "q=%zz", "q=🌄", "q=%EF%BF%BD"]


def passes(request) -> bool:
    """Whether the guard lets the request through to the view."""
    guard = RefuseMalformedInput(lambda _request: HttpResponse("seen"))
    answer = guard.process_view(request) or guard(request)
    return answer.content == b"seen"


def asked(query: str, **headers):
    raw = query.encode().decode("latin-1") if "🌄" in query else query
    return RequestFactory().get("/annuaire/", QUERY_STRING=raw, **headers)


@pytest.mark.parametrize("query", UNREADABLE_QUERIES)
def test_query_unreadable_is_refused(query):
    assert not passes(asked(query))


@pytest.mark.parametrize("query", READABLE_QUERIES)
def test_query_readable_passes(query):
    assert passes(asked(query))


def test_path_with_nul_is_refused(client, territory):
    answer = client.get("/annuaire/%00/")

    assert answer.status_code == 400
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_refusal_is_a_page_with_a_sentence(client, territory):
    answer = client.get("/annuaire/?q=%00")

    assert answer.status_code == 400
    assert "contient des caractères illisibles" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Cette adresse ou ce formulaire contient des caractères illisibles."),
        ("", "Cette adresse ou ce formulaire contient des caractères illisibles."),
    ],
)
def test_refusal_of_the_api_is_json(client, language, sentence):
    answer = client.get("/api/v1/?q=%00", HTTP_ACCEPT_LANGUAGE=language)

    assert answer.status_code == 400
    assert answer.json() == {"detail": sentence}


@pytest.mark.parametrize(
    "address",
    ["/annuaire/?q=" + "a" * MAX_QUERY_LENGTH, "/media/" + "a/" * (MAX_PATH_LENGTH // 2)],
)
def test_address_too_long_is_414(client, territory, address):
    answer = client.get(address)

    assert answer.status_code == 414
    assert "Cette adresse est trop longue." in answer.content.decode()


def test_cookie_with_nul_is_refused(territory):
    # Written by hand: a browser's cookie jar, and Python's own since its last mends, refuse it.
    headers = {"cookie": 'sessionid="aaaaaaaaaa\\000"'}

    assert Client().get("/", headers=headers).status_code == 400


@pytest.mark.parametrize("body", [b"name=%00", b"%00=a", b"name=\0", b"name=%FF", b"name=\xe9"])
def test_form_unreadable_is_refused(body):
    request = RequestFactory().post("/", body, content_type="application/x-www-form-urlencoded")

    assert not passes(request)


@pytest.mark.parametrize("fields", [{"name": "a\0"}, {"na\0me": "a"}])
def test_form_in_parts_with_nul_is_refused(fields):
    assert not passes(RequestFactory().post("/", fields))


def test_form_readable_passes():
    assert passes(RequestFactory().post("/", {"name": "Éloïse\nà Foix"}))
    request = RequestFactory().post(
        "/", b"name=%C3%89lo%C3%AFse", content_type="application/x-www-form-urlencoded"
    )
    assert passes(request)
    assert request.POST["name"] == "Éloïse"


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("PUT", "/", 405),
        ("DELETE", "/gestion/", 405),
        ("TRACE", "/rien", 405),
        ("OPTIONS", "/compte/connexion/", 405),
        ("HEAD", "/", 200),
        ("OPTIONS", "/api/v1/", 204),
    ],
)
def test_method_that_no_page_knows_is_refused(territory, method, address, status):
    answer = Client().generic(method, address)

    assert answer.status_code == status
    assert status != 405 or answer["Allow"] == "GET, HEAD, POST"
