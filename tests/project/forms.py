"""The forms of a page as a browser reads them, filled in as their reader would."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from tests.factories.images import encoded

# What an empty box is given where the page wants something.
TYPED = {
    "email": "zoe@exemple.fr",
    "password": "une longue phrase de passe",
    "date": "2026-05-01",
    "time": "10:00",
    "number": "1",
    "url": "https://exemple.fr/",
    "color": "#112233",
}
LATER = "2026-05-02"
UNSENT = {"button", "image", "reset"}


@dataclass
class Box:
    """One thing to fill in, with what the page put there."""

    kind: str
    values: list[str] = field(default_factory=list)
    is_required: bool = False
    options: list[str] = field(default_factory=list)
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Form:
    """A form that changes something, and where it is sent."""

    action: str
    boxes: dict[str, Box] = field(default_factory=dict)

    def filled(self, rows: Mapping[str, Model]) -> dict[str, Any]:
        """What its reader sends: what is there, and something where it is asked for."""
        sent = {name: filled(name, box, rows) for name, box in self.boxes.items()}
        return {name: value for name, value in sent.items() if value is not None}

    @property
    def names(self) -> set[str]:
        """What the form declares; a moment is sent in two boxes, starts_at_0 and starts_at_1."""
        return {re.sub(r"_\d$", "", name) for name in self.boxes}


def filled(name: str, box: Box, rows: Mapping[str, Model]) -> object:
    if box.kind == "file":
        return SimpleUploadedFile("photo.jpg", encoded()) if box.is_required else None
    if "".join(box.values):
        return box.values
    if box.kind == "select":
        return chosen(box, rows)
    if box.kind in {"checkbox", "radio"}:
        return box.options[:1] if box.is_required or len(box.options) > 1 else None
    if not (box.is_required or box.kind in {"textarea", "password"}):
        return box.values
    if box.kind == "date" or "vDateField" in box.attributes.get("class", ""):
        return LATER if "end" in name else TYPED["date"]
    return TYPED.get(box.kind, "Texte")


def chosen(box: Box, rows: Mapping[str, Model]) -> str | None:
    """The last choice that is offered; the row of the list in question where one searches."""
    about = box.attributes
    if any(box.options):
        return box.options[-1]
    if "data-field-name" not in about or not (box.is_required or "multiple" in about):
        return None if "multiple" in about else ""
    model = apps.get_model(about["data-app-label"], about["data-model-name"])
    remote = model._meta.get_field(about["data-field-name"]).related_model
    return str(rows[remote._meta.label_lower].pk)


class Reader(HTMLParser):
    """Gathers the forms of a page that are sent by POST."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.select: Box | None = None
        self.text: Box | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.form = Form(about.get("action", "")) if about.get("method") == "post" else None
            if self.form:
                self.forms.append(self.form)
        elif self.form and tag in {"input", "select", "textarea", "option", "button"}:
            getattr(self, f"read_{tag}")(self.form, about)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.text = None

    def handle_data(self, data: str) -> None:
        if self.text:
            # A browser leaves out the line break that opens a text.
            self.text.values = ["".join([*self.text.values, data]).removeprefix("\n")]

    def read_input(self, form: Form, about: dict[str, str]) -> None:
        name, kind = about.get("name"), about.get("type", "text")
        if not name or kind in UNSENT or (kind == "submit" and has_submit(form)):
            return
        box = self.box(form, about, kind)
        value = about.get("value", "on" if kind == "checkbox" else "")
        box.options.append(value)
        if kind not in {"checkbox", "radio"} or "checked" in about or name == "_selected_action":
            box.values.append(value)

    def read_button(self, form: Form, about: dict[str, str]) -> None:
        if about.get("type") != "button":
            self.read_input(form, {**about, "type": "submit"})

    def read_select(self, form: Form, about: dict[str, str]) -> None:
        self.select = self.box(form, about, "select")

    def read_option(self, _form: Form, about: dict[str, str]) -> None:
        if self.select:
            self.select.options.append(about.get("value", ""))
            if "selected" in about:
                self.select.values.append(about.get("value", ""))

    def read_textarea(self, form: Form, about: dict[str, str]) -> None:
        self.text = self.box(form, about, "textarea")

    def box(self, form: Form, about: dict[str, str], kind: str) -> Box:
        known = form.boxes.setdefault(about["name"], Box(kind, attributes=about))
        known.is_required |= "required" in about
        return known


def has_submit(form: Form) -> bool:
    return any(box.kind == "submit" for box in form.boxes.values())


def forms_of(page: str) -> list[Form]:
    reader = Reader()
    reader.feed(re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))
    return reader.forms
