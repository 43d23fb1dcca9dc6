"""Deleting a page in the admin moves it to the trash. Other screens neither show nor change pages in the trash."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from site_core.publishing.permissions import root_page
from site_core.publishing.trash.trashing import deletion_refusal, move_to_trash
from site_core.publishing.trash.views import delete_page
from site_core.publishing.trashed_page import is_in_trash, outside_trash
from site_core.publishing.types import User


class PagesOutsideTrashPolicy(PagePermissionPolicy):
    """Leaves out the trash for superusers, too, whose permissions do not depend on the page tree.

    For everybody, lists of pages begin at the home page. Nobody has anything to do at the root above it: Wagtail's
    list there says that pages “will not be accessible at any URL”.
    """

    def instances_with_direct_explore_permission(self, user: User) -> Collection[Page]:
        root = root_page()
        pages = [root] if user.is_superuser else super().instances_with_direct_explore_permission(user)
        others = [page for page in pages if page != root]
        return others if len(others) == len(pages) else [*others, _top_page(root)]

    def explorable_instances(self, user: User) -> QuerySet[Page]:
        return outside_trash(super().explorable_instances(user))

    def instances_user_has_any_permission_for(self, user: User, actions: Collection[str]) -> QuerySet[Page]:
        return outside_trash(super().instances_user_has_any_permission_for(user, actions))


def _top_page(root: Page) -> Page:
    """The only page below the root, or the root if there is none or another."""
    below = list(Page.objects.child_of(root).order_by("path")[:2])
    return below[0] if len(below) == 1 else root


register_permission_policy(Page, PagesOutsideTrashPolicy(Page))
hooks.register("before_delete_page", delete_page)
hooks.register("construct_page_chooser_queryset", lambda pages, request: outside_trash(pages))


class MoveToTrashBulkAction(DeleteBulkAction):
    """Replaces Wagtail's bulk action “Delete” for pages."""

    template_name = "publishing/trash/delete_many.html"

    def check_perm(self, page: Page) -> bool:
        return bool(super().check_perm(page)) and not deletion_refusal(page)

    @classmethod
    def execute_action(cls, objects: list[Page], user: User | None = None, **kwargs: object) -> tuple[int, int]:
        deleted, below = 0, 0
        for page in objects:
            # A page below another one on the list has moved along with it.
            if not is_in_trash(Page.objects.get(pk=page.pk)):
                move_to_trash(page, user)
                deleted, below = deleted + 1, below + page.get_descendant_count()
        return deleted, below

    def get_success_message(self, deleted: int, below: int) -> str:
        pages = "1 page is" if deleted == 1 else f"{deleted} pages are"
        along = f", with {below} below {'it' if deleted == 1 else 'them'}" if below else ""
        return f"{pages} in the trash{along}. You can restore {'it' if deleted == 1 else 'them'} for thirty days."


hooks.register("register_bulk_action", MoveToTrashBulkAction, order=1)


@hooks.register("before_edit_page")
@hooks.register("before_publish_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_copy_page")
@hooks.register("before_move_page")
@hooks.register("before_create_page")
def block_changes_in_trash(request: HttpRequest, *objects: object) -> HttpResponse | None:
    """Superusers need no permission, so nothing else keeps them from changing a page in the trash.

    `objects` are the page and its destination, or the parent and the type of a new page.
    """
    return redirect("trash") if any(isinstance(obj, Page) and is_in_trash(obj) for obj in objects) else None


@hooks.register("before_bulk_action")
def block_bulk_actions_in_trash(
    request: HttpRequest, action_type: str, objects: list[object], action: BulkAction
) -> HttpResponse | None:
    return block_changes_in_trash(request, *objects)


@hooks.register("register_log_actions")
def register_trash_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("publishing.move_to_trash", "Move to trash", "Deleted: moved to the trash")
    actions.register_action("publishing.put_back", "Restore from the trash", "Restored from the trash")
