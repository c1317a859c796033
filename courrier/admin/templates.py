from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courrier.admin.showing import as_page, in_a_frame, with_a_frame
from courrier.domain.errors import UnknownPlace
from courrier.domain.messages import Message, known_messages
from courrier.domain.previews import last_case, preview, send_trial
from courrier.domain.substitution import check_wording, in_words, legible
from courrier.domain.wording import word_anew
from courrier.enums import MailLanguage
from courrier.models import MailTemplate
from registre.admin.base import ScopedAdmin

WORDS = ("subject", "body", "subject_en", "body_en")


class ChoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which message, in which territory: the words come next, ours to start from."""

    message = forms.ChoiceField(
        label=gettext_lazy("Message"),
        choices=lambda: [(key, message.label) for key, message in known_messages().items()],
    )

    class Meta:
        model = MailTemplate
        fields = ["territory", "message"]


class WordsForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        message = known_messages()[self.instance.message]
        for name in WORDS:
            data[name] = legible(data.get(name) or "")
            try:
                check_wording(data[name], message.names)
            except UnknownPlace as refusal:
                self.add_error(name, _sentence(refusal))
        return data


def _sentence(refusal: UnknownPlace) -> ValidationError:
    return ValidationError(
        _("« %(place)s » ne peut pas être rempli dans ce message. Écrivez plutôt : %(allowed)s."),
        params={
            "place": refusal.place,
            "allowed": ", ".join(map(_braced, refusal.allowed)) or _("rien"),
        },
    )


def _braced(name: str) -> str:
    return f"{{{{ {name} }}}}"


@admin.register(MailTemplate)
class MailTemplateAdmin(ScopedAdmin):
    """The agency's own words for the mails that the site sends."""

    change_form_template = "admin/courrier/mailtemplate/change_form.html"
    change_list_template = "admin/courrier/mailtemplate/change_list.html"
    delete_confirmation_template = "admin/courrier/mailtemplate/delete_confirmation.html"
    list_display = ["label", "territory"]
    list_display_links = ["label"]
    list_filter = ["territory"]
    list_select_related = ["territory"]
    actions = None
    add_fieldsets = [(None, {"fields": ["message", "territory"]})]
    fieldsets = [
        (gettext_lazy("En français"), {"fields": ["subject", "body"]}),
        (
            gettext_lazy("En anglais"),
            {
                "fields": ["subject_en", "body_en"],
                "description": gettext_lazy("Laissé vide, le texte d’origine en anglais part."),
            },
        ),
    ]

    # ---- What is seen -------------------------------------------------------------------------
    def get_fieldsets(self, request: HttpRequest, obj: MailTemplate | None = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(
        self,
        request: HttpRequest,
        obj: MailTemplate | None = None,
        change: bool = False,  # noqa: FBT001, FBT002
        **kwargs: Any,
    ) -> Any:
        kwargs["form"] = WordsForm if obj else ChoiceForm
        return super().get_form(request, obj, change, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Its only foreign key: the territories that this person words for."""
        kwargs["queryset"] = self._territories(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The message that a link proposes, and the territory when there is only one."""
        initial: dict[str, Any] = {}
        if request.GET.get("message") in known_messages():
            initial["message"] = request.GET["message"]
        territories = list(self._territories(request)[:2])
        if len(territories) == 1:
            initial["territory"] = territories[0].pk
        return initial

    @admin.display(description=gettext_lazy("message"), ordering="message")
    def label(self, template: MailTemplate) -> str:
        known = known_messages().get(template.message)
        return str(known.label) if known else template.message

    # ---- Pages --------------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        page = path(
            "<int:template_id>/apercu/<str:language>/",
            self.admin_site.admin_view(in_a_frame(self.html_view)),
            name="courrier_mailtemplate_preview",
        )
        return [page, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"known_messages": known_messages().values(), **(extra_context or {})}
        response: HttpResponse = super().changelist_view(request, context)
        return response

    @method_decorator(with_a_frame)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        template = self.get_object(request, unquote(object_id))
        context = _shown(template) if template else {}
        response: HttpResponse = super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )
        return response

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        template = self.get_object(request, unquote(object_id))
        context = {"message_label": self.label(template) if template else ""}
        response: HttpResponse = super().delete_view(
            request, object_id, {**context, **(extra_context or {})}
        )
        return response

    def html_view(self, request: HttpRequest, template_id: int, language: str) -> HttpResponse:
        """The HTML of the message as it would leave, for the frame of its page."""
        template = self.get_queryset(request).filter(pk=template_id).first()
        if template is None or not self.has_view_permission(request, template):
            raise Http404
        if language not in MailLanguage:
            raise Http404
        mail = preview(
            message=_message_of(template), territory=template.territory, language=language
        )
        return as_page(mail.html)

    # ---- Acts ---------------------------------------------------------------------------------
    def save_model(
        self,
        request: HttpRequest,
        obj: MailTemplate,
        form: "forms.ModelForm[MailTemplate]",
        change: bool,  # noqa: FBT001
    ) -> None:
        if not change:
            ours = word_anew(message=_message_of(obj), territory=obj.territory)
            for name in WORDS:
                setattr(obj, name, getattr(ours, name))
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: MailTemplate, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Choosing is half of it: the words are on the next page."""
        return HttpResponseRedirect(reverse("admin:courrier_mailtemplate_change", args=[obj.pk]))

    def response_change(self, request: HttpRequest, obj: MailTemplate) -> HttpResponse:
        """« M’envoyer un essai » beside « Enregistrer »: save what was typed, then send it."""
        for language in MailLanguage:
            if f"_trial_{language}" in request.POST:
                mail = send_trial(
                    message=_message_of(obj),
                    territory=obj.territory,
                    language=language,
                    user=request.user,  # type: ignore[arg-type]
                )
                messages.success(
                    request, _("Un essai part vers %(address)s.") % {"address": mail.recipient}
                )
                return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def _territories(self, request: HttpRequest) -> "QuerySet[Any]":
        territories = apps.get_model("territoires", "Territory").objects
        allowed: QuerySet[Any] = territories.for_user(request.user, "courrier.add_mailtemplate")
        return allowed


def _message_of(template: MailTemplate) -> Message:
    """The message it words; that of a message no longer sent is 404."""
    try:
        return known_messages()[template.message]
    except KeyError as error:
        raise Http404 from error


def _shown(template: MailTemplate) -> dict[str, Any]:
    """What the page shows beside the form: the places, and the mail in both languages."""
    message = _message_of(template)
    case = last_case(message, template.territory)
    views = [
        {
            "language": language,
            "mail": preview(message=message, territory=template.territory, language=language),
            "address": reverse(
                "admin:courrier_mailtemplate_preview", args=[template.pk, str(language)]
            ),
        }
        for language in MailLanguage
    ]
    return {
        # What Django calls deleting is here a return to the words we ship.
        "show_delete": False,
        "show_save_and_add_another": False,
        "message": message,
        "places": [
            (_braced(variable.name), variable.label, in_words(variable.example))
            for variable in message.variables
        ],
        "is_real": case.is_real,
        "views": views,
    }
