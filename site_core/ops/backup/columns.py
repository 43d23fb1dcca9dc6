"""How a value of a column is written in a backup, the same whatever database it comes from or goes to.

A value is JSON: a number, true or false, or text. Dates and times are in ISO 8601, decimals in plain digits, bytes in
Base64. JSON is text as well, so that the null of JSON and the null of SQL stay apart.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field
from django.db.models.expressions import Col

Convert = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column of a table, and which of KINDS its values are."""

    name: str
    kind: str


@dataclass(frozen=True)
class Kind:
    """`written` turns what a database gives into JSON, and `read` turns that back."""

    written: Convert
    read: Convert


def _same(value: Any) -> Any:
    return value


KINDS = {
    "boolean": Kind(bool, bool),
    "integer": Kind(int, int),
    "float": Kind(float, float),
    "text": Kind(str, str),
    # PostgreSQL keeps JSON in a form of its own. A SQLite that was filled by hand may hold anything.
    "json": Kind(lambda value: value if isinstance(value, str) else json.dumps(value), str),
    "decimal": Kind(lambda value: format(value, "f"), Decimal),
    "date": Kind(lambda value: value.isoformat(), date.fromisoformat),
    "time": Kind(lambda value: value.isoformat(), time.fromisoformat),
    "datetime": Kind(lambda value: value.isoformat(), datetime.fromisoformat),
    "duration": Kind(
        lambda value: value // timedelta(microseconds=1), lambda written: timedelta(microseconds=written)
    ),
    "uuid": Kind(str, UUID),
    "binary": Kind(
        lambda value: base64.b64encode(bytes(value)).decode(), lambda written: base64.b64decode(written, validate=True)
    ),
}
# By what Django calls the type of a field. Every other one is text.
_KIND_OF = {
    "BooleanField": "boolean",
    "FloatField": "float",
    "JSONField": "json",
    "DecimalField": "decimal",
    "DateField": "date",
    "TimeField": "time",
    "DateTimeField": "datetime",
    "DurationField": "duration",
    "UUIDField": "uuid",
    "BinaryField": "binary",
}


def column_of(field: "Field[Any, Any]") -> Column:
    type_of_field = _stored(field).get_internal_type()
    is_integer = type_of_field.endswith(("IntegerField", "AutoField"))
    return Column(str(field.column), "integer" if is_integer else _KIND_OF.get(type_of_field, "text"))


def writers(fields: "list[Field[Any, Any]]", connection: BaseDatabaseWrapper) -> list[Convert]:
    """For each field, what turns a value of this database into JSON."""
    return [_writer(field, connection) for field in fields]


def readers(columns: list[Column], connection: BaseDatabaseWrapper) -> list[Convert]:
    """For each column, what turns JSON into a parameter for this database."""
    return [_reader(column.kind, connection) for column in columns]


def _stored(field: "Field[Any, Any]") -> "Field[Any, Any]":
    """The field whose values the column holds: for a foreign key, that of the other table."""
    while field.remote_field and hasattr(field, "target_field"):
        field = field.target_field
    return field


def _writer(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> Convert:
    # Those of the database alone: the field's own would make blocks, files and the like of its values.
    expression = Col(field.model._meta.db_table, _stored(field))
    converters = connection.ops.get_db_converters(expression)
    written = KINDS[column_of(field).kind].written

    def write(value: Any) -> Any:
        for convert in converters:
            value = convert(value, expression, connection)
        return None if value is None else written(value)

    return write


def _reader(kind: str, connection: BaseDatabaseWrapper) -> Convert:
    read = KINDS[kind].read
    adapters: dict[str, Convert] = {
        "date": connection.ops.adapt_datefield_value,
        "time": connection.ops.adapt_timefield_value,
        "datetime": connection.ops.adapt_datetimefield_value,
        "decimal": connection.ops.adapt_decimalfield_value,
    }
    if not connection.features.has_native_uuid_field:
        adapters["uuid"] = _hex
    if not connection.features.has_native_duration_field:
        adapters["duration"] = KINDS["duration"].written
    adapt = adapters.get(kind, _same)
    return lambda written: None if written is None else adapt(read(written))


def _hex(value: UUID) -> str:
    return value.hex
