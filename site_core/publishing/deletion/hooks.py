"""Connects the question before a deletion to Wagtail's screens, and tells drafts what they miss."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage

from site_core.publishing.deletion.guard import ask_before_deletion
from site_core.publishing.deletion.replacing import register_replace_log_action
from site_core.publishing.runner.missing_references import missing_references

hooks.register("register_log_actions", register_replace_log_action)


@hooks.register("before_delete_snippet")
def ask_before_snippets(request: HttpRequest, objects: Sequence[Model]) -> HttpResponse | None:
    """Of one snippet, and of several."""
    return ask_before_deletion(request, objects)


@hooks.register("before_bulk_action")
def ask_before_several_media(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: BulkAction
) -> HttpResponse | None:
    """If one of the selected files cannot be deleted, none is, so that nobody has to work out which are gone."""
    media = [obj for obj in objects if isinstance(obj, AbstractImage | AbstractDocument)]
    return ask_before_deletion(request, media) if media and action_type == "delete" else None


@hooks.register("before_edit_page")
@hooks.register("before_edit_snippet")
def say_what_a_draft_misses(request: HttpRequest, obj: Any) -> None:
    """What a draft used and somebody has deleted since. Wagtail leaves it out of the form without a word."""
    is_draft = getattr(obj, "latest_revision_id", None) and (not obj.live or obj.has_unpublished_changes)
    if request.method != "GET" or not is_draft:
        return
    if missing := missing_references(type(obj), obj.latest_revision.content):
        messages.warning(
            request,
            f"This draft used something that has been deleted since: {', '.join(missing)}. "
            "Choose something else there, or leave it out.",
        )
