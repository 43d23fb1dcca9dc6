"""The organization's own rules for approving: who needs a second pair of eyes."""

from typing import Any

from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import COMMENTS_RELATION_NAME

# Whoever may change the rules: Managing editors, and Administrators, who follow the same rule.
CHANGE_RULES = "publishing.change_approvalrules"
# Revisions. Nobody sets the dates of one draft more often than that.
LOOKED_BACK = 20
# What a review can end in, by Wagtail's names of actions.
APPROVE, APPROVE_ALONE, SEND_BACK = "approve", "approve_alone", "reject"

NO_REASON = "Say what has to be changed. The author reads it in the mail."
OWN_EDIT = "You edited this last, so somebody else has to approve it."
DECIDED = "Somebody else has decided this review meanwhile."
PAST_THE_REVIEW = (
    "This is in review, and your own edit is the last one, so you cannot publish it yourself. "
    "Save it as a draft, and somebody else can approve it."
)


class ApprovalRefused(Exception):
    """Why somebody may not decide this, as a sentence for them."""


@register_setting(icon="clipboard-list")
class ApprovalRules(BaseGenericSetting):
    """Whether whoever edited last may approve."""

    editors_need_another = models.BooleanField(
        "an Editor's own last edit needs somebody else's approval", default=True
    )
    managing_editors_need_another = models.BooleanField(
        "a Managing editor's own last edit needs somebody else's approval",
        default=False,
        help_text="Where nobody else is there, a Managing editor can still approve alone. The history says so.",
    )

    class Meta:
        verbose_name = "approval rules"

    def __str__(self) -> str:
        return "Approval rules"


def edited_last(user: Any, obj: Any) -> bool:
    """Whether this person wrote the newest draft. Whoever only sets its dates has written nothing."""
    newest, *older = obj.revisions.order_by("-created_at", "-pk").values_list("user", "content")[:LOOKED_BACK] or [
        (None, {})
    ]
    writer, written = newest[0], _what_is_written(obj, newest[1])
    for by, content in older:
        if _what_is_written(obj, content) != written:
            break
        writer = by
    return writer is not None and writer == user.pk


def _what_is_written(obj: Any, content: dict[str, Any]) -> dict[str, Any]:
    """A revision's content without dates, comments and what Wagtail itself keeps there."""
    kept_by_wagtail = {field.name for field in obj._meta.fields if not field.editable}
    left_out = kept_by_wagtail | {"go_live_at", "expire_at", "first_published_at", COMMENTS_RELATION_NAME}
    return {name: value for name, value in content.items() if name not in left_out}


def needs_another(user: Any, obj: Any) -> bool:
    """Whether somebody else has to approve what this person edited last."""
    return edited_last(user, obj) and rule_holds_for(user)


def rule_holds_for(user: Any) -> bool:
    """Whether this person's rank needs a second pair of eyes."""
    rules = ApprovalRules.load()
    if user.has_perm(CHANGE_RULES):
        return bool(rules.managing_editors_need_another)
    return bool(rules.editors_need_another)


def refuse_to_pass_by_the_review(user: Any, obj: Any) -> None:
    """Publishing something that is in review would approve it. Raises ApprovalRefused for whoever may not."""
    if user and obj.workflow_in_progress and needs_another(user, obj):
        raise ApprovalRefused(PAST_THE_REVIEW)
