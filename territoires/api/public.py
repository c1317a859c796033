"""What every address of the API shares: anyone reads, nobody writes, answers are kept briefly."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from territoires.api.geojson import GeoJSONRenderer, Geometry, feature
from territoires.api.negotiation import FormatFirst
from territoires.api.pagination import KeysetPagination
from territoires.api.parameters import refuse_unknown
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


class PublicReading(APIView):
    """Open data. No cookie is looked at: who is signed in reads what everyone reads."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes: Sequence[Any] = (JSONRenderer,)
    content_negotiation_class = FormatFirst
    http_method_names = ["get", "head", "options"]
    # The query parameters that the view itself reads.
    parameters: frozenset[str] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # The API stands outside the addresses' languages: errors speak the reader's own.
        translation.activate(translation.get_language_from_request(request))
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, self.known_parameters())

    def known_parameters(self) -> frozenset[str]:
        return self.parameters | {"format"}

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        """The methods, in the header `Allow`; the rest is in the OpenAPI document."""
        return Response(status=204)

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
