"""The admin's trash: moving pages to it, putting them back, and deleting them forever."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, ReferenceIndex

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import until
from site_core.publishing.permissions import rights_at_root, rights_below
from site_core.publishing.publishable import scheduled_revisions
from site_core.publishing.trash.contents import contents_of
from site_core.publishing.trash.trashing import (
    CannotBeDeleted,
    CannotBePutBack,
    PutBack,
    delete_forever,
    deletion_refusal,
    move_to_trash,
    put_back,
)
from site_core.publishing.trashed_page import TrashedPage, is_in_trash, outside_trash
from site_core.publishing.types import User


def delete_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Explain what deleting does, and move the page to the trash. Wagtail has checked the permission."""
    next_url = get_valid_next_url_from_request(request)
    reason = deletion_refusal(page)
    if request.method == "POST" and not reason:
        parent = page.get_parent()
        try:
            move_to_trash(page, request.user)
        except CannotBeDeleted as error:
            reason = str(error)
        else:
            messages.success(
                request,
                f"“{page}” is in the trash. You can restore it for thirty days.",
                buttons=[messages.button(reverse("put_back_page", args=[page.pk]), "Restore")],
            )
            return redirect(next_url or reverse("wagtailadmin_explore", args=[parent.pk]))
    context = {
        "page": page,
        "reason": reason,
        "below": page.get_descendant_count(),
        "is_scheduled": scheduled_revisions(page).exists(),
        "in_review": page.workflow_in_progress,
        "links_here": ReferenceIndex.get_references_to(page).group_by_source_object().count(),
        "usage": reverse("wagtailadmin_pages:usage", args=[page.pk]),
        "next": next_url,
        "parent": page.get_parent(),
    }
    return render(request, "publishing/trash/delete.html", context, status=409 if request.method == "POST" else 200)


def trash_view(request: HttpRequest) -> HttpResponse:
    """The pages in the trash that the user may put back, the last deleted first."""
    may_empty = may_delete_forever(request.user)
    lines = [
        {"trashed": trashed, "parent": parent_of(trashed), "left": until(trashed.deleted_forever_at)}
        for trashed in TrashedPage.objects.select_related("page").order_by("-deleted_at")
        if may_empty or may_put_back(request.user, trashed, parent_of(trashed))
    ]
    return render(request, "publishing/trash/list.html", {"lines": lines, "may_empty": may_empty})


class PlaceForm(forms.Form):
    """Where a page goes when it is put back."""

    parent = forms.ModelChoiceField(queryset=Page.objects.none(), label="Parent page", empty_label="Choose a page")
    slug = forms.SlugField(
        label="Web address ending",
        help_text="Lowercase letters, numbers and hyphens.",
        max_length=255,
    )

    def __init__(self, data: QueryDict | None, *, trashed: TrashedPage, user: User) -> None:
        parent = parent_of(trashed)
        super().__init__(data, initial={"parent": parent, "slug": trashed.slug})
        models = trashed.page.specific_class.allowed_parent_page_models()
        fitting = outside_trash(Page.objects.type(*models)).filter(depth__gt=1).order_by("path")
        allowed = [page.pk for page in fitting if may_put_back(user, trashed, page)]
        field: Any = self.fields["parent"]
        field.queryset = Page.objects.filter(pk__in=allowed).order_by("path")
        field.label_from_instance = lambda page: f"{page.get_admin_display_title()} ({page.get_url() or 'no URL'})"
        if parent is None:
            field.help_text = "The former parent page is gone. Choose another one."


def put_back_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask where to put the page, with its former place filled in, and put it back."""
    trashed = get_object_or_404(TrashedPage.objects.select_related("page"), page=pk)
    if not may_put_back(request.user, trashed, parent_of(trashed)):
        raise PermissionDenied
    form = PlaceForm(request.POST or None, trashed=trashed, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = put_back(trashed, form.cleaned_data["parent"], form.cleaned_data["slug"], request.user)
        except CannotBePutBack as error:
            form.add_error(error.field, str(error))
        else:
            _add_put_back_messages(request, outcome)
            return redirect("wagtailadmin_explore", outcome.page.get_parent().pk)
    context = {
        "trashed": trashed,
        "title": trashed.page.get_admin_display_title(),
        "form": form,
        "contents": contents_of(trashed),
    }
    return render(request, "publishing/trash/put_back.html", context)


def delete_page_forever(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, and delete the page forever."""
    if not may_delete_forever(request.user):
        return refuse(request, "Only a Managing editor or an Administrator can delete pages forever.")
    trashed = get_object_or_404(TrashedPage.objects.select_related("page"), page=pk)
    title = trashed.page.get_admin_display_title()
    if request.method == "POST":
        delete_forever(trashed, request.user)
        messages.success(
            request, f"“{title}” is deleted forever. “Public version history” still shows what visitors saw."
        )
        return redirect("trash")
    context = {"trashed": trashed, "title": title, "below": trashed.page.get_descendant_count()}
    return render(request, "publishing/trash/delete_forever.html", context)


def parent_of(trashed: TrashedPage) -> Page | None:
    """The page's former parent, None if that is deleted, too."""
    parent = Page.objects.filter(pk=trashed.parent_pk).first()
    return None if parent is None or is_in_trash(parent) else parent


def may_put_back(user: User, trashed: TrashedPage, parent: Page | None) -> bool:
    """Whether the user may add a page below `parent`, and publish it if it was public or scheduled.

    Without a parent, whether the user may do so on every page.
    """
    permissions = rights_below(user, parent) if parent else rights_at_root(user)
    needed = {"add", "change", "publish"} if trashed.were_live or trashed.schedules else {"add", "change"}
    return needed <= permissions


def may_delete_forever(user: User) -> bool:
    return "bulk_delete" in rights_at_root(user)


def _add_put_back_messages(request: HttpRequest, outcome: PutBack) -> None:
    page = outcome.page
    below = page.get_descendant_count()
    along = f", with the {below} {'page' if below == 1 else 'pages'} below it" if below else ""
    state = "It is public again." if page.live else "It is not public."
    if outcome.scheduled:
        state += " What was scheduled is scheduled again."
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Edit")]
    messages.success(request, f"“{page}” is back{along}. {state}", buttons=buttons)
    if outcome.expired:
        titles = ", ".join(f"“{title}”" for title in outcome.expired)
        messages.warning(request, f"Not public again, because the expiry passed in the meantime: {titles}.")
    if outcome.missed:
        titles = ", ".join(f"“{title}”" for title in outcome.missed)
        messages.warning(
            request, f"The go-live passed while in the trash: {titles}. Publish now, or choose another time."
        )
