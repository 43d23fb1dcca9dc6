"""The admin views of withdrawn URLs."""

from site_core.admin.snippet_views import PlainSnippetViewSet
from site_core.redirects.gone import WithdrawnURL


class WithdrawnURLViewSet(PlainSnippetViewSet):
    """Withdrawn URLs, in the menu after the redirects."""

    model = WithdrawnURL
    icon = "cross"
    menu_label = "Withdrawn URLs"
    menu_order = 1000
    add_to_settings_menu = True
    list_display = ["path", "since"]
    list_per_page = 50
