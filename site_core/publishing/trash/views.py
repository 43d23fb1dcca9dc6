"""The admin's bin: deleting into it, putting back from it, and deleting for good."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, ReferenceIndex

from site_core.admin.refusal import refuse
from site_core.publishing.eastern import until, written_out
from site_core.publishing.permissions import rights_at_root, rights_below
from site_core.publishing.trash.contents import contents_of
from site_core.publishing.trash.media_deletion import media_urls
from site_core.publishing.trash.trashing import (
    CannotBeDeleted,
    CannotBePutBack,
    PutBack,
    delete_for_good,
    move_to_trash,
    put_back,
    reason_to_stay,
)
from site_core.publishing.trashed_page import TrashedPage, is_in_trash, outside_trash


def delete_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Say what deleting means, and do it. Whoever calls has asked whether the user may."""
    following = get_valid_next_url_from_request(request)
    reason = reason_to_stay(page)
    if request.method == "POST" and not reason:
        parent = page.get_parent()
        try:
            move_to_trash(page, request.user)
        except CannotBeDeleted as error:
            reason = str(error)
        else:
            messages.success(
                request,
                f"“{page}” is in the bin. For thirty days it can be put back.",
                buttons=[messages.button(reverse("put_back_page", args=[page.pk]), "Put back")],
            )
            return redirect(following or reverse("wagtailadmin_explore", args=[parent.pk]))
    context = {
        "page": page,
        "reason": reason,
        "below": page.get_descendant_count(),
        "is_scheduled": page.revisions.filter(approved_go_live_at__isnull=False).exists(),
        "in_review": page.workflow_in_progress,
        "links_here": ReferenceIndex.get_references_to(page).group_by_source_object().count(),
        "usage": reverse("wagtailadmin_pages:usage", args=[page.pk]),
        "next": following,
        "parent": page.get_parent(),
    }
    return render(request, "publishing/trash/delete.html", context, status=409 if request.method == "POST" else 200)


def trash_view(request: HttpRequest) -> HttpResponse:
    """What is in the bin, the last deleted first, as far as the user may put it back."""
    may_empty = may_delete_for_good(request.user)
    lines = [
        {
            "number": binned.page_id,
            "title": binned.page.get_admin_display_title(),
            "below": binned.page.get_descendant_count(),
            "parent": parent_of(binned),
            "was_public": bool(binned.were_live),
            "by": binned.deleted_by,
            "deleted": written_out(binned.deleted_at),
            "until": written_out(binned.deleted_for_good_at),
            "left": until(binned.deleted_for_good_at),
        }
        for binned in TrashedPage.objects.select_related("page").order_by("-deleted_at")
        if may_empty or may_put_back(request.user, binned, parent_of(binned))
    ]
    return render(request, "publishing/trash/list.html", {"lines": lines, "may_empty": may_empty})


class PlaceForm(forms.Form):
    """Where a page goes when it is put back."""

    parent = forms.ModelChoiceField(
        queryset=Page.objects.none(), label="Below which page", empty_label="Choose a page"
    )
    slug = forms.SlugField(
        label="The end of its web address", help_text="Small letters, numerals and hyphens.", max_length=255
    )

    def __init__(self, *args: Any, binned: TrashedPage, user: Any, **kwargs: Any) -> None:
        parent = parent_of(binned)
        super().__init__(*args, **{"initial": {"parent": parent, "slug": binned.slug}, **kwargs})
        models = binned.page.specific_class.allowed_parent_page_models()
        fitting = outside_trash(Page.objects.type(*models)).filter(depth__gt=1).order_by("path")
        allowed = [page.pk for page in fitting if may_put_back(user, binned, page)]
        field: Any = self.fields["parent"]
        field.queryset = Page.objects.filter(pk__in=allowed).order_by("path")
        field.label_from_instance = lambda page: f"{page.get_admin_display_title()} ({page.get_url() or 'no address'})"
        if parent is None:
            field.help_text = "The page it stood below is gone. Choose another one."


