"""What the database already knows, and what of a file concerns it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from territoires.domain.communes_import.contents import Contents
from territoires.domain.communes_import.refusals import BadRow, FileRefused
from territoires.models import Commune, Epci, FormerCommune


@dataclass(frozen=True)
class Known:
    """The base before the file: communes with their department and end, former ones, EPCI."""

    communes: dict[str, tuple[str, date | None]]
    formers: dict[str, str]
    epcis: frozenset[str]

    @classmethod
    def read(cls) -> "Known":
        rows = Commune.objects.values_list("insee_code", "department_id", "ended_on")
        return cls(
            communes={code: (department, ended_on) for code, department, ended_on in rows},
            formers=dict(FormerCommune.objects.values_list("insee_code", "successor_id")),
            epcis=frozenset(Epci.objects.values_list("siren", flat=True)),
        )

    def current(self) -> dict[str, str]:
        """Code → department of the communes that have not ended."""
        return {code: where for code, (where, ended_on) in self.communes.items() if not ended_on}


def require_recent_list(contents: Contents, vintage: int | None) -> None:
    """Refuse last year's list: it would bring back the communes that have ended since.

    Raises FileRefused.
    """
    departments = {row.department for row in contents.communes.values()}
    newest = (
        Commune.objects.filter(department__in=departments)
        .exclude(vintage=None)
        .order_by("-vintage")
        .values_list("vintage", flat=True)
        .first()
    )
    if contents.layout.is_list and vintage and newest and vintage < newest:
        raise FileRefused(
            _("Cette liste est de %(vintage)d et la base porte déjà celle de %(newest)d.")
            % {"vintage": vintage, "newest": newest},
            _("Prenez la liste la plus récente, ou forcez avec --accept-older."),
        )


def keep_what_concerns(contents: Contents, known: Known) -> None:
    """Drop what is about communes that the base does not hold, and report what should have been.

    A national file may complete the base of one department: what it says of the others is counted
    and left aside. Inside the departments of the base, an unknown commune is a bad row.
    """
    if not contents.layout.is_list:
        _keep_contours(contents, known)
        contents.communes = {
            code: row for code, row in contents.communes.items() if code not in known.communes
        }
        for row in contents.communes.values():
            row.epci = row.epci if row.epci in known.epcis else None
    _keep_formers(contents, known)
    _keep_departures(contents, known)
    _keep_members(contents, known)


def _keep_contours(contents: Contents, known: Known) -> None:
    """The contours of living communes, and of those that the base never heard of but can name."""
    for code in list(contents.contours):
        ended = known.communes[code][1] if code in known.communes else code in known.formers
        if ended:
            contents.note(_("contours d’anciennes communes laissés de côté"))
        elif code not in known.communes and code not in contents.communes:
            contents.problems.add(
                contents.lines[code],
                BadRow(
                    code,
                    _("Cette commune n’est pas dans la base et le fichier ne la nomme pas."),
                    _("Importez d’abord la liste des communes."),
                ),
            )
        else:
            continue
        del contents.contours[code]
        contents.communes.pop(code, None)


def _keep_formers(contents: Contents, known: Known) -> None:
    present = contents.communes.keys() | known.current().keys()
    departments = {where for where, _end in known.communes.values()}
    departments |= {row.department for row in contents.communes.values()}
    # Events go back to 1943: some lead to communes that ended before the present list.
    tolerant = bool(contents.departures)
    for former in list(contents.formers.values()):
        if former.successor in present:
            continue
        del contents.formers[former.insee_code]
        if tolerant or not former.successor.startswith(tuple(departments)):
            contents.note(_("anciennes communes d’autres départements laissées de côté"))
        else:
            contents.problems.add(
                contents.lines.get(former.insee_code),
                BadRow(
                    former.successor,
                    _("La commune actuelle de %(code)s n’est pas dans la base.")
                    % {"code": former.insee_code},
                    _("Importez d’abord la liste des communes de la même année."),
                ),
            )


def _keep_departures(contents: Contents, known: Known) -> None:
    current = known.current()
    contents.departures = {
        code: departure
        for code, departure in contents.departures.items()
        if code in known.communes and code not in current
    }
    for departure in contents.departures.values():
        if departure.successor not in current:
            departure.successor = None


def _keep_members(contents: Contents, known: Known) -> None:
    if not contents.members:
        return
    current = known.current()
    others = [code for code in contents.members if code not in current]
    for code in others:
        del contents.members[code]
    contents.note(_("communes d’autres départements laissées de côté"), len(others))
    concerned = set(contents.members.values())
    contents.epcis = {siren: name for siren, name in contents.epcis.items() if siren in concerned}
