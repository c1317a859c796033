"""Furnish a telecentre with what one can book."""

from itertools import count as counted_from
from itertools import islice

from django.db import transaction

from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre


def add_spaces(
    *,
    telecentre: Telecentre,
    kind: SpaceKind,
    name: str,
    count: int = 1,
    capacity: int = 1,
    **rules: object,
) -> list[Space]:
    """As many rows as there are spaces; several of one name are numbered, after those there.

    `rules` are how each is booked: any other field of Space.
    """
    with transaction.atomic():
        # Two officers at once would number alike.
        Telecentre.objects.select_for_update(of=("self",), no_key=True).get(pk=telecentre.pk)
        taken = set(telecentre.spaces.values_list("name", flat=True))
        if count == 1 and name not in taken:
            names = [name]
        else:
            numbered = (f"{name} {number}" for number in counted_from(1))
            names = list(islice((each for each in numbered if each not in taken), count))
        spaces = [
            Space(telecentre=telecentre, name=each, kind=kind, capacity=capacity, **rules)
            for each in names
        ]
        for space in spaces:
            space.full_clean()
        return Space.objects.bulk_create(spaces)
