import pytest
from django.core.exceptions import ValidationError

from territoires.domain.organisations import register_organisation
from territoires.enums import OrganisationKind
from territoires.models import Organisation
from tests.factories.territoires import TerritoryFactory


def test_register_organisation_twice_keeps_one(territory):
    details = {"name": "DATAR", "kind": OrganisationKind.STATE}
    organisation = register_organisation(territory=territory, **details, note="Appel de 2005")

    with pytest.raises(ValidationError):
        register_organisation(territory=territory, **details)

    assert list(Organisation.objects.all()) == [organisation]
    assert organisation.note == "Appel de 2005"


def test_register_organisation_known_to_another_territory(territory):
    for each in (territory, TerritoryFactory()):
        register_organisation(territory=each, name="DATAR", kind=OrganisationKind.STATE)

    assert Organisation.objects.count() == 2
