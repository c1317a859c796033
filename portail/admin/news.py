from django.contrib import admin
from django.utils.translation import gettext_lazy

from portail.admin.publications import (
    WRITING_HELP,
    PublicationAdmin,
    PublicationForm,
    PublicationTodoFilter,
)
from portail.domain.news import news_slug
from portail.domain.reading import Reading, read_news_item
from portail.models import NewsItem
from territoires.models import Territory


class NewsItemForm(PublicationForm):
    def free_slug(self, territory: Territory, title: str) -> str:
        return news_slug(territory, title)


@admin.register(NewsItem)
class NewsItemAdmin(PublicationAdmin):
    form = NewsItemForm
    list_display = ["title", "published_on", "standing_badge", "schedule", "languages"]
    list_filter = ["state", PublicationTodoFilter, "territory"]
    date_hierarchy = "published_on"
    fieldsets = [
        (
            gettext_lazy("Le texte"),
            {
                "classes": ["side-by-side"],
                "description": WRITING_HELP,
                "fields": ["published_on", ("title", "title_en"), ("body", "body_en"), "picture"],
            },
        ),
        PublicationAdmin.dates_fieldset,
        (gettext_lazy("Où la trouver"), {"fields": ["slug", "territory"]}),
    ]

    def read(self, publication: NewsItem) -> Reading:
        return read_news_item(publication)
