from datetime import timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from courrier.models import DigestLine
from territoires.domain.agency import tell_agency
from tests.factories import TerritoryFactory, TerritoryGrantFactory

YESTERDAY = timezone.localdate() - timedelta(days=1)


def test_tell_agency_reaches_who_runs_the_territory_today(territory):
    TerritoryGrantFactory(territory=territory, user__email="a@exemple.fr", role="administrator")
    TerritoryGrantFactory(territory=territory, user__email="o@exemple.fr", user__language="en")
    TerritoryGrantFactory(territory=territory, role="partner")
    TerritoryGrantFactory(territory=territory, user__is_active=False)
    TerritoryGrantFactory(territory=territory, starts_on=YESTERDAY, ends_on=YESTERDAY)
    TerritoryGrantFactory(territory=TerritoryFactory())
    words = format_lazy("{} : {}", "Camille", gettext_lazy("Mon espace"))

    told = tell_agency(territory=territory, words=words, address="/gestion/")

    assert told == 2
    assert sorted(DigestLine.objects.values_list("recipient", "words", "address")) == [
        ("a@exemple.fr", "Camille : Mon espace", "/gestion/"),
        ("o@exemple.fr", "Camille : My space", "/gestion/"),
    ]


def test_tell_agency_once_whatever_the_roles(territory):
    grant = TerritoryGrantFactory(territory=territory)
    TerritoryGrantFactory(territory=territory, user=grant.user, role="administrator")

    assert tell_agency(territory=territory, words="Du neuf") == 1
