"""Handbook, search, menus and refusals of the admin, and the views of Wagtail's that it does without."""

from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "site_core.admin"

    def ready(self) -> None:
        from site_core.admin.finder.help import HelpKind
        from site_core.admin.finder.kinds import register_kind
        from site_core.admin.finder.screens import ScreenKind
        from site_core.admin.views_off import switch_off

        switch_off()
        register_kind(ScreenKind())
        register_kind(HelpKind())
