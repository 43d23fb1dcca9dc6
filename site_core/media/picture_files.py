"""Makes the rendition files of a picture that visitors get.

Wagtail computes the crop. This module opens, converts and saves the picture, because Wagtail opens it once for each
file, keeps print colors, and takes four times as long for an AVIF: Pillow's speed 6, where speed 8 makes a file of the
same size.
"""

from collections.abc import Iterable
from io import BytesIO
from math import ceil
from pathlib import PurePosixPath
from typing import IO

from django.core.files import File
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, AbstractImage, Filter

# Save options for Pillow, with Wagtail's default qualities.
SAVING: dict[str, dict[str, int]] = {
    "avif": {"quality": 61, "speed": 8},
    "webp": {"quality": 80},
    "jpeg": {"quality": 76, "progressive": True, "optimize": True},
    "png": {"optimize": True},
}


def rendition_files(image: AbstractImage, filters: Iterable[Filter], widest: int) -> dict[Filter, "File[bytes]"]:
    """The rendition files, made from one copy that is opened and reduced once. Each filter ends with its format."""
    with image.open_file() as file:
        copy = plain_copy(file, widest)
    stand_in = _stand_in(image, copy.size)
    return {filter_: _file(image, filter_, copy, stand_in) for filter_ in filters}


def _file(image: AbstractImage, filter_: Filter, copy: Image.Image, stand_in: AbstractImage) -> "File[bytes]":
    transform = filter_.get_transform(stand_in, copy.size)
    picture = copy.crop(tuple(transform.get_rect().round())).resize(transform.size, Image.Resampling.LANCZOS)
    operation, format_ = filter_.spec.split("|format-")
    if format_ == "jpeg" and picture.mode == "RGBA":
        background = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(background, picture).convert("RGB")
    file = BytesIO()
    picture.save(file, format_.upper(), **SAVING[format_])
    # The database stores at most 100 characters of a name.
    parts = (PurePosixPath(image.file.name).stem[:30], filter_.get_cache_key(image), operation)
    return File(file, ".".join(part for part in parts if part) + IMAGE_FORMAT_EXTENSIONS[format_])


def plain_copy(file: IO[bytes], widest: int) -> Image.Image:
    """An upright copy in 8-bit sRGB, no larger than a crop of the `widest` width (in pixels) needs.

    CMYK, 16-bit colors and embedded profiles come out wrong, or not at all, when they are saved directly in a web
    format. Of an animation this is the first frame, because nothing on the site moves by itself.
    """
    picture: Image.Image = Image.open(file)
    ImageOps.exif_transpose(picture, in_place=True)
    converted = _in_srgb(picture)
    scale = widest / min(picture.width, picture.height * 3 / 2)
    if scale >= 1:
        return converted
    # Rounded up, so that the widest crop still fits.
    size = (ceil(picture.width * scale), ceil(picture.height * scale))
    return converted.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Pillow would clip every value above 255 to white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.pop("icc_profile", None)
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, srgb, outputMode=mode)
        except ImageCms.PyCMSError:
            # The profile is damaged or made for another color mode.
            converted = None
        if converted:
            converted.info.pop("icc_profile", None)
            return converted
    return picture.convert(mode)


def _stand_in(image: AbstractImage, size: tuple[int, int]) -> AbstractImage:
    """An unsaved image of another size, with the focal point scaled to it. Wagtail computes crops from it."""
    stand_in = type(image)(file=image.file.name)
    stand_in.width, stand_in.height = size
    scale_x, scale_y = size[0] / image.width, size[1] / image.height
    for name, scale in {"x": scale_x, "width": scale_x, "y": scale_y, "height": scale_y}.items():
        value = getattr(image, f"focal_point_{name}")
        setattr(stand_in, f"focal_point_{name}", None if value is None else round(value * scale))
    return stand_in
