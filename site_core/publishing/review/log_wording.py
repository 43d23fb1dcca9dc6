"""The history of an object in words: “Sent for review”, where Wagtail says “'Review' started. Next step 'Review'”."""

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.utils.timestamps import parse_datetime_localized

from site_core.publishing.eastern import written_out

# The name of each act in the filter, and what the history says of it.
WORDS = {
    "wagtail.workflow.start": ("Send for review", "Sent for review"),
    "wagtail.workflow.approve": ("Approve", "Approved"),
    "wagtail.workflow.reject": ("Send back", "Sent back to the author"),
    "wagtail.workflow.resume": ("Send for review again", "Sent for review again"),
    "wagtail.workflow.cancel": ("Take back from review", "Taken back from review"),
    "wagtail.edit": ("Save a draft", "Draft saved"),
    "wagtail.revert": ("Restore an earlier version", "Restored an earlier version"),
    "wagtail.publish.scheduled": ("Go live as scheduled", "Went live as scheduled"),
    "wagtail.unpublish.scheduled": ("Come down as scheduled", "Came down as scheduled"),
    "wagtail.publish.schedule": ("Schedule", "Scheduled to go live"),
    "wagtail.schedule.cancel": ("Cancel publication", "Canceled publication"),
}
# Acts whose entry has the go-live.
SCHEDULING = ("wagtail.publish.schedule", "wagtail.schedule.cancel")


def reword_log_actions(actions: LogActionRegistry) -> None:
    """Wagtail's hook `register_log_actions`, after Wagtail's own. Notes of reviewers stay below the sentence."""
    for action, (label, message) in WORDS.items():
        former = type(actions.formatters[action])
        actions.choices.remove((action, former.label))
        actions.register_action(action)(_formatter(former, label, message, dated=action in SCHEDULING))


def _formatter(former: type[LogFormatter], label: str, message: str, *, dated: bool) -> type[LogFormatter]:
    def format_message(self: LogFormatter, entry: PageLogEntry | ModelLogEntry) -> str:
        at = dated and entry.data.get("revision", {}).get("go_live_at")
        return f"{message} {written_out(parse_datetime_localized(at))}" if at else message

    return type("Reworded", (former,), {"label": label, "format_message": format_message})
