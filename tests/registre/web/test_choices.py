from django.urls import reverse

from registre.models import JournalEntry


def complete(client, model, field, app="solos"):
    asked = {"app_label": app, "model_name": model, "field_name": field, "term": "camille"}
    return client.get(reverse("admin:autocomplete"), asked)


def test_names_offered_while_typing_are_a_reading(territory, officer_client):
    found = complete(officer_client, "solo", "user").json()["results"]

    lines = JournalEntry.objects.exclude(act="signed_in")
    assert list(lines.values_list("act", "model", "rows")) == [("read", "comptes.User", 1)]
    assert len(found) == 1


def test_places_offered_while_typing_are_none(territory, officer_client):
    assert complete(officer_client, "solo", "commune").status_code == 200

    assert JournalEntry.objects.exclude(act="signed_in").count() == 0
