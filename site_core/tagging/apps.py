"""The admin's work on terms: merging, renaming and splitting them, and tagging many items at once."""

from django.apps import AppConfig


class TaggingConfig(AppConfig):
    name = "site_core.tagging"

    def ready(self) -> None:
        from site_core.chores.registry import register_chore
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.publishing.runner.worker import register_worker
        from site_core.tagging.indexing import EVERY, index_some
        from site_core.tagging.models import TagChange

        register_private_models("tagging.TagChange")
        register_worker("tags", index_some, EVERY)
        register_chore("tags", "Delete what undoes changes of tags after 30 days", TagChange.objects.delete_old)
