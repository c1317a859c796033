"""What the agency writes for everyone to read."""

from registre.flags import nothing_personal

PUBLISHED = {
    "id", "territory", "slug", "title", "title_en", "body", "body_en", "picture", "state",
    "published_from", "published_until", "updated_at", "words",
}  # fmt: skip

PERSONAL_DATA = [
    nothing_personal(
        "portail.Page",
        PUBLISHED | {"kind", "summary", "summary_en", "menu", "parent", "position", "is_child"},
    ),
    nothing_personal("portail.NewsItem", PUBLISHED | {"published_on"}),
]
