import factory

from portail.enums import PublicationState
from portail.models import NewsItem, Page
from tests.factories.territoires import TerritoryFactory


class PageFactory(factory.django.DjangoModelFactory[Page]):
    class Meta:
        model = Page

    territory = factory.SubFactory(TerritoryFactory)
    slug = factory.Sequence(lambda n: f"page-{n}")
    title = factory.Sequence(lambda n: f"Page {n}")
    body = "Un texte."
    state = PublicationState.PUBLISHED


class NewsItemFactory(factory.django.DjangoModelFactory[NewsItem]):
    class Meta:
        model = NewsItem

    territory = factory.SubFactory(TerritoryFactory)
    slug = factory.Sequence(lambda n: f"nouvelle-{n}")
    title = factory.Sequence(lambda n: f"Nouvelle {n}")
    body = "Un texte."
    state = PublicationState.PUBLISHED
