"""CachedSetting: a page of the admin's settings that the site shows on its pages."""

from typing import Any, Self

from wagtail.contrib.settings.models import BaseGenericSetting

from site_core.page_cache.memoize import cache_is_bypassed, memoized


class CachedSetting(BaseGenericSetting):
    """Looked up once in each generation by whoever shows it. Whoever changes it asks `load` for one of its own."""

    class Meta:
        abstract = True

    @classmethod
    def shown(cls, request: Any = None) -> Self:
        """What pages show. Nobody may change it."""
        setting: Self = cls.load(request) if cache_is_bypassed() else _loaded(cls)
        return setting


@memoized
def _loaded(setting: type[CachedSetting]) -> Any:
    return setting.load()
