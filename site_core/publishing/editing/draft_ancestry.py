"""Whether a draft was made from the scheduled update, or beside it from something else.

No draft says so itself. Wagtail logs each save in the admin; where a form showed something else than the update, such
as what is public, that is logged here as well.
"""

from typing import Any

from wagtail import hooks
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import Revision

BEGUN_BESIDE = "publishing.begun_beside"
EDITED, REVERTED = "wagtail.edit", "wagtail.revert"


def is_made_from(obj: Any, scheduled: Revision) -> bool:
    """Whether the newest draft is the scheduled update, or that update with what was edited in it since in the admin.

    Publishing such a draft loses nothing of the update. A draft that a program wrote counts as made beside it.
    """
    since = _since(obj, scheduled)
    logged = log_registry.get_logs_for_instance(obj).filter(revision__in=since)
    actions = set(logged.values_list("revision", "action"))
    begun_beside = any(action in (BEGUN_BESIDE, REVERTED) for _, action in actions)
    return not begun_beside and since == {number for number, action in actions if action == EDITED}


def form_shows(obj: Any, scheduled: Revision, loaded: str | None) -> bool:
    """Whether a form that was opened with the draft of this number shows the update, or a draft made from it."""
    known = {str(number) for number in {scheduled.pk, *_since(obj, scheduled)}}
    return loaded in known and is_made_from(obj, scheduled)


def note_begun_beside(obj: Any, draft: Revision, user: Any) -> None:
    """Enter in the object's history that this draft is not made from the scheduled update."""
    log(obj, BEGUN_BESIDE, user=user, revision=draft)


@hooks.register("register_log_actions")
def words_of_history(actions: Any) -> None:
    actions.register_action(
        BEGUN_BESIDE, "Begin beside a scheduled update", "Not made from the scheduled update, but beside it"
    )


def _since(obj: Any, scheduled: Revision) -> set[int]:
    """The drafts that are newer than the scheduled update."""
    return set(obj.revisions.filter(created_at__gt=scheduled.created_at).values_list("pk", flat=True))
