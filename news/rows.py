"""News items as rows of a list, with their tags."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from news.partial_date import PartialDate
from news.tagged_items import TAGGED_ITEMS
from site_core.taxonomy.clusters import Cluster, clusters_of


class HasPk(Protocol):
    """Anything with the pk of a news item."""

    @property
    def pk(self) -> int: ...


Item = TypeVar("Item", bound=HasPk)


@dataclass(frozen=True)
class ListedItem:
    """The part of a news item that lists show. Its attributes are named as those of `NewsItemPage`."""

    pk: int
    title: str
    url: str
    label: str
    date: PartialDate | None
    first_day: datetime.date | None
    summary: str
    publisher: str


@dataclass(frozen=True)
class NewsRow(Generic[Item]):
    """A news item (the page itself or a `ListedItem`) with its clusters."""

    item: Item
    clusters: list[Cluster]


def rows_of(items: Iterable[Item]) -> list[NewsRow[Item]]:
    """Return a row for each item. Reads the tags of all of them in one query."""
    items = list(items)
    clusters = clusters_of(items, TAGGED_ITEMS)
    return [NewsRow(item, clusters.get(item.pk, [])) for item in items]
