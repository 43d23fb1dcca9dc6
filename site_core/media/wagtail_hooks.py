"""Connects pictures and documents to the admin: permissions, URLs, bulk actions, and a list of broken pictures."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry, register_permission_policy

from site_core.admin.homepage import SHOWN, Line, Lines
from site_core.admin.refusal import refuse
from site_core.media.avatar import AvatarPanel
from site_core.media.bulk_tags import TagDocuments, TagImages
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage, SiteRendition
from site_core.media.library import PictureList
from site_core.media.permissions import (
    EditDocument,
    EditImage,
    EditUploadedDocument,
    EditUploadedImage,
    MediaPolicy,
)
from site_core.media.pictures import SMALLEST
from site_core.media.serving import hide_from_the_public, original_picture

NOTE = "its file is missing or damaged: upload it again, or use another picture"

for model, auth_model in ((SiteImage, "wagtailimages.Image"), (SiteDocument, "wagtaildocs.Document")):
    policy = MediaPolicy(model, auth_model, owner_field_name="uploaded_by_user")
    # Wagtail registers its own later, for the class and its subclasses. That for the exact class goes first.
    register_permission_policy(model, policy, exact_class=True)
hooks.register("before_serve_document", hide_from_the_public)
hooks.register("register_account_settings_panel", AvatarPanel)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("images/<int:image_id>/original/", original_picture, name="original_picture"),
        # These take the place of Wagtail's URLs. `reverse` still uses the names of those.
        path("images/", PictureList.as_view()),
        path("images/results/", PictureList.as_view(results_only=True)),
        path("images/<int:image_id>/", EditImage.as_view()),
        path("images/multiple/<int:image_id>/", EditUploadedImage.as_view()),
        path("images/<int:image_id>/preview/<str:filter_spec>/", refuse_preview),
        path("documents/edit/<int:document_id>/", EditDocument.as_view()),
        path("documents/multiple/<int:doc_id>/", EditUploadedDocument.as_view()),
    ]


def refuse_preview(request: HttpRequest, image_id: int, filter_spec: str) -> HttpResponse:
    """Wagtail would decode the whole picture for it. No screen of this site links to it."""
    return refuse(request, "Pictures are not previewed in other sizes here.")


@hooks.register("construct_homepage_panels")
def add_broken_pictures_panel(request: HttpRequest, panels: list[Component]) -> None:
    """List the pictures without renditions that the user may change."""
    smallest = SiteRendition.objects.filter(image=OuterRef("pk"), filter_spec=SMALLEST)
    editable = policy_registry.get_by_type(SiteImage).instances_user_has_permission_for(request.user, "change")
    broken = editable.filter(~Exists(smallest)).order_by("-pk")[:SHOWN]
    lines = [
        Line(image.title, "picture", reverse("wagtailimages:edit", args=[image.pk]), NOTE, image.filename)
        for image in broken
    ]
    if lines:
        panels.append(Lines("lost-pictures", 15, "Pictures that visitors do not see", lines))


for action in (TagImages, TagDocuments):
    # After Wagtail's own, which it replaces.
    hooks.register("register_bulk_action", action, order=1)


@hooks.register("insert_global_admin_js")
def focal_point_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("media/focal_point.js"))
