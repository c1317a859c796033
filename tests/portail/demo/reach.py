"""Whom the demo could write to or ring."""

from django.apps import apps

KINDS = {"EmailField", "URLField", "PhoneNumberField"}
NAMES = {"phone", "contact_phone"}


def reachable() -> list[tuple[str, str]]:
    """Field and value of what is neither an address kept for examples nor a number kept for fiction
    (Arcep, 05 36 49)."""
    return [
        (str(field), text)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if type(field).__name__ in KINDS or field.name in NAMES
        for value in model._default_manager.values_list(field.name, flat=True)
        if (text := str(value or ""))
        and not text.endswith("@example.org")
        and not text.startswith(("https://example.org/", "05 36 49 ", "+3353649"))
    ]
