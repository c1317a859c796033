"""The way out: of this browser, or of all of them."""

from typing import cast

from django.contrib.auth.views import LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from comptes.domain.accounts import end_sessions
from comptes.models import User
from comptes.web.access import members_only, uncached_page

# Whoever is half-way in (a code asked for, none typed yet) may leave too: the page is for everyone.
sign_out = uncached_page(LogoutView.as_view(next_page="home"))


@members_only
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    end_sessions(user=cast("User", request.user))
    return redirect("account_login")
