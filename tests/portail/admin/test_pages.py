import pytest
from django.urls import reverse

from portail.models import Page
from tests.factories import PageFactory, PictureFactory, TerritoryFactory

ADD = reverse("admin:portail_page_add")


def typed(place, **changes):
    return {
        "title": "Les écoles", "title_en": "", "summary": "", "summary_en": "", "body": "Texte.",
        "body_en": "", "state": "draft", "menu": "none", "position": 10, "kind": "ordinary",
        "territory": place.pk, **changes,
    }  # fmt: skip


def errors_of(client, address, data) -> dict[str, list[str]]:
    response = client.post(address, data)
    return dict(response.context["adminform"].form.errors) if response.context else {}


def change(page) -> str:
    return reverse("admin:portail_page_change", args=[page.pk])


def test_address_is_drawn_from_the_title(territory, officer_client):
    for _ in range(2):
        assert errors_of(officer_client, ADD, typed(territory)) == {}

    assert sorted(Page.objects.values_list("slug", flat=True)) == ["les-ecoles", "les-ecoles-2"]
    assert Page.objects.first().history.first().history_user is not None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("slug", "prise", "Ce nom dans les adresses est déjà pris."),
        ("body", "![x](image:99)", "Aucune image de ce territoire ne porte ce numéro\u00a0: 99."),
        ("title", "", "Ce champ est obligatoire."),
    ],
)
def test_what_the_site_could_not_show_is_refused(territory, officer_client, field, value, sentence):
    PageFactory(territory=territory, slug="prise")

    errors = errors_of(officer_client, ADD, typed(territory, **{field: value}))

    assert sentence in [words for found in errors.values() for words in found]
    assert Page.objects.count() == 1


def test_end_before_start_is_refused(territory, officer_client):
    dates = {
        "published_from_0": "2026-05-02", "published_from_1": "10:00",
        "published_until_0": "2026-05-01", "published_until_1": "10:00",
    }  # fmt: skip

    errors = errors_of(officer_client, ADD, typed(territory, **dates))

    assert errors == {"__all__": ["La fin de la publication précède son début."]}


def test_text_with_nul_is_refused(territory, officer_client):
    assert officer_client.post(ADD, typed(territory, body="a\0b")).status_code == 400
    assert Page.objects.count() == 0


def test_picture_of_another_territory_is_refused(territory, officer_client):
    picture = PictureFactory()

    errors = errors_of(officer_client, ADD, typed(territory, picture=picture.pk))

    assert errors == {"picture": ["Cette image est d’un autre territoire."]}


def test_picture_in_the_text_is_accepted(territory, officer_client):
    picture = PictureFactory(territory=territory)

    assert errors_of(officer_client, ADD, typed(territory, body=f"![](image:{picture.pk})")) == {}


@pytest.mark.parametrize("case", ["itself", "elsewhere", "child", "bears pages"])
def test_place_that_the_menu_has_not_is_refused(territory, officer_client, case):
    page, top = PageFactory(territory=territory), PageFactory(territory=territory)
    child = PageFactory(territory=territory, parent=top)
    moved, parent, sentence = {
        "itself": (page, page, "Une page ne se range pas sous elle-même."),
        "elsewhere": (page, PageFactory(), "Cette page est d’un autre territoire."),
        "child": (page, child, "Cette page est déjà rangée sous une autre."),
        "bears pages": (
            top, page, "D’autres pages sont rangées sous celle-ci\u00a0: un seul niveau suffit.",
        ),
    }[case]  # fmt: skip

    errors = errors_of(officer_client, change(moved), typed(territory, parent=parent.pk))

    assert errors["parent"][0] == sentence
    moved.refresh_from_db()
    assert moved.parent is None


def test_page_that_bears_others_stays_in_its_territory(territory, officer_client):
    top = PageFactory(territory=territory)
    PageFactory(territory=territory, parent=top)

    errors = errors_of(officer_client, change(top), typed(TerritoryFactory()))

    assert errors == {"territory": ["D’autres pages sont rangées sous celle-ci."]}


def test_form_without_territory_says_so_only(territory, officer_client):
    errors = errors_of(officer_client, ADD, typed(territory, territory=""))

    assert errors == {"territory": ["Ce champ est obligatoire."]}


def test_list_says_where_each_page_stands(territory, officer_client):
    top = PageFactory(territory=territory, title="Haut", menu="header", title_en="T", body_en="B")
    PageFactory(territory=territory, parent=top, published_from="2099-01-01T00:00Z")

    page = officer_client.get(reverse("admin:portail_page_changelist")).content.decode()

    assert "sous «\u00a0Haut\u00a0»" in page
    assert "du 01/01/2099" in page
    assert "FR, EN" in page
