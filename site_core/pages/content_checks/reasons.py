"""Why a person keeps words that a check has marked.

The reason is an entry in the page's history, with the draft that it was given for. It holds for the same words in
every later version of the page, whoever publishes it.
"""

from django.db.models import QuerySet
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Page, PageLogEntry, Revision

from site_core.publishing.types import Actor

KEPT = "pages.kept_with_reason"
# The box of the edit form.
REASON_FIELD = "reason_to_keep"
GIVE_REASON = "Change what is marked, or say in the box “Why it may stay” on the edit screen why it is right."


def reasons_given(page: Page) -> QuerySet[PageLogEntry]:
    """The entries of a page's history, the newest first. Their `comment` is the reason."""
    return PageLogEntry.objects.filter(page=page.pk, action=KEPT).order_by("-timestamp", "-pk")


def kept_messages(page: Page) -> set[str]:
    """The messages of the issues for which somebody gave a reason."""
    return {message for data in reasons_given(page).values_list("data", flat=True) for message in data["messages"]}


def log_reason(page: Page, draft: Revision, messages: list[str], reason: str, user: Actor) -> None:
    """Keep the reason in the page's history, in place of an earlier one for the same draft: autosave sends each."""
    reasons_given(page).filter(revision=draft).delete()
    log(page, KEPT, user=user, revision=draft, data={"messages": messages, "reason": reason})


class KeptFormatter(LogFormatter):
    """Shows what was kept, and the reason as the comment."""

    label = "Keep what a check marked"

    def format_message(self, log_entry: PageLogEntry) -> str:
        return f"Kept as it is: {' '.join(log_entry.data['messages'])}"

    def format_comment(self, log_entry: PageLogEntry) -> str:
        return str(log_entry.data["reason"])


def register_kept(actions: LogActionRegistry) -> None:
    """Wagtail's hook `register_log_actions`."""
    actions.register_action(KEPT)(KeptFormatter)
