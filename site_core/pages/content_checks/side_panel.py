"""The side panel “Checks” of a page: what would keep its newest draft from going live, and what is worth another look.

It says what a refusal says, at the same places and in the same words. It stands in Wagtail's panel, above what that
finds in the preview.
"""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.models import Page

from site_core.admin.refusal import refuse
from site_core.pages.content_checks.findings import Weight, open_issues
from site_core.pages.content_checks.wording.marked_lines import line_at, marked_lines
from site_core.publishing.editing.refusal_list import Refusal
from site_core.publishing.permissions import may_see

NOT_ALLOWED = "You may not see these checks, because you may not edit the page."
# The heading above what the rules of wording mark.
WITH_CARE = "Say it with care"
# Stands for a page that the first save has yet to make.
NO_PAGE = 0


class PageChecksPanel(ChecksSidePanel):
    """Wagtail's panel with the checks of this site. A script asks for them while the panel is open."""

    template_name = "pages/checks_panel.html"

    @property
    def wording_url(self) -> str:
        return reverse("wording_in_box", args=[self.object.pk or NO_PAGE])

    @property
    def checks_url(self) -> str:
        return reverse("content_checks", args=[self.object.pk or NO_PAGE])


def content_checks(request: HttpRequest, pk: int) -> HttpResponse:
    """The checks of the newest draft, for the panel."""
    page = get_object_or_404(Page, pk=pk).specific
    if not may_see(request.user, page):
        return refuse(request, NOT_ALLOWED)
    if not hasattr(page, "repeats"):
        raise Http404("This page has no checks.")
    draft = page.get_latest_revision_as_object()
    issues = open_issues(draft)
    groups: list[tuple[str, Sequence[Refusal]]] = [
        (weight.value, [line_at(draft, issue.location, issue.message) for issue in issues if issue.weight is weight])
        for weight in Weight
    ]
    groups.append((WITH_CARE, marked_lines(draft)))
    return render(request, "pages/content_checks.html", {"groups": [group for group in groups if group[1]]})


def checks_script() -> SafeString:
    """Wagtail's hook `insert_editor_js`."""
    scripts = [(static(f"pages/{name}.js"),) for name in ("content_checks", "wording")]
    return format_html_join("", '<script src="{}" defer></script>', scripts)
