from typing import Any

from django.db import migrations

from images.migrations._moving import move_files


def move(apps: Any, _editor: Any) -> None:
    move_files(
        apps,
        model="territoires.HostVillage",
        old="photo_file",
        new="photo",
        words=lambda village: village.photo_alternative or village.commune.name,
    )
    move_files(
        apps,
        model="territoires.Territory",
        old="logo_file",
        new="logo",
        words=lambda territory: territory.logo_alternative or territory.name,
    )


class Migration(migrations.Migration):
    dependencies = [("territoires", "0008_pictures")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
