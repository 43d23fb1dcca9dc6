"""Running the site: processes, health, metrics, logs and the outbox."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpsConfig(AppConfig):
    name = "site_core.ops"

    def ready(self) -> None:
        from site_core.ops import checks  # noqa: F401 (registers)
        from site_core.ops.post_migrate import after_last_app
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.page_cache.store.request_key import register_bypassed_paths
        from site_core.page_cache.store.request_slots import register_unlimited_paths

        register_bypassed_paths("/health/", "/metrics")
        register_unlimited_paths("/health/live")
        register_private_models("ops.RestoreDrill")
        # Django creates permissions app by app after a migrate. Roles get theirs after the last app.
        post_migrate.connect(after_last_app, dispatch_uid="ops.after_last_app")
