"""Serves the files of pictures and documents."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from site_core.media.images import SiteRendition
from site_core.media.pictures import restore_file

# The folders of renditions and originals. Nothing else in the media folder is public.
RENDITIONS = "images"
PICTURE_FOLDERS = (RENDITIONS, "original_images")
# `mimetypes` knows AVIF and WebP only on some systems.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@require_safe
def image_file(request: HttpRequest, name: str) -> FileResponse:
    """A picture file, with headers that keep a browser from running anything in it."""
    path = PurePosixPath(name)
    content_type = CONTENT_TYPES.get(path.suffix.lower())
    if content_type is None or path.parts[0] not in PICTURE_FOLDERS or ".." in path.parts:
        raise Http404("There is no such picture.")
    file = _open(name) or (_open_restored(name) if path.parts[0] == RENDITIONS else None)
    if file is None:
        raise Http404("There is no such picture.")
    response = FileResponse(file, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A picture that is deleted and uploaded again may get the same name, so browsers cache it for a day only.
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _open(name: str) -> "File[bytes] | None":
    try:
        return default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        return None


def _open_restored(name: str) -> "File[bytes] | None":
    """The file of a recorded rendition, made again. Files are missing after a restore from a backup without them."""
    if "\0" in name:
        return None
    rendition = SiteRendition.objects.filter(file=name).select_related("image").first()
    return _open(name) if rendition and restore_file(rendition) else None


def document_file(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """Wagtail's view, which checks who may read the document, without its invalid header “Content-Encoding: None”."""
    response: HttpResponse = serve(request, document_id, document_filename)
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    return response
