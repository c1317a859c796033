"""What each role may do with what territoires holds, and who may do what anywhere.

Each app says in its own `permissions.py` what the roles may do with its models, as
`PERMISSIONS: role → {"app.action_model", …}`. Roles are named by comptes.enums.Role; they are
plain words here, where accounts are strangers.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

Table = Mapping[str, frozenset[str]]


def everything(app: str, *models: str) -> frozenset[str]:
    """View, add, change and delete rows of these models."""
    actions = ("view", "add", "change", "delete")
    return frozenset(f"{app}.{action}_{model}" for model in models for action in actions)


def reading(app: str, *models: str) -> frozenset[str]:
    return frozenset(f"{app}.view_{model}" for model in models)


OFFICIAL = reading(
    "territoires", "department", "epci", "commune", "communecontour", "formercommune"
)
KEPT_BY_OFFICERS = everything(
    "territoires", "organisation", "hostvillage", "villagereferent", "programme", "programmephase",
    "funding", "steeringmeeting",
)  # fmt: skip
OFFICER = OFFICIAL | KEPT_BY_OFFICERS | reading("territoires", "territory", "importrun")
PROGRAMME_OFFICER = OFFICIAL | reading(
    "territoires", "territory", "organisation", "hostvillage", "programme", "programmephase",
    "funding", "steeringmeeting",
)  # fmt: skip

PERMISSIONS: Table = {
    "administrator": OFFICER
    | {"territoires.change_territory"}
    | everything("territoires", "territorygrant", "programmegrant", "villagegrant"),
    "officer": OFFICER,
    "programme_officer": PROGRAMME_OFFICER,
    "referent": OFFICIAL
    | reading("territoires", "territory", "villagereferent")
    | {"territoires.view_hostvillage", "territoires.change_hostvillage"},
    "manager": OFFICIAL | reading("territoires", "territory"),
    # What partners read, they read through the API: nothing of the back-office.
    "partner": frozenset(),
}


@cache
def permissions_of(app: str) -> Table:
    """The table of an app, by its label; empty for a library's app."""
    config = apps.get_app_config(app)
    if config.module is None or not module_has_submodule(config.module, "permissions"):
        return {}
    table: Table = getattr(import_module(f"{config.name}.permissions"), "PERMISSIONS", {})
    return table


def roles_holding(permission: str) -> frozenset[str]:
    """The roles that may do it somewhere: `solos.change_solo` → {"officer", …}."""
    table = permissions_of(permission.partition(".")[0])
    return frozenset(role for role, held in table.items() if permission in held)
