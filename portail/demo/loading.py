"""Load the demo, or a territory of it beside another, in one transaction; take everything away."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone, translation

from comptes.models import User
from observatoire.domain.snapshots import take_snapshots
from portail.demo import (
    accounts,
    agenda,
    bookings,
    directory,
    mails,
    places,
    prices,
    searches,
    workplaces,
    writing,
    year,
)  # fmt: skip
from portail.demo.content import table
from portail.demo.setting import END_OF_PROGRAMME, MIDDLE_OF_PROGRAMME, Setting, Stage
from registre.models import ConsentWording, Erasure, JournalEntry
from solos.models import Solo
from telecentres.enums import SpaceKind
from telecentres.models import Space, Telecentre
from territoires.domain.communes_import import import_communes
from territoires.domain.shipped_communes import load_department
from territoires.enums import ImportOutcome
from territoires.models import Commune, DataVersion, Department, Territory

OUR_APPS = (
    "courrier", "images", "jetons", "registre", "comptes", "territoires", "solos", "telecentres",
    "accueil", "observatoire", "portail",
)  # fmt: skip
MONTHS_OF_SNAPSHOTS = 24
# Where the member works, and which the manager runs.
MEMBERS_PLACE = "cap-delta"
WORK_PLACES = [SpaceKind.DESK, SpaceKind.OFFICE]


class NotADemo(Exception):
    """This installation serves real people: the demo neither enters it nor empties it."""


class CommunesRefused(Exception):
    """A file of communes that ships with the project was refused; carries the importer's report."""


@dataclass(frozen=True)
class Loaded:
    """What is there, for whoever loaded it."""

    territory: Territory
    communes: int
    solos: int
    in_directory: int
    telecentres: int = 0
    desks: int = 0


def is_loaded(folder: str) -> bool:
    return Territory.objects.filter(slug=table(f"{folder}/territory")["slug"]).exists()


def load_demo(
    *, folder: str, stage: Stage, seed: int, today: date | None = None, anyway: bool = False
) -> Loaded:
    """Load the demo of `folder` as of its stage. Outside a demo, NotADemo unless `anyway`."""
    if not (settings.DEMO or anyway):
        raise NotADemo
    setting = Setting(stage, today or timezone.localdate(), seed)
    with transaction.atomic(), translation.override("fr"):
        territory = _load(folder, setting)
    return Loaded(
        territory=territory,
        communes=Commune.objects.within(territory).count(),
        solos=Solo.objects.in_territory(territory).count(),
        in_directory=Solo.objects.in_territory(territory).published().count(),
        telecentres=Telecentre.objects.in_territory(territory).open().count(),
        desks=Space.objects.filter(telecentre__territory=territory, kind__in=WORK_PLACES).count(),
    )


def _load(folder: str, setting: Setting) -> Territory:
    known = table(f"{folder}/territory")
    _bring_communes(known)
    territory = places.found_territory(folder)
    bodies = places.register_organisations(folder, territory)
    programmes = places.launch_programmes(folder, territory, bodies, setting)
    villages = places.commit_villages(folder, territory, programmes, setting)
    telecentres = workplaces.set_up_telecentres(folder, territory, bodies, programmes, setting)
    prices.set_prices(folder, territory, telecentres)
    agenda.announce_events(folder, territory, programmes, villages, telecentres, setting)
    writing.write_pages(folder, territory, setting)
    if known["has_directory"]:
        directory.fill_directory(folder, territory, programmes, setting)
        member = accounts.open_accounts(territory, telecentres, villages)
        if setting.has_present:
            directory.welcome_member(member, territory, programmes, setting)
            directory.leave_something_to_read(territory)
            _work_together(folder, member, telecentres, setting)
            mails.send_morning_mail(territory)
    else:
        officer = accounts.open_neighbour(territory)
        year.live_a_year(folder, telecentres, year.People(officer), setting)
    for day in _snapshot_days(setting):
        take_snapshots(day, territories=[territory])
    if known["has_directory"] and setting.has_present:
        # The last of all: a count asks not to wait for anybody, until the end of the transaction.
        searches.make_searches(territory)
    return territory


def _work_together(
    folder: str, member: User, telecentres: dict[str, Telecentre], setting: Setting
) -> None:
    officer, manager = (
        User.objects.get(email=account.email) for account in (accounts.OFFICER, accounts.MANAGER)
    )
    prices.give_rights(member, telecentres[MEMBERS_PLACE], setting)
    people = year.People(officer, {MEMBERS_PLACE: manager}, {MEMBERS_PLACE: member})
    year.live_a_year(folder, telecentres, people, setting)
    bookings.leave_something_to_answer(member, telecentres, setting)


def _bring_communes(known: dict[str, Any]) -> None:
    """From fine files where the demo has them; else from those that ship for all France."""
    folder = Path(apps.get_app_config("territoires").path) / "data"
    runs = [
        import_communes(folder / name, vintage=known["vintage"], accept_older=True)
        for name in known.get("commune_files", [])
    ]
    if not runs:
        missing = Department.objects.filter(pk__in=known["departments"], communes=None)
        for code in missing.values_list("pk", flat=True):
            runs += load_department(code=code)
    for run in runs:
        if run.outcome == ImportOutcome.REFUSED:
            raise CommunesRefused(run.report)


def _snapshot_days(setting: Setting) -> list[date]:
    """The ends of past years, then of the last months, then now: what a chart needs."""
    years = [date(year, 12, 31) for year in range(2003, setting.day.year)]
    months, first = [], setting.day.replace(day=1)
    for _month in range(MONTHS_OF_SNAPSHOTS):
        last = first - timedelta(days=1)
        months.append(last)
        first = last.replace(day=1)
    known = {*years, *months, setting.day, MIDDLE_OF_PROGRAMME, END_OF_PROGRAMME}
    return sorted(day for day in known if date(2003, 1, 1) <= day <= setting.day)


def remove_everything() -> None:
    """Empty every table of ours but what migrations fill and the journal. Raises NotADemo."""
    if not settings.DEMO:
        raise NotADemo
    # A version that started again would match the answers kept by browsers from before; and nobody
    # who serves the site may remove a line of the journal or words once agreed to.
    kept = {Department, DataVersion, JournalEntry, ConsentWording, Erasure}
    models: list[type[Model]] = [
        model
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model not in kept
    ]
    models += [EmailAddress, Authenticator, LogEntry, Session]
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            name = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - documented
            # Foreign keys are checked at the end of the transaction: any order will do.
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - a table of ours
        DataVersion.advance(DataVersion.MAP)
        transaction.on_commit(cache.clear)
