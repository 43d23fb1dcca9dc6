"""The models of publishing, each defined in the module that uses it."""

from site_core.publishing.approval_rules import ApprovalRules
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.notices.sent import SentNotice
from site_core.publishing.review.approval import ReviewTask
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.runner.lease import RunnerLease
from site_core.publishing.schedule.calendar import CalendarFeed
from site_core.publishing.trashed_page import TrashedPage

__all__ = [
    "ApprovalRules",
    "CalendarFeed",
    "FailedEvent",
    "MailPreferences",
    "Publication",
    "Receipt",
    "ReviewTask",
    "RunnerLease",
    "SentNotice",
    "TrashedPage",
]
