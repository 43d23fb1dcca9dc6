"""The side panel “Checks” of a page: what would keep its newest draft from going live, and what is worth another look.

It says what a refusal says, at the same places and in the same words. It stands in Wagtail's panel, above what that
finds in the preview.
"""

from dataclasses import dataclass

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
from site_core.pages.content_checks.passages import Location
from site_core.pages.content_checks.wording.of_pages import MOVING_TIMES, MarkedWords, kept_words, marked_words
from site_core.pages.content_checks.wording.report import not_here_url
from site_core.publishing.editing.refusal_list import Refusal, place_of_block
from site_core.publishing.field_labels import label_of_field
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
    groups = [
        (weight.value, [_listed(draft, issue.location, issue.message) for issue in issues if issue.weight is weight])
        for weight in Weight
    ]
    marked = [one for one in marked_words(draft, kept_words(page)) if one.finding.rule.id != MOVING_TIMES]
    groups.append((WITH_CARE, [_marked(draft, one) for one in marked]))
    return render(request, "pages/content_checks.html", {"groups": [group for group in groups if group[1]]})


@dataclass(frozen=True)
class MarkedRefusal(Refusal):
    """Words that a rule of wording marks, and where a person says that they may stay."""

    not_here: str = ""


def _marked(page: Page, marked: MarkedWords) -> MarkedRefusal:
    line = _listed(page, marked.location, marked.finding.message)
    return MarkedRefusal(line.place, line.sentence, line.anchor, line.field, not_here_url(page, marked))


def _listed(page: Page, location: Location, message: str) -> Refusal:
    field, index = location.field, location.block
    label = label_of_field(type(page), field)
    if index is None:
        return Refusal(label, message, f"id_{field}", field)
    place, anchor = place_of_block(label, index, getattr(page, field)[index])
    return Refusal(place, message, anchor, field)


def checks_script() -> SafeString:
    """Wagtail's hook `insert_editor_js`."""
    scripts = [(static(f"pages/{name}.js"),) for name in ("content_checks", "wording")]
    return format_html_join("", '<script src="{}" defer></script>', scripts)
