from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("territoires", "0009_files_become_pictures")]

    operations = [
        migrations.RemoveField("hostvillage", "photo_file"),
        migrations.RemoveField("hostvillage", "photo_alternative"),
        migrations.RemoveField("historicalhostvillage", "photo_file"),
        migrations.RemoveField("historicalhostvillage", "photo_alternative"),
        migrations.RemoveField("territory", "logo_file"),
        migrations.RemoveField("territory", "logo_alternative"),
        migrations.RemoveField("historicalterritory", "logo_file"),
        migrations.RemoveField("historicalterritory", "logo_alternative"),
    ]
