"""What every model owes: French names, refusals that say why, an index for each geometry."""

import pytest
from django.apps import apps
from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.indexes import GistIndex
from django.core.management import call_command
from django.db import models

from tests.project.places import APPS, ROOT

OURS = [
    model
    for app in apps.get_app_configs()
    if app.name in APPS
    for model in app.get_models()
    if not model.__name__.startswith("Historical")
]


def test_no_migration_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_migration_is_named():
    unnamed = [str(file) for app in APPS for file in (ROOT / app).glob("migrations/*_auto_*.py")]

    assert unnamed == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_model_speaks_french_in_lower_case(model):
    names = [str(model._meta.verbose_name), str(model._meta.verbose_name_plural)]
    names += [str(field.verbose_name) for field in own_fields(model)]

    capitals = [name for name in names if name[0].isupper() and not name[:2].isupper()]
    assert capitals == []
    # A name that Django made up from the identifier was never chosen.
    made_up = [
        field.name
        for field in own_fields(model)
        if field.name != "id" and str(field.verbose_name) == field.name.replace("_", " ")
    ]
    assert [name for name in made_up if name not in SAME_IN_FRENCH] == []


SAME_IN_FRENCH = {
    "centre", "code", "commune", "source", "solo", "user", "point", "phase", "photo", "population",
    "programme", "services", "description", "canton", "budget", "logo", "silhouette",
    "last_login", "groups", "message", "variables", "version",
}  # fmt: skip


def own_fields(model: type[models.Model]) -> list[models.Field]:
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and not field.auto_created
    ]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_constraint_says_why_in_french(model):
    default = str(models.BaseConstraint.default_violation_error_message)

    silent = [
        constraint.name
        for constraint in model._meta.constraints
        if str(constraint.violation_error_message) == default
    ]

    assert silent == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_geometry_has_a_named_index_and_srid_4326(model):
    indexed = {
        field
        for index in model._meta.indexes
        if isinstance(index, GistIndex)
        for field in index.fields
    }
    geometries = [field for field in own_fields(model) if isinstance(field, GeometryField)]

    assert {field.srid for field in geometries} <= {4326}
    assert [field.name for field in geometries if field.spatial_index] == []
    assert {field.name for field in geometries} - indexed - NEVER_LOOKED_UP == set()


# Shown, never searched by.
NEVER_LOOKED_UP = {"town_hall"}
