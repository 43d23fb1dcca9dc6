"""Wagtail's database search, kept from failing on what people type.

SQLite's full-text search answers an unbalanced quotation mark with an error, finds nothing for “it's”, and a NUL
stops PostgreSQL as well (wagtail/wagtail#13227). The words are cleaned before the database sees them, at the desk
and on the public site alike.
"""

import re
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from modelsearch.backends.database import SearchBackend as database_search_backend

# Longer queries are not typed by people; the rest is cut off.
LONGEST_QUERY = 200
# Halves of a character cannot be stored. A browser never sends them.
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_QUOTES = re.compile(r"[\"'`‘’“”]")


def typed_text(text: str) -> str:
    """What somebody typed, as it can be shown again: cut off, and without what no page may hold."""
    return " ".join(_CONTROL_CHARACTERS.sub(" ", text[:LONGEST_QUERY]).split())


def searchable(text: str) -> str:
    """The words of a query that the database can take."""
    words = typed_text(text)
    if connection.vendor == "sqlite":
        words = _QUOTES.sub(" ", words)
    return " ".join(words.split())


def SearchBackend(params: dict[str, Any]) -> Any:
    """The database's search backend, with `search` and `autocomplete` taking any text."""
    backend = database_search_backend(params)
    for name in ("search", "autocomplete"):
        setattr(backend, name, _taking_any_text(getattr(backend, name)))
    return backend


def _taking_any_text(search: Any) -> Any:
    def search_cleaned(query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = searchable(query)
            if not query:
                # Where nothing is left to search for, nothing is found. The backend's own answer to "" is one that
                # the desk's lists cannot show.
                query, model_or_queryset = "nothing", _none_of(model_or_queryset)
        return search(query, model_or_queryset, *args, **kwargs)

    return search_cleaned


def _none_of(model_or_queryset: Any) -> QuerySet[Any]:
    return model_or_queryset.none() if isinstance(model_or_queryset, QuerySet) else model_or_queryset.objects.none()
