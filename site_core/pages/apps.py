"""The base class of every page, its blocks, its admin views and its content checks."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "site_core.pages"

    def ready(self) -> None:
        from site_core.pages import checks  # noqa: F401 (registers)
        from site_core.pages.rich_text import save_long_text_fast

        save_long_text_fast()
