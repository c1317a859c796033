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


def open_accounts(
    territory: Territory, telecentres: dict[str, Telecentre], villages: dict[str, HostVillage]
) -> User:
    """Open all of them; returns the member's, whose page is in the directory."""
    administrator = create_staff_account(**_who(ADMINISTRATOR), is_superuser=True)
    officer = create_staff_account(**_who(OFFICER))
    grant_territory(
        user=officer, territory=territory, role=TerritoryRole.OFFICER, author=administrator
    )
    manager = create_staff_account(**_who(MANAGER))
    for telecentre in list(telecentres.values())[:1]:
        grant_telecentre(user=manager, telecentre=telecentre, author=officer)
    referent = create_staff_account(**_who(REFERENT))
    for village in list(villages.values())[:1]:
        grant_village(user=referent, village=village, author=officer)
    return create_account(**_who(MEMBER))


def _who(account: DemoAccount) -> dict[str, Any]:
    return {
        "email": account.email,
        "password": PASSWORD,
        "first_name": account.first_name,
        "last_name": account.last_name,
    }
