"""Serves the files of pictures and documents: to everybody while something public shows them, otherwise to staff.

Of pictures the public gets renditions alone. The original, with all that a camera noted in it, is shown in the admin.
"""

import re
from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied, SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve
from wagtail.permissions import policy_registry

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage, SiteRendition
from site_core.media.pictures import restore_file
from site_core.media.public_use import is_in_public_use, is_shown, public_names

# A rendition begins with the pk of its picture. The people of the admin have pictures of themselves, which it alone
# shows. Nothing else in the media folder has a URL.
RENDITION = re.compile(r"images/(\d{1,18})\.[\w.-]+")
AVATAR = re.compile(r"avatar_images/[\w.-]+")
# `mimetypes` knows AVIF, HEIC and WebP only on some systems.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".heic": "image/heic",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# A browser may show for a day what its visitor has seen. A cache that visitors share asks each time, so that it has
# nothing once the picture is withdrawn.
FOR_EVERYBODY = "public, max-age=86400, s-maxage=0"
FOR_STAFF = "private, max-age=86400"


@require_safe
def image_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """A rendition or an avatar. Its name changes with the picture, so the name is the ETag."""
    cache_control = _cache_control_of(name)
    if not cache_control or (cache_control == FOR_STAFF and not _is_staff(request)):
        raise Http404("There is no such picture.")
    etag = quote_etag(name)
    response: HttpResponseBase = get_conditional_response(request, etag=etag) or _picture(name)
    response["Cache-Control"], response["ETag"] = cache_control, etag
    return response


def _cache_control_of(name: str) -> str:
    """What says who may see a file. "" for a file that nobody sees."""
    match = RENDITION.fullmatch(name)
    if not match:
        return FOR_STAFF if AVATAR.fullmatch(name) else ""
    pk = int(match[1])
    if name in public_names(pk):
        return FOR_EVERYBODY
    if not SiteRendition.objects.filter(image_id=pk, file=name).exists():
        return ""
    # Made since the names were read, or shown nowhere.
    return FOR_EVERYBODY if is_shown(SiteImage, pk) else FOR_STAFF


def _is_staff(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")


@require_safe
def original_picture(request: HttpRequest, image_id: int) -> HttpResponseBase:
    """The original, for those who may choose or change it."""
    image = get_object_or_404(SiteImage, pk=image_id)
    policy = policy_registry.get(image)
    if not policy.user_has_any_permission_for_instance(request.user, ["choose", "change"], image):
        raise PermissionDenied
    return _picture(str(image.file.name))


def _picture(name: str) -> FileResponse:
    """A picture, with headers that keep a browser from running anything in it. Raises Http404."""
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    file = _open(name) or _open_restored(name)
    if file is None or content_type is None:
        raise Http404("There is no such picture.")
    response = FileResponse(file, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _open(name: str) -> "File[bytes] | None":
    try:
        return default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        return None


def _open_restored(name: str) -> "File[bytes] | None":
    """The file of a recorded rendition, made again. Files are missing after a restore from a backup without them."""
    rendition = SiteRendition.objects.filter(file=name).select_related("image").first()
    return _open(name) if rendition and restore_file(rendition) else None


def document_file(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """Wagtail's view, which checks who may read the document, without its invalid header “Content-Encoding: None”."""
    try:
        response: HttpResponse = serve(request, document_id, document_filename)
    except FileNotFoundError as error:
        raise Http404("The file of this document is missing.") from error
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    return response


def hide_from_the_public(document: SiteDocument, request: HttpRequest) -> None:
    """Called before a document is served. Raises Http404 unless something public shows it, or for staff.

    A restriction of its collection says itself who gets it, and Wagtail asks for it.
    """
    is_for_some = document.collection.get_view_restrictions().exists()
    if not (is_for_some or is_in_public_use(document) or _is_staff(request)):
        raise Http404("There is no such document.")
