"""Where the admin deletes pages, they go into the bin; and what is in the bin is nowhere else to be seen."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin.views.pages.bulk_actions.delete import DeleteBulkAction
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from site_core.publishing.trash.trashing import move_to_trash, reason_to_stay
from site_core.publishing.trash.views import TrashMenuItem, delete_page
from site_core.publishing.trashed_page import is_in_trash, outside_trash


class PagesOutsideTrashPolicy(PagePermissionPolicy):
    """Whose rights do not come from a place in the tree, superusers, have the site's tree alone before them, too."""

    def instances_with_direct_explore_permission(self, user: Any) -> Any:
        if user.is_superuser:
            return [Page.get_first_root_node()]
        return super().instances_with_direct_explore_permission(user)

    def explorable_instances(self, user: Any) -> Any:
        return outside_trash(super().explorable_instances(user))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return outside_trash(super().instances_user_has_any_permission_for(user, actions))


register_permission_policy(Page, PagesOutsideTrashPolicy(Page))


@hooks.register("before_delete_page")
def delete_into_trash(request: HttpRequest, page: Page) -> HttpResponse:
    """Wagtail has asked by now whether the user may delete the page."""
    return delete_page(request, page)


class MoveToTrashBulkAction(DeleteBulkAction):
    """“Delete” for the pages ticked in a list, in the place of Wagtail's own."""

    template_name = "publishing/trash/delete_many.html"

    def check_perm(self, page: Page) -> bool:
        return bool(super().check_perm(page)) and not reason_to_stay(page)

    @classmethod
    def execute_action(cls, objects: list[Page], user: Any = None, **kwargs: Any) -> tuple[int, int]:
        deleted, below = 0, 0
        for page in objects:
            # One that stands below another one ticked has gone along with it.
            if not is_in_trash(Page.objects.get(pk=page.pk)):
                move_to_trash(page, user)
                deleted, below = deleted + 1, below + page.get_descendant_count()
        return deleted, below

    def get_success_message(self, deleted: int, below: int) -> str:
        pages = "1 page is" if deleted == 1 else f"{deleted} pages are"
        along = f", with {below} below {'it' if deleted == 1 else 'them'}" if below else ""
        return f"{pages} in the bin{along}. For thirty days they can be put back."


hooks.register("register_bulk_action", MoveToTrashBulkAction, order=1)


@hooks.register("construct_page_chooser_queryset")
def choose_outside_trash(pages: Any, request: HttpRequest) -> Any:
    return outside_trash(pages)


@hooks.register("before_edit_page")
@hooks.register("before_publish_page")
@hooks.register("before_unpublish_page")
@hooks.register("before_copy_page")
def nothing_happens_in_trash(request: HttpRequest, page: Page) -> HttpResponse | None:
    """For superusers, whom no right keeps out."""
    return redirect("bin") if is_in_trash(page) else None


@hooks.register("before_move_page")
def nothing_moves_into_trash(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return redirect("bin") if is_in_trash(page) or is_in_trash(destination) else None


@hooks.register("before_create_page")
def nothing_starts_in_trash(request: HttpRequest, parent: Page, page_class: Any) -> HttpResponse | None:
    return redirect("bin") if is_in_trash(parent) else None


@hooks.register("before_bulk_action")
def nothing_happens_in_trash_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return redirect("bin") if any(isinstance(obj, Page) and is_in_trash(obj) for obj in objects) else None


@hooks.register("register_reports_menu_item")
def trash_menu_item() -> TrashMenuItem:
    return TrashMenuItem()


@hooks.register("register_log_actions")
def name_trash_in_the_history(actions: Any) -> None:
    actions.register_action("bin.put_in", "Put into the bin", "Deleted: put into the bin")
    actions.register_action("bin.put_back", "Put back from the bin", "Put back from the bin")
