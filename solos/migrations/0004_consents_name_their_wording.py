"""Each consent points to the words it was given to, where it named their version.

Of words older than their keeping nothing but the version is known: that is what is kept of them.
Nobody has agreed to open data yet, since nobody was asked: the API shows them no more.
"""

from django.db import migrations
from django.db.models import Min

UNKNOWN = "Texte de la version « %s », recueilli avant que les textes soient gardés ici."
UNKNOWN_EN = "Wording of version “%s”, collected before wordings were kept here."


def point_to_wordings(apps, schema_editor):
    consents = apps.get_model("solos", "FieldConsent").objects
    wordings = apps.get_model("registre", "ConsentWording").objects
    versions = consents.order_by().values_list("wording_version")
    for version, since in versions.annotate(Min("given_at")):
        wording, _created = wordings.get_or_create(
            version=version,
            use="page",
            defaults={
                "text": UNKNOWN % version,
                "text_en": UNKNOWN_EN % version,
                "since": since.date(),
            },
        )
        consents.filter(wording_version=version).update(wording=wording)


def name_versions(apps, schema_editor):
    for consent in apps.get_model("solos", "FieldConsent").objects.select_related("wording"):
        consent.wording_version = consent.wording.version
        consent.save(update_fields=["wording_version"])


class Migration(migrations.Migration):
    dependencies = [("solos", "0003_consent_uses")]

    operations = [migrations.RunPython(point_to_wordings, name_versions)]
