"""The words that the agency's form carries from the first day."""

from datetime import date

from django.db import migrations

FIRST = "agence-1"
SINCE = date(2026, 1, 1)
WORDINGS = {
    "page": (
        (
            "J’accepte que les informations cochées soient montrées à tous sur ma page de l’annuaire. "
            "Je peux revenir sur cet accord à tout moment : elles quittent le site dans la minute."
        ),
        (
            "I agree that the ticked information be shown to everyone on my page of the directory. I "
            "may withdraw this consent at any time: it leaves the site within a minute."
        ),
    ),
    "open_data": (
        (
            "J’accepte que les informations cochées soient aussi données en données ouvertes, par "
            "l’API : d’autres peuvent les reprendre. Si je reviens sur cet accord, elles n’y sont plus, "
            "mais les copies déjà prises ne se rattrapent pas."
        ),
        (
            "I agree that the ticked information also be given as open data, through the API: others "
            "may reuse it. If I withdraw this consent it is there no more, but copies already taken "
            "cannot be called back."
        ),
    ),
    "transmission": (
        (
            "J’accepte que mes informations soient transmises à l’organisme nommé, et à lui seul, pour "
            "qu’il me contacte. Je peux revenir sur cet accord à tout moment."
        ),
        (
            "I agree that my information be passed on to the named body, and to no other, so that it "
            "may contact me. I may withdraw this consent at any time."
        ),
    ),
}


def write_wordings(apps, schema_editor):
    model = apps.get_model("registre", "ConsentWording")
    wordings = [
        model(version=FIRST, use=use, text=text, text_en=text_en, since=SINCE)
        for use, (text, text_en) in WORDINGS.items()
    ]
    model.objects.bulk_create(wordings, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("registre", "0003_consent_wording")]

    operations = [migrations.RunPython(write_wordings, migrations.RunPython.noop)]
