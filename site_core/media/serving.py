"""The files of pictures and documents as visitors get them."""

from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve

from site_core.media.images import SiteRendition
from site_core.media.pictures import make_again

# Where Wagtail keeps renditions and originals. Nothing else below the media folder is public.
RENDITIONS = "images"
PICTURE_FOLDERS = (RENDITIONS, "original_images")
# Python's own table knows AVIF and WebP only where the system's does.
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
    """One picture file, with headers that keep a browser from running anything in it."""
    path = PurePosixPath(name)
    content_type = CONTENT_TYPES.get(path.suffix.lower())
    if content_type is None or path.parts[0] not in PICTURE_FOLDERS or ".." in path.parts:
        raise Http404("There is no such picture.")
    file = _opened(name) or (_opened_anew(name) if path.parts[0] == RENDITIONS else None)
    if file is None:
        raise Http404("There is no such picture.")
    response = FileResponse(file, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A picture deleted and uploaded again may get the same name, so a copy is good for a day and not for ever.
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _opened(name: str) -> "File[Any] | None":
    try:
        return default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        return None


def _opened_anew(name: str) -> "File[Any] | None":
    """A rendition that is on record and whose file is gone, as after restoring a backup without it."""
    if "\0" in name:
        return None
    rendition = SiteRendition.objects.filter(file=name).select_related("image").first()
    return _opened(name) if rendition and make_again(rendition) else None


def document_file(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponse:
    """Wagtail's view, which checks who may read a document, without the encoding “None” that it claims for a file."""
    response: HttpResponse = serve(request, document_id, document_filename)
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    return response
