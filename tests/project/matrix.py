"""Every address × role × method, as the site answers: compared with one file that people read.

`access_matrix.txt` says what each role gets at each address; a run of all tests tries a third of
it, always the same, and `make trust` the whole. New addresses are added and old ones taken out by
the command of `HOW_TO_WRITE`; the whole is asked anew with `WRITE_ACCESS_MATRIX=all`. What changed
is read before it is kept.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.test import Client

from comptes.models import User
from solos.enums import SoloState
from tests.factories import (
    BookingFactory,
    CommuneContourFactory,
    CommuneFactory,
    ConsentWordingFactory,
    CountedSearchFactory,
    DepartmentFactory,
    DirectorySettingsFactory,
    EnrolmentFactory,
    EpciFactory,
    ErasureFactory,
    EventFactory,
    FormerCommuneFactory,
    HostVillageFactory,
    ImportRunFactory,
    JournalEntryFactory,
    MailTemplateFactory,
    NewsItemFactory,
    OrganisationFactory,
    OutgoingMailFactory,
    PackFactory,
    PageFactory,
    PaymentFactory,
    PictureFactory,
    PossibleDoubleFactory,
    ProgrammeFactory,
    ProgrammeGrantFactory,
    ProposedEditFactory,
    RightsGroupFactory,
    SavedFilterFactory,
    SectorFactory,
    SnapshotFactory,
    SoloFactory,
    SpaceFactory,
    TelecentreFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    TradeFactory,
    UnreadEditFactory,
    UserFactory,
    UseStatementFactory,
    VillageGrantFactory,
    WaitFactory,
)
from tests.project import hostile

HOW_TO_WRITE = (
    'WRITE_ACCESS_MATRIX=1 make test ARGS="tests/project/test_access.py -k every_address_gives -n0"'
)
FILE = Path(__file__).with_name("access_matrix.txt")
ROLES = [
    "visitor", "member", "partner", "referent", "manager", "programme", "officer", "admin", "super",
]  # fmt: skip
METHODS = ("GET", "POST")
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
HEADING = """# What each role gets: open (200), -> (sent elsewhere), sign-in, or the refusal.
# Rows are of the role's own territory, programme, village or telecentre (see matrix.py).
"""
OTHERS = """
# HEAD gets what GET does; PUT, PATCH, DELETE, OPTIONS and TRACE are 405 for everyone, but for:
"""


@dataclass
class World:
    """A territory with one row of everything, and who works there."""

    rows: dict[str, Model]
    clients: dict[str, Client]


# A solo to whom one may write.
REACHED = {"accepts_messages": True, "email": "solo@exemple.fr"}


def make_rows(territory: Any, *, name: str, insee: str, slug: str = "ici") -> dict[str, Model]:
    """One row of each list of the back-office, all in one territory."""
    commune = CommuneFactory(insee_code=insee, name=name, department=territory.departments.first())
    CommuneContourFactory(commune=commune)
    programme = ProgrammeFactory(name=name, slug=name.lower(), territories=[territory])
    here = {"territory": territory}
    village = HostVillageFactory(commune=commune, slug=slug, programme=programme, **here)
    telecentre = TelecentreFactory(commune=commune, slug=slug, programme=programme, **here)
    organisation = OrganisationFactory(name=name, **here)
    solo = SoloFactory(
        slug=slug, commune=commune, programme=programme, published=True, **REACHED, **here
    )
    rows = [
        territory, commune, programme, village, telecentre, organisation,
        EventFactory(slug=slug, programme=programme, **here),
        solo, ProposedEditFactory(solo=solo), UnreadEditFactory(solo=solo),
        DirectorySettingsFactory(**here),
        CountedSearchFactory(**here),
        PossibleDoubleFactory(**here),
        PageFactory(slug=slug, **here),
        NewsItemFactory(slug=slug, **here),
        PictureFactory(**here),
        SnapshotFactory(**here),
        OutgoingMailFactory(**here),
        MailTemplateFactory(**here),
        JournalEntryFactory(**here),
        TerritoryGrantFactory(**here),
        ProgrammeGrantFactory(programme=programme),
        VillageGrantFactory(village=village),
        TelecentreGrantFactory(telecentre=telecentre),
        space := SpaceFactory(telecentre=telecentre, arrival_secret=slug),
        BookingFactory(space=space),
        PackFactory(telecentre=telecentre),
        PaymentFactory(telecentre=telecentre),
        RightsGroupFactory(**here),
        EnrolmentFactory(programme=programme, **here),
        WaitFactory(telecentre=telecentre),
        UseStatementFactory(telecentre=telecentre),
    ]  # fmt: skip
    return {row._meta.label_lower: row for row in rows}


def make_shared_rows() -> dict[str, Model]:
    """Rows that belong to nobody's territory."""
    trade = TradeFactory()
    rows = [
        trade, SectorFactory(), DepartmentFactory(), EpciFactory(), FormerCommuneFactory(),
        ImportRunFactory(), ConsentWordingFactory(version="essai"), ErasureFactory(),
        UserFactory(), apps.get_model("territoires", "DataVersion").objects.create(name="essai"),
    ]  # fmt: skip
    return {row._meta.label_lower: row for row in rows}


