"""The chores, and the rows that say how each went."""

from django.apps import AppConfig


class ChoresConfig(AppConfig):
    name = "site_core.chores"

    def ready(self) -> None:
        from site_core.chores.registry import DAILY, register_chore
        from site_core.chores.stored_files import delete_old_orphans
        from site_core.page_cache.invalidation.private_writes import register_private_models

        register_private_models("chores.ChoreRun")
        register_chore("orphans", "Delete files of the library that nothing refers to", delete_old_orphans, DAILY)
