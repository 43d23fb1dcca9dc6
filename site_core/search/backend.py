"""Wagtail's database search, kept from failing on what people type.

SQLite's full-text search answers an unbalanced quotation mark with an error, finds nothing for “it's”, and a NUL
stops PostgreSQL as well (wagtail/wagtail#13227). The words are cleaned before the database sees them, in the admin
and on the public site alike.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Avg, F, QuerySet
from django.db.models.functions import Length
from modelsearch.backends.database import SearchBackend as database_search_backend

# Longer queries are not typed by people; the rest is cut off.
LONGEST_QUERY = 200
TITLES_WEIGHED_AGAINST = 1_000
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
    """The database's search backend: `search` and `autocomplete` take any text, and indexing reads no other entry."""
    backend = database_search_backend(params)
    if connection.vendor == "postgresql":
        backend.index_class = _weighing_new_titles(backend.index_class)
    for name in ("search", "autocomplete"):
        setattr(backend, name, _taking_any_text(getattr(backend, name)))
    return backend


def _taking_any_text(search: Any) -> Any:
    def search_cleaned(query: Any, model_or_queryset: Any, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = searchable(query)
            if not query:
                # Where nothing is left to search for, nothing is found. The backend's own answer to "" is one that
                # the admin's lists cannot show.
                query, model_or_queryset = "nothing", _none_of(model_or_queryset)
        return search(query, model_or_queryset, *args, **kwargs)

    return search_cleaned


def _none_of(model_or_queryset: Any) -> QuerySet[Any]:
    return model_or_queryset.none() if isinstance(model_or_queryset, QuerySet) else model_or_queryset.objects.none()


def _weighing_new_titles(index_class: Any) -> Any:
    """An index that weighs the titles it is given against the newest thousand, and looks at no other.

    modelsearch reads every entry twice for each that is added: how long titles are on average, and which have no
    weight yet. At a hundred thousand entries that takes as long as all the rest of publishing. `update_index` still
    weighs each against all.
    """

    def index_of(backend: Any) -> Any:
        index = index_class(backend)
        weigh_all, add_items = index._refresh_title_norms, index.add_items

        def add_and_weigh(model: Any, objects: Iterable[Any]) -> None:
            objects = list(objects)
            add_items(model, objects)
            _weigh(index.entries, model, [str(obj.pk) for obj in objects])

        index._refresh_title_norms = lambda full=False: weigh_all(full=True) if full else None
        index.add_items = add_and_weigh
        return index

    return index_of


def _weigh(entries: QuerySet[Any], model: Any, numbers: list[str]) -> None:
    """Give the entries of some objects the weight of their titles: short ones count for more."""
    with_length = entries.annotate(length=Length("title")).filter(length__gt=0)
    newest = with_length.order_by("-pk")[:TITLES_WEIGHED_AGAINST]
    average = newest.aggregate(average=Avg("length"))["average"]
    new = with_length.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=numbers)
    new.update(title_norm=average / F("length"))
