"""Records that may be of one person: found, shown to an officer, told apart for good."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from comptes.models import User
from solos.enums import DoubleReason, SoloState
from solos.models import PossibleDouble, Solo
from territoires.models import Commune
from territoires.querysets import plain

# From 0 to 1: « Dupont » for « Dupond », « Ana » for « Anna », first and last name in any order.
LEAST_LIKENESS = 0.6
# In degrees, some fifteen kilometres: an index of the map serves it.
NEAR = 0.15
MOST_DOUBLES = 10
# More than a day: a run that was missed is made up for.
OF_LATE = timedelta(days=3)


@dataclass(frozen=True)
class Likeness:
    """Another record that may be of the same person, and why."""

    solo: Solo
    reasons: tuple[DoubleReason, ...]


def find_doubles(*, solo: Solo) -> list[Likeness]:
    """The records of the same territory that may be of the same person; the likeliest first.

    `solo` may be unsaved. Whoever withdrew is left out: they come back only by being identified
    anew. So are those whom an officer told apart.
    """
    near = _communes_near(solo)
    same, named = _same_contact(solo), _named_alike(solo, near)
    others = (
        Solo.objects.in_territory(solo.territory)
        .exclude(pk=solo.pk)
        .exclude(state=SoloState.WITHDRAWN)
        .filter(same | named)
        .annotate(
            likeness=TrigramSimilarity("plain_name", plain(solo.name)),
            is_sure=Case(When(same, then=Value(1)), default=Value(0)),
        )
        .select_related("commune")
        .order_by("-is_sure", "-likeness", "pk")
    )
    with transaction.atomic():
        _ask_for_likeness()
        found = list(others[:MOST_DOUBLES])
    told_apart = _told_apart(solo)
    return [
        Likeness(other, _reasons(solo, other, near))
        for other in found
        if other.pk not in told_apart
    ]


def keep_doubles(*, solo: Solo) -> list[Likeness]:
    """Find the doubles of a saved record, and keep its pairs for the officers' list.

    A pair that no longer looks alike leaves the list, unless somebody chose or settled it.
    """
    with transaction.atomic():
        found = find_doubles(solo=solo)
        pairs = PossibleDouble.objects.of(solo).filter(distinct_at=None)
        keys = [double.solo.pk for double in found]
        chosen = Q(reasons__contains=[DoubleReason.CHOSEN])
        pairs.exclude(chosen | Q(first__in=keys) | Q(second__in=keys)).delete()
        PossibleDouble.objects.bulk_create(
            [_pair(solo, double.solo, double.reasons) for double in found],
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["reasons"],
        )
    return found


def keep_recent_doubles() -> int:
    """The same for every record changed of late, by whatever way; returns how many."""
    since = timezone.now() - OF_LATE
    changed = Solo.objects.filter(updated_at__gte=since).select_related("territory", "commune")
    solos = list(changed.exclude(state=SoloState.WITHDRAWN))
    for solo in solos:
        keep_doubles(solo=solo)
    return len(solos)


def choose_double(*, solo: Solo, other: Solo) -> PossibleDouble:
    """Bring two records of one territory together by hand; a pair known before is that pair."""
    pair = _pair(solo, other, [DoubleReason.CHOSEN])
    found, _is_new = PossibleDouble.objects.get_or_create(
        first=pair.first,
        second=pair.second,
        defaults={"territory": pair.territory, "reasons": pair.reasons},
    )
    return found


def tell_apart(*, pair: PossibleDouble, author: User) -> PossibleDouble:
    """Say, once, that the two records are of two people."""
    unsettled = PossibleDouble.objects.filter(pk=pair.pk, distinct_at=None)
    unsettled.update(distinct_at=timezone.now(), distinct_by=author)
    pair.refresh_from_db()
    return pair


def _pair(
    solo: Solo, other: Solo, reasons: "tuple[DoubleReason, ...] | list[DoubleReason]"
) -> PossibleDouble:
    first, second = sorted((solo, other), key=lambda one: one.pk)
    return PossibleDouble(
        territory=solo.territory, first=first, second=second, reasons=list(reasons)
    )


def _told_apart(solo: Solo) -> set[int]:
    if not solo.pk:
        return set()
    settled = PossibleDouble.objects.of(solo).exclude(distinct_at=None)
    return {key for pair in settled.values_list("first", "second") for key in pair}


def _same_contact(solo: Solo) -> Q:
    same = Q(pk__in=[])
    if solo.email:
        same |= Q(email__iexact=solo.email)
    if solo.phone:
        same |= Q(phone=solo.phone)
    if solo.siret:
        same |= Q(siret=solo.siret)
    return same


def _named_alike(solo: Solo, near: list[str]) -> Q:
    """Of the same commune or one nearby; one that nobody wrote down may be anywhere."""
    alike = Q(plain_name__trigram_similar=plain(solo.name))
    if solo.commune_id is None:
        return alike
    return alike & (Q(commune=None) | Q(commune__in=near))


def _communes_near(solo: Solo) -> list[str]:
    if solo.commune is None:
        return []
    near = Commune.objects.none()
    if solo.commune.centre is not None:
        near = Commune.objects.filter(centre__dwithin=(solo.commune.centre, NEAR))
    return [solo.commune.pk, *near.exclude(pk=solo.commune.pk).values_list("pk", flat=True)]


def _ask_for_likeness() -> None:
    """How alike `%` means, until this transaction ends: the index gives nothing less."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(LEAST_LIKENESS)]
        )


def _reasons(solo: Solo, other: Solo, near: list[str]) -> tuple[DoubleReason, ...]:
    is_near = not near or other.commune_id is None or other.commune_id in near
    likeness: float = other.likeness  # type: ignore[attr-defined]  # annotated
    holds = {
        DoubleReason.EMAIL: bool(solo.email) and solo.email.lower() == other.email.lower(),
        DoubleReason.PHONE: bool(solo.phone) and solo.phone == other.phone,
        DoubleReason.SIRET: bool(solo.siret) and solo.siret == other.siret,
        DoubleReason.NAME: is_near and likeness >= LEAST_LIKENESS,
    }
    return tuple(reason for reason, is_so in holds.items() if is_so)
