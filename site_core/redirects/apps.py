"""Redirects, and URLs that are gone."""

from django.apps import AppConfig
from wagtail.contrib.redirects.apps import WagtailRedirectsAppConfig


class RedirectsConfig(AppConfig):
    name = "site_core.redirects"
    default = True

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.page_cache.invalidation.withdrawals import register_withdrawing_when_new
        from site_core.publishing.ledger.recorded_models import register_recorded_models

        register_recorded_models("wagtailredirects.Redirect")
        register_withdrawing_when_new("redirects.WithdrawnURL")
        grant(Role.MANAGING_EDITOR, "add change delete view", "wagtailredirects.redirect", "redirects.withdrawnurl")


class PublicRedirectsConfig(WagtailRedirectsAppConfig):
    """Wagtail's redirects, with signal handlers that skip pages that were never public."""

    def ready(self) -> None:
        super().ready()
        from site_core.redirects import signal_handlers

        signal_handlers.connect()
