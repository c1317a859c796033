"""The territory, its bodies, its programmes and its villages, through territoires' own acts."""

from datetime import date, timedelta
from typing import Any

from django.utils.text import slugify

from portail.demo.content import table, text
from portail.demo.setting import Setting, weeks_from
from territoires.domain.organisations import register_organisation
from territoires.domain.programmes import Grant, Phase, launch_programme, record_steering_meeting
from territoires.domain.territories import create_territory
from territoires.domain.villages import commit_village, name_referent
from territoires.enums import OrganisationKind, ReferentRole, VillageKind
from territoires.models import Commune, Department, HostVillage, Organisation, Programme, Territory

Keyed = dict[str, Any]


def found_territory(folder: str) -> Territory:
    known = table(f"{folder}/territory")
    plain: Keyed = {
        key: value.strip()
        for key, value in known.items()
        if isinstance(value, str) and key not in {"name", "slug", "in_name", "agency_name"}
    }
    return create_territory(
        name=known["name"],
        slug=known["slug"],
        in_name=known["in_name"],
        agency_name=known["agency_name"],
        departments=Department.objects.filter(pk__in=known["departments"]),
        is_default=not Territory.objects.filter(is_default=True).exists(),
        legal_notice=text(f"{folder}/mentions-legales.fr.md"),
        legal_notice_en=text(f"{folder}/mentions-legales.en.md"),
        privacy_notice=text("donnees-personnelles.fr.md"),
        privacy_notice_en=text("donnees-personnelles.en.md"),
        **plain,
    )


def register_organisations(folder: str, territory: Territory) -> dict[str, Organisation]:
    """The bodies that the demo names, by key."""
    return {
        known["key"]: register_organisation(
            territory=territory,
            name=known["name"],
            kind=OrganisationKind(known["kind"]),
            note=known.get("note", ""),
            commune=Commune.objects.get(pk=known["commune"]) if "commune" in known else None,
        )
        for known in table(f"{folder}/territory")["organisations"]
    }


def launch_programmes(
    folder: str, territory: Territory, bodies: dict[str, Organisation], setting: Setting
) -> dict[str, Programme]:
    """The programmes begun by the demo's day, by key."""
    programmes = {}
    for known in table(f"{folder}/territory")["programmes"]:
        starts_on, ends_on = _dates(known, setting)
        if not setting.has_come(starts_on):
            continue
        programmes[known["key"]] = launch_programme(
            name=known["name"],
            slug=known["slug"],
            territories=[territory],
            starts_on=starts_on,
            ends_on=ends_on,
            phases=[_phase(phase, starts_on.year) for phase in known.get("phases", [])],
            grants=[
                Grant(organisation=bodies[grant["organisation"]], scheme=grant["scheme"])
                for grant in known.get("grants", [])
            ],
            lead=bodies[known["lead"]],
            budget=known.get("budget"),
            description=known["description"].strip(),
            description_en=known["description_en"].strip(),
            source=known["source"],
        )
        for meeting in known.get("meetings", []):
            record_steering_meeting(
                programme=programmes[known["key"]],
                held_on=weeks_from(setting.today, -meeting["weeks_ago"], weekday=4),
                subject=meeting["subject"],
                minutes=meeting["minutes"],
            )
    return programmes


def commit_villages(
    folder: str, territory: Territory, programmes: dict[str, Programme], setting: Setting
) -> dict[str, HostVillage]:
    """The villages committed by the demo's day, by commune code."""
    content = table(f"{folder}/villages")
    villages = {}
    for known in content["villages"]:
        if "committed_on" in known:
            committed_on = known["committed_on"]
        else:
            committed_on = weeks_from(setting.today, -known["weeks_ago"], weekday=1)
        if not (setting.has_come(committed_on) and known["programme"] in programmes):
            continue
        village = commit_village(
            territory=territory,
            commune=Commune.objects.get(pk=known["commune"]),
            kind=VillageKind(known["kind"]),
            committed_on=committed_on,
            programme=programmes[known["programme"]],
            welcome=f"{known['welcome'].strip()}\n\n{content['disclaimer']}",
            welcome_en=f"{known['welcome_en'].strip()}\n\n{content['disclaimer_en']}",
        )
        villages[known["commune"]] = village
        if "referent" in known:
            name, role = known["referent"]
            name_referent(
                village=village,
                name=name,
                role=ReferentRole(role),
                email=f"{slugify(name)}@example.org",
            )
    return villages


def _dates(known: Keyed, setting: Setting) -> tuple[date, date | None]:
    if "starts_on" in known:
        return known["starts_on"], known.get("ends_on")
    starts_on = setting.present_since
    return starts_on, date(starts_on.year + known["lasts_years"], 1, 1) - timedelta(days=1)


def _phase(known: Keyed, first_year: int) -> Phase:
    """Given by its dates, or by years counted from the programme's first."""
    if "starts_on" in known:
        return Phase(**known)
    return Phase(
        name=known["name"],
        name_en=known["name_en"],
        starts_on=date(first_year + known["from_year"], 1, 1),
        ends_on=date(first_year + known["to_year"], 12, 31),
    )
