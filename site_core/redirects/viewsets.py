"""The admin views of withdrawn URLs."""

from wagtail.snippets.views.snippets import SnippetViewSet

from site_core.redirects.gone import WithdrawnURL


class WithdrawnURLViewSet(SnippetViewSet):
    """Withdrawn URLs, in the menu after the redirects."""

    model = WithdrawnURL
    icon = "cross"
    menu_label = "Withdrawn URLs"
    menu_order = 1000
    add_to_settings_menu = True
    list_display = ["path", "since"]
    list_per_page = 50
