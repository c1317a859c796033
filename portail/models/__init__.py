from portail.models.news import NewsItem
from portail.models.page import Page

__all__ = ["NewsItem", "Page"]
