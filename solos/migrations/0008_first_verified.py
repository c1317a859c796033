"""Who is in the directory was last right on the day they entered it, as far as anyone knows."""

from django.db import migrations

FIRST_VERIFIED = """
    UPDATE solos_solo SET verified_on = (
        SELECT max(changed_on) FROM solos_statechange
        WHERE solo_id = solos_solo.id AND state = 'published'
    )
"""


class Migration(migrations.Migration):
    dependencies = [("solos", "0007_contact_and_review")]

    operations = [migrations.RunSQL(FIRST_VERIFIED, migrations.RunSQL.noop)]
