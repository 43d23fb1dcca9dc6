"""Registers the page views of the admin, the link handler of rich text, and the log of the content checks."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from site_core.pages.admin_views import ReadOnlyPagesAPI, SitePageViewSet
from site_core.pages.content_checks.reasons import register_kept
from site_core.pages.content_checks.side_panel import checks_script, content_checks
from site_core.pages.content_checks.wording.report import WordingMenuItem
from site_core.pages.content_checks.wording.views import wording_urls
from site_core.pages.rich_text import register_links


def paste_scripts() -> SafeString:
    """What reads pasted text, and what puts it into blocks. Pictures go where the picture chooser sends them."""
    return format_html(
        '<script src="{}" defer></script><script src="{}" data-upload="{}" data-chosen="{}" defer></script>',
        *(static("pages/pasted_text.js"), static("pages/paste.js")),
        *(reverse("wagtailimages:add_multiple"), reverse("wagtailimages_chooser:chosen", args=[0])),
    )


hooks.register("register_admin_viewset", SitePageViewSet)
hooks.register("construct_admin_api", lambda router: router.register_endpoint("pages", ReadOnlyPagesAPI))
# The order puts them after Wagtail's own handlers, which they replace.
hooks.register("register_rich_text_features", register_links, order=1)
hooks.register("register_log_actions", register_kept)
hooks.register("insert_editor_js", paste_scripts)
hooks.register("insert_editor_js", checks_script)
hooks.register(
    "register_admin_urls", lambda: [path("content-checks/<int:pk>/", content_checks, name="content_checks")]
)
hooks.register("register_admin_urls", wording_urls)
hooks.register("register_reports_menu_item", WordingMenuItem)
