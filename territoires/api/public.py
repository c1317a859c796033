"""What every address of the API shares: anyone reads, nobody writes, answers are kept briefly."""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from territoires.api.answering import Answering
from territoires.api.geojson import GeoJSONRenderer, Geometry, feature
from territoires.api.pagination import KeysetPagination
from territoires.models import Territory

# Kept here and then by the caller, one after the other, as `comptes.web.access` keeps the pages.
PUBLIC_ANSWER_SECONDS = 30


def territory_of(request: Request) -> Territory:
    """The territory of the host name that was asked, set by TerritoryMiddleware."""
    return cast("Territory", request.territory)  # type: ignore[attr-defined]


def described(summary: Promise, *parameters: OpenApiParameter) -> Callable[[type], type]:
    """How the view presents itself in the OpenAPI document."""
    operation = extend_schema(summary=summary, parameters=list(parameters))
    decorator: Callable[[type], type] = extend_schema_view(get=operation)
    return decorator


class PublicReading(Answering):
    """Open data. No cookie is looked at: who is signed in reads what everyone reads."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    http_method_names = ["get", "head", "options"]

    def known_parameters(self) -> frozenset[str]:
        return super().known_parameters() | {"format"}

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code == 200:
            patch_cache_control(answer, public=True, max_age=PUBLIC_ANSWER_SECONDS)
            answer["Content-Language"] = settings.LANGUAGE_CODE
        else:
            patch_cache_control(answer, no_store=True)
        return answer


class Mapped(PublicReading, GenericAPIView[Any]):
    """Rows of the territory, that JSON lists and GeoJSON draws."""

    renderer_classes = (JSONRenderer, GeoJSONRenderer)

    def geometry(self, row: Any) -> Geometry | None:
        """What stands for `row` on a map; None where nothing may."""
        raise NotImplementedError

    def is_map(self) -> bool:
        return isinstance(self.request.accepted_renderer, GeoJSONRenderer)


class MappedList(Mapped, ListAPIView[Any]):
    pagination_class = KeysetPagination

    def known_parameters(self) -> frozenset[str]:
        filters = getattr(self, "filterset_class", None)
        named = frozenset(filters.base_filters) if filters else frozenset()
        return super().known_parameters() | named | KeysetPagination.parameters

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        described = self.get_serializer(rows, many=True).data
        links = cast("KeysetPagination", self.paginator).links()
        if not self.is_map():
            return Response({**links, "results": described})
        features = [
            feature(getattr(row, self.lookup_field), self.geometry(row), properties)
            for row, properties in zip(rows, described, strict=True)
        ]
        return Response({"type": "FeatureCollection", **links, "features": features})


class MappedDetail(Mapped, RetrieveAPIView[Any]):
    def retrieve(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        row = self.get_object()
        described = self.get_serializer(row).data
        if self.is_map():
            described = feature(getattr(row, self.lookup_field), self.geometry(row), described)
        return Response(described)
