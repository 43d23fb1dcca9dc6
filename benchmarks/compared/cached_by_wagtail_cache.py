"""The site's settings with the package wagtail-cache, in memory, as its documentation says to use it."""

from site_core.settings.base import CACHES, INSTALLED_APPS, MIDDLEWARE
from site_core.settings.local import *  # noqa: F403 (as the site's own settings do)

INSTALLED_APPS = [*INSTALLED_APPS, "wagtailcache"]
# The one that says how long a page may be kept stands further out, as in `benchmarks.compared.cached_by_django`.
MIDDLEWARE = [
    "site_core.page_cache.headers.HeadersMiddleware",
    "wagtailcache.cache.UpdateCacheMiddleware",
    *(name for name in MIDDLEWARE if name != "site_core.page_cache.headers.HeadersMiddleware"),
    "wagtailcache.cache.FetchFromCacheMiddleware",
]
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
