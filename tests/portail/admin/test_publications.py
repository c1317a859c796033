import pytest
from django.test import Client
from django.urls import reverse

from portail.models import Page
from tests.factories import (
    NewsItemFactory,
    PageFactory,
    TelecentreGrantFactory,
    TerritoryFactory,
    UserFactory,
)


def preview(row, language: str) -> str:
    name = f"admin:portail_{row._meta.model_name}_preview"
    return reverse(name, args=[row.pk, language])


@pytest.mark.parametrize("factory", [PageFactory, NewsItemFactory])
@pytest.mark.parametrize(("language", "title"), [("fr", "Brouillon"), ("en", "Draft")])
def test_preview_shows_a_draft_as_the_public_will(
    territory, officer_client, factory, language, title
):
    row = factory(territory=territory, state="draft", title="Brouillon", title_en="Draft")

    response = officer_client.get(preview(row, language))
    page = response.content.decode()

    assert response.status_code == 200
    assert f"<h1>{title}</h1>" in page
    assert f'<html lang="{language}">' in page
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    other = "en" if language == "fr" else "fr"
    assert f'href="{preview(row, other)}" lang="{other}" hreflang="{other}"><abbr' in page
    row.refresh_from_db()
    assert row.state == "draft"


def test_preview_is_what_the_public_then_reads(territory, officer_client, client):
    page = PageFactory(territory=territory, state="draft", body="Un **mot**.")
    seen = officer_client.get(preview(page, "fr")).content.decode()

    # By `update`, which leaves the day of the last change as it was.
    Page.objects.update(state="published")
    read = client.get(page.get_absolute_url()).content.decode()

    def main_of(html: str) -> str:
        return html[html.index("<main") : html.index("</main")]

    assert main_of(seen) == main_of(read)
    assert "preview-banner" in seen
    assert "preview-banner" not in read


def test_preview_of_the_press_page(territory, officer_client):
    page = PageFactory(territory=territory, kind="press", state="draft")

    assert officer_client.get(preview(page, "fr")).status_code == 200


def test_preview_is_for_staff(territory):
    page = PageFactory(territory=territory, state="draft")
    member, clerk = Client(), Client()
    member.force_login(UserFactory())
    clerk.force_login(TelecentreGrantFactory().user)

    assert [client.get(preview(page, "fr")).status_code for client in (Client(), member)] == [
        302,
        302,
    ]
    assert clerk.get(preview(page, "fr")).status_code == 404


def test_preview_of_nothing_is_a_404(territory, officer_client):
    page = PageFactory(territory=territory)

    assert officer_client.get(preview(page, "de")).status_code == 404
    page.delete()
    page.pk = 0
    assert officer_client.get("/gestion/portail/page/0/apercu/fr/").status_code == 404


def test_preview_wears_the_colours_of_its_territory(territory, officer_client):
    page = PageFactory(territory=TerritoryFactory(name="Gers"), state="draft")

    html = officer_client.get(preview(page, "fr")).content.decode()

    assert '<span class="site-name-territory">Gers</span>' in html


def test_form_leads_to_the_preview_and_to_the_site_when_online(territory, officer_client):
    draft, online = PageFactory(territory=territory, state="draft"), PageFactory()

    for page, shown in ((draft, False), (online, True)):
        form = officer_client.get(reverse("admin:portail_page_change", args=[page.pk]))
        html = form.content.decode()
        assert preview(page, "fr") in html
        assert ("viewsitelink" in html) is shown
