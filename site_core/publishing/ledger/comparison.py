"""Compares the newest row of each object in the ledger with what the public can see of it.

The ledger is written when a signal of Django or Wagtail says that something changed. A queryset's `update()` and raw
SQL send none. The page cache sees such writes at the connection, but not which objects they put online or take down.
So the publishing process compares from time to time and records what differs, with a cause of its own: such a row
says when the change was found, not when it was made nor by whom.

It compares whether an object is public, not what it says. The number of queries depends on the number of models only.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, DraftStateMixin, Page, Site

from site_core.page_cache.memoize import bypass_cache
from site_core.publishing.events import models_with_drafts
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.ledger.recording import record_where_changed
from site_core.publishing.visibility import hidden_pages

logger = logging.getLogger(__name__)

# Seconds between two comparisons by the publishing process. `recent_count` is no older either.
COMPARE_EVERY = 600
CACHE_KEY = "ledger_differences"

# Model label and pk.
Key = tuple[str, str]


class State(StrEnum):
    """Whether the public can see an object, and if not, why not."""

    PUBLIC = "public"
    NOT_LIVE = "not live"
    RESTRICTED = "private"
    NOWHERE = "at no URL of the site"
    DELETED = "deleted"


@dataclass(frozen=True, order=True)
class Difference:
    """An object that is public where the ledger says that it is not, or the other way round."""

    model_label: str
    object_id: str
    state: State

    def __str__(self) -> str:
        ledger = "does not say so" if self.state == State.PUBLIC else "says that it is public"
        return f"{self.model_label} {self.object_id} is {self.state}, and the ledger {ledger}."


def differences() -> list[Difference]:
    """Every object of which the ledger's newest row is wrong.

    Compares twice where it finds any: what is committed between two queries looks like a difference only once.
    """
    found = _compare()
    return sorted(found & _compare()) if found else []


def recent_count() -> int:
    """How many differences there are, as of at most ten minutes ago, for what is asked often."""
    count: int | None = cache.get(CACHE_KEY)
    if count is None:
        count = len(differences())
        cache.set(CACHE_KEY, count, COMPARE_EVERY)
    return count


def record_differences(found: Iterable[Difference]) -> None:
    """Add the row that each lacks. One that cannot be recorded stops no other, and is found again."""
    for difference in found:
        try:
            with transaction.atomic():
                _record(difference)
        except Exception:
            logger.exception("Could not be recorded: %s", difference)
        else:
            logger.warning("Recorded in the ledger: %s", difference)
    cache.delete(CACHE_KEY)


def compare() -> str:
    """The chore: record what is missing. Returns a sentence that says how much."""
    found = differences()
    record_differences(found)
    return f"{len(found) or 'No'} missing {'change' if len(found) == 1 else 'changes'} recorded."


def _compare() -> set[Difference]:
    followed: Any = Publication.objects.with_until()
    newest = followed.filter(until=None).values_list("model_label", "object_id", "is_public")
    public = {(label, pk) for label, pk, is_public in newest if is_public}
    states = _states()
    unsaid = {key for key, state in states.items() if state == State.PUBLIC} - public
    wrong = {key: state for key in public if (state := states.get(key, State.DELETED)) != State.PUBLIC}
    return {Difference(*key, State.PUBLIC) for key in unsaid} | {Difference(*key, wrong[key]) for key in wrong}


def _states() -> dict[Key, State]:
    """The state of every object that the ledger records, as `visibility.is_public` tells it of one."""
    states = _page_states()
    for model in models_with_drafts():
        if model is not Page:
            rows = model._base_manager.values_list("pk", "live")
            states |= {(model._meta.label, str(pk)): State.PUBLIC if live else State.NOT_LIVE for pk, live in rows}
    for label in recorded_labels():
        states |= {(label, str(pk)): State.PUBLIC for pk in _objects_of(label).values_list("pk", flat=True)}
    return states | _private_documents()


def _page_states() -> dict[Key, State]:
    # What is written past the site moves no generation.
    with bypass_cache():
        hidden = hidden_pages()
    roots = tuple(site.root_path for site in Site.get_site_root_paths())
    labels = {row.pk: (row.model_class() or Page)._meta.label for row in ContentType.objects.all()}
    states: dict[Key, State] = {}
    for pk, type_id, live, path, url_path in Page.objects.values_list(
        "pk", "content_type", "live", "path", "url_path"
    ):
        state = State.PUBLIC
        if not live or pk in hidden.aliases:
            state = State.NOT_LIVE
        elif path.startswith(hidden.paths):
            state = State.RESTRICTED
        elif not url_path.startswith(roots):
            state = State.NOWHERE
        states[labels[type_id], str(pk)] = state
    return states


def _private_documents() -> dict[Key, State]:
    private = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    documents = get_document_model().objects.values_list("pk", "collection__path")
    label = get_document_model()._meta.label
    return {(label, str(pk)): State.RESTRICTED for pk, path in documents if path.startswith(private)}


def _objects_of(label: str) -> Any:
    model: Any = apps.get_model(label)
    return model._base_manager if issubclass(model, DraftStateMixin) else model._default_manager


def _record(difference: Difference) -> None:
    obj = None
    if difference.state != State.DELETED:
        # Locked, so that it is still so when its row is added.
        obj = _objects_of(difference.model_label).select_for_update().filter(pk=difference.object_id).first()
    if obj is not None:
        record_where_changed([obj], Cause.COMPARED)
        return
    rows = Publication.objects.filter(model_label=difference.model_label, object_id=difference.object_id)
    last = rows.newest_first().first()
    if last is not None and last.is_public:
        Publication.objects.create(
            at=timezone.now(),
            model_label=last.model_label,
            object_id=last.object_id,
            title=last.title,
            path=last.path,
            is_public=False,
            cause=Cause.COMPARED,
        )
