"""Whether a draft is based on the scheduled update, or on another version beside it.

A draft does not record its base. Wagtail logs each save in the admin. When the form showed another version than the
update, such as the live one, `log_parallel_draft` adds an entry.
"""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

from site_core.publishing.types import Actor, Draftable

PARALLEL_DRAFT = "publishing.parallel_draft"
EDITED, REVERTED = "wagtail.edit", "wagtail.revert"


def is_based_on(obj: Draftable, scheduled: Revision) -> bool:
    """Whether the newest draft is the scheduled update, or that update as edited since in the admin.

    Publishing such a draft loses nothing of the update. A draft saved by a program does not count as based on it.
    """
    newer = _newer_drafts(obj, scheduled)
    logged = log_registry.get_logs_for_instance(obj).filter(revision__in=newer)
    actions = set(logged.values_list("revision", "action"))
    is_parallel = any(action in (PARALLEL_DRAFT, REVERTED) for _, action in actions)
    return not is_parallel and newer == {revision_id for revision_id, action in actions if action == EDITED}


def form_shows_update(obj: Draftable, scheduled: Revision, loaded_revision_id: str | None) -> bool:
    """Whether a form opened with this revision shows the update, or a draft based on it."""
    known = {str(pk) for pk in {scheduled.pk, *_newer_drafts(obj, scheduled)}}
    return loaded_revision_id in known and is_based_on(obj, scheduled)


def log_parallel_draft(obj: Draftable, draft: Revision, user: Actor) -> None:
    """Record in the object's history that this draft is not based on the scheduled update."""
    log(obj, PARALLEL_DRAFT, user=user, revision=draft)


@hooks.register("register_log_actions")
def register_parallel_draft(actions: LogActionRegistry) -> None:
    actions.register_action(
        PARALLEL_DRAFT, "Start beside a scheduled update", "Based on another version than the scheduled update"
    )


def _newer_drafts(obj: Draftable, scheduled: Revision) -> set[int]:
    """The pks of the drafts that are newer than the scheduled update."""
    return set(obj.revisions.filter(created_at__gt=scheduled.created_at).values_list("pk", flat=True))
