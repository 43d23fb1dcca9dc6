"""The admin's hooks: the launch checklist, the search reports and, in development, the pattern page."""

from django.conf import settings
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from home.help.first_tasks import add_first_tasks
from home.launch_checklist import ChecklistItem, open_items
from home.search.admin import (
    UnansweredSearchesMenuItem,
    hide_search_terms_report,
    search_admin_urls,
    shorten_promoted_results_label,
)


class LaunchChecklist(Component):
    """The panel of the admin homepage that lists the open items."""

    name = "launch_checklist"
    order = 80
    template_name = "home/admin/launch_checklist.html"

    def __init__(self, items: list[ChecklistItem]) -> None:
        self.items = items

    def get_context_data(self, parent_context: object = None) -> dict[str, list[ChecklistItem]]:
        return {"items": self.items}


@hooks.register("construct_homepage_panels")
def add_launch_checklist(request: HttpRequest, panels: list[Component]) -> None:
    """Show the checklist to users who can change the organization's settings, who alone can complete it."""
    if request.user.has_perm("organization.change_organizationsettings") and (items := open_items()):
        panels.append(LaunchChecklist(items))


# After the panels with what waits for the user.
hooks.register("construct_homepage_panels", add_first_tasks, order=1)
hooks.register("register_admin_urls", search_admin_urls)
hooks.register("construct_settings_menu", shorten_promoted_results_label)
hooks.register("construct_reports_menu", hide_search_terms_report)
hooks.register("register_reports_menu_item", UnansweredSearchesMenuItem)

if settings.DEBUG:
    # Imported in development only: on a public site the pattern page does not exist.
    from home.patterns import PatternsMenuItem, pattern_urls

    hooks.register("register_admin_urls", pattern_urls)
    hooks.register("register_reports_menu_item", PatternsMenuItem)
