"""The communes' contours as the map reads them: one SQL statement, kept compressed by edition.

An edition names its own bytes: the same edition and encoding are the same bytes for ever. So an
address that carries one may be kept for ever, and its ETag is known without looking at anything.
"""

import gzip
import re
from collections.abc import Callable
from decimal import Decimal

import brotli
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.contrib.postgres.aggregates import StringAgg
from django.core.cache import cache
from django.db.models import DecimalField, F, Func, JSONField, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, JSONObject, NullIf, Round

from territoires.models import Commune, DataVersion, Territory

CONTENT_TYPE = "application/geo+json"
# Part of each edition: goes up whenever what this module writes about a commune changes.
LAYOUT = 1
# 0.0001 degree is about ten metres: less than the contours were simplified by.
DECIMALS = 4
KEPT_SECONDS = 30 * 24 * 3600

EDITION = re.compile(r"[0-9]{1,12}(-[0-9]{1,12}){4}")

# Best first: what a browser accepts of them is what it gets.
COMPRESSIONS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda raw: brotli.compress(raw, quality=11),
    "gzip": lambda raw: gzip.compress(raw, compresslevel=9, mtime=0),
    "identity": lambda raw: raw,
}


def is_edition(text: str) -> bool:
    """Whether `text` may name an edition; it says nothing of the edition having been made."""
    return EDITION.fullmatch(text) is not None


def current_edition(territory: Territory) -> str:
    """What the contours of a territory are named today.

    It changes with an import (the data version) and with the territory's own list of communes
    (its history). The moment the data's count began is part of it too: in a database made anew,
    the first version is not the first version that browsers may still keep.
    """
    version = DataVersion.objects.filter(pk=DataVersion.MAP)
    history = territory.history.order_by("-history_id").values("history_id")
    number, since, change = (
        Territory.objects.filter(pk=territory.pk)
        .values_list(
            Subquery(version.values("number")),
            Subquery(version.values("changed_at")),
            Subquery(history[:1]),
        )
        .get()
    )
    began = int(since.timestamp()) if since else 0
    return f"{territory.pk}-{change or 0}-{number or 0}-{began}-{LAYOUT}"


def kept_contours(edition: str, encoding: str) -> bytes | None:
    """The bytes of an edition if they were made before, present edition or not."""
    kept: bytes | None = cache.get(_key(edition, encoding))
    return kept


def compressed_contours(*, territory: Territory, edition: str, encoding: str) -> bytes:
    """The bytes of the territory's current edition, made now if nobody asked for them yet."""
    kept = kept_contours(edition, encoding)
    if kept is None:
        kept = COMPRESSIONS[encoding](contours_geojson(territory).encode())
        cache.set(_key(edition, encoding), kept, KEPT_SECONDS)
    return kept


def contours_geojson(territory: Territory) -> str:
    """A FeatureCollection of the present communes whose contour is known, in INSEE order.

    The database writes the text: Python never holds a geometry.
    """
    feature = Func(
        Value('{"type":"Feature","id":"%s","properties":%s,"geometry":%s}'),
        F("insee_code"),
        _properties(),
        AsGeoJSON("contour__simplified", precision=DECIMALS),
        function="format",
        output_field=TextField(),
    )
    joined = StringAgg(feature, ",", order_by="insee_code", output_field=TextField())
    rows = Commune.objects.current().within(territory).exclude(contour=None)
    features = rows.aggregate(text=Coalesce(joined, Value(""), output_field=TextField()))["text"]
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _properties() -> JSONObject:
    """Density is in inhabitants per km²; what is unknown is null."""
    density = F("population") * Value(100) / NullIf(F("area_ha"), Value(Decimal(0)))
    return JSONObject(
        name="name",
        population="population",
        density=Round(density, 1, output_field=DecimalField()),
        centre=Cast(AsGeoJSON("centre", precision=DECIMALS), JSONField()),
    )


def _key(edition: str, encoding: str) -> str:
    return f"contours:{edition}:{encoding}"
