from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from comptes.models import User
from comptes.web.access import members_only, public_page


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def test_public_page_is_kept_for_visitors(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    response = public_page(view)(request)

    assert response["Cache-Control"] == "public, max-age=30"
    assert response["Vary"] == "Cookie, HX-Request"


def test_public_page_failure_is_not_kept(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    response = public_page(lambda _request: HttpResponse(status=404))(request)

    assert not response.has_header("Cache-Control")


def test_members_only_sends_visitors_to_sign_in(rf):
    request = rf.get("/espace/")
    request.user = AnonymousUser()

    response = members_only(view)(request)

    assert response.status_code == 302
    assert response["Location"].endswith("?next=/espace/")


def test_members_only_is_never_kept(rf):
    request = rf.get("/espace/")
    request.user = User(email="membre@exemple.fr")

    response = members_only(view)(request)

    assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
