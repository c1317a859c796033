"""What the forms and lists of pages and of news share."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from images.models import Picture
from portail.domain.long_texts import pictures_named
from portail.domain.reading import Reading
from portail.enums import Standing
from portail.models.publication import Publication
from territoires.admin.base import HistoryAdmin, TodoFilter, badge
from territoires.admin.pictures import picture_refusal
from territoires.models import Territory

TONES = {
    Standing.DRAFT: "warn",
    Standing.SCHEDULED: "quiet",
    Standing.ONLINE: "ok",
    Standing.OVER: "no",
}
LANGUAGES = ("fr", "en")
WRITING_HELP = gettext_lazy(
    "Markdown : une ligne vide sépare les paragraphes, « ## » commence un titre, « - » une liste, "
    "**gras**, [un lien](https://exemple.fr), ![ce que l’image montre](image:12) : le numéro est "
    "dans la liste des images."
)


class PublicationForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Laissez vide : il sera tiré du titre.")
        for name in ("title_en", "summary_en", "body_en"):
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = "en"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        territory = data.get("territory")
        if territory is None:
            return data
        if refusal := picture_refusal(data.get("picture"), territory):
            self.add_error("picture", refusal)
        for name in ("body", "body_en"):
            self._check_pictures(territory, name, data.get(name) or "")
        if data.get("title") and not data.get("slug"):
            data["slug"] = self.free_slug(territory, data["title"])
        return data

    def free_slug(self, territory: Territory, title: str) -> str:
        raise NotImplementedError

    def _check_pictures(self, territory: Territory, name: str, text: str) -> None:
        named = pictures_named(text)
        if not named:
            return
        here = Picture.objects.in_territory(territory).shared().filter(pk__in=named)
        unknown = sorted(named - set(here.values_list("pk", flat=True)))
        if unknown:
            numbers = ", ".join(map(str, unknown))
            self.add_error(
                name, _("Aucune image de ce territoire ne porte ce numéro : %s.") % numbers
            )


class PublicationTodoFilter(TodoFilter):
    todos = {
        "sans-anglais": (gettext_lazy("en ligne sans version anglaise"), "without_english"),
        "brouillons": (gettext_lazy("brouillons"), "drafts"),
        "a-venir": (gettext_lazy("à venir"), "scheduled"),
    }


class PublicationAdmin(HistoryAdmin):
    """A text in two languages side by side, its dates, and how the public will read it."""

    list_select_related = ["territory"]
    search_fields = ["title__unaccent", "title_en__unaccent", "body__unaccent"]
    search_help_text = gettext_lazy("Un mot du titre ou du texte.")
    autocomplete_fields: ClassVar = ["picture"]
    readonly_fields = ["preview_links"]
    dates_fieldset: Any = (
        gettext_lazy("Quand le public la voit"),
        {"fields": ["state", ("published_from", "published_until"), "preview_links"]},
    )

    def read(self, publication: Any) -> Reading:
        raise NotImplementedError

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """What the public cannot read has its preview instead; a form shown again may be empty."""
        is_online = obj is not None and obj.slug and obj.standing == Standing.ONLINE
        return str(obj.get_absolute_url()) if is_online else None

    # ---- Preview ------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:key>/apercu/<slug:language>/",
            self.admin_site.admin_view(self.preview_view),
            name=self._preview_name,
        )
        return [page, *super().get_urls()]

    @property
    def _preview_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_preview"

    def preview_view(self, request: HttpRequest, key: int, language: str) -> HttpResponse:
        """As the public will read it, published or not; never kept by anyone."""
        publication = self.get_object(request, str(key))
        if publication is None or language not in LANGUAGES:
            raise Http404
        if not self.has_view_permission(request, publication):
            raise PermissionDenied
        # Under the name and colours of the territory it is written for.
        request.territory = publication.territory  # type: ignore[attr-defined]
        form = reverse(f"admin:{self._preview_name.removesuffix('preview')}change", args=[key])
        with translation.override(language):
            reading = self.read(publication)
            preview = {
                "standing": publication.standing.label,
                "french_url": self._preview_url(key, "fr"),
                "english_url": self._preview_url(key, "en"),
                "form_url": form,
            }
            context = reading.context | {"preview": preview}
            return TemplateResponse(request, reading.template, context).render()

    def _preview_url(self, key: int, language: str) -> str:
        return reverse(f"admin:{self._preview_name}", args=[key, language])

    @admin.display(description=gettext_lazy("aperçu"))
    def preview_links(self, publication: Publication) -> SafeString | str:
        if not publication.pk:
            return _("Enregistrez d’abord : vous verrez alors la page comme le public la lira.")
        return format_html(
            '<a href="{}">{}</a> · <a href="{}" lang="en" hreflang="en">English</a>',
            self._preview_url(publication.pk, "fr"),
            _("Voir en français"),
            self._preview_url(publication.pk, "en"),
        )

    # ---- Columns ------------------------------------------------------------------------------
    @admin.display(description=gettext_lazy("état"), ordering="state")
    def standing_badge(self, publication: Publication) -> SafeString:
        return badge(TONES[publication.standing], publication.standing.label)

    @admin.display(description=gettext_lazy("dates"), ordering="published_from")
    def schedule(self, publication: Publication) -> str:
        start, end = (
            date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") if moment else ""
            for moment in (publication.published_from, publication.published_until)
        )
        words = [_("du %s") % start if start else "", _("au %s") % end if end else ""]
        return " ".join(filter(None, words)) or self.empty_value_display

    @admin.display(description=gettext_lazy("langues"))
    def languages(self, publication: Publication) -> str:
        return "FR, EN" if publication.has_english else "FR"
