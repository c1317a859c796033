"""Who may log into the demo: the only list of these accounts. Their password is no secret."""

from dataclasses import dataclass
from typing import Any

from comptes.domain.accounts import create_account, create_staff_account
from comptes.models import User
from telecentres.domain.grants import grant_telecentre
from telecentres.models import Telecentre
from territoires.domain.grants import grant_territory, grant_village
from territoires.enums import TerritoryRole
from territoires.models import HostVillage, Territory

PASSWORD = "bienvenue-en-montagne"  # noqa: S105 - printed on the screen, for fictional people


@dataclass(frozen=True)
class DemoAccount:
    email: str
    first_name: str
    last_name: str
    role: str
    opens: str
    host: str = "localhost"


ADMINISTRATOR = DemoAccount(
    "administration@example.org", "Aude", "Montferrelle", "administratrice", "/gestion/"
)
OFFICER = DemoAccount(
    "agence@example.org", "Basile", "Roquescale", "chargé de mission", "/gestion/"
)
MEMBER = DemoAccount("solo@example.org", "Camille", "Fontargelle", "solo", "/espace/")
MANAGER = DemoAccount(
    "pepiniere@example.org", "Denise", "Castelbrune", "gestionnaire de télécentre", "/gestion/"
)
REFERENT = DemoAccount(
    "village@example.org", "Étienne", "Valmoure", "référent de village", "/gestion/"
)
DEMO_ACCOUNTS = (ADMINISTRATOR, OFFICER, MANAGER, REFERENT, MEMBER)
# Beside the first territory: who runs another one, by its name in addresses.
NEIGHBOURS = {
    "gers": DemoAccount(
        "gers@example.org",
        "Flora",
        "Casterouge",
        "chargée de mission du Gers",
        "/gestion/",
        "gers.localhost",
    )
}


def accounts_of(territory: Territory | None) -> tuple[DemoAccount, ...]:
    """Those to try in a territory."""
    neighbour = NEIGHBOURS.get(territory.slug) if territory else None
    return (ADMINISTRATOR, neighbour) if neighbour else DEMO_ACCOUNTS


def open_accounts(
    territory: Territory, telecentres: dict[str, Telecentre], villages: dict[str, HostVillage]
) -> User:
    """Open all of them; returns the member's, whose page is in the directory."""
    officer = _open_officer(OFFICER, territory)
    manager = create_staff_account(**_who(MANAGER))
    for telecentre in list(telecentres.values())[:1]:
        grant_telecentre(user=manager, telecentre=telecentre, author=officer)
    referent = create_staff_account(**_who(REFERENT))
    for village in list(villages.values())[:1]:
        grant_village(user=referent, village=village, author=officer)
    return create_account(**_who(MEMBER))


def open_neighbour(territory: Territory) -> User:
    """The account of whoever runs a territory beside the first one."""
    return _open_officer(NEIGHBOURS[territory.slug], territory)


def _open_officer(account: DemoAccount, territory: Territory) -> User:
    administrator = User.objects.filter(email=ADMINISTRATOR.email).first()
    administrator = administrator or create_staff_account(**_who(ADMINISTRATOR), is_superuser=True)
    officer = create_staff_account(**_who(account))
    grant_territory(
        user=officer, territory=territory, role=TerritoryRole.OFFICER, author=administrator
    )
    return officer


def _who(account: DemoAccount) -> dict[str, Any]:
    return {
        "email": account.email,
        "password": PASSWORD,
        "first_name": account.first_name,
        "last_name": account.last_name,
    }