def make_world(territory: Any) -> World:
    rows = make_shared_rows() | make_rows(territory, name="Ici", insee="09001")
    users: dict[str, User] = {
        # Someone of the directory, who keeps their own profile.
        "member": SoloFactory(
            territory=territory, user=UserFactory(), state=SoloState.INVITED
        ).user,
        "partner": TerritoryGrantFactory(
            user__is_staff=False, territory=territory, role="partner"
        ).user,
        "referent": VillageGrantFactory(village=rows["territoires.hostvillage"]).user,
        "manager": TelecentreGrantFactory(telecentre=rows["telecentres.telecentre"]).user,
        "programme": ProgrammeGrantFactory(programme=rows["territoires.programme"]).user,
        "officer": TerritoryGrantFactory(territory=territory).user,
        "admin": TerritoryGrantFactory(territory=territory, role="administrator").user,
        "super": UserFactory(officer=True),
    }
    rows["comptes.savedfilter"] = SavedFilterFactory(user=users["officer"])
    clients = {"visitor": Client(raise_request_exception=False)}
    for role, user in users.items():
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(user)
    return World(rows, clients)


def other_territory() -> Any:
    """Another territory, in another department, which nobody of the world works in."""
    other = TerritoryFactory(name="Ailleurs", slug="ailleurs", host_name="ailleurs.localhost")
    other.departments.add(DepartmentFactory(code="32", name="Gers"))
    return other


def rows_elsewhere() -> dict[str, Model]:
    """One row of each list there, which nobody of the world may see."""
    return make_rows(other_territory(), name="Ailleurs", insee="32001", slug="la-bas")


def templates() -> list[str]:
    """Every address of the site but its translations, which lead to the same views."""
    found = {address.template for address in hostile.addresses(office=True)}
    return sorted(one for one in found if not one.startswith("/en/"))


def address(template: str, rows: dict[str, Model]) -> str:
    """The template with the keys of our rows in its holes."""
    filled = template
    for key in _keys(template, rows):
        filled = filled.replace("{}", str(key), 1)
    return filled


def _keys(template: str, rows: dict[str, Model]) -> Iterator[object]:
    label = model_of(template)
    if label:
        row = rows[label]
        yield row.pk
        history = getattr(row, "history", None)
        yield "fr" if "apercu" in template else (history.first().pk if history else 1)
    elif "filtres" in template:
        yield rows["comptes.savedfilter"].pk
    elif "installer" in template:
        yield from (rows["territoires.territory"].pk, "nom")
    elif "attentes" in template:
        yield rows["telecentres.wait"].pk
    elif "comptes/recus" in template:
        yield rows["telecentres.payment"].pk
    elif "communes" in template:
        yield rows["territoires.commune"].pk
    else:
        yield from ("ici", "old" if "adresse" in template else "ici", "ici")


