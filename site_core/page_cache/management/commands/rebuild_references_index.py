"""rebuild_references_index: Wagtail's own, after which what is found of documents is out of date."""

from typing import Any

from wagtail.management.commands.rebuild_references_index import Command as RebuildReferencesIndex

from site_core.page_cache.invalidation.writes import invalidate


class Command(RebuildReferencesIndex):
    help = "Make the index of what refers to what anew, a thousand objects at a time."

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        invalidate()
