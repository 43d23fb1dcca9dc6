"""The site's settings with Django's own cache of whole pages, in memory: what the page store is measured against.

Its two middlewares stand outside all that they can, which is where a hit costs least. Only the one that says how long
a page may be kept has to be further out: it leaves the ten minutes that Django says, and would else say "not at all".
"""

from site_core.settings.base import CACHES, MIDDLEWARE
from site_core.settings.local import *  # noqa: F403 (as the site's own settings do)

MIDDLEWARE = [
    "site_core.page_cache.headers.HeadersMiddleware",
    "django.middleware.cache.UpdateCacheMiddleware",
    "django.middleware.cache.FetchFromCacheMiddleware",
    *(name for name in MIDDLEWARE if name != "site_core.page_cache.headers.HeadersMiddleware"),
]
CACHES = CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
