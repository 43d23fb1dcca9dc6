"""News items as a list shows them, with their tags."""

from dataclasses import dataclass
from typing import Any

from news.ties import TIES
from site_core.taxonomy.clusters import Cluster, clusters_of


@dataclass(frozen=True)
class NewsRow:
    """An item with the clusters it shows in a list."""

    item: Any
    clusters: list[Cluster]


def rows_of(items: Any) -> list[NewsRow]:
    """Items with their clusters: one query for the tags of all of them."""
    items = list(items)
    clusters = clusters_of(items, TIES)
    return [NewsRow(item, clusters.get(item.pk, [])) for item in items]
