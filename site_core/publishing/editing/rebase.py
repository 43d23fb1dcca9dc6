"""What becomes of a scheduled update when something else of the same object is published at once.

Wagtail cancels the schedule without a word. Here the small fix is carried into the update, or whoever publishes says
that the update is to be cancelled; nothing that is scheduled is lost in silence.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from taggit.models import ItemBase
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Revision
from wagtail.utils.timestamps import ensure_utc

from site_core.publishing.eastern import written_out
from site_core.publishing.editing.draft_ancestry import is_made_from
from site_core.publishing.editing.merge import Content, Merge, Shape, Side, changed_fields, merge
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.recording import content_of
from site_core.publishing.publishable import lock_row, without_past_go_live

# Wagtail counts these among the fields that can be edited. A fix and an update each have a change note of their own.
_NEVER_EDITED = {
    *("pk", "id", "page_ptr", "path", "depth", "numchild", "content_type", COMMENTS_RELATION_NAME),
    *("first_published_at", "go_live_at", "expire_at", "change_note"),
}


# The admin's editor numbers each paragraph with one, anew in a text that has none.
BLOCK_KEY = re.compile(r'(<\w+) data-block-key=\\?"\w*\\?"')


class UndecidedConflicts(Exception):
    """The fix and the scheduled update change the same, and nobody has said whose version is to stand."""

    def __init__(self, merged: Merge) -> None:
        super().__init__("The fix and the scheduled update change the same.")
        self.merged = merged


def scheduled_update(obj: Any) -> Revision | None:
    """The revision that is approved to go live later, also one that was due and has failed so far."""
    found: Revision | None = obj.revisions.filter(approved_go_live_at__isnull=False).first()
    return found


def needs_an_answer(obj: Any, content: Content, *, is_the_update: bool | None = None) -> Revision | None:
    """The scheduled update that publishing this content would cancel, where something of it would be lost.

    Nothing is asked of an object that has never been public: publishing it sooner is all there is to it. Nor of the
    update itself, edited: whoever mends one that could not go live publishes that very update. `is_the_update` says
    whether the content was made from it; of the newest draft that is known.
    """
    scheduled = scheduled_update(obj)
    if scheduled is None or goes_live_later(content) or public_content(obj) is None:
        return None
    if is_made_from(obj, scheduled) if is_the_update is None else is_the_update:
        return None
    model = type(obj)
    says_more = changed_fields(alike(model, content), alike(model, scheduled.content), shape_of(model)) or content.get(
        "expire_at"
    ) != scheduled.content.get("expire_at")
    return scheduled if says_more else None


def goes_live_later(content: Content) -> bool:
    """Whether publishing this content only schedules it."""
    return bool(without_past_go_live(content).get("go_live_at"))


def public_content(obj: Any) -> Content | None:
    """What is public of an object, or was last; None if nothing ever was."""
    if obj.live:
        return content_of(obj)
    row = Publication.objects.of(obj).filter(is_public=True).newest_first().first()
    return row.content if row else None


def carried(fix: Revision, scheduled: Revision, choices: Mapping[str, Side] | None = None) -> Merge:
    """What the scheduled update becomes with the fix in it."""
    obj = fix.content_object
    model = type(obj)
    base = alike(model, public_content(obj) or {})
    return merge(base, alike(model, fix.content), alike(model, scheduled.content), shape_of(model), choices)


@transaction.atomic
def publish_and_rebase(fix: Revision, user: Any, choices: Mapping[str, Side] | None = None) -> Revision | None:
    """Publish the fix and put a new revision with the fix in it in place of the scheduled one, which is returned.

    None if nothing is scheduled, or nothing that the fix does not say as well. Raises UndecidedConflicts, and
    ValidationError where either cannot be published; then everything stays as it was.
    """
    lock_row(fix.content_object)
    fix = Revision.objects.get(pk=fix.pk)
    scheduled = needs_an_answer(fix.content_object, fix.content)
    if scheduled is None:
        fix.publish(user=user)
        return None
    choices = choices or {}
    merged = carried(fix, scheduled, choices)
    if any(conflict.name not in choices for conflict in merged.conflicts):
        raise UndecidedConflicts(merged)
    fix.publish(user=user)
    return _schedule_again(fix, scheduled, merged.content, user)


def _schedule_again(fix: Revision, scheduled: Revision, content: Content, user: Any) -> Revision:
    """Save a new revision for the same time. It is not published anew: its time may have come already."""
    published = Revision.objects.get(pk=fix.pk).content_object
    at = scheduled.approved_go_live_at
    now_public = {"last_published_at": content_of(published).get("last_published_at")}
    update = published.with_content_json({**content, **now_public, "go_live_at": at.isoformat()})
    replacement: Revision = update.save_revision(user=user, approved_go_live_at=at, log_action=True)
    about = {
        "id": replacement.pk,
        "created": ensure_utc(replacement.created_at),
        "go_live_at": ensure_utc(at),
        "has_live_version": True,
    }
    log(update, "wagtail.publish.schedule", user=user, revision=replacement, data={"revision": about})
    return replacement


def publish_unless_undecided(obj: Any, user: Any) -> str:
    """Publish the newest draft and carry it into what is scheduled; why not in a sentence, "" if it is done."""
    scheduled = scheduled_update(obj)
    try:
        publish_and_rebase(obj.get_latest_revision(), user)
    except UndecidedConflicts:
        at = written_out(scheduled.approved_go_live_at) if scheduled else "later"
        return (
            f"“{obj}” has an update scheduled for {at} that changes the same. "
            "Open it and publish from there: you will be asked which version stands."
        )
    return ""


def is_due(scheduled: Revision) -> bool:
    """Whether its time has come, so that it is about to go live or has failed to."""
    return scheduled.approved_go_live_at <= timezone.now()


def shape_of(model: Any) -> Shape:
    """Which fields of a model are bodies of blocks, which are rows of their own, and which nobody edits."""
    fields = [field for field in model._meta.get_fields() if getattr(field, "concrete", False)]
    uneditable = {field.name for field in fields if not field.editable}
    rows = {
        relation.get_accessor_name(): ("tag",) if issubclass(relation.related_model, ItemBase) else ()
        for relation in get_all_child_relations(model)
        if relation.get_accessor_name() != COMMENTS_RELATION_NAME
    }
    return Shape(
        streams=frozenset(field.name for field in fields if isinstance(field, StreamField)),
        relations=rows,
        left_alone=frozenset(_NEVER_EDITED | uneditable),
    )


def alike(model: Any, content: Content) -> Content:
    """The content as a form would write it, so that what nobody changed is the same on every side.

    A figure may be written with more or fewer zeros, a block without the parts that were added to it later, and
    paragraphs with other numbers of the editor's or none.
    """
    written: Content = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    for field in model._meta.concrete_fields:
        value = written.get(field.name)
        if isinstance(field, models.DecimalField) and value is not None:
            written[field.name] = str(Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places)))
        if isinstance(field, StreamField) and value is not None:
            written[field.name] = json.dumps(_blocks_alike(field.stream_block, json.loads(value or "[]")))
    return {name: BLOCK_KEY.sub(r"\1", value) if isinstance(value, str) else value for name, value in written.items()}


def _blocks_alike(stream_block: Any, blocks: list[Content]) -> list[Content]:
    """Blocks of a kind that no longer exists are dropped, as Wagtail itself does."""
    known = stream_block.child_blocks
    return [
        {**block, "value": known[block["type"]].get_prep_value(known[block["type"]].to_python(block["value"]))}
        for block in blocks
        if block["type"] in known
    ]
