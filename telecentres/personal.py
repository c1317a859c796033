"""A place and what one can use there: its telephone is the place's; who runs it is someone."""

from registre.flags import nothing_personal
from territoires.personal import grant_flags

PERSONAL_DATA = [
    grant_flags("telecentres.TelecentreGrant", "telecentre"),
    nothing_personal(
        "telecentres.Telecentre",
        {
            "id", "territory", "programme", "name", "slug", "kind", "state",
            "managing_organisation", "commune", "address", "point", "point_precision",
            "presentation", "presentation_en", "services", "access", "opened_on", "email",
            "phone", "website", "photo", "source", "words",
        },
    ),
    nothing_personal("telecentres.Space", {"id", "telecentre", "name", "kind", "capacity"}),
    nothing_personal(
        "telecentres.OpeningHours", {"id", "telecentre", "weekday", "opens_at", "closes_at"}
    ),
]  # fmt: skip
