"""The departments, so that a commune's department can be checked from the first import on."""

import csv
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Open data of Etalab (decoupage-administratif 6.0.0, after INSEE), Licence Ouverte 2.0.
DEPARTMENTS = Path(__file__).parents[1] / "data" / "departements.csv"


def load_departments(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    Department = apps.get_model("territoires", "Department")
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        Department.objects.bulk_create(
            [
                Department(code=row["code"], name=row["nom"], region_code=row["codeRegion"])
                for row in csv.DictReader(file)
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("territoires", "0002_initial")]

    operations = [migrations.RunPython(load_departments, migrations.RunPython.noop)]
