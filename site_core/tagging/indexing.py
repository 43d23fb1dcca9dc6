"""Writes the pages of a changed tag to the search index: a few at once, many in the process that publishes.

On PostgreSQL, an entry takes some milliseconds, so thousands would keep others from writing for too long.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import transaction
from wagtail.search.backends import get_search_backends

from site_core.page_cache.invalidation.writes import invalidate
from site_core.tagging.changes import Changes
from site_core.tagging.models import TagChange
from site_core.tagging.ties import tie_tables
from site_core.taxonomy.models import Term

# So many pages are indexed with the change itself, and by each step of the process that publishes.
AT_ONCE = 50
# Seconds between two steps.
EVERY = 1.0
_indexes_by_itself: ContextVar[bool] = ContextVar("indexes_by_itself", default=False)


@contextmanager
def indexing_by_itself() -> Iterator[None]:
    """Inside, the save of a term does not index the pages with it, because the change does that."""
    token = _indexes_by_itself.set(True)
    try:
        yield
    finally:
        _indexes_by_itself.reset(token)


def indexes_by_itself() -> bool:
    return _indexes_by_itself.get()


def pages_to_index(changes: Changes) -> dict[str, list[int]]:
    """The pages whose ties change, and those with a term that has other names now, by the label of their model."""
    found: dict[str, set[int]] = {}
    for table, pages in changes.tied_pages().items():
        found.setdefault(table.page_model._meta.label, set()).update(pages)
    terms = [
        row.pk for row in changes.rows if issubclass(row.model, Term) and {"name", "aliases"} & set(row.after or ())
    ]
    for table in tie_tables():
        tagged = table.through._base_manager.filter(tag__in=terms)
        pks = set(tagged.values_list("content_object_id", flat=True))
        found.setdefault(table.page_model._meta.label, set()).update(pks)
    return {label: sorted(pks) for label, pks in found.items() if pks}


def index_now(waiting: dict[str, list[int]]) -> dict[str, list[int]]:
    """Index as many as one step takes. Returns what is left."""
    left = {}
    room = AT_ONCE
    for label, pks in waiting.items():
        index_pages(apps.get_model(label), pks[:room])
        if pks[room:]:
            left[label] = pks[room:]
        room = max(0, room - len(pks))
    return left


def index_pages(model: Any, pks: Iterable[int]) -> None:
    pages = list(model.get_indexed_objects().filter(pk__in=list(pks)))
    for backend in get_search_backends(with_auto_update=True) if pages else ():
        backend.add_bulk(model, pages)


def index_some() -> None:
    """One step of what is left of the oldest change. A process that is killed goes on where it was."""
    with transaction.atomic():
        waiting = TagChange.objects.select_for_update(of=("self",)).exclude(to_index={})
        change = waiting.defer("changed").order_by("pk").first()
        if change is None:
            return
        change.to_index = index_now(change.to_index)
        change.save(update_fields=["to_index"])
        invalidate()
