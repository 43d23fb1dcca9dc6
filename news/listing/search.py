"""The words of `?q=`, as a condition on news items.

Wagtail's search answers with a list of its own order. Here its index only says which items hold the words, so that
the rest of the query, the order and the counts stay as they are.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from modelsearch.query import PlainText
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from news.items import NewsItemPage, NewsItemQuerySet
from site_core.search.backend import LONGEST_QUERY, searchable


def words_in(text: str) -> str:
    """What was typed, as it is shown and shared: no control characters, one space between words, of limited length."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text[:LONGEST_QUERY]).split())


def holding(items: NewsItemQuerySet, words: str) -> NewsItemQuerySet:
    """Those of the items whose text, publisher or tags hold every word.

    PostgreSQL knows the forms of a word; SQLite does not, so there the last word may be the beginning of one. Words
    without anything to look for (“…”) are held by no item.
    """
    sought = _sought(words)
    if sought is None:
        return items.none()
    return items.filter(pk__in=sought) if connection.vendor == "sqlite" else _with_text(items).filter(held=sought)


def lacking(items: NewsItemQuerySet, words: str) -> NewsItemQuerySet:
    """All others of the items."""
    sought = _sought(words)
    if sought is None:
        return items
    if connection.vendor == "sqlite":
        return items.exclude(pk__in=sought)
    # Most hold all the words in their text alone, which takes half as long to see.
    return _with_text(items).filter(~Q(text=sought) | Q(text=None), ~Q(held=sought) | Q(held=None))


def _with_text(items: NewsItemQuerySet) -> NewsItemQuerySet:
    """Joined to their entries in the index of PostgreSQL, as `held`; what stands there besides the title as `text`.

    Were the index asked in a query of its own, a word that most items hold would be looked for in all of them.
    """
    held = CombinedExpression(F("index_entries__title"), "||", F("index_entries__body"))
    joined: NewsItemQuerySet = items.alias(held=held, text=F("index_entries__body"))
    return joined


def _sought(words: str) -> Any:
    """What PostgreSQL looks for, or the items that SQLite has found; None where there is nothing to look for."""
    # SQLite finds nothing where one of the words is a sign alone.
    text = " ".join(word for word in searchable(words).split() if any(sign.isalnum() for sign in word))
    if not text:
        return None
    backend = get_search_backend()
    query = PlainText(text, operator="and")
    compiler = backend.query_compiler_class(NewsItemPage.objects.order_by(), query, order_by_relevance=False)
    if connection.vendor == "sqlite":
        return _found_by_sqlite(compiler)
    return compiler.build_tsquery(query, config=compiler.get_config(backend))


def _found_by_sqlite(compiler: Any) -> QuerySet[Any, Any]:
    """The same as the compiler's own search, which looks the words up anew for each item on file (0.1 s for 2,000)."""
    from modelsearch.backends.database.sqlite.query import MatchExpression, SQLiteFTSIndexEntry  # SQLite's alone.

    compiler.LAST_TERM_IS_PREFIX = True
    matches = MatchExpression(compiler.FTS_TABLE_FIELDS, compiler.build_search_query(compiler.query))
    entries = IndexEntry.objects.filter(
        pk__in=SQLiteFTSIndexEntry.objects.filter(matches).values("pk"),
        content_type=ContentType.objects.get_for_model(NewsItemPage),
    )
    return entries.values("object_id")
