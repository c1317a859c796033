import pytest
from django.test import Client

from solos.enums import PublicField, SoloState
from tests.factories import SoloFactory, TerritoryFactory, UserFactory

MEMBERS = "/espace/annuaire/"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def me(territory):
    solo = SoloFactory(territory=territory, user=UserFactory(), state=SoloState.INVITED)
    return signed_in(solo.user)


@pytest.fixture
def ana(territory):
    return SoloFactory(
        territory=territory,
        slug="ana",
        first_name="Ana",
        last_name="Ruiz",
        phone="+33561000000",
        email="ana@exemple.fr",
        state=SoloState.PUBLISHED,
        published_fields=[PublicField.NAME],
        member_fields=[PublicField.PHONE],
    )


def test_member_reads_what_is_opened_to_members(me, ana):
    page = me.get(f"{MEMBERS}ana/").content.decode()

    assert "05 61 00 00 00" in page
    assert "ana@exemple.fr" not in page
    assert "Entre membres\u00a0: téléphone. Les visiteurs du site ne le voient pas." in page
    assert f'href="{MEMBERS}ana/"' in me.get(MEMBERS).content.decode()


def test_visitors_never_read_it(client, me, ana):
    """Signed in too: the public page is the same for all."""
    addresses = ["/annuaire/", "/annuaire/?q=ruiz", "/annuaire/ana/", "/annuaire/ana/carte.vcf",
                 "/annuaire/annuaire.csv", "/api/v1/solos/", "/api/v1/solos/ana/"]  # fmt: skip
    for reader in (client, me):
        for address in addresses:
            answer = reader.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
            assert b"61000000" not in body.replace(b" ", b""), address


@pytest.mark.parametrize("address", [MEMBERS, f"{MEMBERS}ana/"])
def test_members_alone_come_in(client, territory, ana, officer_client, address):
    elsewhere = SoloFactory(
        territory=TerritoryFactory(), user=UserFactory(), state=SoloState.INVITED
    )

    assert client.get(address)["Location"].startswith("/compte/connexion/")
    assert signed_in(UserFactory()).get(address).status_code == 404
    assert signed_in(elsewhere.user).get(address).status_code == 404
    assert officer_client.get(address).status_code == 404


@pytest.mark.parametrize("state", [SoloState.IDENTIFIED, SoloState.HIDDEN, SoloState.ARCHIVED])
def test_who_is_out_of_the_directory_is_not_there(me, territory, state):
    SoloFactory(territory=territory, slug="leo", state=state, member_fields=[PublicField.PHONE])

    assert me.get(f"{MEMBERS}leo/").status_code == 404
    assert "leo" not in me.get(MEMBERS).content.decode()


def test_members_are_searched(me, ana, territory):
    SoloFactory(territory=territory, published=True, first_name="Zoé", last_name="Zola")

    page = me.get(f"{MEMBERS}?q=ruiz").content.decode()
    assert ("Ana Ruiz" in page, "Zola" in page) == (True, False)
    assert "Personne ne correspond" in me.get(f"{MEMBERS}?q=zzzzzz").content.decode()
    assert "voici ce qui s’en approche" in me.get(f"{MEMBERS}?q=ruis").content.decode()
    assert "Ana Ruiz" not in me.get(f"{MEMBERS}?q=61000000").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_members_query_count(me, territory, django_assert_num_queries, count):
    for _number in range(count):
        SoloFactory(territory=territory, published=True)

    with django_assert_num_queries(7):  # session, user, territory, member, count, rows, menus
        me.get(MEMBERS)
