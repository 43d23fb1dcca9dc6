"""The app's set-up, Wagtail's user screens with our roles in them, and its redirects for what was public alone."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class SiteCoreConfig(AppConfig):
    """Registers the checks, and brings roles and the Site row up to date after every migrate."""

    name = "site_core"
    default = True

    def ready(self) -> None:
        from site_core import checks  # noqa: F401 (registers)
        from site_core.delivery import cache, writes
        from site_core.publishing.ledger import listening
        from site_core.publishing.review import mails

        cache.connect()
        writes.connect()
        listening.connect()
        mails.connect()

        # Permissions are made app by app after a migrate, so roles can be given theirs only after the last one.
        post_migrate.connect(after_last_app, dispatch_uid="site_core.after_last_app")


def after_last_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Run what must stand after every migrate, once."""
    # The signal is not sent for apps without models.
    if sender is [config for config in apps.get_app_configs() if config.models_module][-1]:
        from site_core.standing import bring_up_to_date

        bring_up_to_date(using)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, through our viewset."""

    user_viewset = "site_core.people.PersonViewSet"


class RedirectsConfig(WagtailRedirectsAppConfig):
    """Wagtail's redirects, which a page leaves behind where it has been public."""

    def ready(self) -> None:
        super().ready()
        from site_core import page_addresses

        page_addresses.connect()
