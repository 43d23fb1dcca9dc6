"""Reads from the text of an SQL statement what it writes: the table, the new values, and the condition on its rows.

It understands the statements of Django, treebeard and modelcluster. A statement that it does not understand counts as
a change that visitors can see, so a gap here costs a rendering, never a stale page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

# Statements that change no row. Table definitions are among them, because some cannot run in a transaction. They come
# from migrations, and Django records each migration in a table, which counts as a change.
READ_ONLY = frozenset(
    {
        *("SELECT", "WITH", "VALUES", "EXPLAIN", "SHOW", "PRAGMA", "FETCH", "DECLARE", "CLOSE"),
        *("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "LOCK", "SET", "RESET", "DISCARD"),
        *("LISTEN", "UNLISTEN", "NOTIFY", "DEALLOCATE", "ANALYZE", "VACUUM", "REINDEX"),
        *("CREATE", "ALTER", "DROP", "COMMENT", "GRANT", "REVOKE"),
    }
)
_FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
# A common table expression or a second statement may write. A lock and a trigger only contain the word.
_WRITING = re.compile(
    r"(?<!FOR )(?<!FOR NO KEY )(?<!BEFORE )\b(?:INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b", re.IGNORECASE
)

_INSERT = re.compile(r'\s*INSERT (?:OR IGNORE )?INTO "?(\w+)"? \(([^()]*)\)(.*)', re.DOTALL | re.IGNORECASE)
_PLAIN_ROWS = re.compile(r"\s*VALUES \(%s(?:, %s)*\)(?:, \(%s(?:, %s)*\))*(?: RETURNING [^()]*)?", re.IGNORECASE)
_UPDATE = re.compile(r'\s*UPDATE "?(\w+)"?\s+SET\s+(.*)', re.DOTALL | re.IGNORECASE)
_DELETE = re.compile(r'\s*DELETE FROM "?(\w+)"?(?:\s+WHERE\s+(.*))?', re.DOTALL | re.IGNORECASE)
_ASSIGNMENT = re.compile(r'\s*"?(\w+)"?\s*=\s*(.*?)\s*', re.DOTALL)
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"[^"]*"|\w+|.""", re.DOTALL)
_PLACEHOLDER = re.compile(r"%%|%s")
# Comments, PostgreSQL's own quotes and second statements are not parsed, nor are clauses after a condition.
_UNREADABLE = re.compile(r"--|/\*|\$|;|\bE'", re.IGNORECASE)
_AFTER_CONDITION = re.compile(r"\b(?:RETURNING|ORDER|LIMIT|USING)\b", re.IGNORECASE)

Values = tuple[Any, ...]
Parameters = Sequence[object] | None


@dataclass(frozen=True)
class Write:
    """A statement that writes to a table, as far as its text tells.

    `values` has the columns that are set, with the new values: one for each row of an INSERT, or None if the text does
    not contain them. `condition` is the text after WHERE, with its `parameters`; None for an INSERT, and if it cannot
    be queried on its own.
    """

    table: str
    inserts: bool = False
    values: dict[str, Values | None] = field(default_factory=dict)
    condition: str | None = None
    parameters: Values | None = None


def is_read_only(sql: object) -> bool:
    """Whether the statement changes no row."""
    if not isinstance(sql, str):
        return False
    if sql.startswith("SELECT") and ";" not in sql:
        return True
    word = _FIRST_WORD.match(sql)
    return bool(word and word[1].upper() in READ_ONLY and not _WRITING.search(sql))


def parse_write(sql: object, parameters: object) -> Write | None:
    """What a statement that is not read-only writes, or None if it is not understood.

    Without parameters, as for a statement that runs with many sets of them, the result has no values.
    """
    if not isinstance(sql, str) or not isinstance(parameters, list | tuple | None) or _UNREADABLE.search(sql):
        return None
    if match := _INSERT.fullmatch(sql):
        return Write(match[1].lower(), True, _inserted(match[2], match[3], parameters))
    if match := _UPDATE.fullmatch(sql):
        assignments, condition = _split_update(match[2])
        values = _assigned(assignments, parameters)
        return None if values is None else Write(match[1].lower(), False, values, *_condition(condition, parameters))
    if match := _DELETE.fullmatch(sql):
        return Write(match[1].lower(), False, {}, *_condition(match[2] or "", parameters))
    return None


def _inserted(names: str, rows: str, parameters: Parameters) -> dict[str, Values | None]:
    columns = [column.strip().strip('"').lower() for column in names.split(",")]
    if parameters is None or not _PLAIN_ROWS.fullmatch(rows):
        return dict.fromkeys(columns)
    return {column: tuple(parameters[index :: len(columns)]) for index, column in enumerate(columns)}


def _assigned(assignments: list[str], parameters: Parameters) -> dict[str, Values | None] | None:
    values: dict[str, Values | None] = {}
    index = 0
    for text in assignments:
        assignment = _ASSIGNMENT.fullmatch(text)
        if not assignment:
            return None
        is_plain = assignment[2] == "%s" and parameters is not None
        values[assignment[1].lower()] = tuple(parameters[index : index + 1]) if parameters and is_plain else None
        index += _count_placeholders(text)
    return values


def _split_update(text: str) -> tuple[list[str], str]:
    """The assignments of an UPDATE and the text after its WHERE. Parentheses are kept whole."""
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


def _condition(condition: str, parameters: Parameters) -> tuple[str | None, Values | None]:
    """The condition with its parameters, which are the last ones, or None if it cannot be queried on its own."""
    count = _count_placeholders(condition)
    if not condition.strip() or _AFTER_CONDITION.search(condition) or (count and parameters is None):
        return None, None
    return condition, None if parameters is None else tuple(parameters[len(parameters) - count :])


def _count_placeholders(text: str) -> int:
    return _PLACEHOLDER.findall(text).count("%s")
