"""The import and export pages: the library's steps, with our files, our words and our guards."""

import json
import re
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ExportMixin, ImportMixin
from import_export.forms import ConfirmImportForm, ExportForm, ImportForm
from import_export.results import Result, RowResult
from import_export.tmp_storages import CacheStorage

from registre.enums import JournalAct
from territoires.admin.base import site_territory
from territoires.admin.mapping import (
    ColumnsRefused,
    MappingField,
    MappingForm,
    chosen_mapping,
)
from territoires.admin.spreadsheets import MAX_FILE_BYTES, SafeCsv, SafeXlsx, UnreadableFile

FORMATS = [SafeXlsx, SafeCsv]
SHOWN_ROWS = 200
WAITING_NAME = re.compile("[0-9a-f]{32}")


class WaitingFile(CacheStorage):  # type: ignore[misc]
    """A file between its preview and its import: gone within the hour, wherever it is read."""

    CACHE_LIFETIME = 3600
    CACHE_PREFIX = "import-"

    def read(self) -> bytes:
        content: bytes | None = super().read()
        if content is None:
            raise UnreadableFile(_("Le fichier n’est plus là : envoyez-le de nouveau."))
        return content


class FileForm(ImportForm):  # type: ignore[misc]
    """The file alone: its first bytes tell its format.

    Or one that waits since its columns were asked about, with what was answered.
    """

    waiting_file = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file, kind = self.fields["import_file"], self.fields["format"]
        file.label = gettext_lazy("Fichier")
        file.help_text = gettext_lazy("CSV ou XLSX, 5 Mo et 5 000 lignes au plus.")
        file.widget.attrs = {"accept": ".csv,.xlsx"}
        file.required = False
        kind.required, kind.widget = False, forms.HiddenInput()

    @property
    def media(self) -> forms.Media:
        return forms.Media()

    def clean_import_file(self) -> "UploadedFile[Any] | None":
        file: UploadedFile[Any] | None = self.cleaned_data["import_file"]
        if file and (file.size or 0) > MAX_FILE_BYTES:
            raise forms.ValidationError(_("Ce fichier dépasse 5 Mo."))
        return file

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not data.get("import_file"):
            self._find_file(data)
        if file := data.get("import_file"):
            is_zip = file.read(2) == b"PK"
            file.seek(0)
            data["format"] = str(FORMATS.index(SafeXlsx if is_zip else SafeCsv))
        return data

    def _find_file(self, data: dict[str, Any]) -> None:
        name = data.get("waiting_file", "")
        if not name:
            self.add_error("import_file", _("Choisissez un fichier."))
            return
        try:
            content = WaitingFile(name=name if WAITING_NAME.fullmatch(name) else "-").read()
        except UnreadableFile as refusal:
            self.add_error("import_file", str(refusal))
        else:
            data["import_file"] = SimpleUploadedFile("fichier", content)
            data["mapping"] = chosen_mapping(self.data)


class ConfirmForm(ConfirmImportForm):  # type: ignore[misc]
    format = forms.ChoiceField(
        choices=[(str(number), number) for number in range(len(FORMATS))],
        widget=forms.HiddenInput,
    )
    resource = forms.ChoiceField(
        choices=[("0", "0")], widget=forms.HiddenInput, required=False, initial="0"
    )
    mapping = MappingField(required=False)


class FormatForm(ExportForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["format"]
        kind.label = gettext_lazy("Format")
        kind.choices = kind.choices[1:]
        kind.initial = "0"
        kind.widget = forms.RadioSelect(choices=kind.choices)


class OfficeExport(ExportMixin):  # type: ignore[misc]
    """Export of what the list shows: its search and its filters apply."""

    formats = FORMATS
    export_form_class = FormatForm

    def has_export_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_view_or_change_permission(request))

    def export_action(self, request: HttpRequest) -> HttpResponse:
        try:
            response: HttpResponse = super().export_action(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(request.path)
        return response

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: "QuerySet[Model]", **kwargs: Any
    ) -> bytes:
        rows = self.get_data_for_export(request, queryset, **kwargs)
        self.log_export(request, len(rows))
        content: bytes = file_format.export_data(rows)
        return content

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {}

    def get_export_filename(
        self, request: HttpRequest, queryset: "QuerySet[Model]", file_format: Any
    ) -> str:
        name = slugify(str(self.opts.verbose_name_plural))
        return f"{name}-{timezone.localdate():%Y-%m-%d}.{file_format.get_extension()}"

    def log_export(self, request: HttpRequest, count: int) -> None:
        """Who took what away: said among the recent changes."""
        LogEntry.objects.create(
            user_id=cast("int", request.user.pk),
            content_type=ContentType.objects.get_for_model(self.model),
            object_repr=_("Export : %(count)d %(rows)s")
            % {"count": count, "rows": self.opts.verbose_name_plural},
            action_flag=CHANGE,
        )
        self.journal(request, JournalAct.EXPORTED, rows=count)


