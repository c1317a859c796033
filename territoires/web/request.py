from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from territoires.models import Territory


class TerritoryRequest(HttpRequest):
    """A request as our middleware hands it to a view; only a type, never made."""

    territory: Territory
    htmx: HtmxDetails
