"""The admin's screens of withdrawn URLs, beside the redirects."""

from wagtail.snippets.views.snippets import SnippetViewSet

from site_core.redirects.gone import WithdrawnURL


class WithdrawnURLViewSet(SnippetViewSet):
    """Addresses that answer “gone”, beside the redirects."""

    model = WithdrawnURL
    icon = "cross"
    menu_label = "Withdrawn addresses"
    menu_order = 1000
    add_to_settings_menu = True
    list_display = ["address", "since"]
    list_per_page = 50
