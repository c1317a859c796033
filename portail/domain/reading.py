"""What the page of a text needs, for the public as for the one who previews it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from portail.domain.home import key_figures
from portail.domain.news import latest_news
from portail.enums import PageKind
from portail.models import NewsItem, Page
from territoires.domain.languages import localized_text


@dataclass(frozen=True)
class Reading:
    """A template and what it says."""

    template: str
    context: dict[str, Any]


def read_page(page: Page) -> Reading:
    if page.kind == PageKind.PRESS:
        return _read_press(page)
    context = {
        "page": page,
        "family": _family(page),
        "trail": [(localized_text(page, "title")[0], "")],
    }
    return Reading("portail/page.html", context)


def read_news_item(item: NewsItem) -> Reading:
    trail = [(_("Actualités"), reverse("news")), (localized_text(item, "title")[0], "")]
    others = [other for other in latest_news(item.territory, 4) if other != item][:3]
    return Reading("portail/news_item.html", {"item": item, "others": others, "trail": trail})


def _read_press(page: Page) -> Reading:
    context = {
        "page": page,
        "counts": key_figures(page.territory),
        "news": latest_news(page.territory),
        "trail": [(localized_text(page, "title")[0], "")],
    }
    return Reading("portail/press.html", context)


def _family(page: Page) -> list[Page]:
    """The pages arranged with it, the one above first; empty when it stands alone."""
    head = page.parent_id or page.pk
    published = Page.objects.in_territory(page.territory).published()
    family = list(published.filter(Q(pk=head) | Q(parent=head)).order_by("is_child", "position"))
    return family if len(family) > 1 else []
