"""The organization's rules for approving: who needs a second approver."""

from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import COMMENTS_RELATION_NAME

from site_core.publishing.types import Actor, Content, Draftable, User

# The permission to change the rules. Managing editors and Administrators have it, and follow the same rule.
CHANGE_RULES = "publishing.change_approvalrules"
# How many revisions to search for the last edit. No one resets the dates of one draft more often.
MAX_REVISIONS = 20
# The decisions in a review, by Wagtail's names of actions.
APPROVE, APPROVE_ALONE, SEND_BACK = "approve", "approve_alone", "reject"
# The labels of an action, by its name and whether it opens a dialog for a comment.
ACTION_LABELS = {
    (SEND_BACK, True): "Send back",
    (APPROVE, False): "Approve",
    (APPROVE, True): "Approve with a note",
    (APPROVE_ALONE, False): "Approve alone",
}

NO_REASON = "Say what has to be changed. The author reads it in the email."
OWN_EDIT = "You made the last edit, so someone else has to approve it."
ALREADY_DECIDED = "Someone else has already decided this review."
EDITED_MEANWHILE = "This was edited while you were reading. Look at it again before you decide."
USED_CHANGED = (
    "“{}”, which this shows, was changed after it was sent for review. "
    "Open the review, look at it again, and decide there."
)
PUBLISHING_IS_APPROVING = (
    "This is in review and you made the last edit, so you cannot publish it yourself. "
    "Save it as a draft, and someone else can approve it."
)


class ApprovalRefused(Exception):
    """The user may not decide this. The message is a sentence for them."""


@register_setting(icon="clipboard-list")
class ApprovalRules(BaseGenericSetting):
    """Whether people may approve their own last edit."""

    editors_need_another = models.BooleanField("an Editor's own last edit needs someone else's approval", default=True)
    managing_editors_need_another = models.BooleanField(
        "a Managing editor's own last edit needs someone else's approval",
        default=False,
        help_text="If no one else is available, a Managing editor can still approve alone. The history records it.",
    )

    class Meta:
        verbose_name = "approval rules"

    def __str__(self) -> str:
        return "Approval rules"


def edited_last(user: User, obj: Draftable) -> bool:
    """Whether the user wrote the newest draft. Setting only its dates does not count as writing."""
    revisions = list(obj.revisions.order_by("-created_at", "-pk").values_list("user", "content")[:MAX_REVISIONS])
    if not revisions:
        return False
    author, content = revisions[0]
    newest = _edited_content(obj, content)
    for older_author, content in revisions[1:]:
        if _edited_content(obj, content) != newest:
            break
        author = older_author
    return author is not None and author == user.pk


def _edited_content(obj: Draftable, content: Content) -> Content:
    """A revision's content without dates, comments and the fields that Wagtail sets."""
    uneditable = {field.name for field in obj._meta.fields if not field.editable}
    ignored = uneditable | {"go_live_at", "expire_at", "first_published_at", COMMENTS_RELATION_NAME}
    return {name: value for name, value in content.items() if name not in ignored}


def needs_another(user: User, obj: Draftable) -> bool:
    """Whether someone else has to approve, because the user made the last edit."""
    return edited_last(user, obj) and rule_applies_to(user)


def rule_applies_to(user: User) -> bool:
    """Whether the rules demand a second approver for edits of this user."""
    rules = ApprovalRules.load()
    if user.has_perm(CHANGE_RULES):
        return bool(rules.managing_editors_need_another)
    return bool(rules.editors_need_another)


def require_second_approver(user: Actor, obj: Draftable) -> None:
    """Raise ApprovalRefused if publishing would approve the user's own edit: publishing ends a review."""
    if user and obj.workflow_in_progress and needs_another(user, obj):
        raise ApprovalRefused(PUBLISHING_IS_APPROVING)
