"""What readers say of a page: the form at its end, and the report for editors."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "site_core.feedback"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.chores.registry import register_chore
        from site_core.feedback.models import Answer
        from site_core.page_cache.invalidation.private_writes import register_private_models

        register_private_models("feedback.Answer")
        register_chore("answers", "Delete old answers of readers", Answer.objects.delete_old)
        grant(Role.EDITOR, "view delete", "feedback.answer")
