from django.test import Client
from django.urls import reverse

from tests.factories import SoloFactory, TerritoryFactory, TerritoryGrantFactory


def test_list_opens_on_the_territory_of_the_site(territory, officer_client):
    here, away = SoloFactory(territory=territory), SoloFactory()
    page = reverse("admin:solos_solo_changelist")

    def shown(query: str = "") -> set[int]:
        answer = officer_client.get(page + query)
        return {row.pk for row in answer.context["cl"].result_list}

    assert shown() == {here.pk}
    assert shown("?tous_territoires=1") == {here.pk, away.pk}
    assert shown(f"?territory__id__exact={away.territory_id}") == {away.pk}
    assert shown(f"?tous_territoires=1&territory__id__exact={away.territory_id}") == {away.pk}
    assert "?tous_territoires=1" in officer_client.get(page).content.decode()


def test_list_of_one_territory_is_whole(territory):
    officer = TerritoryGrantFactory(territory=TerritoryFactory())
    solo = SoloFactory(territory=officer.territory)
    client = Client()
    client.force_login(officer.user)

    answer = client.get(reverse("admin:solos_solo_changelist"))

    assert [row.pk for row in answer.context["cl"].result_list] == [solo.pk]
