"""Pictures are chosen by the agency to be shown: what they show of someone is agreed elsewhere."""

from registre.flags import nothing_personal

PERSONAL_DATA = [
    nothing_personal(
        "images.Picture",
        {
            "id", "territory", "alternative", "alternative_en", "credit", "original", "state",
            "received_at", "settled_at", "attempts", "refusal", "digest", "width", "height",
        },
    ),
]  # fmt: skip
