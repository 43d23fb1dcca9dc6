"""The words of a query in the language of the database, and how well an entry of the index fits them.

PostgreSQL knows the forms of English words by itself, and takes the last word for the beginning of one, because people
stop typing. SQLite does not know them: there every word may be the beginning of one, cut to what its forms share.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Field, FloatField, Q
from django.db.models.expressions import Combinable, CombinedExpression, RawSQL

from home.search.entries import IndexEntry
from home.search.words import beginnings, folded

# The English of PostgreSQL, with accents left out: made by a migration, used by the settings of the index as well.
SEARCH_CONFIG = "site_english"
TABLE = IndexEntry._meta.db_table

ENGLISH = f"to_tsquery('{SEARCH_CONFIG}', %s)"
# English turns a “y” at the end into “i”, so that “zephy” would not begin “zephyrine”. A word that is not searched
# for, such as “by”, stays one.
ENGLISH_OR_AS_TYPED = (
    "(SELECT CASE WHEN numnode(word) > 0 THEN word || to_tsquery('simple', %s) ELSE word END"  # noqa: S608 (no input)
    f" FROM {ENGLISH} AS word)"
)


class PostgresMatch:
    """A query for PostgreSQL's full-text search. Every word is quoted, so that no sign in it can be an operator."""

    def __init__(self, words: Iterable[str], any_of: bool = False) -> None:
        quoted = ["'{}'".format(word.replace("\\", " ").replace("'", "''")) for word in words]
        last = f"{quoted.pop()}:*"
        self.query, self.parameters = ENGLISH, [last]
        if last.endswith("y':*"):
            self.query, self.parameters = ENGLISH_OR_AS_TYPED, [last, last]
        if quoted:
            joined = "||" if any_of else "&&"
            self.query = f"({ENGLISH} {joined} {self.query})"
            self.parameters.insert(0, f" {'|' if any_of else '&'} ".join(quoted))

    def holding(self, only_in_title: bool = False) -> Combinable:
        """The condition on an entry that it holds the words.

        Not the ids of all that do: where the newest are wanted of very many, only those are looked at.
        """
        text = F("title") if only_in_title else CombinedExpression(F("title"), "||", F("body"))
        return CombinedExpression(text, "@@", _asked(self.query, *self.parameters), output_field=BooleanField())

    def rank(self) -> RawSQL:
        """How well a row of the outer query fits: a word in the title counts for more, and in a short text."""
        rank = f"ts_rank({TABLE}.title || {TABLE}.body, {self.query}, 1)"
        return _asked(rank, *self.parameters, gives=FloatField())


class SQLiteMatch:
    """A query for SQLite's full-text search. Every word is quoted, so that no sign in it can be an operator."""

    numbers = f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s"  # noqa: S608 (no input in the text)

    def __init__(self, words: Iterable[str], any_of: bool = False) -> None:
        self.each_word = [self._forms(word) for word in words]
        self.expression = f" {'OR' if any_of else 'AND'} ".join(self.each_word)

    def holding(self, only_in_title: bool = False) -> Q:
        """The condition on an entry that it holds the words."""
        columns = "title" if only_in_title else "title body"
        return Q(pk__in=_asked(self.numbers, _in(columns, self.expression)))

    def rank(self) -> RawSQL:
        """How well a row of the outer query fits: five for each word in the title, one for each at all.

        Of two that have as many, the shorter text comes first. SQLite's own ranking (bm25) would weigh the words anew
        for each row, which takes seconds where thousands of texts hold them.
        """
        has_word = f"({TABLE}.id IN ({self.numbers}))"
        points = " + ".join([f"5 * {has_word} + {has_word}"] * len(self.each_word))
        sought = [_in(columns, word) for word in self.each_word for columns in ("title", "title body")]
        return _asked(f"{points} + 1000.0 / (1000 + LENGTH({TABLE}.body))", *sought, gives=FloatField())

    @staticmethod
    def _forms(word: str) -> str:
        plain = folded(word)
        forms = beginnings(plain) if " " not in plain else (plain,)
        return "({})".format(" OR ".join(f'"{form}"*' for form in forms))


def _in(columns: str, expression: str) -> str:
    return f"{{{columns}}} : ({expression})"


def _asked(sql: str, *expressions: str, gives: Field[Any, Any] | None = None) -> RawSQL:
    """SQL of our own, with the words as its parameters."""
    return RawSQL(sql, list(expressions), output_field=gives or BigIntegerField())  # noqa: S611 (no input in the text)


def match_for(words: Iterable[str], any_of: bool = False) -> PostgresMatch | SQLiteMatch:
    """The query for the database the site runs on; with `any_of`, for entries that hold at least one of the words."""
    return (PostgresMatch if connection.vendor == "postgresql" else SQLiteMatch)(words, any_of)
