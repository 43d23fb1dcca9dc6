"""Undo: what was public before is public again, and the newer draft stays what editors see when they open the page.

What is put back is the ledger's own copy, because the revision it came from may be gone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision

from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recording import because
from site_core.publishing.ledger.scheduled_by import schedulings_of
from site_core.publishing.publishable import lock_row
from site_core.publishing.trashed_page import is_in_trash

# How long the admin offers it of its own accord. From the history it can be done at any time.
OFFERED_FOR = timedelta(minutes=10)
# What somebody or the schedule did to the content. A move or a check that fell due is not undone this way.
UNDOABLE = (Cause.PUBLISHED, Cause.SCHEDULED, Cause.EXPIRED, Cause.UNPUBLISHED, Cause.UNDONE)
LOG_ACTION = "publishing.undo"


class CannotBeUndone(Exception):
    """Nothing was changed. str() is the sentence that says why."""


def last_two(obj: Any) -> tuple[Publication | None, Publication | None]:
    """What is public of it now, and what was before; None where nothing is recorded."""
    rows = list(Publication.objects.of(obj).newest_first()[:2])
    now, before = [*rows, None, None][:2]
    return now, before


def can_be_undone(obj: Any, since: datetime | None = None) -> bool:
    """Whether the newest change of what is public is one that undo takes back; if asked, one after `since`."""
    newest = Publication.objects.of(obj).newest_first().values_list("cause", "is_public", "at").first()
    if newest is None:
        return False
    cause, is_public, at = newest
    return cause in UNDOABLE and bool(is_public) == obj.live and (since is None or at >= since)


def undo(obj: Any, user: Any, expected: int | None = None) -> Publication | None:
    """Make public what was before the newest change. The row that was put back; None if nothing was public.

    `expected` is the number of the row that the user saw as the newest. Raises CannotBeUndone.
    """
    with transaction.atomic():
        lock_row(obj)
        newest, before = last_two(obj)
        if newest is None:
            raise CannotBeUndone("The ledger knows nothing of this. There is nothing to put back.")
        if expected is not None and newest.pk != expected:
            raise CannotBeUndone(
                "Meanwhile this was changed once more. Look at what is public now, then decide again."
            )
        if newest.cause not in UNDOABLE:
            raise CannotBeUndone(
                f"The last change here ({Cause(newest.cause).label}) is not one that can be undone. "
                "Choose in the history of publications what to put back."
            )
        put_back(obj, before, user)
    return before


def put_back(obj: Any, row: Publication | None, user: Any) -> None:
    """Make public what a row of the ledger says was; nothing, if nothing was. Raises CannotBeUndone.

    Updates that are scheduled stay so, and the newest draft stays the newest.
    """
    with transaction.atomic(), because(Cause.UNDONE, by=user):
        lock_row(obj)
        # What the caller holds may be older than the row.
        obj = type(obj)._base_manager.get(pk=obj.pk)
        obj = obj.specific if isinstance(obj, Page) else obj
        refuse_without_permission(obj, user)
        scheduled = dict(_scheduled(obj).values_list("pk", "approved_go_live_at"))
        if row is None or not row.is_public:
            obj.unpublish(log_action=LOG_ACTION)
        else:
            _publish_again(obj, row, user, scheduled)
        for number, at in scheduled.items():
            Revision.objects.filter(pk=number).update(approved_go_live_at=at)


def refuse_without_permission(obj: Any, user: Any) -> None:
    """Raise CannotBeUndone where the object is in the bin, or follows another one, or is locked by somebody else."""
    if isinstance(obj, Page) and is_in_trash(obj):
        raise CannotBeUndone(f"“{obj}” is in the bin. Put it back from there first.")
    if isinstance(obj, Page) and obj.alias_of_id:
        raise CannotBeUndone(f"“{obj}” always shows the same as the page it is an alias of. Undo that one.")
    if obj.locked and obj.get_lock().for_user(user):
        raise CannotBeUndone(f"“{obj}” is locked by {obj.locked_by or 'somebody'}. Unlock it first.")


def what_is_gone(row: Publication) -> list[str]:
    """Whatever the row's content refers to and is there no more, with its kind and its name. Accounts do not count."""
    gone = []
    for model, references in _by_model(row.references).items():
        there: set[str] = set()
        if model is not None:
            numbers = model._base_manager.filter(pk__in=references).values_list("pk", flat=True)
            there = {str(number) for number in numbers}
        kind = model._meta.verbose_name if model else "item"
        gone += [f"{kind} “{name}”" for number, name in references.items() if number not in there]
    return gone


def content_then(obj: Any, row: Publication) -> Any:
    """The object as the row holds it, unsaved. A go-live is over, as it was when the content was public."""
    restored = obj.with_content_json({**(row.content or {})})
    restored.go_live_at = None
    return restored


def _publish_again(obj: Any, row: Publication, user: Any, scheduled: dict[int, datetime]) -> None:
    if gone := what_is_gone(row):
        raise CannotBeUndone(
            f"What was public then refers to something that no longer exists: {', '.join(gone)}. Nothing was changed."
        )
    newest = obj.latest_revision
    restored = content_then(obj, row)
    _check(obj, restored)
    if newest and newest.pk == row.revision_id:
        newest.publish(log_action=LOG_ACTION)
        return
    restored.save_revision(user=user, clean=False).publish(log_action=LOG_ACTION)
    if newest:
        _make_newest_again(newest, scheduled)


def _make_newest_again(draft: Revision, scheduled: dict[int, datetime]) -> None:
    """Editors go on with the draft they had, credited to whoever wrote it."""
    draft = Revision.objects.get(pk=draft.pk)
    copy = draft.as_object().save_revision(user=draft.user, clean=False)
    if draft.pk in scheduled:
        # What is scheduled and what is newest were one and the same, and stay so. Whoever scheduled it did not change.
        scheduled[copy.pk] = scheduled.pop(draft.pk)
        schedulings_of(draft).update(revision=copy)


def _check(obj: Any, restored: Any) -> None:
    """Raise CannotBeUndone where the old content may not be public today."""
    taken = isinstance(obj, Page) and obj.get_siblings(inclusive=False).filter(slug=restored.slug).first()
    if taken:
        raise CannotBeUndone(
            f"The address that this page had then, “{restored.slug}”, now belongs to “{taken}”. "
            "Give that page another address first. Nothing was changed."
        )
    try:
        restored.full_clean()
    except ValidationError as error:
        reasons = " ".join(error.messages)
        raise CannotBeUndone(f"What was public then cannot be public today: {reasons} Nothing was changed.") from error


def _scheduled(obj: Any) -> Any:
    return obj.revisions.filter(approved_go_live_at__isnull=False)


def _by_model(references: Iterable[dict[str, str]]) -> dict[Any, dict[str, str]]:
    """Numbers and names of what is referred to, by model; None for a model that the site no longer has."""
    found: dict[Any, dict[str, str]] = {}
    for reference in references:
        label = reference["model"]
        if label != settings.AUTH_USER_MODEL:
            found.setdefault(_model(label), {})[reference["id"]] = reference["name"]
    return found


def _model(label: str) -> Any:
    try:
        return apps.get_model(label)
    except LookupError:
        return None
