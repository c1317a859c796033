"""What is someone's own: asked with the session of the site, changed with its form token too."""

from typing import Any, NoReturn

from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.authentication import SessionScheme
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import ParseError, PermissionDenied
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.utils import json

from territoires.api.answering import Answering


class SiteSession(SessionAuthentication):
    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise PermissionDenied(
                _("Il manque l’en-tête X-CSRFToken, avec le jeton du cookie csrftoken.")
            ) from error


class SiteSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it: found by being there."""

    target_class = "territoires.api.signed_in.SiteSession"


class JSONBody(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Django's own reading of the body: one that is too large is refused before it is read."""
        try:
            return json.loads(parser_context["request"].body)
        # Too many brackets within one another.
        except (ValueError, RecursionError) as error:
            raise ParseError(_("Ce qui est envoyé n’est pas du JSON.")) from error


class ChoiceAsked(serializers.ChoiceField):
    default_error_messages = {"invalid_choice": gettext_lazy("Choisissez parmi : {choices}.")}

    def fail(self, key: str, **kwargs: Any) -> NoReturn:
        super().fail(key, choices=", ".join(map(str, self.choices)), **kwargs)


class Asked(serializers.Serializer[Any]):
    """What is sent: a field that does not exist is told, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        names = ", ".join(self.fields)
        unknown = _("Ce champ n’existe pas ici. Ceux qui existent : %(names)s.") % {"names": names}
        if wrong := {str(name): unknown for name in data if name not in self.fields}:
            raise serializers.ValidationError(wrong)
        return given


class SignedIn(Answering):
    authentication_classes = (SiteSession,)
    permission_classes = (IsAuthenticated,)
    parser_classes = (JSONBody,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        patch_cache_control(answer, private=True, no_store=True)
        return answer
