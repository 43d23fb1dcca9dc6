"""ShownSetting: a page of the desk's settings that the site shows on its pages."""

from typing import Any, Self

from wagtail.contrib.settings.models import BaseGenericSetting

from site_core.page_cache.memoize import is_set_aside, remembered


class ShownSetting(BaseGenericSetting):
    """Looked up once in each generation by whoever shows it. Whoever changes it asks `load` for one of its own."""

    class Meta:
        abstract = True

    @classmethod
    def shown(cls, request: Any = None) -> Self:
        """What pages show. Nobody may change it."""
        setting: Self = cls.load(request) if is_set_aside() else _loaded(cls)
        return setting


@remembered
def _loaded(setting: type[ShownSetting]) -> Any:
    return setting.load()
