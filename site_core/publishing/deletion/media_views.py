"""The views that delete one picture or document. They have no trash, and Wagtail has no hook before these views."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.documents.views.documents import DeleteView as DocumentDeleteView
from wagtail.documents.views.multiple import DeleteView as DeleteUploadedDocumentView
from wagtail.images.views.images import DeleteView as ImageDeleteView
from wagtail.images.views.multiple import DeleteView as DeleteUploadedImageView
from wagtail.permissions import policy_registry

from site_core.publishing.deletion.guard import ask_before_deletion


class AskFirstMixin:
    """Goes before Wagtail's views that delete one image or document, also those behind the upload screen."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        view: Any = self
        model = view.get_model() if hasattr(view, "get_model") else view.model
        media = get_object_or_404(model, pk=kwargs[view.pk_url_kwarg])
        may_delete = policy_registry.get(media).user_has_permission_for_instance(request.user, "delete", media)
        may_know = may_delete or media.uploaded_by_user_id == request.user.pk
        if may_know and (asked := ask_before_deletion(request, [media], may_delete=may_delete)):
            return asked
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class DeleteImage(AskFirstMixin, ImageDeleteView):
    """One image."""


class DeleteDocument(AskFirstMixin, DocumentDeleteView):
    """One document."""


class DeleteUploadedImage(AskFirstMixin, DeleteUploadedImageView):
    """One of the images on the upload screen."""


class DeleteUploadedDocument(AskFirstMixin, DeleteUploadedDocumentView):
    """One of the documents on the upload screen."""
