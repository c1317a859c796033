"""Pages by position: page 500 costs what page 1 costs, and nobody is skipped when rows come or go.

A cursor holds the sorting values of the row it starts after, signed: a forged one is refused before
any of it reaches the database. No total is counted.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

DEFAULT_SIZE = 20
LARGEST_SIZE = 100


class KeysetPagination(BasePagination):
    """For a queryset ordered by name of columns that are never null; the key settles ties."""

    parameters = frozenset({"cursor", "page_size"})

    def paginate_queryset(  # type: ignore[override]
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        self.read(request, _total_order(queryset))
        if self.start is not None:
            queryset = queryset.filter(_beyond(self.order, self.start, backwards=self.backwards))
        order = _reversed(self.order) if self.backwards else self.order
        return self.keep(list(queryset.order_by(*order)[: self.size + 1]))

    def read(self, request: Request, order: list[str]) -> None:
        """Where the page starts in `order`, which ends with the key, and how long it is."""
        self.request, self.order = request, order
        self.backwards, self.start = False, None
        self.size = _page_size(request.query_params.get("page_size"))
        if cursor := request.query_params.get("cursor"):
            self.backwards, *self.start = self._read(cursor)

    def keep(self, found: list[Any]) -> list[Any]:
        """The page, of the rows found in its direction: one more than it holds says there are."""
        self.more = len(found) > self.size
        self.rows = found[: self.size][::-1] if self.backwards else found[: self.size]
        return self.rows

    def links(self) -> dict[str, str | None]:
        """The pages on either side; null where there is none."""
        if not self.rows:
            return {"next": None, "previous": None}
        came_from = self.start is not None
        has_next = came_from if self.backwards else self.more
        has_previous = self.more if self.backwards else came_from
        return {
            "next": self._link(self.rows[-1], backwards=False) if has_next else None,
            "previous": self._link(self.rows[0], backwards=True) if has_previous else None,
        }

    def _link(self, row: Any, *, backwards: bool) -> str:
        position = [_value(row, term.lstrip("-")) for term in self.order]
        cursor = self._signer().sign_object([backwards, *position])
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor)

    def _read(self, cursor: str) -> list[Any]:
        try:
            return list(self._signer().unsign_object(cursor))
        except BadSignature as error:
            raise ValidationError(
                {
                    "cursor": _(
                        "Ce repère de page n’est pas le nôtre : suivez les liens next et previous."
                    )
                }
            ) from error

    def _signer(self) -> Signer:
        """A cursor is good for one order of one kind of rows, nowhere else."""
        return Signer(salt=f"{self.request.path} {' '.join(self.order)}")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link | {"description": "The next page, to be followed as it is; or null."},
                "previous": link | {"description": "The page before, likewise; or null."},
                "results": schema | {"description": "The page, in order."},
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {
            "type": "integer",
            "minimum": 1,
            "maximum": LARGEST_SIZE,
            "default": DEFAULT_SIZE,
        }
        return [
            _query_parameter("cursor", _("Repère de la page, donné par next et previous."), {}),
            _query_parameter("page_size", _("Nombre de résultats par page."), size),
        ]


def _query_parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema or {"type": "string"},
    }


def _page_size(text: str | None) -> int:
    if not text:
        return DEFAULT_SIZE
    if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= LARGEST_SIZE:
        return int(text)
    raise ValidationError(
        {"page_size": _("Donnez un nombre de 1 à %(most)d.") % {"most": LARGEST_SIZE}}
    )


def _total_order(queryset: QuerySet[Any]) -> list[str]:
    terms = [str(term) for term in queryset.query.order_by]
    return terms if terms[-1].lstrip("-") == "pk" else [*terms, "pk"]


def _reversed(order: Sequence[str]) -> list[str]:
    return [term[1:] if term.startswith("-") else f"-{term}" for term in order]


def _beyond(order: Sequence[str], start: Sequence[Any], *, backwards: bool) -> Q:
    """The rows after `start`: the first column further, or equal and the second further…"""
    steps = _reversed(order) if backwards else order
    first = steps[0].lstrip("-")
    # Says nothing that the alternatives don't, but lets an index begin at the right place.
    condition = Q(**{f"{first}__{'lte' if steps[0].startswith('-') else 'gte'}": start[0]})
    further, equal = Q(), Q()
    for term, value in zip(steps, start, strict=True):
        column = term.lstrip("-")
        further |= equal & Q(**{f"{column}__{'lt' if term.startswith('-') else 'gt'}": value})
        equal &= Q(**{column: value})
    return condition & further


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row
