import pytest
from django.urls import reverse

pytestmark = pytest.mark.usefixtures("_monday")
PAGES = {
    "day": "La journée", "week": "La semaine", "accounts": "Les comptes", "use": "Fréquentation",
    "codes": "Codes d’arrivée", "feeds": "Agendas à suivre", "change": "La fiche",
}  # fmt: skip
UNDER = {
    "book": ("Réserver pour quelqu’un", "week"),
    "close": ("Fermer des espaces", "week"),
    "relocate": ("Hors des horaires", "week"),
    "nobody": ("Relevé", "accounts"),
}


def address(name, place) -> str:
    return reverse(f"admin:telecentres_telecentre_{name}", args=[place.pk])


def tabs(response) -> list[tuple[str, str, str]]:
    return [(tab.address, str(tab.words), tab.current) for tab in response.context["tabs"]]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_a_place_lead_to_one_another(place, manager_client, name):
    response = manager_client.get(address(name, place))

    assert tabs(response) == [
        (address(each, place), words, "page" if each == name else "")
        for each, words in PAGES.items()
    ]
    text = response.content.decode()
    assert f'<a href="{address(name, place)}" aria-current="page">{PAGES[name]}</a>' in text


@pytest.mark.parametrize("name", UNDER)
def test_page_under_a_tab_says_which(place, manager_client, name):
    words, section = UNDER[name]

    response = manager_client.get(address(name, place))

    assert [tab for tab, _words, current in tabs(response) if current == "true"] == [
        address(section, place)
    ]
    assert response.context["title"] == f"{words} – {place.name}"


@pytest.mark.parametrize("name", [each for each in PAGES if each != "change"])
def test_title_says_which_page_of_which_place(place, manager_client, name):
    text = manager_client.get(address(name, place)).content.decode()

    assert f"<title>{PAGES[name]} – {place.name} |" in text
    assert f'<p class="kicker">{place.name}</p>' in text
    assert f'<a href="{address("change", place)}">{place.name}</a> &rsaquo;' in text
