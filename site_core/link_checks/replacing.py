"""Replaces a link in everything that is public, in drafts, and in what is scheduled."""

from collections.abc import Container
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Revision

from site_core.link_checks.found_links import forget_unused, note_uses, object_of, with_link_replaced
from site_core.link_checks.models import LinkCheck
from site_core.publishing.approval_rules import ApprovalRefused
from site_core.publishing.editing.draft_ancestry import log_parallel_draft
from site_core.publishing.editing.rebase import UndecidedConflicts, publish_and_rebase, scheduled_update
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.permissions import may_publish, require_unlocked
from site_core.publishing.publishable import lock_row
from site_core.publishing.types import User

MAY_NOT = "you may not publish it"
CONFLICT = "a scheduled update changes the same text"


@dataclass
class Outcome:
    """The titles of what was changed, and a sentence for each that was not."""

    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def replace_everywhere(link: LinkCheck, new: str, user: User, but: Container[int] = ()) -> Outcome:
    """Each object by itself: what cannot be changed stops no other. `but` holds the pks of uses that stay."""
    outcome = Outcome()
    for use in link.uses.order_by("pk"):
        obj = None if use.pk in but else object_of(use)
        if obj is None:
            continue
        try:
            with transaction.atomic():
                _replace(obj, link.url, new, user)
            outcome.changed.append(str(obj))
        except ValidationError as error:
            outcome.refused.append(f"“{obj}”: {' '.join(error.messages)}")
        except UndecidedConflicts:
            outcome.refused.append(f"“{obj}”: {CONFLICT}.")
        except (PermissionDenied, ApprovalRefused) as error:
            outcome.refused.append(f"“{obj}”: {str(error) or MAY_NOT}.")
        else:
            stored = object_of(use)
            if stored is not None:
                note_uses(stored)
    forget_unused()
    return outcome


def _replace(obj: Model, old: str, new: str, user: User) -> None:
    """Raises ValidationError, PermissionDenied, ApprovalRefused or UndecidedConflicts."""
    if isinstance(obj, DraftStateMixin):
        _replace_and_publish(obj, old, new, user)
        return
    if not user.has_perm(f"{obj._meta.app_label}.change_{obj._meta.model_name}"):
        raise PermissionDenied(MAY_NOT)
    for each in obj._meta.concrete_fields:
        value = getattr(obj, each.attname)
        if isinstance(value, str):
            setattr(obj, each.attname, with_link_replaced(value, old, new))
    obj.full_clean()
    obj.save()
    log(obj, "wagtail.edit", user=user, content_changed=True)


def _replace_and_publish(obj: Any, old: str, new: str, user: User) -> None:
    """What is public is published with the new link alone. A draft stays the newest, with the new link as well."""
    lock_row(obj)
    obj = type(obj)._base_manager.get(pk=obj.pk)
    if not may_publish(user, obj):
        raise PermissionDenied(MAY_NOT)
    require_unlocked(user, obj)
    draft = obj.latest_revision if obj.has_unpublished_changes else None
    changed = obj.with_content_json(with_link_replaced(content_of(obj), old, new))
    changed.go_live_at = None
    fix = changed.save_revision(user=user, log_action=True)
    if scheduled := scheduled_update(obj):
        log_parallel_draft(obj, fix, user)
    publish_and_rebase(fix, user)
    if draft and draft != scheduled:
        _save_again(Revision.objects.get(pk=draft.pk), old, new)


def _save_again(draft: Revision, old: str, new: str) -> None:
    """With the draft's own author, whose work it stays."""
    latest = draft.as_object()
    content = with_link_replaced(draft.content, old, new)
    latest.with_content_json(content).save_revision(user=draft.user, clean=False)
