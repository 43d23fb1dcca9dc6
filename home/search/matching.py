"""The words of a search in the query language of the database, and the rank of a match.

PostgreSQL knows the inflections of English words, and takes the last word as a prefix, because visitors stop typing.
SQLite does not know them, so there every word is a prefix, cut to the stem of its inflections. With `whole`, no word
is a prefix.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Field, FloatField, Q
from django.db.models.expressions import Combinable, CombinedExpression, RawSQL
from wagtail.search.models import IndexEntry

from home.search.words import folded, stems

# PostgreSQL's English without accents, made by a migration. The settings of the index use it, too.
SEARCH_CONFIG = "site_english"
TABLE = IndexEntry._meta.db_table

ENGLISH = f"to_tsquery('{SEARCH_CONFIG}', %s)"
# English turns a final “y” into “i”, so “zephy” is no prefix of “zephyrine”. So the query also has the word as typed,
# unless it is a stop word such as “by”.
ENGLISH_OR_AS_TYPED = (
    "(SELECT CASE WHEN numnode(word) > 0 THEN word || to_tsquery('simple', %s) ELSE word END"  # noqa: S608 (no input)
    f" FROM {ENGLISH} AS word)"
)


class PostgresMatch:
    """A query of PostgreSQL's full-text search. Every word is quoted, so none of its characters is an operator."""

    def __init__(self, words: Iterable[str], any_of: bool = False, whole: bool = False) -> None:
        quoted = ["'{}'".format(word.replace("\\", " ").replace("'", "''")) for word in words]
        last = quoted.pop() + ("" if whole else ":*")
        self.query, self.parameters = ENGLISH, [last]
        if last.endswith("y':*"):
            self.query, self.parameters = ENGLISH_OR_AS_TYPED, [last, last]
        if quoted:
            joined = "||" if any_of else "&&"
            self.query = f"({ENGLISH} {joined} {self.query})"
            self.parameters.insert(0, f" {'|' if any_of else '&'} ".join(quoted))

    def condition(self, only_title: bool = False) -> Combinable:
        """Return the condition that an entry holds the words.

        It is checked per entry, so a query for the newest of very many matches stops early.
        """
        text = F("title") if only_title else CombinedExpression(F("title"), "||", F("body"))
        return CombinedExpression(text, "@@", _raw_sql(self.query, *self.parameters), output_field=BooleanField())

    def rank(self) -> RawSQL:
        """Return the rank of a row of the outer query, which is higher for words in the title and in a short text."""
        rank = f"ts_rank({TABLE}.title || {TABLE}.body, {self.query}, 1)"
        return _raw_sql(rank, *self.parameters, output_field=FloatField())


class SQLiteMatch:
    """A query of SQLite's full-text search. Every word is quoted, so none of its characters is an operator."""

    rowids = f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s"  # noqa: S608 (no input in the text)

    def __init__(self, words: Iterable[str], any_of: bool = False, whole: bool = False) -> None:
        self.each_word = [self._forms(word, "" if whole else "*") for word in words]
        self.expression = f" {'OR' if any_of else 'AND'} ".join(self.each_word)

    def condition(self, only_title: bool = False) -> Q:
        """Return the condition that an entry holds the words."""
        columns = "title" if only_title else "title body"
        return Q(pk__in=_raw_sql(self.rowids, _in(columns, self.expression)))

    def rank(self) -> RawSQL:
        """Return the rank of a row of the outer query: five points for a word in the title, one for a word anywhere.

        Of equal ranks, the shorter text comes first. SQLite's own ranking (bm25) evaluates the words again for each
        row, which takes seconds for thousands of matches.
        """
        has_word = f"({TABLE}.id IN ({self.rowids}))"
        points = " + ".join([f"5 * {has_word} + {has_word}"] * len(self.each_word))
        expressions = [_in(columns, word) for word in self.each_word for columns in ("title", "title body")]
        shortness = f"1000.0 / (1000 + LENGTH({TABLE}.body))"
        return _raw_sql(f"{points} + {shortness}", *expressions, output_field=FloatField())

    @staticmethod
    def _forms(word: str, ending: str) -> str:
        plain = folded(word)
        forms = stems(plain) if " " not in plain else (plain,)
        if not ending:
            forms = tuple(dict.fromkeys((plain, *forms)))
        return "({})".format(" OR ".join(f'"{form}"{ending}' for form in forms))


def _in(columns: str, expression: str) -> str:
    return f"{{{columns}}} : ({expression})"


def _raw_sql(sql: str, *expressions: str, output_field: Field[float, float] | None = None) -> RawSQL:
    """Return SQL with the words as its parameters."""
    return RawSQL(sql, list(expressions), output_field=output_field or BigIntegerField())  # noqa: S611 (no input)


def match_for(words: Iterable[str], any_of: bool = False, whole: bool = False) -> PostgresMatch | SQLiteMatch:
    """Return the query for the database in use, of all the words or, with `any_of`, of at least one."""
    return (PostgresMatch if connection.vendor == "postgresql" else SQLiteMatch)(words, any_of, whole)
