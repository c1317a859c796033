"""One value of a row at a time: taken, or refused with the reason and the remedy."""

import re
from collections.abc import Set
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from territoires.domain.communes_import.refusals import UNPRINTABLE, BadRow

INSEE_CODE = re.compile(r"(\d{2}|2[AB])\d{3}", re.ASCII)
SIREN = re.compile(r"\d{9}", re.ASCII)
POSTCODE = re.compile(r"\d{5}", re.ASCII)
SEPARATORS = re.compile(r"[|;, ]+")
INTEGER = re.compile(r"-?\d{1,15}", re.ASCII)
# UTF-8 read as Latin-1 and written again: no French name holds these letters.
MANGLED = re.compile(r"[ÃÂ][\x80-\xbf\u2000-\u203a\u0152-\u017e]|\N{REPLACEMENT CHARACTER}")
MOST_INHABITANTS = 5_000_000
MOST_HECTARES = Decimal(3_000_000)  # Maripasoula, the widest, has 1,836,000
# West, south, east, north of metropolitan France with Corsica, and of the whole world.
METROPOLE = (-5.6, 41.2, 10.0, 51.4)
WORLD = (-180.0, -90.0, 180.0, 90.0)

Point = tuple[float, float]


def insee_code(raw: object) -> str:
    code = str(raw).strip() if isinstance(raw, str | int) else ""
    if INSEE_CODE.fullmatch(code):
        return code
    if code.isdigit() and len(code) == 4:
        remedy = _("Le zéro du début a disparu (tableur ?) : écrivez %(code)s.") % {
            "code": f"0{code}"
        }
    else:
        remedy = _("Un code INSEE a cinq signes, par exemple 09122 ou 2A004.")
    raise BadRow(raw, _("Ce n’est pas un code INSEE."), remedy)


def department_of(code: str) -> str:
    """The department that an INSEE code belongs to: three signs overseas, two elsewhere."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def department(raw: object, code: str, known: Set[str]) -> str:
    given = str(raw).strip() if raw else department_of(code)
    if given not in known:
        raise BadRow(
            given,
            _("Ce département n’existe pas."),
            _("Corrigez le code du département de la commune %(code)s.") % {"code": code},
        )
    if not code.startswith(given):
        raise BadRow(
            given,
            _("La commune %(code)s n’est pas de ce département.") % {"code": code},
            _("Corrigez le code de la commune ou celui du département."),
        )
    return given


def text(raw: object, *, most: int = 100) -> str:
    """A text without anything that a wrong encoding or a broken file leaves behind."""
    value = raw.strip() if isinstance(raw, str) else ""
    if not value and raw not in (None, "") and not isinstance(raw, str):
        raise BadRow(raw, _("Ce n’est pas un texte."), _("Corrigez cette valeur."))
    if UNPRINTABLE.search(value) or MANGLED.search(value):
        raise BadRow(
            value,
            _("Ce texte est dans un autre encodage, ou contient des caractères de commande."),
            _("Enregistrez le fichier en UTF-8."),
        )
    if len(value) > most:
        raise BadRow(
            value,
            _("Ce texte dépasse %(most)d signes.") % {"most": most},
            _("Raccourcissez-le, ou vérifiez que les colonnes ne sont pas décalées."),
        )
    return value


def name(raw: object) -> str:
    value = text(raw)
    if not value:
        raise BadRow("", _("Le nom manque."), _("Complétez le nom de la commune."))
    return value


def population(raw: object) -> int | None:
    value = _integer(raw)
    if value is not None and not 0 <= value <= MOST_INHABITANTS:
        raise BadRow(
            raw, _("Cette population est impossible."), _("Corrigez le nombre d’habitants.")
        )
    return value


def _integer(raw: object) -> int | None:
    if raw is None or raw == "":
        return None
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and INTEGER.fullmatch(raw.strip()):
        return int(raw)
    raise BadRow(
        raw, _("Ce n’est pas un nombre entier."), _("Écrivez le nombre en chiffres, sans espace.")
    )


def area(raw: object) -> Decimal | None:
    """An area in hectares, to one decimal."""
    if raw is None or raw == "":
        return None
    try:
        value = Decimal(str(raw)) if isinstance(raw, str | int | float) else Decimal("NaN")
    except (InvalidOperation, ValueError):
        value = Decimal("NaN")
    if value.is_nan() or not 0 < value <= MOST_HECTARES:
        raise BadRow(
            raw,
            _("Cette superficie est impossible."),
            _("Écrivez la superficie en hectares, avec un point décimal."),
        )
    return round(value, 1)


def siren(raw: object) -> str:
    value = str(raw).strip() if raw else ""
    if value and not SIREN.fullmatch(value):
        raise BadRow(raw, _("Ce n’est pas un SIREN."), _("Un SIREN a neuf chiffres."))
    return value


def postcodes(raw: object) -> list[str]:
    """Postcodes given as a list, or as one text with any separator between them."""
    given: list[Any] = SEPARATORS.split(raw) if isinstance(raw, str) else []
    if isinstance(raw, list):
        given = raw
    elif not isinstance(raw, str) and raw is not None:
        given = [raw]
    codes: list[str] = []
    for code in given:
        if isinstance(code, str) and POSTCODE.fullmatch(code):
            codes.append(code)
        elif code != "":
            raise BadRow(
                code,
                _("Ce n’est pas un code postal."),
                _("Un code postal a cinq chiffres ; séparez-les par une barre : 09000|09100."),
            )
    return codes


def point(longitude: object, latitude: object, department: str) -> Point | None:
    """A place in WGS 84 degrees, inside the part of the world where the department is."""
    if longitude in (None, "") and latitude in (None, ""):
        return None
    east, north = _coordinate(longitude), _coordinate(latitude)
    box = box_of(department)
    if _within(box, east, north):
        return east, north
    value = f"lat {latitude}, lon {longitude}"
    if _within(box, north, east):
        raise BadRow(
            value,
            _("La latitude et la longitude semblent échangées."),
            _("Mettez la latitude dans la colonne de la latitude."),
        )
    raise BadRow(
        value,
        _("Ce point est hors de France."),
        _("Corrigez la latitude et la longitude (degrés, point décimal)."),
    )


def box_of(department: str) -> tuple[float, float, float, float]:
    """West, south, east, north of where a commune of this department may be."""
    return WORLD if department.startswith(("97", "98")) else METROPOLE


def _coordinate(raw: Any) -> float:
    try:
        value = float(raw) if isinstance(raw, str | int | float) else float("nan")
    except (ValueError, OverflowError):
        value = float("nan")
    if not isfinite(value):
        raise BadRow(
            raw,
            _("Cette coordonnée manque ou n’est pas un nombre."),
            _("Donnez latitude et longitude en degrés, ou laissez les deux vides."),
        )
    return value


def _within(box: tuple[float, float, float, float], east: float, north: float) -> bool:
    west, south, farthest_east, farthest_north = box
    return west <= east <= farthest_east and south <= north <= farthest_north


def is_municipal_district(code: str) -> bool:
    """Whether the code is of a part of Marseille, Lyon or Paris, which is no commune."""
    return "13201" <= code <= "13216" or "69381" <= code <= "69389" or "75101" <= code <= "75120"
