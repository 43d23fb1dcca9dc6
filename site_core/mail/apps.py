"""Mail that no request waits for: it is queued in the database, and the publishing process sends it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "site_core.mail"

    def ready(self) -> None:
        from site_core.chores.registry import register_chore
        from site_core.mail.delivery import deliver_due
        from site_core.mail.models import UnsentMail
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.publishing.runner.worker import register_worker

        register_private_models("mail.UnsentMail")
        register_worker("mail", deliver_due, every=1.0)
        register_chore("mail", "Delete emails that were given up 30 days ago", UnsentMail.objects.delete_old)
