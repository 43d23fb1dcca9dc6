"""The panel of the admin homepage with three tasks, for when nothing waits for the user, as after the first login."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from news.wagtail_hooks import new_mention_url
from site_core.publishing.permissions import may_publish_pages
from site_core.publishing.review.homepage import something_waits
from site_core.publishing.types import User
from site_core.taxonomy.models import PlaceTerm


@dataclass(frozen=True)
class Task:
    """What somebody can do, the screen for it, and the place in the handbook that says how."""

    name: str
    url: str
    page: str
    anchor: str = ""

    @property
    def handbook_url(self) -> str:
        return reverse("handbook_page", args=[self.page]) + (f"#{self.anchor}" if self.anchor else "")


class FirstTasks(Component):
    """Three tasks of the user's role."""

    name, order = "first-tasks", 51
    template_name = "home/admin/first_tasks.html"

    def __init__(self, tasks: list[Task]) -> None:
        self.tasks = tasks

    def get_context_data(self, parent_context: object = None) -> dict[str, list[Task]]:
        return {"tasks": self.tasks}


def add_first_tasks(request: HttpRequest, panels: list[Component]) -> None:
    """Register after the hooks that add what waits."""
    if not something_waits(panels):
        panels.append(FirstTasks([task for task in tasks_of(request.user) if task.url]))


def tasks_of(user: User) -> list[Task]:
    """The tasks that come with the user's role."""
    if user.has_perm("accounts.add_user"):
        return [
            Task("Invite a colleague", reverse("wagtailusers_users:add"), "people"),
            Task("Add a place", reverse(PlaceTerm.snippet_viewset.get_url_name("add")), "tagging-and-finding"),
            Task("Lead an old address to a new one", reverse("wagtailredirects:add"), "redirects"),
        ]
    if may_publish_pages(user):
        return [
            Task("See what is scheduled", reverse("schedule"), "schedule"),
            Task("See what was public, and restore it", reverse("publications"), "undo-and-trash"),
            Task("Choose what a search shows first", reverse("wagtailsearchpromotions:index"), "promoted-results"),
        ]
    new_item = new_mention_url(user)
    return [
        Task("Enter a press mention", new_item, "press-mention"),
        Task("Write news of our own", new_item, "press-mention", "fill-in-the-boxes"),
        Task("Tag an item", reverse("news_items:index"), "tagging-and-finding", "tag-an-item-so-people-find-it"),
    ]
