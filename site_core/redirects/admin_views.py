"""The admin's views that add and edit redirects, in place of Wagtail's."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from wagtail.admin import messages
from wagtail.contrib.redirects.views import CreateView, EditView, permission_checker
from wagtail.log_actions import log

from site_core.admin.unseen_changes import UnseenChangesMixin
from site_core.redirects.forms import RedirectsFileForm, SiteRedirectForm


class RedirectCreateView(CreateView):
    form_class = SiteRedirectForm


class RedirectEditView(UnseenChangesMixin, EditView):
    form_class = SiteRedirectForm


@permission_checker.require_any("add")
def import_redirects(request: HttpRequest) -> HttpResponse:
    """Add the redirects of a file. Rows that cannot be added are listed with the reason."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = RedirectsFileForm(*posted)
    if request.method != "POST" or not form.is_valid():
        return render(request, "redirects/import.html", {"form": form})
    rows = form.cleaned_data["file"]
    refused = add_redirects(rows, is_permanent=form.cleaned_data["is_permanent"])
    if refused:
        context = {"form": RedirectsFileForm(), "refused": refused, "added": len(rows) - len(refused)}
        return render(request, "redirects/import.html", context)
    messages.success(request, f"{len(rows):,} redirect{'s are' if len(rows) > 1 else ' is'} added.")
    return redirect("wagtailredirects:index")


@transaction.atomic
def add_redirects(rows: list[list[str]], *, is_permanent: bool) -> list[tuple[str, str, str]]:
    """Returns the rows that are refused: the old address, the URL, and why."""
    refused = []
    for old_path, link, *_ in rows:
        form = SiteRedirectForm({"old_path": old_path, "redirect_link": link, "is_permanent": is_permanent})
        if form.is_valid():
            log(instance=form.save(), action="wagtail.create")
        else:
            reasons = [message for messages in form.errors.values() for message in messages]
            refused.append((old_path, link, " ".join(reasons)))
    return refused


def redirect_urls() -> list[URLPattern]:
    """URL patterns below /admin/ that take the place of Wagtail's. `reverse` still uses the names of those."""
    return [
        path("redirects/add/", RedirectCreateView.as_view()),
        path("redirects/<int:redirect_id>/", RedirectEditView.as_view()),
        path("redirects/import/", import_redirects),
        # Wagtail's second step, which ours does not have.
        path("redirects/import/process/", import_redirects),
    ]
