"""Import and export of what officers keep in spreadsheets.

Columns have French headings and natural keys: an INSEE code, a name, never a number of ours. A
cell left as it was exported changes nothing, whatever its type: exporting, then importing the
same file, leaves every row unchanged.
"""

from typing import Any

import tablib
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, Resource
from import_export.results import RowResult

from territoires.admin.columns import Row, Text, same, text_of
from territoires.admin.mapping import check_columns
from territoires.admin.spreadsheets import plain_text
from territoires.models import Territory

TERRITORY_COLUMN = "Territoire"


class OfficeRow(RowResult):  # type: ignore[misc]
    notes: list[SafeString] = []


class OfficeResource(Resource):  # type: ignore[misc]
    """Rows found by `find`, made by `create`; both belong to the kind of row."""

    # Column names that a file must have.
    required_columns: tuple[Text, ...] = ()
    # Those that say which row is meant; a new row may leave them empty.
    key_columns: tuple[Text, ...] = (TERRITORY_COLUMN,)

    class Meta:
        # The preview says what it noticed of each row.
        store_instance = True
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = False
        use_transactions = True
        instance_loader_class = BaseInstanceLoader

    # Other names that people give to our columns, in any language: key → names between commas.
    other_names: dict[str, str] = {}

    def __init__(
        self,
        *,
        territory: Territory | None = None,
        user: Any = None,
        mapping: list[str] | None = None,
    ) -> None:
        """`territory` takes the rows that name none; `user` signs what is created.

        `mapping` gives our name of each column of the file, in the order of the file.
        """
        super().__init__()
        self.mapping = mapping
        self.default_territory = territory
        self.user = user
        self._seen: dict[Any, int] = {}
        self._territories: dict[str, Territory | None] = {}

    # ---- Finding and making rows --------------------------------------------------------------
    def find(self, row: Row, territory: Territory) -> Model | None:
        """The row that the file means, None for a new one; ValidationError when it is unclear."""
        raise NotImplementedError

    def create(self, instance: Any) -> None:
        """Save a new row; by the domain's own act where there is one."""
        instance.save(force_insert=True)

    def territory_of(self, row: Row) -> Territory:
        name = text_of(row, TERRITORY_COLUMN)
        if not name and self.default_territory:
            name = self.default_territory.name
        if name not in self._territories:
            self._territories[name] = self._own_territories().filter(name__iexact=name).first()
        territory = self._territories[name]
        if territory is None:
            raise ValidationError(
                {TERRITORY_COLUMN: _("Dites de quel territoire il s’agit, par son nom.")}
            )
        return territory

    def _own_territories(self) -> "QuerySet[Territory]":
        """Those where the user may write such rows: a file is no way around one's perimeter."""
        meta = self.Meta.model._meta  # type: ignore[attr-defined]  # noqa: SLF001
        writing = f"{meta.app_label}.change_{meta.model_name}"
        return Territory.objects.for_user(self.user or AnonymousUser(), writing)

    # ---- The library's hooks ------------------------------------------------------------------
    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        known = {str(field.column_name) for field in self.fields.values()}
        try:
            check_columns(dataset, self.mapping, known, map(str, self.required_columns))
        except ValueError:
            # The library would read each row of a file that is refused whole.
            del dataset[:]
            raise

    def get_instance(self, instance_loader: Any, row: Row) -> Model | None:
        return self.find(row, self.territory_of(row))

    def after_init_instance(self, instance: Any, new: bool, row: Row, **kwargs: Any) -> None:  # noqa: FBT001
        if new:
            instance.territory = self.territory_of(row)

    def import_field(
        self, field: Field, instance: Any, row: Row, *args: Any, **kwargs: Any
    ) -> None:
        if not is_new(instance) and same(row.get(field.column_name), field.export(instance)):
            return
        kwargs["territory"] = instance.territory
        super().import_field(field, instance, row, *args, **kwargs)

    def validate_instance(
        self,
        instance: Any,
        import_validation_errors: dict[str, ValidationError] | None = None,
        validate_unique: bool = True,  # noqa: FBT001, FBT002
    ) -> None:
        """The model's own rules, said with the columns' names."""
        try:
            super().validate_instance(instance, import_validation_errors, validate_unique)
        except ValidationError as refusal:
            raise ValidationError(self._by_column(refusal)) from refusal

    def do_instance_save(self, instance: Any, is_create: bool) -> None:  # noqa: FBT001
        if is_create:
            self.create(instance)
        else:
            instance.save()

    def after_import_row(self, row: Row, row_result: Any, **kwargs: Any) -> None:
        """Two lines for one row: the second would silently undo the first."""
        earlier = self._seen.setdefault(row_result.object_id, kwargs["row_number"])
        if earlier != kwargs["row_number"]:
            raise ValidationError(
                _("La ligne %(number)d décrit déjà cette fiche.") % {"number": earlier + 1}
            )
        if row_result.import_type != RowResult.IMPORT_TYPE_SKIP:
            row_result.notes = self.notes_on(row_result.instance)

    def notes_on(self, instance: Any) -> list[SafeString]:
        """What to tell an officer of a row that is about to be written; nothing stops for it."""
        return []

    def line_of(self, instance: Any) -> int | None:
        """The line of the file that described a row, if one did."""
        number = self._seen.get(instance.pk)
        return None if number is None else number + 1

    @classmethod
    def get_row_result_class(cls) -> type[RowResult]:
        return OfficeRow

    def init_instance(self, row: Row | None = None) -> Any:
        return self._meta.model()

    @classmethod
    def get_display_name(cls) -> str:
        return str(cls._meta.model._meta.verbose_name_plural)  # noqa: SLF001

    @classmethod
    def get_diff_class(cls) -> type[Diff]:
        return PlainDiff

    def _by_column(self, refusal: ValidationError) -> dict[str, list[str]]:
        columns: dict[str, str] = {}
        for field in self.fields.values():
            if not field.readonly:
                columns.setdefault(field.attribute.split("__")[0], field.column_name)
        if not hasattr(refusal, "error_dict"):
            return {NON_FIELD_ERRORS: refusal.messages}
        return {columns.get(name, name): texts for name, texts in refusal.message_dict.items()}


def is_new(instance: Any) -> bool:
    """Whether the database does not hold the row yet."""
    return bool(instance._state.adding)  # noqa: SLF001  (Django's documented way to know)


class PlainDiff(Diff):  # type: ignore[misc]
    """What changes in a cell, as <del> and <ins>; the library's own carries inline styles."""

    def as_html(self) -> list[SafeString | str]:
        return [
            _change("" if self.new else plain_text(before), plain_text(after))
            for before, after in zip(self.left, self.right, strict=True)
        ]


def _change(before: str, after: str) -> SafeString | str:
    if before == after:
        return after
    if not before:
        return format_html("<ins>{}</ins>", after)
    return format_html("<del>{}</del> <ins>{}</ins>", before, after)
