"""Undo: what was public before is public again, and editors still find their newer draft when they open the object.

The ledger's own copy is put back, because the revision that it came from may be gone.
"""

from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page, Revision

from site_core.page_cache.invalidation.writes import invalidate
from site_core.publishing.ledger.chain import CONTENT
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.recorded_models import model_of
from site_core.publishing.ledger.recording import because
from site_core.publishing.ledger.scheduled_by import schedulings_of
from site_core.publishing.publishable import kept_schedules, lock_row
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import Actor, Draftable

# How long the admin offers undo by itself. The history offers it at any time.
OFFERED_FOR = timedelta(minutes=10)
# Changes of the content by a user or the schedule. A move or an overdue recheck is not undone this way.
UNDOABLE = (*(Cause.PUBLISHED, Cause.SCHEDULED, Cause.IMPORTED), *(Cause.EXPIRED, Cause.UNPUBLISHED, Cause.UNDONE))
LOG_ACTION = "publishing.undo"


class CannotBeUndone(Exception):
    """Nothing was changed. str() is a sentence that says why."""


def stored(obj: Draftable) -> Draftable:
    """The object as it is in the database now, and so with what is public of it."""
    return type(obj)._base_manager.get(pk=obj.pk)


def last_two(obj: Draftable) -> tuple[Publication | None, Publication | None]:
    """What is public of it now, and what was before; None if nothing is recorded."""
    rows = list(Publication.objects.of(obj).newest_first()[:2])
    now, before = [*rows, None, None][:2]
    return now, before


def can_be_undone(obj: Draftable, since: datetime | None = None) -> bool:
    """Whether undo can take back the newest change of what is public, and that is not older than `since`."""
    return undoable_change(obj, since) is not None


def undoable_change(obj: Draftable, since: datetime | None = None) -> tuple[Cause, datetime] | None:
    """The cause of that change and when it was made, None if undo cannot take it back."""
    newest = Publication.objects.of(obj).newest_first().values_list("cause", "is_public", "at").first()
    if newest is None:
        return None
    cause, is_public, at = newest
    can_be = cause in UNDOABLE and bool(is_public) == obj.live and (since is None or at >= since)
    return (Cause(cause), at) if can_be else None


def undo(obj: Draftable, user: Actor, expected: int | None = None) -> Publication | None:
    """Make public what was before the newest change. The row that was put back; None if nothing was public.

    `expected` is the pk of the row that the user saw as the newest. Raises CannotBeUndone.
    """
    with transaction.atomic():
        lock_row(obj)
        newest, before = last_two(obj)
        if newest is None:
            raise CannotBeUndone("This has not been public yet. There is nothing to restore.")
        require_newest(newest, expected)
        if newest.cause not in UNDOABLE:
            raise CannotBeUndone(
                f"The last change here ({Cause(newest.cause).label}) is not one that can be undone. "
                "Choose what to restore from its public version history."
            )
        put_back(obj, before, user)
    return before


def require_newest(newest: Publication | None, expected: int | None) -> None:
    """Raise CannotBeUndone if the user saw another row as the newest."""
    if expected is not None and (newest is None or newest.pk != expected):
        raise CannotBeUndone("This has changed again in the meantime. Look at what is public now, then decide again.")


def put_back(obj: Draftable, row: Publication | None, user: Actor, expected: int | None = None) -> None:
    """Make public what a row of the ledger holds; without a row, take the object down. Raises CannotBeUndone.

    `expected` is the pk of the row that the user saw as the newest. Scheduled updates stay scheduled, and the newest
    draft stays the newest.
    """
    with transaction.atomic(), because(Cause.UNDONE, by=user):
        lock_row(obj)
        require_newest(last_two(obj)[0], expected)
        # What the caller holds may be older than the row.
        obj = stored(obj)
        obj = obj.specific if isinstance(obj, Page) else obj
        refuse_if_blocked(obj, row, user)
        # What is taken back now may have been a mistake, which no stored page may show again.
        invalidate(withdraws=True)
        with kept_schedules(obj) as scheduled:
            if row is None or not row.is_public:
                obj.unpublish(log_action=LOG_ACTION)
            else:
                _publish_again(obj, row, user, scheduled)


