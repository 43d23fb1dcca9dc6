"""The report of links that no longer work, by link and by page, and the screen on which an editor decides."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem

from site_core.link_checks.checker import say_online
from site_core.link_checks.deciding import use_archived_copy
from site_core.link_checks.forms import ArchivedCopyForm, NewAddressForm
from site_core.link_checks.found_links import objects_of
from site_core.link_checks.models import RIGHT_FOR, LinkCheck, LinkUse
from site_core.link_checks.replacing import Outcome, replace_everywhere
from site_core.publishing.types import User

MAY_SEE, MAY_DECIDE = "link_checks.view_linkcheck", "link_checks.change_linkcheck"
A_PAGE = 50
NOT_EVERYWHERE = "The old link still stands where it could not be replaced."


def may_see(user: User) -> bool:
    return bool(user.has_perm(MAY_SEE))


@require_safe
def broken_links(request: HttpRequest) -> HttpResponse:
    """Each link with what is wrong, or by `?by=page` each page with its links."""
    _require(request.user, MAY_SEE)
    by_page = request.GET.get("by") == "page"
    links = LinkCheck.objects.to_decide()
    uses = (
        LinkUse.objects.filter(link__in=links)
        .select_related("link")
        .order_by("title", "model_label", "object_id", "pk")
    )
    rows: Any = uses if by_page else links.prefetch_related("uses")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    counts = {"links": links.count(), "checked": LinkCheck.objects.exclude(checked_at=None).count()}
    return render(request, "link_checks/report.html", {"page_obj": page, "by_page": by_page, **counts})


@require_http_methods(["GET", "HEAD", "POST"])
def broken_link(request: HttpRequest, pk: int) -> HttpResponse:
    """One link: where it stands, and what to do about it."""
    _require(request.user, MAY_DECIDE)
    link = get_object_or_404(LinkCheck, pk=pk)
    action = request.POST.get("action", "") if request.method == "POST" else ""
    posted = request.POST or None
    new_address = NewAddressForm(posted if action == "replace" else None, link=link, initial={"url": link.new_url})
    proposed = {"archived_url": link.archived_proposal}
    archived = ArchivedCopyForm(posted if action == "archive" else None, initial=proposed)
    if action == "right":
        _call_right(request, link)
        return redirect("broken_links")
    if new_address.is_valid():
        _say(request, replace_everywhere(link, new_address.cleaned_data["url"], request.user))
        return redirect("broken_links")
    if archived.is_valid():
        _say(request, use_archived_copy(link, archived.cleaned_data["archived_url"], request.user))
        return redirect("broken_links")
    context = {"link": link, "uses": _uses(request.user, link), "new_address": new_address, "archived": archived}
    return render(request, "link_checks/link.html", context)


class LinksMenuItem(MenuItem):
    """The menu item of the report, for those who may see it."""

    def __init__(self) -> None:
        super().__init__("Broken links", reverse("broken_links"), name="broken-links", icon_name="link", order=800)

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see(request.user)


def link_urls() -> list[URLPattern]:
    route = "reports/broken-links/"
    return [
        path(route, broken_links, name="broken_links"),
        path(f"{route}<int:pk>/", broken_link, name="broken_link"),
    ]


def _require(user: User, permission: str) -> None:
    if not user.has_perm(permission):
        raise PermissionDenied


def _uses(user: User, link: LinkCheck) -> list[tuple[LinkUse, str]]:
    """Each object in which it stands, with the URL of its form, "" if the user may not edit it."""
    finder = AdminURLFinder(user)
    uses = list(link.uses.order_by("title", "pk")[:A_PAGE])
    found = objects_of(uses)
    return [(use, (finder.get_edit_url(found[use]) or "") if use in found else "") for use in uses]


def _call_right(request: HttpRequest, link: LinkCheck) -> None:
    link.call_right(request.user, timezone.now())
    link.save()
    say_online(link.url)
    messages.success(request, f"The link counts as right for {RIGHT_FOR.days} days.")


def _say(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.changed:
        titles = ",” “".join(outcome.changed)
        messages.success(request, f"Changed: “{titles}.”")
    for sentence in outcome.refused:
        messages.error(request, f"Not changed: {sentence}")
    if outcome.refused:
        messages.warning(request, NOT_EVERYWHERE)
