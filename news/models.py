"""Models of the news: press mentions and the organization's own news."""

from news.archive.models import ArchiveImport, ArchiveRow
from news.index_page import NewsIndexPage
from news.items import NewsItemPage
from news.kept_counts.models import KeptCount
from news.publishers import Publisher
from news.tagged_items import NewsItemComponent, NewsItemInitiative, NewsItemPlace, NewsItemStrategy

__all__ = [
    "ArchiveImport",
    "ArchiveRow",
    "KeptCount",
    "NewsIndexPage",
    "NewsItemComponent",
    "NewsItemInitiative",
    "NewsItemPage",
    "NewsItemPlace",
    "NewsItemStrategy",
    "Publisher",
]
