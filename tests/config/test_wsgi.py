from io import BytesIO

import pytest
from django.test import RequestFactory

from config.wsgi import application, plain_content_type

pytestmark = pytest.mark.django_db


def ask(path: str, *, content_type: str, query: str = "") -> tuple[str, bytes]:
    """Status and body of a GET through the whole stack, as a server calls it."""
    started = []
    environ = {
        **RequestFactory()._base_environ(PATH_INFO=path, QUERY_STRING=query),
        "CONTENT_TYPE": content_type,
        "wsgi.input": BytesIO(b""),
    }
    answer = application(environ, lambda status, _headers: started.append(status))
    return started[0], b"".join(answer)


@pytest.mark.parametrize(
    "parameter",
    [
        "charset=hex",
        "charset=undefined",
        "charset=utf-7",
        "charset=never-heard-of",
        "a*=undefined''x",
        "a*=punycode''%ff",
        "a*=never-heard-of''x",
        'charset="',
        "boundary=a*b",
        ";;;",
    ],
)
def test_application_content_type_that_breaks_django_is_survived(parameter):
    answer = ask("/healthz", content_type=f"text/plain; {parameter}", query="q=+AAA-")

    assert answer == ("200 OK", b"ok")


def test_application_too_many_parameters_is_survived(territory):
    status, _body = ask("/healthz", content_type="text/plain; charset=utf-8", query="a&" * 1_001)

    assert status == "414 Request-URI Too Long"


@pytest.mark.parametrize(
    ("content_type", "plain"),
    [
        ("", ""),
        ("text/html", "text/html"),
        ("application/json; charset=utf-16", "application/json"),
        ("application/x-www-form-urlencoded; boundary=a", "application/x-www-form-urlencoded"),
        ("multipart/form-data; boundary=----aB3", "multipart/form-data; boundary=----aB3"),
        (
            'Multipart/Form-Data; charset=hex; boundary="a b"; x*=y',
            'Multipart/Form-Data; boundary="a b"',
        ),
        ("multipart/form-data; charset=utf-8", "multipart/form-data"),
    ],
)
def test_plain_content_type_keeps_only_a_boundary(content_type, plain):
    assert plain_content_type(content_type) == plain
