"""Pictures as visitors get them. Documents never come this way: Wagtail checks who may read those."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# Where Wagtail keeps renditions and originals. Nothing else below the media folder is public.
PICTURE_FOLDERS = ("images", "original_images")
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
    try:
        file = default_storage.open(name)
    except (OSError, SuspiciousFileOperation, ValueError):
        raise Http404("There is no such picture.") from None
    response = FileResponse(file, content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A picture deleted and uploaded again may get the same name, so a copy is good for a day and not for ever.
    response["Cache-Control"] = "public, max-age=86400"
    return response
