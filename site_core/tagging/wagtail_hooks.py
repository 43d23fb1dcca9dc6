"""The screens on which Managing editors tend the tags."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from site_core.tagging.screens import page_views, views
from site_core.tagging.screens.bulk_action import TagPages
from site_core.tagging.screens.permissions import may_tend
from site_core.tagging.settling import register_tag_log_action

hooks.register("register_log_actions", register_tag_log_action)
hooks.register("register_bulk_action", TagPages)


class TagsMenuItem(MenuItem):
    """The list of tags with their uses, for those who may tend them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_tend(request.user)


@hooks.register("register_reports_menu_item")
def tags_menu_item() -> TagsMenuItem:
    return TagsMenuItem("Tags in use", reverse("tags"), name="tags-in-use", icon_name="tag", order=970)


@hooks.register("register_admin_urls")
def tag_urls() -> list[URLPattern]:
    return [
        path("tags/", views.tags, name="tags"),
        path("tags/merge/", views.merge_tags, name="merge_tags"),
        path("tags/archive/", views.archive_tags, name="archive_tags"),
        path("tags/changes/", views.tag_changes, name="tag_changes"),
        path("tags/untagged/", page_views.untagged, name="untagged"),
        path("tags/<int:pk>/rename/", page_views.rename_tag, name="rename_tag"),
        path("tags/<int:pk>/split/", page_views.split_tag, name="split_tag"),
    ]
