"""What an SQL statement writes to, as far as its text tells: the table, its columns, the rows.

It reads what Django, treebeard and modelcluster write. Whatever it does not recognize counts as a change that visitors
could see, so a mistake here costs a rendering, never a stale page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

READING = frozenset(
    {
        *("SELECT", "SHOW", "EXPLAIN", "VALUES", "FETCH", "DECLARE", "CLOSE", "PRAGMA"),
        *("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "LOCK"),
        *("SET", "RESET", "LISTEN", "UNLISTEN", "NOTIFY", "DEALLOCATE", "ANALYZE", "VACUUM", "REINDEX"),
    }
)
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
_INSERT = re.compile(
    r'\s*INSERT (?:OR \w+ )?INTO "?(?P<table>\w+)"? \((?P<columns>[^()]*)\)(?P<rest>.*)', re.DOTALL | re.IGNORECASE
)
_PLAIN_VALUES = re.compile(r"\s*VALUES \(%s(?:, %s)*\)(?:, \(%s(?:, %s)*\))*(?: RETURNING .*)?\s*", re.DOTALL)
_UPDATE = re.compile(
    r'\s*UPDATE "?(?P<table>\w+)"?\s+SET (?P<changes>.*?)(?:\s+WHERE (?P<where>.*))?', re.DOTALL | re.IGNORECASE
)
_DELETE = re.compile(r'\s*DELETE FROM "?(?P<table>\w+)"?(?:\s+WHERE (?P<where>.*))?\s*;?', re.DOTALL | re.IGNORECASE)
_ASSIGNMENT = re.compile(r'\s*"?(?P<column>\w+)"?\s*=\s*(?P<value>.*)', re.DOTALL)
_WHERE = re.compile(
    r'\(?\s*(?:"?\w+"?\.)?"?(?P<column>\w+)"?\s*(?:= %s|IN \((?P<many>%s(?:, %s)*)\))\s*\)?\s*', re.DOTALL
)


@dataclass(frozen=True)
class Write:
    """A statement that writes: to which table, and what of it the text tells.

    `values` holds what a column is set to, where that is plainly said; for an insert of several rows, of each of them.
    `rows` are the values of one column that its condition asks for; None where it asks for anything else.
    """

    table: str
    inserts: bool = False
    columns: frozenset[str] = frozenset()
    values: dict[str, tuple[Any, ...]] | None = None
    rows: tuple[str, tuple[Any, ...]] | None = None


def only_reads(sql: str) -> bool:
    """Whether the statement changes no row. One that begins with WITH may hide a writing: it is looked through."""
    if sql.startswith("SELECT"):
        return True
    word = _FIRST_WORD.match(sql)
    first = word[1].upper() if word else ""
    if first == "WITH":
        return not re.search(r"\b(INSERT|UPDATE|DELETE|MERGE)\b", sql, re.IGNORECASE)
    return first in READING


def write_in(sql: str, parameters: Sequence[Any]) -> Write | None:
    """What the statement writes; None where its text does not tell."""
    if match := _INSERT.fullmatch(sql):
        return _insert(match, parameters)
    if match := _UPDATE.fullmatch(sql):
        return _update(match, parameters)
    if match := _DELETE.fullmatch(sql):
        return Write(match["table"].lower(), rows=_rows(match["where"], parameters))
    return None


def _insert(match: re.Match[str], parameters: Sequence[Any]) -> Write:
    columns = [column.strip().strip('"') for column in match["columns"].split(",")]
    values = None
    if _PLAIN_VALUES.fullmatch(match["rest"]):
        values = {column: tuple(parameters[place :: len(columns)]) for place, column in enumerate(columns)}
    return Write(match["table"].lower(), True, frozenset(columns), values)


def _update(match: re.Match[str], parameters: Sequence[Any]) -> Write:
    table, values, place = match["table"].lower(), {}, 0
    for part in match["changes"].split(","):
        assignment = _ASSIGNMENT.fullmatch(part)
        if not assignment:
            return Write(table)
        value = assignment["value"].strip()
        values[assignment["column"]] = (parameters[place],) if value == "%s" else ()
        place += value.count("%s")
    return Write(table, False, frozenset(values), values, _rows(match["where"], parameters[place:]))


def _rows(where: str | None, parameters: Sequence[Any]) -> tuple[str, tuple[Any, ...]] | None:
    condition = _WHERE.fullmatch(where) if where else None
    if not condition:
        return None
    number = condition["many"].count("%s") if condition["many"] else 1
    return condition["column"], tuple(parameters[:number])
