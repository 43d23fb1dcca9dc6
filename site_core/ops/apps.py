"""Running the site: processes, health, metrics, logs and the outbox."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpsConfig(AppConfig):
    name = "site_core.ops"

    def ready(self) -> None:
        from site_core.chores.registry import DAILY, register_chore
        from site_core.ops import (
            checks,  # noqa: F401 (registers)
            slow_queries,
        )
        from site_core.ops.certificate import look_at_certificate
        from site_core.ops.error_reports import start_error_reports
        from site_core.ops.gauges import worker_state
        from site_core.ops.post_migrate import after_last_app
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.page_cache.store.request_key import register_bypassed_paths
        from site_core.page_cache.store.request_slots import register_unlimited_paths

        register_bypassed_paths("/health/", "/metrics")
        register_unlimited_paths("/health/live")
        register_private_models("ops.RestoreDrill")
        register_chore("certificate", "Check the certificate that visitors get", look_at_certificate, DAILY)
        # Django creates permissions app by app after a migrate. Roles get theirs after the last app.
        slow_queries.connect()
        worker_state.connect()
        start_error_reports()
        post_migrate.connect(after_last_app, dispatch_uid="ops.after_last_app")
