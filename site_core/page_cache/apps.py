"""How a rendered page reaches a visitor: stored pages, and what makes them out of date."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "site_core.page_cache"

    def ready(self) -> None:
        from site_core.page_cache import cache
        from site_core.page_cache.invalidation import writes

        cache.connect()
        writes.connect()
