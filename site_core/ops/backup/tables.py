"""The tables that a backup holds, and their rows."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from wagtail.search.models import IndexEntry

from site_core.ops.backup.columns import Column, column_of, writers
from site_core.page_cache.invalidation.committed_change import CommittedChange
from site_core.page_cache.invalidation.private_writes import CACHE_TABLE, PRIVATE_ON_SQLITE

BATCH_SIZE = 1_000
# The search index differs from database to database, and is built anew.
INDEX_TABLES = frozenset({IndexEntry._meta.db_table, PRIVATE_ON_SQLITE})
# What other machines have yet to hear of this database, a memory that is emptied, and what `migrate` itself writes.
TABLES_LEFT_OUT = INDEX_TABLES | {CommittedChange._meta.db_table, CACHE_TABLE, "django_migrations"}
# Tables that follow from others, each with what brings it up to date.
_derived: dict[str, Callable[[], object]] = {}


@dataclass(frozen=True)
class Table:
    """A table with its fields. `counter` is the column that the database numbers, "" if there is none."""

    name: str
    fields: "tuple[Field[Any, Any], ...]"
    counter: str

    @property
    def columns(self) -> list[Column]:
        return [column_of(field) for field in self.fields]

    @property
    def key(self) -> str:
        return next(str(field.column) for field in self.fields if field.primary_key)


def register_derived_table(table: str, bring_up_to_date: Callable[[], object]) -> None:
    """Leave a table out of backups, because its rows follow from those of others."""
    _derived[table] = bring_up_to_date


def bring_derived_tables_up_to_date() -> None:
    for bring_up_to_date in _derived.values():
        bring_up_to_date()


def tables_left_out() -> frozenset[str]:
    return TABLES_LEFT_OUT | _derived.keys()


def tables() -> list[Table]:
    """Every table that a backup holds, by name."""
    left_out = tables_left_out()
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in left_out
    }
    return [
        Table(name, tuple(model._meta.local_concrete_fields), column_of(auto).name if auto else "")
        for name, model in sorted(found.items())
        for auto in [model._meta.auto_field]
    ]


def lines(table: Table, connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Each row as a line of JSON: an array with the values of the columns, in the order of the key."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in table.columns)
    write = writers(list(table.fields), connection)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {quote(table.name)} ORDER BY {quote(table.key)}")  # noqa: S608 (our names)
        while rows := cursor.fetchmany(BATCH_SIZE):
            for row in rows:
                values = [convert(value) for convert, value in zip(write, row, strict=True)]
                yield json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"
