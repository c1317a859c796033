"""The words that name an object in the site's addresses."""

from itertools import count
from typing import Any

from django.db.models import QuerySet


def free_slug(wanted: str, *among: "QuerySet[Any]") -> str:
    """`wanted`, or the first of `wanted-2`, `wanted-3`… that no row of `among` bears."""
    taken = {
        slug
        for rows in among
        for slug in rows.filter(slug__startswith=wanted).values_list("slug", flat=True)
    }
    if wanted not in taken:
        return wanted
    return next(slug for number in count(2) if (slug := f"{wanted}-{number}") not in taken)
