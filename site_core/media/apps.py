"""Images and documents."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "site_core.media"

    def ready(self) -> None:
        from site_core.page_cache.invalidation.private_writes import register_private_when_new
        from site_core.publishing.ledger.recorded_models import register_recorded_models

        # A page makes new sizes of its images while it is rendered.
        register_private_when_new("media.SiteRendition")
        register_recorded_models("media.SiteImage", "media.SiteDocument")
