"""A cache of whole pages, and the invalidation that keeps it fresh."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "site_core.page_cache"

    def ready(self) -> None:
        from site_core.page_cache import cache, script_nonce
        from site_core.page_cache.invalidation import writes
        from site_core.page_cache.store import database_limits

        cache.connect()
        database_limits.connect()
        script_nonce.connect()
        writes.connect()
