"""The SQL that counts news items: the same text in the triggers of both databases and for counting all of them anew.

Each function returns SELECTs with the columns facet, value and change. `source` is what follows FROM, up to its last
condition.
"""

from wagtail.models import Page

from news.items import NewsItemPage
from news.kept_counts.models import MONTH, PAIR, PUBLISHER, TYPE
from news.tagged_items import TAGGED_ITEMS
from site_core.taxonomy.models import Kind

PAGES, ITEMS = Page._meta.db_table, NewsItemPage._meta.db_table
TAGGED = {str(kind): model._meta.db_table for kind, model in TAGGED_ITEMS.items()}
PLACES = TAGGED[Kind.PLACE]
NOT_PLACES = {kind: table for kind, table in TAGGED.items() if kind != Kind.PLACE}


def by_columns(item: str, change: str, source: str) -> list[str]:
    """Count by what stands in the row of an item, which goes by the name `item`."""
    month = f"COALESCE(SUBSTR(CAST({item}.first_day AS varchar(10)), 1, 7), '')"
    return [
        _select(TYPE, f"{item}.item_type", change, source),
        _select(MONTH, month, change, source),
        _select(PUBLISHER, _text(f"{item}.publisher_id"), change, f"{source} AND {item}.publisher_id IS NOT NULL"),
    ]


def by_tag(kind: str, tie: str, change: str, source: str) -> str:
    """Count by the tag of a row of the kind's table."""
    return _select(kind, _text(f"{tie}.tag_id"), change, source)


def by_pair(tie: str, place: str, change: str, source: str) -> str:
    """Count by a tag and a place of the same item."""
    return _select(PAIR, f"{_text(f'{tie}.tag_id')} || ' ' || {_text(f'{place}.tag_id')}", change, source)


def of_page(page_id: str, change: str) -> list[str]:
    """Count one item by everything that it has, whether it is live or not."""
    return [
        *by_columns("item", change, f"{ITEMS} item WHERE item.page_ptr_id = {page_id}"),
        *(
            by_tag(kind, "tie", change, f"{table} tie WHERE tie.content_object_id = {page_id}")
            for kind, table in TAGGED.items()
        ),
        *(by_pair("tie", "place", change, _pairs(table, page_id)) for table in NOT_PLACES.values()),
    ]


def of_all(condition: str) -> str:
    """Count every item whose page meets a condition, with a row for each facet and value of each."""
    pages = f"JOIN {PAGES} page ON page.id"
    ties = f"tie {pages} = tie.content_object_id"
    places = f"JOIN {PLACES} place ON place.content_object_id = tie.content_object_id"
    return " UNION ALL ".join(
        [
            *by_columns("item", "1", f"{ITEMS} item {pages} = item.page_ptr_id WHERE {condition}"),
            *(by_tag(kind, "tie", "1", f"{table} {ties} WHERE {condition}") for kind, table in TAGGED.items()),
            *(
                by_pair("tie", "place", "1", f"{table} {ties} {places} WHERE {condition}")
                for table in NOT_PLACES.values()
            ),
        ]
    )


def _pairs(table: str, page_id: str) -> str:
    return (
        f"{table} tie JOIN {PLACES} place ON place.content_object_id = tie.content_object_id"
        f" WHERE tie.content_object_id = {page_id}"
    )


def _select(facet: str, value: str, change: str, source: str) -> str:
    return f"SELECT '{facet}' AS facet, {value} AS value, {change} AS change FROM {source}"  # noqa: S608 (our names)


def _text(column: str) -> str:
    return f"CAST({column} AS varchar(20))"
