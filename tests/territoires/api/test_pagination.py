import random

import pytest
from django.core.signing import Signer

from tests.factories import CommuneFactory, HostVillageFactory

COMMUNES = "/api/v1/communes/"


@pytest.fixture
def communes(territory):
    """Seven communes, some of the same name: the key settles their order."""
    for number, name in enumerate(["B", "A", "C", "A", "B", "A", "D"]):
        CommuneFactory(insee_code=f"0920{number}", name=name)


ORDER = ["09201", "09203", "09205", "09200", "09204", "09202", "09206"]


def codes(page: dict) -> list[str]:
    return [row["insee_code"] for row in page["results"]]


def walk(client, address: str | None, direction: str) -> list[list[str]]:
    pages = []
    while address:
        page = client.get(address).json()
        pages.append(codes(page))
        address = page[direction]
    return pages


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 100])
def test_pages_go_forth_and_back_over_every_row_once(client, communes, size):
    first = client.get(f"{COMMUNES}?page_size={size}").json()
    forth = walk(client, f"{COMMUNES}?page_size={size}", "next")

    assert [code for page in forth for code in page] == ORDER
    assert [len(page) for page in forth[:-1]] == [size] * (len(forth) - 1)
    last = first
    while last["next"]:
        last = client.get(last["next"]).json()
    back = walk(client, last["previous"], "previous")
    assert back == forth[-2::-1]
    assert first["previous"] is None


def test_pages_keep_the_filters(client, communes):
    page = client.get(f"{COMMUNES}?page_size=2&population_min=1&format=json").json()

    following = client.get(page["next"]).json()

    assert codes(following) == ["09205", "09200"]
    assert "population_min=1" in following["previous"]


def test_pages_lose_nobody_when_a_row_leaves(client, communes):
    from territoires.models import Commune

    page = client.get(f"{COMMUNES}?page_size=3").json()
    Commune.objects.filter(pk="09205").delete()  # the row that the cursor names

    assert codes(client.get(page["next"]).json()) == ["09200", "09204", "09202"]


@pytest.mark.parametrize("query", ["q=commune", "q=commune&format=json"])
def test_pages_of_a_search_are_those_of_the_whole_list(client, territory, query):
    """The likeness is a float: it must find itself again from the cursor."""
    random.seed(7)
    for number in range(25):
        tail = "".join(random.choices("abcdefgh ", k=random.randint(0, 9)))
        CommuneFactory(insee_code=f"09{number + 300}", name=f"Commune {tail}".strip())
    whole = codes(client.get(f"{COMMUNES}?{query}&page_size=100").json())

    pages = walk(client, f"{COMMUNES}?{query}&page_size=2", "next")

    assert len(whole) == 25
    assert [code for page in pages for code in page] == whole


def test_page_addresses_are_the_same_each_time(client, communes):
    """Else the answer would have a new ETag every time."""
    first, second = (client.get(f"{COMMUNES}?page_size={size}").json() for size in ("2", "02"))

    assert first["next"].replace("page_size=2", "page_size=02") == second["next"]


@pytest.mark.parametrize(
    "size", ["0", "-1", "101", "1e9", "abc", "1.5", "٣", "9" * 400, "0x10", "1;2", "NaN"]
)
def test_page_size_absurd_is_400(client, communes, size):
    answer = client.get(COMMUNES, {"page_size": size})

    assert answer.status_code == 400
    assert answer.json() == {
        "detail": "page_size\u00a0: Donnez un nombre de 1 à 100.",
        "errors": {"page_size": ["Donnez un nombre de 1 à 100."]},
    }


def forged() -> list[str]:
    return [
        "x",
        "é",
        ":",
        "W10",
        "W10:x",
        "cD0wOTEyMg==",
        "a" * 1_500,
        Signer().sign_object([False, "A", "09201"]),
        Signer(salt="/api/v1/communes/ name pk").sign_object([False, 1, 2]),
    ]


@pytest.mark.parametrize("cursor", forged())
def test_cursor_forged_is_400(client, communes, cursor):
    answer = client.get(COMMUNES, {"cursor": cursor})

    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["cursor"]


def test_cursor_of_another_list_or_order_is_400(client, communes, territory):
    for number in range(2):
        HostVillageFactory(territory=territory, slug=f"village-{number}")
    page = client.get("/api/v1/villages/?page_size=1").json()
    cursor = page["next"].partition("cursor=")[2]

    assert client.get(f"{COMMUNES}?cursor={cursor}").status_code == 400
    own = client.get(f"{COMMUNES}?page_size=1").json()["next"]
    assert client.get(f"{own}&q=a").status_code == 400


def test_cursor_past_the_end_is_an_empty_page(client, communes):
    from territoires.models import Commune

    page = client.get(f"{COMMUNES}?page_size=6").json()
    Commune.objects.filter(pk="09206").delete()

    assert client.get(page["next"]).json() == {"next": None, "previous": None, "results": []}
