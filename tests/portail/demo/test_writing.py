from portail.models import NewsItem, Page


def test_demo_has_its_pages_and_says_its_news_are_imagined(demo_today):
    assert Page.objects.in_territory(demo_today.territory).published().count() == 4
    bodies = NewsItem.objects.published().values_list("body", "body_en")
    assert len(bodies) == 4
    for french, english in bodies:
        assert french.endswith("*Actualité imaginée pour la démonstration.*")
        assert english.endswith("*A piece of news made up for the demonstration.*")
