"""Mentions in the press, and news of our own."""

from news.index_page import NewsIndexPage
from news.items import (
    NewsItemComponent,
    NewsItemInitiative,
    NewsItemPage,
    NewsItemPlace,
    NewsItemStrategy,
)
from news.publishers import Publisher

__all__ = [
    "NewsIndexPage",
    "NewsItemComponent",
    "NewsItemInitiative",
    "NewsItemPage",
    "NewsItemPlace",
    "NewsItemStrategy",
    "Publisher",
]
