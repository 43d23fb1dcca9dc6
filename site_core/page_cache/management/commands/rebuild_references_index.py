"""Wagtail's rebuild_references_index, followed by an invalidation: stored pages may have been made from the index."""

from wagtail.management.commands.rebuild_references_index import Command as RebuildReferencesIndex

from site_core.page_cache.invalidation.writes import invalidate


class Command(RebuildReferencesIndex):
    help = "Rebuilds the reference index, a thousand objects at a time."

    def handle(self, **options: object) -> None:
        super().handle(**options)
        invalidate()
