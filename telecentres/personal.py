"""A place and what one can use there: its telephone is the place's; who runs it is someone."""

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    USER,
    ByKey,
    ModelFlags,
    Personal,
    Purpose,
    Retention,
    nothing_personal,
)
from registre.personal import ACCOUNTABLE, NUMBER_ONLY
from telecentres.enums import BookingState
from territoires.personal import grant_flags

HOSTING = Purpose(
    _("Tenir les réservations des télécentres"),
    People.ACCOUNTS,
    LegalBasis.CONTRACT,
    Retention(_("tant que dure le compte ; ensuite, seuls des chiffres sans nom sont gardés")),
)
WRITTEN = Personal(HOSTING, Audience.STAFF, Fate.BLANKED)
FIGURE = Personal(
    HOSTING, Audience.STAFF, Fate.KEPT, why=_("compter l’usage des lieux, sans savoir de qui")
)
BY_STAFF = Personal(ACCOUNTABLE, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY)


def _state_of_nobody(booking: Model) -> str:
    """What was still to come is given back with its holder."""
    state: str = booking.state  # type: ignore[attr-defined]
    to_come = booking.period.upper > timezone.now()  # type: ignore[attr-defined]
    is_held = state in BookingState.of_someone()
    return BookingState.CANCELLED if to_come and is_held else state


PERSONAL_DATA = [
    grant_flags("telecentres.TelecentreGrant", "telecentre"),
    nothing_personal(
        "telecentres.Telecentre",
        {
            "id", "territory", "programme", "name", "slug", "kind", "state",
            "managing_organisation", "commune", "address", "point", "point_precision",
            "presentation", "presentation_en", "services", "equipment", "by_train", "by_bus",
            "parking", "step_free", "access", "connection", "download_mbps", "upload_mbps",
            "measured_on", "office_area_m2", "shared_area_m2", "investment", "running_cost",
            "opened_on", "is_neighbour", "takes_bookings", "email", "phone", "website", "photo",
            "source", "words",
        },
    ),
    nothing_personal(
        "telecentres.Space",
        {
            "id", "telecentre", "name", "kind", "capacity", "equipment", "units",
            "needs_approval", "notice", "horizon", "buffer_before", "buffer_after",
        },
    ),
    nothing_personal("telecentres.Season", {"id", "telecentre", "name", "starts_on", "ends_on"}),
    nothing_personal(
        "telecentres.OpeningHours",
        {"id", "telecentre", "season", "weekday", "opens_at", "closes_at"},
    ),
    nothing_personal(
        "telecentres.ExceptionalHours",
        {"id", "telecentre", "day", "opens_at", "closes_at", "reason"},
    ),
    ModelFlags(
        "telecentres.BookingChange",
        impersonal=frozenset({"id", "booking"}),
        personal={
            **dict.fromkeys(("act", "at", "former_space", "former_period"), FIGURE),
            "reason": WRITTEN,
            "author": BY_STAFF,
        },
        links=(
            ByKey("booking__holder", USER),
            ByKey("author", USER, frozenset({"author"})),
        ),
    ),
    ModelFlags(
        "telecentres.Booking",
        impersonal=frozenset({"id", "territory", "space", "is_long"}),
        personal={
            "holder": Personal(HOSTING, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            "note": WRITTEN,
            "state": Personal(HOSTING, Audience.STAFF, Fate.REPLACED, neutral=_state_of_nobody),
            **dict.fromkeys(
                (
                    "reference", "period", "occupied", "people", "origin", "answer_before",
                    "sequence", "booked_at",
                ),
                FIGURE,
            ),
        },
        links=(ByKey("holder", USER),),
    ),
]  # fmt: skip