def model_of(template: str) -> str:
    """The list of the back-office that an address is of; "" for the others."""
    parts = template.split("/")
    label = ".".join(parts[2:4]) if parts[1] == "gestion" else ""
    known = {model._meta.label_lower for model in admin.site._registry}
    return label if label in known else ""


def answer(client: Client, method: str, path: str) -> str:
    """What a role gets, in a word; whatever the request changed is undone, the cookies too."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    if response.status_code == 200:
        return "open"
    if response.status_code in {301, 302}:
        to = response["Location"]
        return "sign-in" if to.startswith(("/compte/connexion/", "/gestion/login/")) else "->"
    return str(response.status_code)


def cells(world: World, method: str, path: str, roles: list[str]) -> list[str]:
    return [answer(world.clients[role], method, path) for role in roles]


def lines(world: World, among: list[str]) -> Iterator[str]:
    for template in among:
        path = address(template, world.rows)
        for method in METHODS:
            yield f"{method:<5}{row(cells(world, method, path, ROLES))}{template}"


def looked_at(method: str, template: str) -> list[str]:
    """The visitor and two others, always the same; all take their turn over the addresses."""
    others = ROLES[1:]
    first = crc32(f"{method} {template}".encode())
    return [ROLES[0], *(others[(first + step) % len(others)] for step in (0, 3))]


def unlike(world: World, said: dict[tuple[str, str], dict[str, str]]) -> Iterator[str]:
    """Where those who are looked at get something else than what is said."""
    for (method, template), cells in said.items():
        path = address(template, world.rows)
        for role in looked_at(method, template):
            found = answer(world.clients[role], method, path)
            if found != cells[role]:
                yield f"{role} {method} {template}: {cells[role]}, {found}"


def other_lines(
    world: World, roles: list[str] = ROLES, among: list[str] | None = None
) -> Iterator[str]:
    """Where a method that no page knows gets something else than a refusal."""
    for template in templates() if among is None else among:
        path = address(template, world.rows)
        for method in OTHER_METHODS:
            found = cells(world, method, path, roles)
            if set(found) != {"405"}:
                yield f"{method:<8}{row(found)}{template}"


def unlike_get(world: World) -> Iterator[str]:
    """Where HEAD gets something else than GET."""
    for template in templates():
        path = address(template, world.rows)
        if cells(world, "HEAD", path, ROLES) != cells(world, "GET", path, ROLES):
            yield template


def row(found: list[str]) -> str:
    return "".join(f"{cell:<9}" for cell in found)


def written(world: World, *, whole: bool) -> str:
    """The file; unless `whole`, what it says already of an address is kept without asking."""
    pages, others = ([], []) if whole else kept()
    now, known = templates(), {template_of(line) for line in pages}
    new = [template for template in now if template not in known]
    pages, others = [*pages, *lines(world, new)], [*others, *other_lines(world, among=new)]
    head = " " * 5 + row(ROLES)
    methods = "\n".join([*_in_order(pages, now), OTHERS.rstrip(), *_in_order(others, now)])
    return f"{HEADING}{head}\n{methods}\n"


def _in_order(found: list[str], now: list[str]) -> list[str]:
    """The lines of addresses that there are now, in their order."""
    rank = {template: number for number, template in enumerate(now)}
    still = [line for line in found if template_of(line) in rank]
    return sorted(still, key=lambda line: rank[template_of(line)])


def template_of(line: str) -> str:
    return line.split()[-1]


def kept() -> tuple[list[str], list[str]]:
    """The lines of the file: those of GET and POST, and those of other methods."""
    pages, others = FILE.read_text().split(OTHERS)
    return pages.splitlines()[3:], others.splitlines()
