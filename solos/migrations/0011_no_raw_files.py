from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("solos", "0010_files_become_pictures")]

    operations = [
        migrations.RemoveField("solo", "photo_file"),
        migrations.RemoveField("historicalsolo", "photo_file"),
    ]
