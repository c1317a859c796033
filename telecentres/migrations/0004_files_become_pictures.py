from typing import Any

from django.db import migrations

from images.migrations._moving import move_files


def move(apps: Any, _editor: Any) -> None:
    move_files(
        apps,
        model="telecentres.Telecentre",
        old="photo_file",
        new="photo",
        words=lambda telecentre: telecentre.photo_alternative or telecentre.name,
    )


class Migration(migrations.Migration):
    dependencies = [("telecentres", "0003_pictures")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
