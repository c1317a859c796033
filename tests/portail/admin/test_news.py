from django.urls import reverse

from portail.models import NewsItem


def test_news_written_in_the_office_are_a_draft_with_an_address(territory, officer_client):
    officer_client.post(
        reverse("admin:portail_newsitem_add"),
        {
            "title": "Du neuf", "body": "Texte.", "state": "draft", "territory": territory.pk,
            "published_on": "2026-05-01",
        },
    )  # fmt: skip

    assert list(NewsItem.objects.values_list("slug", "state")) == [("du-neuf", "draft")]
