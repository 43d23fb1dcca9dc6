"""Images and documents have no trash. One that visitors can see cannot be deleted until it is removed there."""

from typing import Any, TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.documents.models import AbstractDocument
from wagtail.documents.views.documents import DeleteView as DocumentDeleteView
from wagtail.documents.views.multiple import DeleteView as DeleteUploadedDocumentView
from wagtail.images.models import AbstractImage
from wagtail.images.views.images import DeleteView as ImageDeleteView
from wagtail.images.views.multiple import DeleteView as DeleteUploadedImageView
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from site_core.admin.refusal import refuse
from site_core.publishing.visibility import is_public

Media: TypeAlias = AbstractImage | AbstractDocument

# How many pages a sentence names. It counts the others.
NAMED = 3


def media_deletion_refusal(media: Media) -> str:
    """A sentence that says where visitors see an image or document, "" if it can be deleted."""
    users = [user for user, _ in ReferenceIndex.get_grouped_references_to(media)]
    titles = [str(user) for user in users if is_public(user.specific if isinstance(user, Page) else user)]
    if not titles:
        return ""
    named = ", ".join(f"“{title}”" for title in titles[:NAMED])
    more = f" and {len(titles) - NAMED} more" if len(titles) > NAMED else ""
    return f"“{media}” is in use where visitors see it: {named}{more}. Remove it there first, then delete it."


class RefuseWhilePublicMixin:
    """Goes before Wagtail's views that delete one image or document, also those behind the upload screen."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        view: Any = self
        model = view.get_model() if hasattr(view, "get_model") else view.model
        media = get_object_or_404(model, pk=kwargs[view.pk_url_kwarg])
        may_delete = policy_registry.get(media).user_has_permission_for_instance(request.user, "delete", media)
        if may_delete and (reason := media_deletion_refusal(media)):
            return refuse(request, reason)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeleteImage(RefuseWhilePublicMixin, ImageDeleteView):
    """One image."""


class DeleteDocument(RefuseWhilePublicMixin, DocumentDeleteView):
    """One document."""


class DeleteUploadedImage(RefuseWhilePublicMixin, DeleteUploadedImageView):
    """One of the images on the upload screen."""


class DeleteUploadedDocument(RefuseWhilePublicMixin, DeleteUploadedDocumentView):
    """One of the documents on the upload screen."""


@hooks.register("before_bulk_action")
def refuse_bulk_deletion_of_public_media(
    request: HttpRequest, action_type: str, objects: list[object], action: BulkAction
) -> HttpResponse | None:
    """If one of the selected files cannot be deleted, none is, so that nobody has to work out which are gone."""
    media = [obj for obj in objects if isinstance(obj, AbstractImage | AbstractDocument)]
    reasons = [reason for obj in media if action_type == "delete" and (reason := media_deletion_refusal(obj))]
    for reason in reasons:
        messages.error(request, f"Nothing was deleted. {reason}")
    return redirect(action.next_url) if reasons else None
