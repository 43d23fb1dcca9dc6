"""Triggers with which the database keeps the counts, whatever changes an item: a form, an import or a raw update.

They are created after every migrate. On SQLite they are dropped before it, because a table that a trigger names cannot
be remade there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.db import connections

from news.kept_counts.models import KeptCount
from news.kept_counts.statements import (
    ITEMS,
    PAGES,
    TAGGED,
    by_pair,
    by_value,
    column_values,
    of_page,
    own_columns,
    own_tags,
    tag_value,
)

TABLE = KeptCount._meta.db_table
_PREFIX = "news_count"


@dataclass(frozen=True)
class Trigger:
    """What the database does after an event on a table, for each row: it adds what the SELECTs find."""

    table: str
    event: str
    selects: tuple[str, ...]
    # On PostgreSQL and SQLite alike. "" means always.
    condition: str = ""

    @property
    def name(self) -> str:
        return f"{_PREFIX}_{self.table}_{self.event.split()[0].lower()}"

    @property
    def body(self) -> str:
        return " ".join(f"INSERT INTO {TABLE} (facet, value, change) {select};" for select in self.selects)

    @property
    def function_body(self) -> str:
        return f" BEGIN {self.body} RETURN NULL; END "

    def drop_statement(self, vendor: str) -> str:
        return f"DROP TRIGGER IF EXISTS {self.name}{f' ON {self.table}' if vendor == 'postgresql' else ''}"

    def statement(self, vendor: str) -> str:
        when = f"WHEN ({self.condition}) " if self.condition else ""
        does = f"EXECUTE FUNCTION {self.name}()" if vendor == "postgresql" else f"BEGIN {self.body} END"
        return f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table} FOR EACH ROW {when}{does}"


def install_triggers(using: str) -> None:
    """Create those that are missing or do something else. Nothing is written if all are as they should be."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        if vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE starts_with(tgname, %s)",
                [_PREFIX],
            )
        else:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s", [f"{_PREFIX}%"]
            )
        present = dict(cursor.fetchall())
        for trigger in triggers():
            does = trigger.function_body if vendor == "postgresql" else trigger.statement(vendor)
            if present.get(trigger.name) == does:
                continue
            cursor.execute(trigger.drop_statement(vendor))
            if vendor == "postgresql":
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql"
                    f" AS $${trigger.function_body}$$"
                )
            cursor.execute(trigger.statement(vendor))


def remove_triggers(using: str) -> None:
    """Drop them. Nothing can write to the tables of news while they name a table that is gone."""
    with connections[using].cursor() as cursor:
        for trigger in triggers():
            cursor.execute(trigger.drop_statement(connections[using].vendor))


def triggers() -> Iterator[Trigger]:
    """All of them. Whatever order an item, its page and its tags come and go in, each is counted once."""
    sign = "CASE WHEN NEW.live THEN 1 ELSE -1 END"
    yield Trigger(PAGES, "UPDATE OF live", tuple(of_page("NEW.id", sign)), "OLD.live <> NEW.live")
    yield Trigger(PAGES, "DELETE", tuple(of_page("OLD.id", "-1")), "OLD.live")
    yield from _of_events(
        ITEMS,
        {"item_type": "''", "publisher_id": "0", "first_day": "'0001-01-01'"},
        _of_item,
    )
    for kind, table in TAGGED.items():
        yield from _of_events(table, {"tag_id": "0", "content_object_id": "0"}, partial(_of_tag, kind))


def _of_events(table: str, columns: Mapping[str, str], counted: Callable[[str, str], list[str]]) -> Iterator[Trigger]:
    """A row that is added, one that is deleted, and one of which a column changes. NULL counts as the value given."""
    added, gone = tuple(counted("NEW", "1")), tuple(counted("OLD", "-1"))
    changed = " OR ".join(
        f"COALESCE(OLD.{column}, {null}) <> COALESCE(NEW.{column}, {null})" for column, null in columns.items()
    )
    yield Trigger(table, "INSERT", added)
    yield Trigger(table, "DELETE", gone)
    yield Trigger(table, f"UPDATE OF {', '.join(columns)}", gone + added, changed)


def _of_item(row: str, change: str) -> list[str]:
    """The columns of an item, and their pairs with each other and with the tags that the item has at that time."""
    page_id = f"{row}.page_ptr_id"
    columns, tags = column_values(row, _live_page(page_id)), own_tags(page_id)
    return [by_value(columns, change), by_pair(columns, columns + tags, change), by_pair(tags, columns, change)]


def _of_tag(kind: str, row: str, change: str) -> list[str]:
    """A tag of an item, and its pairs with everything else that the item has at that time."""
    page_id = f"{row}.content_object_id"
    tag, others = [tag_value(kind, row, _live_page(page_id))], own_columns(page_id) + own_tags(page_id, but=kind)
    return [by_value(tag, change), by_pair(tag, others, change), by_pair(others, tag, change)]


def _live_page(page_id: str) -> str:
    return f"{PAGES} page WHERE page.live AND page.id = {page_id}"
