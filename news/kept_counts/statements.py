"""The SQL that counts news items: the same text in the triggers of both databases and for counting all of them anew.

What an item can be counted by are its values: rows of a facet and a value. Each value is counted, and so is each pair
of values of one item, which gives the counts that are left under a filter. `source` is what follows FROM, up to its
last condition.
"""

from collections.abc import Iterable

from wagtail.models import Page

from news.kept_counts.models import MONTH, PUBLISHER, TYPE, YEAR
from news.tagged_items import TAGGED_ITEMS

# Items read their lists by the kept counts, so this cannot import their model.
PAGES, ITEMS = Page._meta.db_table, "news_newsitempage"
TAGGED = {str(kind): model._meta.db_table for kind, model in TAGGED_ITEMS.items()}
# Pairs of the same facet would say nothing: a filter leaves the other values of its own facet as they are. Nothing is
# filtered by month.
_ARE_PAIRED = f"one.facet NOT IN (other.facet, '{MONTH}')"


def column_values(item: str, source: str) -> list[str]:
    """Select the values in the row of an item, which goes by the name `item`."""
    day = _text(f"{item}.first_day")
    return [
        _values(TYPE, f"{item}.item_type", source),
        _values(MONTH, f"COALESCE(SUBSTR({day}, 1, 7), '')", source),
        _values(YEAR, f"SUBSTR({day}, 1, 4)", f"{source} AND {item}.first_day IS NOT NULL"),
        _values(PUBLISHER, _text(f"{item}.publisher_id"), f"{source} AND {item}.publisher_id IS NOT NULL"),
    ]


def tag_value(kind: str, tie: str, source: str) -> str:
    """Select the tag in a row of the kind's table."""
    return _values(kind, _text(f"{tie}.tag_id"), source)


def own_columns(page_id: str) -> list[str]:
    """Select the values in the row of an item that is there."""
    return column_values("item", f"{ITEMS} item WHERE item.page_ptr_id = {page_id}")


def own_tags(page_id: str, *, but: str = "") -> list[str]:
    """Select the tags of an item, but not those of one kind."""
    return [
        tag_value(kind, "tie", f"{table} tie WHERE tie.content_object_id = {page_id}")
        for kind, table in TAGGED.items()
        if kind != but
    ]


def by_value(values: Iterable[str], change: str) -> str:
    """Count by each of the values."""
    return f"SELECT facet, value, {change} AS change FROM ({_all(values)}) own"  # noqa: S608 (our names)


def by_pair(ones: Iterable[str], others: Iterable[str], change: str) -> str:
    """Count by each value together with each of the others, which are those of the same item."""
    joined = f"({_all(ones)}) one CROSS JOIN ({_all(others)}) other WHERE {_ARE_PAIRED}"
    return f"SELECT {_PAIR}, {change} AS change FROM {joined}"  # noqa: S608 (our names)


def of_page(page_id: str, change: str) -> list[str]:
    """Count one item by everything that it has, whether it is live or not."""
    values = own_columns(page_id) + own_tags(page_id)
    return [by_value(values, change), by_pair(values, values, change)]


def values_of_items(pks: str) -> str:
    """Select the values of all items whose pks a query finds, with the pk of each as `item`."""
    columns = column_values("item", f"{ITEMS} item WHERE item.page_ptr_id IN ({pks})")
    tags = [
        tag_value(kind, "tie", f"{table} tie WHERE tie.content_object_id IN ({pks})") for kind, table in TAGGED.items()
    ]
    return _all(
        [*(_with("item.page_ptr_id", one) for one in columns), *(_with("tie.content_object_id", one) for one in tags)]
    )


def of_live_items() -> str:
    """Count all live items, with a row for each value and each pair of every one."""
    values = values_of_items(f"SELECT id FROM {PAGES} WHERE live")  # noqa: S608 (our names)
    joined = f"({values}) one JOIN ({values}) other ON one.item = other.item WHERE {_ARE_PAIRED}"
    return (
        f"SELECT facet, value, 1 AS change FROM ({values}) own"  # noqa: S608 (our names)
        f" UNION ALL SELECT {_PAIR}, 1 FROM {joined}"
    )


_PAIR = "one.facet || ' ' || one.value AS facet, other.facet || ' ' || other.value AS value"


def _values(facet: str, value: str, source: str) -> str:
    return f"SELECT '{facet}' AS facet, {value} AS value FROM {source}"  # noqa: S608 (our names)


def _with(pk: str, select: str) -> str:
    return select.replace("SELECT", f"SELECT {pk} AS item,", 1)


def _all(selects: Iterable[str]) -> str:
    return " UNION ALL ".join(selects)


def _text(column: str) -> str:
    return f"CAST({column} AS varchar(20))"
