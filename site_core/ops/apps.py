"""Running the site: processes, health, metrics, logs and headers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OpsConfig(AppConfig):
    name = "site_core.ops"

    def ready(self) -> None:
        from site_core.ops import checks  # noqa: F401 (registers)
        from site_core.ops.post_migrate import after_last_app

        # Permissions are made app by app after a migrate, so roles can be given theirs only after the last one.
        post_migrate.connect(after_last_app, dispatch_uid="ops.after_last_app")
