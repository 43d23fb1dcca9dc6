"""The sizes and formats in which visitors get a picture, how they are made, and the markup that offers them.

They are made when a picture is uploaded or changed (`SiteImage.save`), so that no visitor waits for one. What is
missing all the same is made when it is asked for; what cannot be made is left out.
"""

import logging
from bisect import bisect_left
from typing import Any

from wagtail.images.models import Filter, Picture

from site_core.media.picture_files import rendition_files

logger = logging.getLogger(__name__)

# In pixels: half a phone's width to twice the widest column.
WIDTHS = (480, 960, 1600)
# The widest that goes to a browser that knows neither AVIF nor WebP: there are few.
FALLBACK_WIDTH = 960
# A picture is cut to three to two around its focal point, or shown whole.
CUT, WHOLE = "cut", "whole"
# How wide a picture stands on the page, as site.css lays it out (.pair, --side); a browser test measures both.
SIZES = (
    "(min-width: 80rem) 789px, (min-width: 64rem) calc(66.667vw - 64px), (min-width: 56rem) calc(66.667vw - 43px), "
    "(min-width: 48rem) calc(100vw - 48px), calc(100vw - 32px)"
)
# What is drawn has no color of its own where it is transparent; JPEG would give it a white ground.
DRAWN = (".png", ".gif")


def filters_of(image: Any, shape: str) -> list[Filter]:
    """What is to be made of a picture in one shape; no size beyond its own."""
    own = min(image.width, image.height * 3 // 2) if shape == CUT else image.width
    widths = WIDTHS[: bisect_left(WIDTHS, own) + 1]
    fallback = "png" if image.file.name.lower().endswith(DRAWN) else "jpeg"
    wanted = [(width, format_) for format_ in ("avif", "webp") for width in widths]
    wanted += [(width, fallback) for width in widths if width <= FALLBACK_WIDTH]
    return [Filter(f"{_operation(width, shape)}|format-{format_}") for width, format_ in wanted]


def _operation(width: int, shape: str) -> str:
    return f"fill-{width}x{width * 2 // 3}" if shape == CUT else f"width-{width}"


# Every picture has this one, whatever its size.
SMALLEST = f"{_operation(WIDTHS[0], CUT)}|format-avif"


def picture_of(image: Any, shape: str, *, is_first: bool) -> Picture | None:
    """The markup of a picture; None where its file is missing or cannot be read.

    `is_first`: whether it stands in the first screen, where a browser is not told to wait with it.
    """
    filters = filters_of(image, shape)
    try:
        renditions = image.get_renditions(*filters)
    except Exception:
        # Whatever is wrong with a file, the page around it is shown; the admin's home names the picture.
        logger.warning("Picture %s cannot be shown: its file is missing or damaged.", image.pk, exc_info=True)
        return None
    largest = max(renditions.values(), key=lambda rendition: rendition.width)
    attributes = {"width": largest.width, "height": largest.height}
    if largest.width > WIDTHS[0]:
        attributes["sizes"] = SIZES
    if not is_first:
        attributes |= {"loading": "lazy", "decoding": "async"}
    return Picture(renditions, attributes)


def prepare(image: Any) -> int:
    """Make whatever visitors may need of a picture and is not there yet; how many files that were."""
    filters = [*filters_of(image, CUT), *filters_of(image, WHOLE)]
    existing = image.find_existing_renditions(*filters)
    missing = [filter_ for filter_ in filters if filter_ not in existing]
    return len(image.create_renditions(*missing)) if missing else 0


def is_ours(filter_: Filter) -> bool:
    """Whether a size is one that visitors get. The admin asks for others, such as those of its lists."""
    return filter_.spec.split("|")[0] in {_operation(width, shape) for width in WIDTHS for shape in (CUT, WHOLE)}


def make_again(rendition: Any) -> bool:
    """Put the file of a rendition back under its name; whether that could be done."""
    filter_ = rendition.filter
    try:
        file = rendition_files(rendition.image, [filter_], WIDTHS[-1])[filter_]
    except Exception:
        logger.warning("A file of picture %s cannot be made again.", rendition.image_id, exc_info=True)
        return False
    rendition.file.storage.save(rendition.file.name, file)
    return True
