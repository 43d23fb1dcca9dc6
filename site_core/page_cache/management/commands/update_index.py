"""Wagtail's update_index, followed by an invalidation: stored search results may be out of date."""

from wagtail.search.management.commands.update_index import Command as UpdateIndex

from site_core.page_cache.invalidation.writes import invalidate


class Command(UpdateIndex):
    help = "Rebuilds the search index, a thousand objects at a time."

    def handle(self, **options: object) -> None:
        super().handle(**options)
        invalidate()
