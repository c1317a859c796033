import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comptes.models import User
from courrier.models import OutgoingMail
from territoires.models import TerritoryGrant
from tests.factories import (
    HostVillageFactory,
    ProgrammeFactory,
    TelecentreFactory,
    TerritoryFactory,
    TerritoryGrantFactory,
    UserFactory,
)

ADD = reverse("admin:territoires_territorygrant_add")
LIST = reverse("admin:territoires_territorygrant_changelist")
TODAY = timezone.localdate()


@pytest.fixture
def administrator(territory) -> Client:
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory, role="administrator").user)
    return client


def invitation(territory, **changed):
    return {
        "email": "Ana@exemple.fr", "first_name": "Ana", "last_name": "Ruiz",
        "territory": territory.pk, "role": "officer",
        "starts_on": TODAY.isoformat(), "ends_on": "",
    } | changed  # fmt: skip


def test_invited_officer_gets_a_link_and_a_role(territory, administrator):
    assert administrator.post(ADD, invitation(territory)).status_code == 302

    user = User.objects.get(email="ana@exemple.fr")
    grant = TerritoryGrant.objects.get(user=user)
    assert (user.is_staff, user.has_usable_password(), user.first_name) == (True, False, "Ana")
    assert (grant.role, grant.territory, grant.starts_on) == ("officer", territory, TODAY)
    assert grant.author.email != user.email
    mail = OutgoingMail.objects.get()
    assert (mail.recipient, mail.message, mail.is_secret) == (
        "ana@exemple.fr",
        "comptes.invitation",
        True,
    )
    page = re.search(r"https?://[^/\s]+(/compte/invitation/\S+/)", mail.text_body)[1]
    assert "Bienvenue, Ana" in Client().get(page).content.decode()


@pytest.mark.parametrize(
    ("is_public", "site"),
    [(True, "http://lozere.localhost:8000"), (False, "http://testserver")],
    ids=["open", "being set up"],
)
def test_invitation_leaves_from_where_the_role_is_held(territory, settings, is_public, site):
    settings.SITE_URL = "http://localhost:8000"
    client = Client()
    client.force_login(UserFactory(officer=True))
    other = TerritoryFactory(name="Lozère", host_name="lozere.localhost", is_public=is_public)

    client.post(ADD, invitation(other))

    mail = OutgoingMail.objects.get()
    assert mail.territory == other
    assert f"{site}/compte/invitation/" in mail.text_body
    assert "Lozère" in mail.subject + mail.text_body


def test_village_and_programme_invite_from_their_territory(territory):
    client = Client()
    client.force_login(UserFactory(officer=True))
    village = HostVillageFactory(territory=TerritoryFactory(name="Lozère"))
    programme = ProgrammeFactory(territories=[TerritoryFactory(name="Gers")])

    for model, held in (("villagegrant", village), ("programmegrant", programme)):
        perimeter = model.removesuffix("grant")
        client.post(
            reverse(f"admin:territoires_{model}_add"),
            invitation(territory) | {perimeter: held.pk},
        )

    names = OutgoingMail.objects.order_by("pk").values_list("territory__name", flat=True)
    assert list(names) == ["Lozère", "Gers"]


def test_who_has_an_account_is_told_of_their_new_role(territory, administrator):
    UserFactory(email="ana@exemple.fr")

    administrator.post(ADD, invitation(territory))

    assert OutgoingMail.objects.get().message == "comptes.nouveau-role"


def test_partner_is_no_member_of_the_team(territory, administrator):
    administrator.post(ADD, invitation(territory, role="partner"))

    assert not User.objects.get(email="ana@exemple.fr").is_staff


def test_role_is_not_given_where_one_does_not_work(administrator):
    answer = administrator.post(ADD, invitation(TerritoryFactory()))

    assert "territory" in answer.context["adminform"].form.errors
    assert User.objects.filter(email="ana@exemple.fr").count() == 0
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize("email", ["ana", "a\r\nBcc: b@exemple.fr", ""])
def test_wrong_address_is_refused(territory, administrator, email):
    answer = administrator.post(ADD, invitation(territory, email=email))

    assert "email" in answer.context["adminform"].form.errors
    assert OutgoingMail.objects.count() == 0


def test_officer_gives_no_role(territory):
    client = Client()
    client.force_login(TerritoryGrantFactory(territory=territory).user)

    assert client.post(ADD, invitation(territory)).status_code == 403
    assert User.objects.filter(email="ana@exemple.fr").count() == 0


def test_role_is_ended_never_deleted_nor_rewritten(territory, administrator):
    grant = TerritoryGrantFactory(territory=territory)
    page = reverse("admin:territoires_territorygrant_change", args=[grant.pk])
    dates = {"starts_on": "2020-01-01", "ends_on": ""}
    administrator.post(page, {**dates, "role": "administrator", "user": 0})
    grant.refresh_from_db()
    assert grant.role == "officer"

    administrator.post(LIST, {"action": "end", "_selected_action": [grant.pk]})

    grant.refresh_from_db()
    assert grant.ends_on == TODAY - timedelta(days=1)


def test_state_of_a_role_is_said(territory, administrator):
    TerritoryGrantFactory(territory=territory, starts_on=TODAY + timedelta(days=9))
    TerritoryGrantFactory(territory=territory, ends_on=TODAY - timedelta(days=1))

    page = administrator.get(LIST).content.decode()

    assert [word in page for word in ("à venir", "terminé", "en cours")] == [True] * 3


def test_manager_is_invited_to_one_telecentre(territory, administrator):
    telecentre = TelecentreFactory(territory=territory)
    data = invitation(territory) | {"telecentre": telecentre.pk}

    administrator.post(reverse("admin:telecentres_telecentregrant_add"), data)

    user = User.objects.get(email="ana@exemple.fr")
    assert user.has_perm("telecentres.change_telecentre", telecentre)
    assert not user.has_perm("solos.view_solo")