class OfficeExchange(ImportMixin, OfficeExport):  # type: ignore[misc]
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_form_class = FileForm
    confirm_form_class = ConfirmForm
    tmp_storage_class = WaitingFile

    def has_import_permission(self, request: HttpRequest) -> bool:
        return bool(self.has_add_permission(request) and self.has_change_permission(request))

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The preview shows beside the file what the records say today."""
        response: HttpResponse = super().import_action(request, **kwargs)
        result = (getattr(response, "context_data", None) or {}).get("result")
        if result is not None:
            self.journal(request, JournalAct.READ, rows=result.total_rows)
            self._ask_for_columns(response, result)
        return response

    def _ask_for_columns(self, response: Any, result: Result) -> None:
        """Where the headings are not ours, the page asks what they are, and keeps the file."""
        errors = [error.error for error in result.base_errors]
        refused = next((one for one in errors if isinstance(one, ColumnsRefused)), None)
        if refused is None:
            return
        data = response.context_data["form"].cleaned_data
        resource = self.get_import_resource_classes(None)[0]
        chosen = data.get("mapping")
        # What is only shown to inform is nothing to choose.
        fields = {
            key: field
            for key, field in resource.fields.items()
            if not field.readonly or field.column_name in resource.key_columns
        }
        response.context_data |= {
            "mapping_form": MappingForm(refused, fields, resource.other_names, chosen),
            "waiting_file": data["import_file"].tmp_storage_name,
            "mapping_refusal": str(refused) if chosen else "",
        }

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        data = getattr(kwargs.get("form"), "cleaned_data", {})
        return {
            "territory": site_territory(request),
            "user": request.user,
            "mapping": data.get("mapping"),
        }

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        """What was said of the columns goes with the file to the last step."""
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        mapping = import_form.cleaned_data.get("mapping") if import_form else None
        return initial | {"mapping": json.dumps(mapping) if mapping else ""}

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """All or nothing: a row that went wrong since the preview stops the whole file."""
        return {"rollback_on_validation_errors": True}

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resource = self.get_import_resource_classes(None)[0]
        return {
            "columns": [
                {
                    "name": field.column_name,
                    "required": field.column_name in resource.required_columns,
                    "is_key": field.column_name in resource.key_columns,
                    "shown": field.readonly,
                }
                for field in resource.fields.values()
            ],
            "shown_rows": f":{SHOWN_ROWS}",
            "result": None,
            "confirm_form": None,
            "mapping_form": None,
        }

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        known = isinstance(e, UnreadableFile)
        form.add_error("import_file", str(e) if known else _("Ce fichier est illisible."))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().process_import(request, **kwargs)
        except UnreadableFile as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self._address("import"))
        if response.status_code == 200:
            # The library shows a page without result for a form that nobody could have sent.
            messages.error(request, _("Cet envoi est incomplet : recommencez."))
            return HttpResponseRedirect(self._address("import"))
        return response

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        if result.has_errors() or result.has_validation_errors():
            messages.error(
                request,
                _("Rien n’a été importé : les fiches ont changé entre-temps. Envoyez le fichier."),
            )
            return HttpResponseRedirect(self._address("import"))
        response: HttpResponse = super().process_result(result, request)
        return response

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        new = result.totals[RowResult.IMPORT_TYPE_NEW]
        changed = result.totals[RowResult.IMPORT_TYPE_UPDATE]
        same = result.totals[RowResult.IMPORT_TYPE_SKIP]
        self.journal(request, JournalAct.IMPORTED, rows=new + changed)
        parts = [
            ngettext("%d ligne ajoutée", "%d lignes ajoutées", new) % new,
            ngettext("%d modifiée", "%d modifiées", changed) % changed,
            ngettext("%d inchangée", "%d inchangées", same) % same,
        ]
        messages.success(request, _("Import terminé : %s.") % ", ".join(parts))

    def _create_log_entry(
        self, user_pk: int, rows: list[Model], import_type: str, action_flag: int
    ) -> None:
        words = _("Par un import de fichier.")
        if len(rows) == 1:
            LogEntry.objects.log_actions(user_pk, rows, action_flag, words, single_object=True)
        else:
            LogEntry.objects.log_actions(user_pk, rows, action_flag, words)

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")
