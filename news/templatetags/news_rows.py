"""The tag for one line of a list of news."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from news.rows import ListedItem, NewsRow
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.clusters import Cluster

register = template.Library()


@register.simple_tag(takes_context=True)
def news_row(context: Any, row: NewsRow) -> SafeString:
    """The line of an item as `components/news_row.html` has it; from around it `compact` and `row_level`."""
    return rendered_row(row.item, tuple(row.clusters), context.get("row_level", 3), bool(context.get("compact")))


@memoized
def rendered_row(item: ListedItem, clusters: tuple[Cluster, ...], level: int, compact: bool) -> SafeString:
    """Written once in each generation: the same line stands in the lists of its tags, its year, its publisher."""
    line = {"item": item, "clusters": clusters, "row_level": level, "compact": compact}
    return render_to_string("components/news_row.html", line)
