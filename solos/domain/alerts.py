"""A search that a visitor saves: whoever is new in it, by mail, once a week at most.

Asked for on the site, confirmed from the mailbox, stopped by a click from any of its mails; it
ends after a year unless it is kept by another click. An alert only says who entered the directory
for the first time, told by whole days: who came yesterday is told today, who comes today later.
"""

from datetime import date, timedelta

import structlog
from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext, override

from courrier.domain.days import day_in_words
from courrier.domain.messages import Message
from courrier.domain.outbox import write_mail
from courrier.domain.substitution import Line, Value
from jetons.domain.errors import LinkUnknown
from jetons.domain.links import issue_link, read_link
from solos.domain.asking import query_of, read_query, search_address
from solos.domain.directory import DirectoryFilters, match_directory
from solos.domain.errors import AlertStopped, SearchTooLong, TooManyAlerts
from solos.domain.search_words import say_search
from solos.enums import PublicField
from solos.messages import alerts as messages
from solos.models import SavedSearch, Solo
from solos.models.search import LONGEST_QUERY
from solos.querysets import SoloQuerySet
from territoires.domain.brand import brand_of, site_address
from territoires.domain.languages import localized_text
from territoires.models import Territory

log = structlog.get_logger(__name__)

PURPOSE = "alerte"
MOST_ALERTS = 10
LASTS = relativedelta(months=12)
# Longer than an alert: its last mail still stops it.
LINK_LASTS = timedelta(days=400)
# Before its end, whoever is told by no alert is told that it ends.
NOTICE = timedelta(days=30)
UNCONFIRMED_FOR = timedelta(days=7)
ENDED_FOR = timedelta(days=30)
MOST_NAMED = 10


def save_search(*, territory: Territory, email: str, filters: DirectoryFilters) -> SavedSearch:
    """Write to `email` to have the alert confirmed: whatever else is known of that address.

    Raises SearchTooLong, BadAddress.
    """
    query = query_of(filters)
    if len(query) > LONGEST_QUERY:
        raise SearchTooLong
    with transaction.atomic():
        search, _is_new = SavedSearch.objects.running().get_or_create(
            territory=territory,
            email=email,
            query=query,
            stopped_at=None,
            defaults={"language": get_language() or "fr"},
        )
        # What was searched stands on the page alone: nobody sends words of theirs to a stranger.
        _write(search, messages.ALERT_ASKED)
    return search


def alert_of_link(*, token: str) -> SavedSearch:
    """Whose alert a link speaks of. Raises LinkRefused; the link stays good until its day."""
    link = read_link(purpose=PURPOSE, token=token)
    searches = SavedSearch.objects.select_related("territory")
    search = searches.filter(pk=link.subject.removeprefix("alerte:")).first()
    if search is None:
        raise LinkUnknown
    return search


def confirm_alert(*, search: SavedSearch, on: date | None = None) -> SavedSearch:
    """From that day for a year; once confirmed, for a year more.

    Raises AlertStopped, and TooManyAlerts when the address has ten others.
    """
    today = on or timezone.localdate()
    with transaction.atomic():
        # All of one address, in one order: of two confirmed at once, the second counts the first.
        running = SavedSearch.objects.running().filter(email=search.email).order_by("pk")
        theirs = list(running.select_for_update(of=("self",), no_key=True))
        mine = next((one for one in theirs if one.pk == search.pk), None)
        if mine is None:
            raise AlertStopped
        active = set(running.active(today).values_list("pk", flat=True))
        if mine.pk not in active:
            if len(active) >= MOST_ALERTS:
                raise TooManyAlerts
            mine.confirmed_at, mine.new_since = timezone.now(), today
        mine.expires_on, mine.reminded_on = today + LASTS, None
        mine.save()
    return mine


def stop_alert(*, search: SavedSearch) -> None:
    """No mail any more; stopped twice is stopped."""
    running = SavedSearch.objects.running().filter(pk=search.pk)
    running.update(stopped_at=timezone.now())


def send_alerts(today: date | None = None) -> int:
    """Write what is new to each alert that has not written for a week; returns how many mails.

    Nothing is lost by a run missed, nothing said twice by a second run.
    """
    today = today or timezone.localdate()
    written = 0
    for pk in list(SavedSearch.objects.due(today).order_by("pk").values_list("pk", flat=True)):
        try:
            written += _send(pk, today)
        except Exception:
            # The others have their mail; this one tries again tomorrow.
            log.exception("alert_not_written", alert=pk)
    return written


def forget_alerts() -> int:
    """Delete those never confirmed within a week, and those ended a month ago; returns how many."""
    old = SavedSearch.objects.outlived(timezone.now(), UNCONFIRMED_FOR, ENDED_FOR)
    count, _by_model = old.delete()
    return count


def new_solos(search: SavedSearch, today: date) -> SoloQuerySet:
    """Those whom the alert has not told yet, the first come first."""
    found = match_directory(territory=search.territory, filters=read_query(search.query))
    return found.entered_between(search.new_since or today, today)


@transaction.atomic
def _send(pk: int, today: date) -> bool:
    """One alert; False if there is nothing to say, or another worker was quicker."""
    rows = SavedSearch.objects.due(today).select_related("territory")
    search = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk)
    alert = search.first()
    if alert is None or alert.expires_on is None:
        return False
    ends_soon = alert.expires_on <= today + NOTICE
    found = new_solos(alert, today)
    count = found.count()
    if not count and (not ends_soon or alert.reminded_on):
        return False
    with override(alert.language):
        said: dict[str, Value] = {
            "recherche": say_search(read_query(alert.query)),
            "fin": day_in_words(alert.expires_on),
        }
        if count:
            said["nouveaux"] = _told(alert, found, count)
    _write(alert, messages.ALERT_NEWS if count else messages.ALERT_ENDING, said)
    if count:
        alert.new_since = today
    if ends_soon:
        alert.reminded_on = today
    alert.last_sent_on = today
    alert.save()
    return True


def _told(alert: SavedSearch, found: SoloQuerySet, count: int) -> list[Line]:
    site = site_address(alert.territory)
    lines: list[Line] = [
        {"words": _presented(solo), "address": site + reverse("solo", args=[solo.slug])}
        for solo in found.select_related("trade")[:MOST_NAMED]
    ]
    if (more := count - MOST_NAMED) > 0:
        words = ngettext("et %(more)d autre", "et %(more)d autres", more) % {"more": more}
        lines.append({"words": words, "address": site + search_address(read_query(alert.query))})
    return lines


def _presented(solo: Solo) -> str:
    """Their name, and their trade if they show it."""
    if not solo.shows(PublicField.TRADE) or solo.trade is None:
        return solo.name
    return f"{solo.name} – {localized_text(solo.trade, 'name')[0]}"


def _write(search: SavedSearch, message: Message, said: dict[str, Value] | None = None) -> None:
    """A mail about the alert, with the links that keep it and stop it."""
    token = issue_link(purpose=PURPOSE, subject=f"alerte:{search.pk}", lasts=LINK_LASTS)
    brand = brand_of(search.territory)
    with override(search.language):
        keep, stop = (reverse(page, args=[token]) for page in ("alert-confirm", "alert-stop"))
    site = site_address(search.territory)
    write_mail(
        message=message,
        recipient=search.email,
        language=search.language,
        brand=brand,
        territory=search.territory,
        variables={
            "territoire": brand.name,
            "lien": f"{site}{keep}",
            "arret": f"{site}{stop}",
            **(said or {}),
        },
    )
