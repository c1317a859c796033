"""What migrations write: a test that empties every table writes it again for those that follow."""

from importlib import import_module

from django.apps import apps


def write_what_migrations_wrote() -> None:
    import_module("territoires.migrations.0003_departments").load_departments(apps, None)
    import_module("registre.migrations.0004_first_wordings").write_wordings(apps, None)
    import_module("registre.migrations.0008_members_wording").write_wording(apps, None)
