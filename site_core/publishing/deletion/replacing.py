"""Puts one object in the place of another wherever it is used: in what is public, in drafts and in what is scheduled.

Revisions are rewritten where they stand. A new one would go before the newest draft, end a review, or cancel a
schedule. The ledger gets a row for each change that visitors see, and the history of each object says what happened.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from wagtail.fields import StreamField
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import DraftStateMixin, Page, Revision
from wagtail.permissions import policy_registry

from site_core.publishing.deletion.uses import Use, uses_of
from site_core.publishing.ledger.publications import Cause
from site_core.publishing.ledger.recording import as_stored, because, content_of, record
from site_core.publishing.permissions import is_locked_for, may_publish
from site_core.publishing.publishable import lock_row
from site_core.publishing.runner.content_references import Reference, key_of, rewritten
from site_core.publishing.trashed_page import is_in_trash
from site_core.publishing.types import Content, User
from site_core.publishing.visibility import is_public

LOG_ACTION = "publishing.replace"


class CannotBeReplaced(Exception):
    """Nothing was changed. str() is a sentence that says why."""


class Swapping:
    """Gives the new pk for each reference to the old object, and counts them."""

    def __init__(self, old: Model, new: Model) -> None:
        self.old, self.new_pk, self.count = key_of(old), new.pk, 0

    def __call__(self, reference: Reference) -> object:
        if reference.key != self.old:
            return reference.pk
        self.count += 1
        return self.new_pk

    def in_content(self, model: type[Model], content: Content) -> Content | None:
        """The content with the new object in place of the old one, None if it does not refer to that."""
        before = self.count
        changed = rewritten(model, content, self)
        return changed if self.count > before else None


def replacement_refusal(user: User, uses: list[Use]) -> str:
    """Why a user may not change everything that uses an object, "" if they may."""
    for use in uses:
        obj = use.user
        if isinstance(obj, DraftStateMixin):
            if is_locked_for(user, obj):
                return f"“{obj}” is locked by {obj.locked_by or 'somebody'}. Unlock it first."
            is_allowed = may_publish(user, obj)
        else:
            is_allowed = policy_registry.get(obj).user_has_permission_for_instance(user, "change", obj)
        # In the trash nobody may do anything, but what is restored from there must not miss it.
        if not is_allowed and not (isinstance(obj, Page) and is_in_trash(obj)):
            return f"“{obj}” is not yours to change. Ask an Editor or a Managing editor."
    return ""


def replace(old: Model, new: Model, user: User) -> list[Use]:
    """Put `new` in the place of `old` everywhere. Returns what was changed. Raises CannotBeReplaced."""
    with transaction.atomic(), because(Cause.EDITED, by=user):
        uses = uses_of(old)
        if refusal := replacement_refusal(user, uses):
            raise CannotBeReplaced(refusal)
        swap = Swapping(old, new)
        for use in uses:
            try:
                _rewrite(use.user, swap)
            except ValidationError as error:
                reasons = " ".join(error.messages)
                raise CannotBeReplaced(f"“{use.user}” cannot be changed: {reasons} Nothing was replaced.") from error
            data = {"old": str(old), "new": str(new), "kind": str(old._meta.verbose_name)}
            log(instance=use.user, action=LOG_ACTION, user=user, data=data)
    return uses


def _rewrite(obj: Any, swap: Swapping) -> None:
    if not isinstance(obj, DraftStateMixin):
        _rewrite_plain(obj, swap)
        return
    lock_row(obj)
    row: Any = type(obj)._base_manager.get(pk=obj.pk)
    kept = Q(pk__in=[row.latest_revision_id, row.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.objects.for_instance(row).filter(kept):
        if changed := swap.in_content(type(row), revision.content):
            Revision.objects.filter(pk=revision.pk).update(content=changed)
    if changed := swap.in_content(type(row), as_stored(content_of(row))):
        now = row.with_content_json(changed)
        now.save()
        if is_public(now):
            record(now, Cause.EDITED, revision_id=now.live_revision_id, public=True)


def _rewrite_plain(obj: Any, swap: Swapping) -> None:
    """An object without drafts. Its save is recorded by itself."""
    row = type(obj)._base_manager.select_for_update().get(pk=obj.pk)
    content = as_stored(content_of(row))
    changed = swap.in_content(type(row), content) or content
    for field in row._meta.concrete_fields:
        value = changed.get(field.name)
        if value != content.get(field.name):
            setattr(row, field.attname, field.to_python(value) if isinstance(field, StreamField) else value)
    row.full_clean()
    row.save()


class ReplacedFormatter(LogFormatter):
    """Says in an object's history what was replaced in it."""

    label = "Replace what is used"

    def format_message(self, entry: Any) -> str:
        data = entry.data
        return f"Replaced the {data.get('kind')} “{data.get('old')}” with “{data.get('new')}”"


def register_replace_log_action(actions: LogActionRegistry) -> None:
    """Wagtail's hook `register_log_actions`."""
    actions.register_action(LOG_ACTION)(ReplacedFormatter)
