"""A meeting says where and when, and nothing of who comes."""

from registre.flags import nothing_personal

PERSONAL_DATA = [
    nothing_personal(
        "accueil.Event",
        {
            "id", "territory", "programme", "kind", "state", "title", "title_en", "slug",
            "starts_at", "ends_at", "village", "telecentre", "place", "presentation",
            "presentation_en", "capacity_households", "words",
        },
    )
]  # fmt: skip
