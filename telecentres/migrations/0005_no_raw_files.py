from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("telecentres", "0004_files_become_pictures")]

    operations = [
        migrations.RemoveField("telecentre", "photo_file"),
        migrations.RemoveField("telecentre", "photo_alternative"),
        migrations.RemoveField("historicaltelecentre", "photo_file"),
        migrations.RemoveField("historicaltelecentre", "photo_alternative"),
    ]
