"""Pictures and documents have no bin. One that visitors can see or download stays until it is taken out there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin import messages
from wagtail.documents.models import AbstractDocument
from wagtail.documents.views.documents import DeleteView as DocumentDeleteView
from wagtail.documents.views.multiple import DeleteView as DeleteUploadedDocumentView
from wagtail.images.models import AbstractImage
from wagtail.images.views.images import DeleteView as ImageDeleteView
from wagtail.images.views.multiple import DeleteView as DeleteUploadedImageView
from wagtail.models import Page, ReferenceIndex

from site_core.admin.refusal import refuse
from site_core.publishing.visibility import is_public

# Beyond so many, a sentence says how many more there are.
NAMED = 3


def why_it_stays(media: Any) -> str:
    """A sentence that says where visitors see a picture or find a document, "" if it can be deleted."""
    users = [user for user, _ in ReferenceIndex.get_grouped_references_to(media)]
    titles = [str(user) for user in users if is_public(user.specific if isinstance(user, Page) else user)]
    if not titles:
        return ""
    named = ", ".join(f"“{title}”" for title in titles[:NAMED])
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return f"“{media}” is in use where visitors see it: {named}{more}. Take it out there first, then delete it."


class StaysWhilePublicMixin:
    """Wagtail's screen to delete one picture or document, for whatever visitors do not see."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        if view.user_has_permission("delete") and (reason := why_it_stays(view.object)):
            return refuse(request, reason)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeleteImage(StaysWhilePublicMixin, ImageDeleteView):
    """One picture."""


class DeleteDocument(StaysWhilePublicMixin, DocumentDeleteView):
    """One document."""


class StaysWhilePublicAfterUploadMixin:
    """Wagtail's “Delete” beside what has just been uploaded: by then a page may show it."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view: Any = self
        view.model = view.get_model()
        media = get_object_or_404(view.model, pk=kwargs[view.pk_url_kwarg])
        may_delete = view.permission_policy.user_has_permission_for_instance(request.user, "delete", media)
        if may_delete and (reason := why_it_stays(media)):
            return refuse(request, reason)
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeleteUploadedImage(StaysWhilePublicAfterUploadMixin, DeleteUploadedImageView):
    """One of several pictures that have just been uploaded."""


class DeleteUploadedDocument(StaysWhilePublicAfterUploadMixin, DeleteUploadedDocumentView):
    """One of several documents that have just been uploaded."""


@hooks.register("before_bulk_action")
def delete_none_that_is_public(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Of several ticked in a list none is deleted if one has to stay: nobody has to work out which are gone."""
    media = [obj for obj in objects if isinstance(obj, AbstractImage | AbstractDocument)]
    reasons = [reason for obj in media if action_type == "delete" and (reason := why_it_stays(obj))]
    for reason in reasons:
        messages.error(request, f"Nothing was deleted. {reason}")
    return redirect(action.next_url) if reasons else None


def media_urls() -> list[URLPattern]:
    """In the place of Wagtail's, whose names stay theirs."""
    return [
        path("images/<int:image_id>/delete/", DeleteImage.as_view()),
        path("images/multiple/<int:image_id>/delete/", DeleteUploadedImage.as_view()),
        path("documents/delete/<int:document_id>/", DeleteDocument.as_view()),
        path("documents/multiple/<int:doc_id>/delete/", DeleteUploadedDocument.as_view()),
    ]
