"""The template tag for one row of a news list."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from news.rows import ListedItem, NewsRow
from site_core.page_cache.memoize import memoized
from site_core.taxonomy.clusters import Cluster

register = template.Library()


@register.simple_tag(takes_context=True)
def news_row(context: template.Context, row: NewsRow[ListedItem]) -> SafeString:
    """Render `components/news_row.html`. Takes `compact` and `row_level` from the context."""
    level = context.get("row_level") or 3
    return rendered_row(row.item, tuple(row.clusters), level, bool(context.get("compact")))


@memoized
def rendered_row(item: ListedItem, clusters: tuple[Cluster, ...], level: int, compact: bool) -> SafeString:
    """Render a row once per generation, because many lists show the same row."""
    context = {"item": item, "clusters": clusters, "row_level": level, "compact": compact}
    return render_to_string("components/news_row.html", context)
