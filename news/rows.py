"""News items as a list shows them, with their tags."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from news.partial_date import PartialDate
from news.tagged_items import TAGGED_ITEMS
from site_core.taxonomy.clusters import Cluster, clusters_of


@dataclass(frozen=True)
class ListedItem:
    """What a list shows of an item, as its page has it under the same names."""

    pk: int
    title: str
    url: str
    label: str
    date: PartialDate | None
    first_day: datetime.date | None
    summary: str
    publisher: str


@dataclass(frozen=True)
class NewsRow:
    """An item, or what a list shows of it, with the clusters that it shows there."""

    item: Any
    clusters: list[Cluster]


def rows_of(items: Iterable[Any]) -> list[NewsRow]:
    """Items with their clusters: one query for the tags of all of them."""
    items = list(items)
    clusters = clusters_of(items, TAGGED_ITEMS)
    return [NewsRow(item, clusters.get(item.pk, [])) for item in items]
