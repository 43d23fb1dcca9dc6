"""What an SQL statement writes to, as far as its text tells: the table, what it sets there, and in which rows.

It reads what Django, treebeard and modelcluster write. Whatever it does not recognize counts as a change that visitors
could see, so a gap here costs a rendering, never a stale page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# What changes no row. Definitions of tables are among them, because some cannot stand in a transaction: whoever makes
# them is a migration, and each migration is noted in a table, which counts.
QUIET = frozenset(
    {
        *("SELECT", "WITH", "VALUES", "EXPLAIN", "SHOW", "PRAGMA", "FETCH", "DECLARE", "CLOSE"),
        *("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "LOCK", "SET", "RESET", "DISCARD"),
        *("LISTEN", "UNLISTEN", "NOTIFY", "DEALLOCATE", "ANALYZE", "VACUUM", "REINDEX"),
        *("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE"),
    }
)
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
# A common table expression, or a second statement behind a semicolon, may write; a lock and a trigger only name it.
_WRITING = re.compile(
    r"(?<!FOR )(?<!FOR NO KEY )(?<!BEFORE )\b(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b", re.IGNORECASE
)

_INSERT = re.compile(r'\s*INSERT (?:OR IGNORE )?INTO "?(\w+)"? \(([^()]*)\)(.*)', re.DOTALL | re.IGNORECASE)
_PLAIN_ROWS = re.compile(r"\s*VALUES \(%s(?:, %s)*\)(?:, \(%s(?:, %s)*\))*(?: RETURNING [^()]*)?", re.IGNORECASE)
_UPDATE = re.compile(r'\s*UPDATE "?(\w+)"?\s+SET\s+(.*)', re.DOTALL | re.IGNORECASE)
_DELETE = re.compile(r'\s*DELETE FROM "?(\w+)"?(?:\s+WHERE\s+(.*))?', re.DOTALL | re.IGNORECASE)
_ASSIGNMENT = re.compile(r'\s*"?(\w+)"?\s*=\s*(.*?)\s*', re.DOTALL)
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+|.""", re.DOTALL)
_PLACE = re.compile(r"%%|%s")
# Comments, quotes of PostgreSQL's own and second statements are not looked into, nor is what may follow a condition.
_UNREADABLE = re.compile(r"--|/\*|\$|;|\bE'", re.IGNORECASE)
_BEYOND_CONDITION = re.compile(r"\b(?:RETURNING|ORDER|LIMIT|USING)\b", re.IGNORECASE)

Parameters = Sequence[Any] | None


@dataclass(frozen=True)
class Write:
    """A statement that writes: to which table, and what of it the text tells.

    `values` has every column that is set, and what to (by an INSERT in each row); None where that is not plainly said.
    `condition` is what stands after WHERE, with its parameters; None in an INSERT and where it cannot be asked alone.
    """

    table: str
    inserts: bool = False
    values: dict[str, tuple[Any, ...] | None] = field(default_factory=dict)
    condition: str | None = None
    parameters: tuple[Any, ...] | None = None


def only_reads(sql: str) -> bool:
    """Whether the statement changes no row."""
    if not isinstance(sql, str):
        return False
    if sql.startswith("SELECT") and ";" not in sql:
        return True
    word = _FIRST_WORD.match(sql)
    return bool(word and word[1].upper() in QUIET and not _WRITING.search(sql))


def write_in(sql: str, parameters: Parameters) -> Write | None:
    """What a statement that does not only read writes; None where its text does not tell.

    Without parameters, as for one that runs with many sets of them, less of it tells.
    """
    if not isinstance(sql, str) or not isinstance(parameters, list | tuple | None) or _UNREADABLE.search(sql):
        return None
    if match := _INSERT.fullmatch(sql):
        return Write(match[1].lower(), True, _inserted(match[2], match[3], parameters))
    if match := _UPDATE.fullmatch(sql):
        assignments, condition = _cut(match[2])
        values = _assigned(assignments, parameters)
        return None if values is None else Write(match[1].lower(), False, values, *_asked(condition, parameters))
    if match := _DELETE.fullmatch(sql):
        return Write(match[1].lower(), False, {}, *_asked(match[2] or "", parameters))
    return None


def _inserted(named: str, rows: str, parameters: Parameters) -> dict[str, tuple[Any, ...] | None]:
    columns = [column.strip().strip('"').lower() for column in named.split(",")]
    if parameters is None or not _PLAIN_ROWS.fullmatch(rows):
        return dict.fromkeys(columns)
    return {column: tuple(parameters[place :: len(columns)]) for place, column in enumerate(columns)}


def _assigned(assignments: list[str], parameters: Parameters) -> dict[str, tuple[Any, ...] | None] | None:
    values: dict[str, tuple[Any, ...] | None] = {}
    place = 0
    for text in assignments:
        assignment = _ASSIGNMENT.fullmatch(text)
        if not assignment:
            return None
        is_plain = assignment[2] == "%s" and parameters is not None
        values[assignment[1].lower()] = tuple(parameters[place : place + 1]) if parameters and is_plain else None
        place += _places(text)
    return values


def _cut(text: str) -> tuple[list[str], str]:
    """The assignments of an UPDATE, and what stands after its WHERE. What stands in parentheses is left whole."""
    parts, start, depth = [], 0, 0
    for token in _TOKEN.finditer(text):
        word = token[0].upper()
        depth += (word == "(") - (word == ")")
        if depth == 0 and word in (",", "WHERE", "FROM"):
            parts.append(text[start : token.start()])
            start = token.end()
        if depth == 0 and word == "WHERE":
            return parts, text[start:]
    return [*parts, text[start:]], ""


def _asked(condition: str, parameters: Parameters) -> tuple[str | None, tuple[Any, ...] | None]:
    """The condition with its parameters, which come last, where it can be asked of its table alone."""
    places = _places(condition)
    if not condition.strip() or _BEYOND_CONDITION.search(condition) or (places and parameters is None):
        return None, None
    return condition, None if parameters is None else tuple(parameters[len(parameters) - places :])


def _places(text: str) -> int:
    """How many parameters the text takes."""
    return _PLACE.findall(text).count("%s")
