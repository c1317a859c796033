"""Communes that left the official list: ended, never deleted, and led to who succeeds them."""

from collections import defaultdict
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from territoires.domain.communes_import.base import Known
from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.merging import run_merge
from territoires.domain.communes_import.staging import stage_departures
from territoires.models import Commune

# Of a department's communes, the share (and the number) that may vanish in a year unexplained.
# Past both, the file is taken for a part of the department and ends nobody.
MOST_VANISHED = 0.1
FEW = 3

END = """
UPDATE territoires_commune c SET ended_on = i.ended_on, successor_id = i.successor_id
FROM incoming_end i
WHERE i.insee_code = c.insee_code
RETURNING c.insee_code, false
"""
# What is known better than today (the day, the successor) replaces what a list let suppose.
COMPLETE = """
UPDATE territoires_commune c
SET ended_on = i.ended_on, successor_id = coalesce(i.successor_id, c.successor_id)
FROM incoming_end i
WHERE i.insee_code = c.insee_code AND c.ended_on IS NOT NULL
    AND (c.ended_on, c.successor_id)
        IS DISTINCT FROM (i.ended_on, coalesce(i.successor_id, c.successor_id))
RETURNING c.insee_code, false
"""
# Who ended since, and only now has a known successor.
SUCCEED = """
UPDATE territoires_commune c SET successor_id = f.successor_id
FROM territoires_formercommune f
WHERE f.insee_code = c.insee_code AND c.ended_on IS NOT NULL AND c.successor_id IS NULL
    AND f.successor_id <> c.insee_code
RETURNING c.insee_code, false
"""
# People go on searching for the name that ended, and for the names that led to it.
REMEMBER = """
INSERT INTO territoires_formercommune (insee_code, name, kind, successor_id)
SELECT insee_code, name, 'ancien-code', successor_id
FROM territoires_commune WHERE successor_id IS NOT NULL
ON CONFLICT (insee_code) DO NOTHING
"""
LEAD_ON = """
UPDATE territoires_formercommune f SET successor_id = c.successor_id
FROM territoires_commune c
WHERE c.insee_code = f.successor_id AND c.successor_id IS NOT NULL
"""
# Y succeeded X, then Z succeeded Y: Z succeeds X.
SUCCEED_ON = """
UPDATE territoires_commune c SET successor_id = next.successor_id
FROM territoires_commune next
WHERE next.insee_code = c.successor_id AND next.successor_id IS NOT NULL
    AND next.successor_id <> c.insee_code
"""
FORGET = """
DELETE FROM territoires_formercommune f USING territoires_commune c
WHERE c.insee_code = f.insee_code AND c.ended_on IS NULL AND f.kind = 'ancien-code'
    AND c.insee_code = ANY(%s)
"""


def end_absent(
    contents: Contents, known: Known, *, on: date | None, complete: bool
) -> dict[str, bool]:
    """End the communes of the file's departments that the file, a list, does not name.

    `on` is the day of the list, today when unknown. Only departments that the list covers whole
    are concerned: all but a few of their communes are there, or `complete` says so, or the
    absence is explained by a successor. Code → False for each commune ended.
    """
    absent = _absent(contents, known)
    if contents.lost_a_code and absent:
        contents.note(
            _("communes absentes laissées en vie : une ligne refusée n’a pas de code lisible"),
            sum(map(len, absent.values())),
        )
        return {}
    totals: dict[str, int] = defaultdict(int)
    for department in known.current().values():
        totals[department] += 1
    leaving: dict[str, str | None] = {}
    for department, codes in absent.items():
        successors = _successors(contents, known, codes)
        unexplained = len(codes) - len(successors)
        if complete or unexplained <= max(FEW, MOST_VANISHED * totals[department]):
            leaving |= {code: successors.get(code) for code in codes}
        else:
            leaving |= successors
            contents.note(
                _(
                    "communes du département %(department)s absentes d’une liste qui semble "
                    "partielle, laissées en vie (--complete pour les clore)"
                )
                % {"department": department},
                unexplained,
            )
    return _end(leaving, on or timezone.localdate())


def _absent(contents: Contents, known: Known) -> dict[str, list[str]]:
    """Department → codes of its living communes that the file does not name."""
    listed = {row.department for row in contents.communes.values()}
    absent: dict[str, list[str]] = defaultdict(list)
    for code, department in known.current().items():
        if department in listed and code not in contents.listed:
            absent[department].append(code)
    return absent


def _successors(contents: Contents, known: Known, codes: list[str]) -> dict[str, str | None]:
    """Code → successor, for the codes that a former commune of the file or the base explains."""
    living = known.current().keys() | contents.communes.keys()
    found: dict[str, str | None] = {}
    for code in codes:
        former = contents.formers.get(code)
        successor = former.successor if former else known.formers.get(code)
        if successor and successor != code and successor in living and successor not in codes:
            found[code] = successor
    return found


def _end(leaving: dict[str, str | None], on: date) -> dict[str, bool]:
    if not leaving:
        return {}
    stage_departures((code, on, successor) for code, successor in leaving.items())
    return run_merge(END)


def complete_ends(contents: Contents) -> dict[str, bool]:
    """Give ended communes the day and the successor that the file knows. Code → False."""
    stage_departures(
        (code, departure.on, departure.successor) for code, departure in contents.departures.items()
    )
    return run_merge(COMPLETE)


def keep_names(restored: set[str]) -> dict[str, bool]:
    """Let the names of ended communes lead to a living one, and forget those that live again.

    Code → False for the ended communes that a successor was found for.
    """
    found = run_merge(SUCCEED)
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER)
        # Where nothing was ever succeeded, a planner that has stale figures of a table just filled
        # would join it with itself, row by row.
        if Commune.objects.filter(successor__isnull=False).exists():
            cursor.execute(SUCCEED_ON)
        cursor.execute(LEAD_ON)
        cursor.execute(FORGET, [list(restored)])
    return found
