"""Who may change a picture or a document: its owner, until it is public, in review or dated. Then, who may publish.

A picture has no drafts, so nobody reviews a change of it.
"""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.documents.views.documents import EditView as DocumentEditView
from wagtail.documents.views.multiple import EditView as UploadedDocumentEditView
from wagtail.images.views.images import EditView as ImageEditView
from wagtail.images.views.multiple import EditView as UploadedImageEditView
from wagtail.models import Revision, WorkflowState
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry

from site_core.admin.refusal import refuse
from site_core.admin.unseen_changes import UnseenChangesMixin
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.media.public_use import is_in_public_use
from site_core.publishing.ledger.recording import references_of
from site_core.publishing.types import User

REFUSAL = (
    "“{}” is on a page that is public, in review or dated, and nobody would review a change. Ask an Editor to make it."
)


class MediaPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, except that what visitors see is no longer its owner's to change or delete."""

    def user_has_any_permission_for_instance(
        self, user: User, actions: Collection[str], instance: SiteImage | SiteDocument
    ) -> bool:
        if self.is_beyond_owner(user, instance):
            actions = set(actions) - {"change", "delete"}
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def is_beyond_owner(self, user: User, media: SiteImage | SiteDocument) -> bool:
        """Whether a user may not change it any more."""
        return media.uploaded_by_user_id == user.pk and self.would_publish(user, media)

    def would_publish(self, user: User, media: SiteImage | SiteDocument) -> bool:
        """Whether visitors would see what a user changes who may not publish."""
        may_publish = self._check_perm(user, ["change"], collection=media.collection)
        return not may_publish and (is_in_public_use(media) or awaits_publication(media))


def awaits_publication(media: SiteImage | SiteDocument) -> bool:
    """Whether something in review or with a date shows it. What shows one version of a document lists all others."""
    pks = SiteDocument.objects.versions_of(media.pk) if isinstance(media, SiteDocument) else [media.pk]
    keys = {(media._meta.label, str(pk)) for pk in pks}
    reviews = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    in_review = [state.content_object.latest_revision for state in reviews if state.content_object]
    return any(
        (named["model"], named["id"]) in keys
        for revision in (*Revision.objects.filter(approved_go_live_at__isnull=False), *in_review)
        for named in references_of(revision.as_object(), revision.content)
    )


class RefusePublicChangeMixin:
    """Goes before Wagtail's views that change one picture or document, and says why not."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        view: Any = self
        model = view.get_model() if hasattr(view, "get_model") else view.model
        media = get_object_or_404(model, pk=kwargs[view.pk_url_kwarg])
        if policy_registry.get(media).is_beyond_owner(request.user, media):
            return refuse(request, REFUSAL.format(media))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


class EditImage(RefusePublicChangeMixin, UnseenChangesMixin, ImageEditView):
    """One picture."""


class EditDocument(RefusePublicChangeMixin, UnseenChangesMixin, DocumentEditView):
    """One document."""


class EditUploadedImage(RefusePublicChangeMixin, UploadedImageEditView):
    """One of the pictures on the upload screen."""


class EditUploadedDocument(RefusePublicChangeMixin, UploadedDocumentEditView):
    """One of the documents on the upload screen."""
