"""CachedSetting: the base class of settings that public pages show."""

from typing import Self, TypeVar

from django.http import HttpRequest
from wagtail.contrib.settings.models import BaseGenericSetting

from site_core.page_cache.memoize import cache_is_bypassed, memoized


class CachedSetting(BaseGenericSetting):
    """A setting that is read once in each generation. Use `shown` to display it and `load` to change it."""

    class Meta:
        abstract = True

    @classmethod
    def shown(cls, request: HttpRequest | None = None) -> Self:
        """The shared instance that pages show. Never change it."""
        setting: Self = cls.load(request) if cache_is_bypassed() else _loaded(cls)
        return setting


Setting = TypeVar("Setting", bound=CachedSetting)


@memoized
def _loaded(setting: type[Setting]) -> Setting:
    loaded: Setting = setting.load()
    return loaded
