from datetime import date

from django.test import Client
from django.urls import reverse

from telecentres.models import Enrolment, RightsGroup, RightsMember
from tests.factories import (
    EnrolmentFactory,
    ProgrammeFactory,
    RightsGroupFactory,
    RightsMemberFactory,
    TerritoryGrantFactory,
    UserFactory,
)


def typed(territory, *members, **changes):
    rows = {
        f"members-{number}-{name}": value
        for number, member in enumerate(members)
        for name, value in member.items()
    }
    counts = {"members-TOTAL_FORMS": len(members), "members-INITIAL_FORMS": 0}
    return {"name": "Nouveaux arrivants", "territory": territory.pk, **rows, **counts, **changes}


def test_group_is_written_with_its_people(territory, officer_client):
    known = UserFactory(email="camille@exemple.fr")
    camille = {"email": "Camille@exemple.fr", "starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    joan = {"email": "joan@exemple.fr", "starts_on": "2027-02-01", "ends_on": ""}

    officer_client.post(
        reverse("admin:telecentres_rightsgroup_add"), typed(territory, camille, joan)
    )

    first, second = RightsMember.objects.order_by("starts_on")
    assert first.group == RightsGroup.objects.get()
    assert (first.user, first.ends_on) == (known, date(2027, 12, 31))
    assert (second.user.email, second.ends_on) == ("joan@exemple.fr", None)


def test_person_already_of_the_group_is_told(territory, officer_client):
    member = RightsMemberFactory(group__territory=territory)
    page = reverse("admin:telecentres_rightsgroup_change", args=[member.group.pk])
    there = {
        "members-0-id": member.pk, "members-0-group": member.group.pk,
        "members-0-starts_on": "2020-01-01", "members-0-ends_on": "",
        "members-1-group": member.group.pk, "members-1-email": member.user.email,
        "members-1-starts_on": "2027-01-01", "members-1-ends_on": "",
        "members-TOTAL_FORMS": 2, "members-INITIAL_FORMS": 1,
    }  # fmt: skip

    response = officer_client.post(page, typed(territory, **there))

    assert "Cette personne est déjà du groupe à ces dates." in response.content.decode()
    assert RightsMember.objects.get() == member


def test_people_of_a_group_show_by_their_address(territory, officer_client):
    member = RightsMemberFactory(group__territory=territory, user__email="camille@exemple.fr")
    page = reverse("admin:telecentres_rightsgroup_change", args=[member.group.pk])

    assert 'value="camille@exemple.fr"' in officer_client.get(page).content.decode()


def test_list_counts_people_once(territory, officer_client):
    member = RightsMemberFactory(group__territory=territory, ends_on=date(2020, 12, 31))
    RightsMemberFactory(group=member.group, user=member.user, starts_on=date(2021, 1, 1))
    RightsGroupFactory(territory=territory)

    page = officer_client.get(reverse("admin:telecentres_rightsgroup_changelist")).content.decode()

    assert page.count('<td class="field-people">1</td>') == 1
    assert page.count('<td class="field-people">0</td>') == 1


def test_someone_is_enrolled_by_their_address(territory, officer_client):
    programme = ProgrammeFactory()
    programme.territories.add(territory)

    officer_client.post(
        reverse("admin:telecentres_enrolment_add"),
        {
            "email": "joan@exemple.fr", "programme": programme.pk, "territory": territory.pk,
            "status": "employee", "trade": "Cartographe", "employer": "Mairie",
            "enrolled_on": "2027-01-05", "left_on": "",
        },
    )  # fmt: skip

    enrolment = Enrolment.objects.get()
    assert (enrolment.user.email, enrolment.employer) == ("joan@exemple.fr", "Mairie")


def test_two_figures_stand_above_the_list(territory):
    EnrolmentFactory(territory=territory, programme__name="Solos 2027")
    EnrolmentFactory(programme__name="Ailleurs")
    officer = Client()
    officer.force_login(TerritoryGrantFactory(territory=territory, user__second_factor=True).user)

    page = officer.get(reverse("admin:telecentres_enrolment_changelist")).content.decode()

    assert "Inscrits, et vraiment accueillis" in page
    assert '<th scope="row">Solos 2027</th><td>Indépendant</td><td>1</td><td>0</td>' in page
    assert '<th scope="row">Ailleurs</th>' not in page
