"""Wagtail's database search for any text that people type.

SQLite's full-text search raises an error for an unbalanced quotation mark and finds nothing for “it's”, and PostgreSQL
raises one for a NUL character, too (wagtail/wagtail#13227). So the text is cleaned before it reaches the database, in
the admin as on the public site.
"""

import re

from django.db import connection
from django.db.models import F, Model, QuerySet
from modelsearch.backends.base import BaseSearchBackend, BaseSearchResults
from modelsearch.query import SearchQuery

# Nobody types a longer query; the rest is cut off.
LONGEST_QUERY = 200
# Control characters, and surrogates: a lone surrogate cannot be stored, and no browser sends one.
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTES = re.compile(r"[\"'`‘’“”]")

Searched = type[Model] | QuerySet[Model]


def typed_text(text: str) -> str:
    """A query as it can be shown again: cut to its longest length, without control characters."""
    return " ".join(_CONTROL_CHARACTERS.sub(" ", text[:LONGEST_QUERY]).split())


def searchable(text: str) -> str:
    """The words of a query that the database accepts."""
    words = typed_text(text)
    if connection.vendor == "sqlite":
        words = _QUOTES.sub(" ", words)
    return " ".join(words.split())


class CleanedQueries(BaseSearchBackend):
    """Cleans every query before the database sees it. Mix it into a search backend."""

    def search(
        self, query: str | SearchQuery, model_or_queryset: Searched, *args: object, **kwargs: object
    ) -> BaseSearchResults:
        return super().search(*_cleaned(query, model_or_queryset), *args, **kwargs)

    def autocomplete(
        self, query: str | SearchQuery, model_or_queryset: Searched, *args: object, **kwargs: object
    ) -> BaseSearchResults:
        return super().autocomplete(*_cleaned(query, model_or_queryset), *args, **kwargs)


def _cleaned(query: str | SearchQuery, model_or_queryset: Searched) -> tuple[str | SearchQuery, Searched]:
    if isinstance(model_or_queryset, QuerySet):
        model_or_queryset = _ordered_by_expressions(model_or_queryset)
    if not isinstance(query, str):
        return query, model_or_queryset
    if words := searchable(query):
        return words, model_or_queryset
    # No word is left, so nothing is found. The backend's own result for "" is one that the admin's lists cannot show.
    if isinstance(model_or_queryset, QuerySet):
        return "nothing", model_or_queryset.none()
    return "nothing", model_or_queryset._default_manager.none()


def _ordered_by_expressions(queryset: QuerySet[Model]) -> QuerySet[Model]:
    """The queryset with its order in expressions. modelsearch refuses names of fields that it does not index.

    A list of the admin that is searched, then sorted by a column, has such an order.
    """
    order = [
        (F(name[1:]).desc() if name.startswith("-") else F(name).asc()) if isinstance(name, str) else name
        for name in queryset.query.order_by
    ]
    return queryset.order_by(*order) if order else queryset
