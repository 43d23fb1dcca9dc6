"""Makes the rendition files of a picture, for visitors and for the admin.

Wagtail computes the crop. The picture is decoded and saved here, because Wagtail decodes it once for each file, in
unbounded memory, keeps print colors, positions and comments, and takes four times as long for an AVIF: Pillow's speed
6, where speed 8 makes a file of the same size.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files import File
from PIL import Image
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, AbstractImage, Filter
from wagtail.utils.file import hash_filelike

from site_core.media.decoding import plain_copy

# Save options for Pillow, with Wagtail's default qualities.
SAVING: dict[str, dict[str, int]] = {
    "avif": {"quality": 61, "speed": 8},
    "webp": {"quality": 80},
    "jpeg": {"quality": 76, "progressive": True, "optimize": True},
    "png": {"optimize": True},
}


def rendition_files(image: AbstractImage, filters: Iterable[Filter], widest: int) -> dict[Filter, "File[bytes]"]:
    """The rendition files, made from one copy that is decoded and reduced once. Raises SourceImageIOError.

    A filter ends with its format, or has none: then the file is a JPEG, or a PNG where parts are transparent.

    The names have a digest of the original, so that no cache has an earlier picture under the name of a later one.
    """
    with image.open_file() as file:
        digest = hash_filelike(file)[:10]
        copy = plain_copy(file, widest)
    stand_in = _stand_in(image, copy.size)
    # The database stores at most 100 characters of a name.
    name = f"{image.pk}.{PurePosixPath(image.file.name).stem[:20]}.{digest}"
    return {filter_: _file(name, image, filter_, copy, stand_in) for filter_ in filters}


def _file(
    name: str, image: AbstractImage, filter_: Filter, copy: Image.Image, stand_in: AbstractImage
) -> "File[bytes]":
    transform = filter_.get_transform(stand_in, copy.size)
    picture = copy.crop(tuple(transform.get_rect().round())).resize(transform.size, Image.Resampling.LANCZOS)
    operation, _, format_ = filter_.spec.partition("|format-")
    format_ = format_ or ("png" if picture.mode == "RGBA" else "jpeg")
    if format_ == "jpeg" and picture.mode == "RGBA":
        background = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(background, picture).convert("RGB")
    file = BytesIO()
    picture.save(file, format_.upper(), **SAVING[format_])
    parts = (name, filter_.get_cache_key(image), operation)
    return File(file, ".".join(part for part in parts if part) + IMAGE_FORMAT_EXTENSIONS[format_])


def _stand_in(image: AbstractImage, size: tuple[int, int]) -> AbstractImage:
    """An unsaved image of another size, with the focal point scaled to it. Wagtail computes crops from it."""
    # With its size, which Django would otherwise read from the file.
    stand_in = type(image)(file=image.file.name, width=size[0], height=size[1])
    scale_x, scale_y = size[0] / image.width, size[1] / image.height
    for name, scale in {"x": scale_x, "width": scale_x, "y": scale_y, "height": scale_y}.items():
        value = getattr(image, f"focal_point_{name}")
        setattr(stand_in, f"focal_point_{name}", None if value is None else round(value * scale))
    return stand_in