def put_back_page(request: HttpRequest, number: int) -> HttpResponse:
    """Ask where to, with the old place filled in, and put it back."""
    binned = get_object_or_404(TrashedPage.objects.select_related("page"), page=number)
    parent = parent_of(binned)
    if not may_put_back(request.user, binned, parent):
        raise PermissionDenied
    form = PlaceForm(request.POST or None, binned=binned, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = put_back(binned, form.cleaned_data["parent"], form.cleaned_data["slug"], request.user)
        except CannotBePutBack as error:
            form.add_error(error.field, str(error))
        else:
            _tell(request, outcome)
            return redirect("wagtailadmin_explore", outcome.page.get_parent().pk)
    context = {
        "binned": binned,
        "title": binned.page.get_admin_display_title(),
        "form": form,
        "contents": contents_of(binned),
        "deleted": written_out(binned.deleted_at),
    }
    return render(request, "publishing/trash/put_back.html", context)


def delete_page_for_good(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, and delete it for good."""
    if not may_delete_for_good(request.user):
        return refuse(request, "Only a Managing editor or an Administrator can delete something for good.")
    binned = get_object_or_404(TrashedPage.objects.select_related("page"), page=number)
    title = binned.page.get_admin_display_title()
    if request.method == "POST":
        delete_for_good(binned, request.user)
        messages.success(request, f"“{title}” is deleted for good. “What was public” keeps what it said.")
        return redirect("bin")
    context = {"binned": binned, "title": title, "below": binned.page.get_descendant_count()}
    return render(request, "publishing/trash/delete_for_good.html", context)


def parent_of(binned: TrashedPage) -> Page | None:
    """The page it stood below, None if that is gone, too."""
    parent = Page.objects.filter(pk=binned.parent_pk).first()
    return None if parent is None or is_in_trash(parent) else parent


def may_put_back(user: Any, binned: TrashedPage, parent: Page | None) -> bool:
    """Whether the user may add a page there, and publish it if it was public or scheduled.

    Where the place is gone, whether the user may do so anywhere.
    """
    rights = rights_below(user, parent) if parent else rights_at_root(user)
    needed = {"add", "change", "publish"} if binned.were_live or binned.schedules else {"add", "change"}
    return needed <= rights


def may_delete_for_good(user: Any) -> bool:
    return "bulk_delete" in rights_at_root(user)


class TrashMenuItem(MenuItem):
    """For everybody who works on pages."""

    def __init__(self) -> None:
        super().__init__("Bin", reverse("bin"), icon_name="bin", order=960)

    def is_shown(self, request: HttpRequest) -> bool:
        return "change" in rights_at_root(request.user)


def trash_urls() -> list[URLPattern]:
    """The addresses below /admin/."""
    return [
        path("bin/", trash_view, name="bin"),
        path("bin/<int:number>/put-back/", put_back_page, name="put_back_page"),
        path("bin/<int:number>/delete/", delete_page_for_good, name="delete_page_for_good"),
        *media_urls(),
    ]


def _tell(request: HttpRequest, outcome: PutBack) -> None:
    page = outcome.page
    below = page.get_descendant_count()
    along = f", with the {below} {'page' if below == 1 else 'pages'} below it" if below else ""
    said = "It is public again." if page.live else "It is not public."
    if outcome.scheduled:
        said += " What was scheduled is scheduled again."
    buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Edit")]
    messages.success(request, f"“{page}” is back{along}. {said}", buttons=buttons)
    if outcome.expired:
        titles = ", ".join(f"“{title}”" for title in outcome.expired)
        messages.warning(request, f"Not public again, because the expiry passed meanwhile: {titles}.")
    if outcome.missed:
        titles = ", ".join(f"“{title}”" for title in outcome.missed)
        messages.warning(
            request, f"The go-live passed while it was in the bin: {titles}. Publish it, or choose another time."
        )