def refuse_if_blocked(obj: Draftable, row: Publication | None, user: Actor) -> None:
    """Raise CannotBeUndone if the object is in the trash, an alias or locked, or if the row refers to what is gone."""
    if isinstance(obj, Page) and is_in_trash(obj):
        raise CannotBeUndone(f"“{obj}” is in the trash. Restore it from there first.")
    if isinstance(obj, Page) and obj.alias_of_id:
        raise CannotBeUndone(f"“{obj}” always shows the same as the page it is an alias of. Undo that one.")
    if obj.locked and (lock := obj.get_lock()) and lock.for_user(user):
        raise CannotBeUndone(f"“{obj}” is locked by {obj.locked_by or 'somebody'}. Unlock it first.")
    if row and any(part.startswith(CONTENT) for part in row.erased):
        raise CannotBeUndone("Personal data was erased from that version, so it cannot be restored.")
    if row and row.is_public and (missing := deleted_references(row)):
        raise CannotBeUndone(f"That version refers to something that no longer exists: {', '.join(missing)}.")


def deleted_references(row: Publication) -> list[str]:
    """Each object that the row's content refers to and that no longer exists, such as “study “Braga 2018””.

    Accounts are left out.
    """
    missing = []
    for label, references in groupby(row.references, key=itemgetter("model")):
        if label == settings.AUTH_USER_MODEL:
            continue
        model = model_of(label)
        names = {reference["id"]: reference["name"] for reference in references}
        found = model._base_manager.filter(pk__in=names).values_list("pk", flat=True) if model else ()
        existing = {str(pk) for pk in found}
        kind = model._meta.verbose_name if model else "item"
        missing += [f"{kind} “{name}”" for pk, name in names.items() if pk not in existing]
    return missing


def content_then(obj: Draftable, row: Publication) -> Draftable:
    """The object with the row's content, unsaved. It has no go-live, which was past when the content was public."""
    restored = obj.with_content_json({**(row.content or {})})
    restored.go_live_at = None
    return restored


def _publish_again(obj: Draftable, row: Publication, user: Actor, scheduled: dict[int, datetime]) -> None:
    newest = obj.latest_revision
    restored = content_then(obj, row)
    _refuse_if_invalid(obj, restored)
    if newest and newest.pk == row.revision_id:
        newest.publish(log_action=LOG_ACTION)
        return
    restored.save_revision(user=user, clean=False).publish(log_action=LOG_ACTION)
    if newest:
        _make_newest_again(newest, scheduled)


def _make_newest_again(draft: Revision, scheduled: dict[int, datetime]) -> None:
    """Save a copy of the draft as the newest revision, with the draft's author."""
    draft = Revision.objects.get(pk=draft.pk)
    copy = draft.as_object().save_revision(user=draft.user, clean=False)
    if draft.pk in scheduled:
        # The newest draft was the one scheduled, and so is its copy. The user who scheduled it stays the same.
        scheduled[copy.pk] = scheduled.pop(draft.pk)
        schedulings_of(draft).update(revision=copy)


def _refuse_if_invalid(obj: Draftable, restored: Draftable) -> None:
    """Raise CannotBeUndone if the old content is not valid today."""
    if isinstance(obj, Page) and isinstance(restored, Page):
        taken = obj.get_siblings(inclusive=False).filter(slug=restored.slug).first()
        if taken:
            raise CannotBeUndone(
                f"This page then ended in “{restored.slug}”, which now belongs to “{taken}”. "
                "Change the web address ending of that page first. Nothing was changed."
            )
    try:
        restored.full_clean()
    except ValidationError as error:
        reasons = " ".join(error.messages)
        raise CannotBeUndone(f"That version cannot be public today: {reasons} Nothing was changed.") from error
