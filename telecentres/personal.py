"""A place and what one can use there: its telephone is the place's; who runs it is someone."""

from datetime import timedelta

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registre.enums import Audience, Fate, LegalBasis, People
from registre.flags import (
    USER,
    ByAddress,
    ByKey,
    ModelFlags,
    Personal,
    Purpose,
    Retention,
    nothing_personal,
)
from registre.personal import ACCOUNTABLE, NUMBER_ONLY
from telecentres.enums import BookingState, WaitState
from territoires.personal import grant_flags

AS_FIGURES = Retention(
    _("tant que dure le compte ; ensuite, seuls des chiffres sans nom sont gardés")
)
HOSTING = Purpose(
    _("Tenir les réservations des télécentres"),
    People.ACCOUNTS,
    LegalBasis.CONTRACT,
    AS_FIGURES,
)
NETWORK = Purpose(
    _("Suivre le réseau de télécentres d’un programme"),
    People.ACCOUNTS,
    LegalBasis.PUBLIC_TASK,
    AS_FIGURES,
)
# How long a place is kept for someone without account who has yet to confirm it.
HELD_FOR = timedelta(minutes=30)
CONFIRMING = Purpose(
    _("Vous faire confirmer une réservation sans compte"),
    People.CORRESPONDENTS,
    LegalBasis.CONTRACT,
    Retention(_("une demi-heure ; confirmée, elle est de votre compte"), HELD_FOR),
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
    is_held = state in BookingState.promised()
    return BookingState.CANCELLED if to_come and is_held else state


def _wait_of_nobody(wait: Model) -> str:
    state: str = wait.state  # type: ignore[attr-defined]
    return WaitState.LEFT if state in WaitState.open() else state


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
            "opened_on", "is_neighbour", "takes_bookings", "takes_visitors", "vat_rate", "email",
            "phone", "website", "photo", "source", "words",
        },
    ),
    nothing_personal(
        "telecentres.Space",
        {
            "id", "telecentre", "name", "kind", "capacity", "equipment", "units",
            "needs_approval", "notice", "horizon", "buffer_before", "buffer_after", "audience",
            "release_after", "arrival_secret",
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
    nothing_personal("telecentres.RightsGroup", {"id", "territory", "name"}),
    nothing_personal("telecentres.Tariff", {"id", "telecentre", "kind", "group", "unit", "price"}),
    nothing_personal(
        "telecentres.Extra",
        {
            "id", "telecentre", "name", "kind", "description", "price", "per", "stock", "notice",
            "kinds", "is_offered",
        },
    ),
    nothing_personal(
        "telecentres.FreeAllowance", {"id", "telecentre", "kind", "group", "half_days"}
    ),
    ModelFlags(
        "telecentres.RightsMember",
        impersonal=frozenset({"id", "group"}),
        personal=dict.fromkeys(
            ("user", "starts_on", "ends_on"), Personal(HOSTING, Audience.STAFF, Fate.DELETED)
        ),
        links=(ByKey("user", USER),),
    ),
    ModelFlags(
        "telecentres.Enrolment",
        impersonal=frozenset({"id", "territory", "programme"}),
        personal={
            "user": Personal(NETWORK, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            **dict.fromkeys(("trade", "employer"), Personal(NETWORK, Audience.STAFF, Fate.BLANKED)),
            **dict.fromkeys(
                ("status", "enrolled_on", "left_on"),
                Personal(
                    NETWORK,
                    Audience.STAFF,
                    Fate.KEPT,
                    why=_("compter les inscrits, sans savoir de qui il s’agit"),
                ),
            ),
        },
        links=(ByKey("user", USER),),
    ),
    ModelFlags(
        "telecentres.Pack",
        impersonal=frozenset({"id", "telecentre", "kind"}),
        personal={
            "holder": Personal(HOSTING, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            **dict.fromkeys(("half_days", "price", "sold_on", "expires_on"), FIGURE),
        },
        links=(ByKey("holder", USER),),
    ),
    ModelFlags(
        "telecentres.Payment",
        impersonal=frozenset({"id", "telecentre"}),
        personal={
            "holder": Personal(HOSTING, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            "payer": WRITTEN,
            **dict.fromkeys(
                ("booking", "amount", "means", "paid_on", "year", "number"), FIGURE
            ),
            "author": BY_STAFF,
        },
        links=(ByKey("holder", USER), ByKey("author", USER, frozenset({"author"}))),
    ),
    ModelFlags(
        "telecentres.BookingLine",
        impersonal=frozenset({"id", "booking"}),
        personal=dict.fromkeys(
            ("kind", "unit", "quantity", "unit_price", "pack", "extra", "label"), FIGURE
        ),
        links=(ByKey("booking__holder", USER),),
    ),
    ModelFlags(
        "telecentres.UseStatement",
        impersonal=frozenset(
            {"id", "telecentre", "month", "kind", "half_days", "people", "note", "stated_at"}
        ),
        personal={"stated_by": BY_STAFF},
        links=(ByKey("stated_by", USER, frozenset({"stated_by"})),),
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
                    "sequence", "series", "booked_at", "price", "vat_rate", "checked_in_at",
                ),
                FIGURE,
            ),
        },
        links=(ByKey("holder", USER),),
    ),
    ModelFlags(
        "telecentres.VisitorHold",
        impersonal=frozenset({"id", "booking", "language", "mail"}),
        personal=dict.fromkeys(
            ("email", "first_name", "last_name", "note", "asked_at"),
            Personal(CONFIRMING, Audience.SYSTEM, Fate.DELETED),
        ),
        links=(ByAddress("email"),),
    ),
    ModelFlags(
        "telecentres.Wait",
        impersonal=frozenset({"id", "territory", "telecentre"}),
        personal={
            "holder": Personal(HOSTING, Audience.STAFF, Fate.KEPT, why=NUMBER_ONLY),
            "state": Personal(HOSTING, Audience.STAFF, Fate.REPLACED, neutral=_wait_of_nobody),
            **dict.fromkeys(("kind", "people", "period", "asked_at", "booking"), FIGURE),
        },
        links=(ByKey("holder", USER),),
    ),
]  # fmt: skip
