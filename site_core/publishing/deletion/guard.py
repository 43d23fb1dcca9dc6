"""Asks what uses an object before it is deleted, on every way there: one object, several, pictures and documents.

What visitors see, or will see by a schedule, keeps an object from being deleted until something else is in its place.
What only drafts use can be deleted, once somebody has read which drafts will miss it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.documents.models import AbstractDocument
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.models import AbstractImage
from wagtail.images.widgets import AdminImageChooser
from wagtail.models import DraftStateMixin

from site_core.publishing.deletion.replacing import CannotBeReplaced, replace, replacement_refusal
from site_core.publishing.deletion.uses import Use, uses_of_each

# How many uses of an object the page lists. It counts the others.
LISTED = 20
# The name of the button that confirms that drafts will miss what is deleted.
CONFIRMED = "drafts_will_miss_it"


@dataclass
class Used:
    """An object that somebody wants to delete, and what uses it."""

    obj: Any
    uses: list[Use]
    edit_urls: AdminURLFinder

    @property
    def is_kept(self) -> bool:
        return any(use.keeps for use in self.uses)

    @property
    def kind(self) -> str:
        return str(self.obj._meta.verbose_name)

    @property
    def url(self) -> str | None:
        url: str | None = self.edit_urls.get_edit_url(self.obj)
        return url

    @property
    def lines(self) -> list[tuple[Use, str | None]]:
        """The uses that are listed, each with where the user edits it; None where they may not."""
        return [(use, self.edit_urls.get_edit_url(use.user)) for use in self.uses[:LISTED]]

    @property
    def others(self) -> int:
        return len(self.uses) - len(self.lines)


class ReplacementForm(forms.Form):
    """Chooses another object of the same kind."""

    def __init__(self, *posted: Any, target: Model) -> None:
        super().__init__(*posted)
        name = target._meta.verbose_name
        self.fields["replacement"] = forms.ModelChoiceField(
            replacements(target),
            label="Replace it with",
            empty_label=f"Choose another {name}",
            widget=_chooser(target),
            error_messages={"required": f"Choose another {name}.", "invalid_choice": f"Choose another {name}."},
        )


def replacements(target: Model) -> QuerySet[Model]:
    """What can stand in an object's place: of the same kind, public if its kind has drafts, and offered to authors."""
    others = type(target)._default_manager.exclude(pk=target.pk)
    if isinstance(target, DraftStateMixin):
        others = others.filter(live=True)
    # Archived tags stay where they are, and nobody chooses them.
    return others.in_use() if hasattr(others, "in_use") else others


def _chooser(target: Model) -> forms.Widget:
    if isinstance(target, AbstractImage):
        return AdminImageChooser()
    return AdminDocumentChooser() if isinstance(target, AbstractDocument) else forms.Select()


def ask_before_deletion(
    request: HttpRequest, objects: Sequence[Model], *, may_delete: bool = True
) -> HttpResponse | None:
    """A page that says what uses the objects, None if nothing keeps them from being deleted now.

    The caller has checked that the user may delete them, or says that they may not: then they read what keeps them.
    """
    edit_urls = AdminURLFinder(request.user)
    used = [Used(obj, uses, edit_urls) for obj, uses in zip(objects, uses_of_each(objects), strict=True) if uses]
    is_kept = any(one.is_kept for one in used)
    if not used or not (may_delete or is_kept):
        return None
    is_posted = request.method == "POST"
    refusal = replacement_refusal(request.user, used[0].uses)
    may_replace = len(objects) == 1 and may_delete and not refusal
    form = ReplacementForm(target=used[0].obj) if may_replace else None
    if form and is_posted and "replacement" in request.POST:
        form = ReplacementForm(request.POST, target=used[0].obj)
        if form.is_valid() and (done := _replaced(request, used[0].obj, form)):
            return done
    elif is_posted and CONFIRMED in request.POST and not is_kept:
        return None
    context = {
        "used": used,
        "is_kept": is_kept,
        "is_refused": is_posted and "replacement" not in request.POST,
        "is_alone": len(objects) == 1,
        "form": form,
        "has_pictures": isinstance(used[0].obj, AbstractImage),
        "refusal": refusal,
        "confirmed": CONFIRMED,
        "next": get_valid_next_url_from_request(request),
    }
    return render(request, "publishing/deletion/in_use.html", context, status=409 if context["is_refused"] else 200)


def _replaced(request: HttpRequest, old: Any, form: ReplacementForm) -> HttpResponse | None:
    """Replaces the object and leads back to the question. None with an error at the box."""
    new = form.cleaned_data["replacement"]
    try:
        changed = replace(old, new, request.user)
    except CannotBeReplaced as error:
        form.add_error("replacement", str(error))
        return None
    places = "1 place" if len(changed) == 1 else f"{len(changed)} places"
    messages.success(request, f"“{new}” is now in {places} where “{old}” was. You can delete “{old}”.")
    return redirect(request.get_full_path())
