"""Images and documents."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "site_core.media"

    def ready(self) -> None:
        from django.db.models.signals import pre_save

        from site_core.media.public_use import is_served
        from site_core.media.tag_slugs import fill_slug
        from site_core.page_cache.invalidation.private_writes import register_private_when_new
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.publishing.typed_links import register_view_check

        # Rendering a page can create renditions of its images.
        register_private_when_new("media.SiteRendition")
        register_recorded_models("media.SiteImage", "media.SiteDocument")
        register_view_check("wagtaildocs_serve", is_served)
        pre_save.connect(fill_slug, sender="taggit.Tag", dispatch_uid="media.fill_slug_of_tag")
