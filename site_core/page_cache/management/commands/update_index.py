"""update_index: Wagtail's own, after which the pages of results are out of date."""

from typing import Any

from wagtail.search.management.commands.update_index import Command as UpdateIndex

from site_core.page_cache.invalidation.writes import invalidate


class Command(UpdateIndex):
    help = "Make the search index anew, a thousand objects at a time."

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        invalidate()
