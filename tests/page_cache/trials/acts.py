"""Acts that change a site. Each is prepared first, so that a test observes the act alone."""

from collections.abc import Callable
from typing import Any

from news.models import NewsItemPage
from tests import factories

Act = Callable[[], object]
Prepare = Callable[[factories.SiteTree], Act]


class Acts(dict[str, Prepare]):
    """Acts by their names. It is a decorator for the functions that prepare one and return it."""

    def __call__(self, prepare: Prepare) -> Prepare:
        self[prepare.__name__.replace("_", " ")] = prepare
        return prepare


def news_item(tree: factories.SiteTree, **fields: Any) -> NewsItemPage:
    made: NewsItemPage = factories.NewsItemPageFactory(parent=tree.news, **fields)
    return made
