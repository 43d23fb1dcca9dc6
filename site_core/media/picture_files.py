"""Makes the files of a picture that visitors get, whatever was uploaded.

Wagtail works out what is cut; opening, colors and saving are ours. It would open the picture once for each file, keep
the colors of print, and take four times as long for an AVIF (Pillow's speed 6, where 8 makes a file of the same size).
"""

from collections.abc import Iterable
from io import BytesIO
from math import ceil
from pathlib import PurePosixPath
from typing import Any

from django.core.files import File
from PIL import Image, ImageCms, ImageOps
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, Filter

# The qualities are Wagtail's.
SAVING: dict[str, dict[str, Any]] = {
    "avif": {"quality": 61, "speed": 8},
    "webp": {"quality": 80},
    "jpeg": {"quality": 76, "progressive": True, "optimize": True},
    "png": {"optimize": True},
}


def rendition_files(image: Any, filters: Iterable[Filter], widest: int) -> dict[Filter, "File[Any]"]:
    """The files, all from one copy that is opened and reduced once. Each filter names its format last."""
    with image.open_file() as file:
        copy = plain_copy(file, widest)
    stand_in = _stand_in(image, copy.size)
    return {filter_: _file(image, filter_, copy, stand_in) for filter_ in filters}


def _file(image: Any, filter_: Filter, copy: Image.Image, stand_in: Any) -> "File[Any]":
    transform = filter_.get_transform(stand_in, copy.size)
    picture = copy.crop(tuple(transform.get_rect().round())).resize(transform.size, Image.Resampling.LANCZOS)
    operation, format_ = filter_.spec.split("|format-")
    if format_ == "jpeg" and picture.mode == "RGBA":
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture).convert("RGB")
    file = BytesIO()
    picture.save(file, format_.upper(), **SAVING[format_])
    # Short enough for the 100 characters that the database keeps of a name.
    parts = (PurePosixPath(image.file.name).stem[:30], filter_.get_cache_key(image), operation)
    return File(file, ".".join(part for part in parts if part) + IMAGE_FORMAT_EXTENSIONS[format_])


def plain_copy(file: Any, widest: int) -> Image.Image:
    """A picture upright, in eight bits and the colors of the web, no larger than a cut of the `widest` width needs it.

    Print colors, 16 bits a color and a camera's own profile come out wrong or not at all when a browser's formats are
    made of them directly. Of a moving picture this is the first: nothing on the site moves by itself.
    """
    picture: Image.Image = Image.open(file)
    ImageOps.exif_transpose(picture, in_place=True)
    in_web_colors = _in_web_colors(picture)
    scale = widest / min(picture.width, picture.height * 3 / 2)
    if scale >= 1:
        return in_web_colors
    # Rounded up, so that the widest cut still fits in.
    size = (ceil(picture.width * scale), ceil(picture.height * scale))
    return in_web_colors.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _in_web_colors(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # Pillow would cut off all above 255 and leave white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.pop("icc_profile", None)
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            own, web = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, web, outputMode=mode)
        except ImageCms.PyCMSError:
            # A damaged profile, or one for other colors than the picture's.
            converted = None
        if converted:
            converted.info.pop("icc_profile", None)
            return converted
    return picture.convert(mode)


def _stand_in(image: Any, size: tuple[int, int]) -> Any:
    """A picture that is never saved: like the one given, in another size, with its focal point in its place."""
    stand_in = type(image)(file=image.file.name)
    stand_in.width, stand_in.height = size
    across, down = size[0] / image.width, size[1] / image.height
    for name, scale in {"x": across, "width": across, "y": down, "height": down}.items():
        value = getattr(image, f"focal_point_{name}")
        setattr(stand_in, f"focal_point_{name}", None if value is None else round(value * scale))
    return stand_in
