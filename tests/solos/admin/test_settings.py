from django.test import Client

from solos.models import DirectorySettings
from tests.factories import TerritoryFactory, TerritoryGrantFactory


def test_officer_sets_the_rhythm_of_their_own_territory(territory):
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)
    page = "/gestion/solos/directorysettings/add/"

    refused = client.post(page, {"territory": TerritoryFactory().pk, "review_months": 6})
    bad = client.post(page, {"territory": territory.pk, "review_months": 0})
    client.post(page, {"territory": territory.pk, "review_months": 6, "moderates_edits": "on"})

    assert (refused.status_code, bad.status_code) == (200, 200)
    kept = DirectorySettings.objects.get()
    assert (kept.territory, kept.review_months, kept.moderates_edits) == (territory, 6, True)
