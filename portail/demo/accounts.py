"""Who may log into the demo: the only list of these accounts. Their password is no secret."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Permission

from comptes.domain.accounts import create_account, create_staff_account
from comptes.domain.roles import define_role
from comptes.models import User

PASSWORD = "bienvenue-en-montagne"  # noqa: S105 - printed on the screen, for fictional people
OFFICER_ROLE = "Chargé·e de mission"
# What an officer keeps: everything of the programme, nothing of the machine.
OFFICER_APPS = ("territoires", "solos", "telecentres", "accueil")
OFFICER_READS = ("observatoire", "courrier")


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
OFFICER = DemoAccount("agence@example.org", "Basile", "Roquescale", OFFICER_ROLE, "/gestion/")
MEMBER = DemoAccount("solo@example.org", "Camille", "Fontargelle", "solo", "/espace/")
DEMO_ACCOUNTS = (ADMINISTRATOR, OFFICER, MEMBER)


def open_accounts() -> User:
    """Open all of them; returns the member's, whose page is in the directory."""
    officer_role = define_role(name=OFFICER_ROLE, permissions=_officer_permissions())
    create_staff_account(**_who(ADMINISTRATOR), is_superuser=True)
    create_staff_account(**_who(OFFICER), roles=[officer_role])
    return create_account(**_who(MEMBER))


def _who(account: DemoAccount) -> dict[str, Any]:
    return {
        "email": account.email,
        "password": PASSWORD,
        "first_name": account.first_name,
        "last_name": account.last_name,
    }


def _officer_permissions() -> list[str]:
    whole = Permission.objects.filter(content_type__app_label__in=OFFICER_APPS)
    reading = Permission.objects.filter(
        content_type__app_label__in=OFFICER_READS, codename__startswith="view_"
    )
    rows = (whole | reading).values_list("content_type__app_label", "codename")
    return [f"{app}.{codename}" for app, codename in rows]
