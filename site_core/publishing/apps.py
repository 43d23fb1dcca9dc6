"""Publishing: scheduling, review, undo, trash, and the ledger of what was public."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "site_core.publishing"

    def ready(self) -> None:
        from site_core.accounts.change_log import log_changes
        from site_core.accounts.roles import Role, grant
        from site_core.admin.digest import register_section
        from site_core.fields.typed_dates import READERS
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.publishing import checks  # noqa: F401 (registers)
        from site_core.publishing.differences.plain_values import compare_in_plain_words
        from site_core.publishing.ledger import signal_handlers
        from site_core.publishing.notices import mails as notices
        from site_core.publishing.notices.check_reminders import remind
        from site_core.publishing.notices.sent import delete_old_notices
        from site_core.publishing.review import mails
        from site_core.publishing.review.digest import GOING_LIVE, WAITING, send_digests
        from site_core.publishing.runner.hourly import register_hourly
        from site_core.publishing.schedule.fields import read_eastern

        register_private_models("publishing.ApprovalRules", "publishing.TrashedPage", "publishing.CalendarFeed")
        register_private_models("publishing.FailedEvent", "publishing.MailPreferences", "publishing.Receipt")
        register_private_models("publishing.ReviewTask", "publishing.ReviewTask_groups", "publishing.RunnerLease")
        register_private_models("publishing.SentNotice")
        log_changes("publishing.ApprovalRules", "wagtailcore.Workflow", "wagtailcore.Task", "publishing.ReviewTask")
        READERS["eastern"] = read_eastern
        compare_in_plain_words()
        signal_handlers.connect()
        mails.connect()
        notices.connect()
        register_hourly(remind)
        register_hourly(send_digests)
        register_hourly(delete_old_notices)
        register_section(GOING_LIVE)
        register_section(WAITING)
        grant(Role.MANAGING_EDITOR, "change view", "publishing.approvalrules")
