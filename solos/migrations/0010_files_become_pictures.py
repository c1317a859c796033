from typing import Any

from django.db import migrations

from images.migrations._moving import move_files


def move(apps: Any, _editor: Any) -> None:
    move_files(
        apps,
        model="solos.Solo",
        old="photo_file",
        new="photo",
        words=lambda solo: f"Portrait de {solo.first_name} {solo.last_name}",
        shows=lambda solo: f"solos.solo:{solo.pk}",
    )


class Migration(migrations.Migration):
    dependencies = [("solos", "0009_pictures")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
