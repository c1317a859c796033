"""Write the pages of a territory; give a new one those it begins with."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from portail.enums import MenuPlace, PageKind, PublicationState
from portail.models import Page
from territoires.domain.addresses import free_slug
from territoires.models import Territory

STARTERS = Path(__file__).parent.parent / "data" / "pages"


def publish_page(
    *, territory: Territory, title: str, body: str, slug: str = "", **details: object
) -> Page:
    """Put a page online. Its address comes from its title when none is given."""
    page = Page(
        territory=territory,
        title=title,
        body=body,
        slug=slug or page_slug(territory, title),
        state=PublicationState.PUBLISHED,
        **details,
    )
    with transaction.atomic():
        page.full_clean()
        page.save()
    return page


def page_slug(territory: Territory, title: str) -> str:
    wanted = slugify(title)[:150] or "page"
    return free_slug(wanted, Page.objects.in_territory(territory))


@transaction.atomic
def publish_starter_pages(*, territory: Territory) -> list[Page]:
    """The guides, the page for newcomers and the one for the press, for the agency to rework.

    Returns those that were written: run again, it leaves alone every address already taken.
    """
    taken = set(Page.objects.in_territory(territory).values_list("slug", flat=True))
    written: dict[str, Page] = {}
    for known in tomllib.loads((STARTERS / "pages.toml").read_text(encoding="utf-8"))["pages"]:
        slug = known["slug"]
        if slug not in taken and not _has_press_page(known, territory):
            written[slug] = publish_page(territory=territory, **_starter(known, written))
    return list(written.values())


def _has_press_page(known: dict[str, Any], territory: Territory) -> bool:
    is_press = known.get("kind") == PageKind.PRESS
    return is_press and Page.objects.in_territory(territory).press().exists()


def _starter(known: dict[str, Any], written: dict[str, Page]) -> dict[str, Any]:
    """A page whose parent was not written with it stands at the foot of the site."""
    parent = written.get(known.get("under", ""))
    menu = MenuPlace(known.get("menu", MenuPlace.FOOTER))
    details = {key: value for key, value in known.items() if key not in {"under", "menu"}}
    return details | {
        "parent": parent,
        "menu": MenuPlace.NONE if parent else menu,
        "body": _text(f"{known['slug']}.fr.md"),
        "body_en": _text(f"{known['slug']}.en.md"),
    }


def _text(name: str) -> str:
    return (STARTERS / name).read_text(encoding="utf-8").strip()
