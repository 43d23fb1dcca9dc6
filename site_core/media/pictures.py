"""The renditions in which visitors get a picture, and the markup that offers them.

Renditions are made when a picture is uploaded or changed (`SiteImage.save`), so that no visitor waits for one. A
missing one is made on request. A picture whose renditions cannot be made is left out.
"""

import logging
from bisect import bisect_left

from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Picture

from site_core.media.picture_files import rendition_files

logger = logging.getLogger(__name__)

# In pixels, from half the width of a phone to twice the widest column.
WIDTHS = (480, 960, 1600)
# The largest width for the few browsers that support neither AVIF nor WebP.
FALLBACK_WIDTH = 960
# A picture is cropped to 3:2 around its focal point, or shown whole.
CUT, WHOLE = "cut", "whole"
# The width of a picture on the page, as site.css lays it out (.pair, --side). A browser test measures both.
SIZES = (
    "(min-width: 80rem) 789px, (min-width: 64rem) calc(66.667vw - 64px), (min-width: 56rem) calc(66.667vw - 43px), "
    "(min-width: 48rem) calc(100vw - 48px), calc(100vw - 32px)"
)
# Drawings may be transparent, which JPEG does not support.
DRAWN = (".png", ".gif")


def filters_of(image: AbstractImage, shape: str) -> list[Filter]:
    """The renditions of a picture in one shape. None is larger than the picture itself."""
    own = min(image.width, image.height * 3 // 2) if shape == CUT else image.width
    widths = WIDTHS[: bisect_left(WIDTHS, own) + 1]
    fallback = "png" if image.file.name.lower().endswith(DRAWN) else "jpeg"
    wanted = [(width, format_) for format_ in ("avif", "webp") for width in widths]
    wanted += [(width, fallback) for width in widths if width <= FALLBACK_WIDTH]
    return [Filter(f"{_operation(width, shape)}|format-{format_}") for width, format_ in wanted]


def _operation(width: int, shape: str) -> str:
    return f"fill-{width}x{width * 2 // 3}" if shape == CUT else f"width-{width}"


# Every picture has this rendition, whatever its size.
SMALLEST = f"{_operation(WIDTHS[0], CUT)}|format-avif"


def picture_of(image: AbstractImage, shape: str, *, is_first: bool) -> Picture | None:
    """The markup of a picture. None if its file is missing or cannot be read.

    `is_first`: whether it is near the top of the page. Other pictures are loaded lazily.
    """
    filters = filters_of(image, shape)
    try:
        renditions = image.get_renditions(*filters)
    except Exception as error:
        # A broken file must not break the page around it. The home page of the admin lists the picture.
        logger.warning("Picture %s cannot be shown: its file is missing or damaged (%s).", image.pk, error)
        return None
    largest = max(renditions.values(), key=lambda rendition: rendition.width)
    attributes = {"width": largest.width, "height": largest.height}
    if largest.width > WIDTHS[0]:
        attributes["sizes"] = SIZES
    if not is_first:
        attributes |= {"loading": "lazy", "decoding": "async"}
    return Picture(renditions, attributes)


def prepare(image: AbstractImage) -> int:
    """Make the missing public renditions of a picture. Returns how many were made."""
    filters = [*filters_of(image, CUT), *filters_of(image, WHOLE)]
    existing = image.find_existing_renditions(*filters)
    missing = [filter_ for filter_ in filters if filter_ not in existing]
    return len(image.create_renditions(*missing)) if missing else 0


def restore_file(rendition: AbstractRendition) -> bool:
    """Make the missing file of a rendition again, under the same name. Returns whether that succeeded."""
    filter_ = rendition.filter
    try:
        file = rendition_files(rendition.image, [filter_], WIDTHS[-1])[filter_]
    except Exception as error:
        logger.warning("A file of picture %s cannot be made again (%s).", rendition.image_id, error)
        return False
    rendition.file.storage.save(rendition.file.name, file)
    return True
