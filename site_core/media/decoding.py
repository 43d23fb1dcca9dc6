"""Reads picture files: the size from the header alone, the colors in bounded memory.

What a file is, its content says; phones and mail programs give it any name. One picture at a time is decoded on a
machine, because each takes up to sixteen bytes of memory a pixel.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import IO

from django.conf import settings
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from wagtail.images.models import SourceImageIOError

# Pillow's formats, with the ending of their files. Wagtail registers HEIF, in which iPhones save.
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "GIF": ".gif", "WEBP": ".webp", "AVIF": ".avif", "HEIF": ".heic"}
# Decoded at once. libjpeg decodes a JPEG at half its size in a quarter of the memory, unless it is progressive.
MOST_PIXELS = 20_000_000
MOST_PIXELS_HALVED = 4 * MOST_PIXELS

# How a picture is turned to stand upright, by its EXIF orientation.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
FIRST_SIDEWAYS = 5

NO_PICTURE = (
    "This file is no picture that the site can show, or it is incomplete. "
    "Save it as JPEG or PNG, and choose that file. WebP, AVIF, GIF and HEIC are fine, too."
)
DAMAGED = "This picture is damaged or incomplete. Open it on your computer, save it again, and choose the new file."
TOO_LARGE = (
    f"This picture has more than {MOST_PIXELS // 1_000_000} million pixels. "
    "Save it smaller, such as 4,000 pixels wide, and choose that file."
)


class UnreadablePicture(SourceImageIOError):
    """A file that cannot be shown, with a sentence for the person who chose it.

    Wagtail's templates leave out a picture with an error of this class.
    """


def size_of(file: IO[bytes]) -> tuple[int, int]:
    """Width and height of the upright picture, from the header. Raises UnreadablePicture."""
    with _readable():
        picture = _opened(file)
        return _upright(picture.size, _orientation(picture))


def ending_of(file: IO[bytes]) -> str:
    """The ending for the name of a file that can be decoded. Raises UnreadablePicture for any other."""
    plain_copy(file, 1)
    # Several pictures in one JPEG, as some cameras save them, are a format of their own to Pillow.
    return ENDINGS.get(str(_opened(file).format), ENDINGS["JPEG"])


def plain_copy(file: IO[bytes], widest: int) -> Image.Image:
    """An upright copy in 8-bit sRGB, no larger than a crop of the `widest` width (in pixels) needs.

    It has no metadata: no position, names, comments or color profile. Of an animation it is the first frame, because
    nothing on the site moves by itself. Raises UnreadablePicture.
    """
    with one_at_a_time(), _readable():
        picture = _opened(file)
        orientation = _orientation(picture)
        _halve_if_large(picture)
        picture.load()
        width, height = _upright(picture.size, orientation)
        scale = widest / min(width, height * 3 / 2)
        copy = _in_srgb(_reduced(_in_whole_colors(picture), scale))
    copy.info.clear()
    turn = TURNS.get(orientation)
    return copy if turn is None else copy.transpose(turn)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Holds a lock of the machine. The system releases it when a process dies."""
    with (Path(settings.STATE_DIR) / "decoding").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def _readable() -> Iterator[None]:
    """Inside, whatever Pillow raises for a hostile or damaged file becomes UnreadablePicture."""
    try:
        yield
    except UnreadablePicture:
        raise
    except UnidentifiedImageError as error:
        raise UnreadablePicture(NO_PICTURE) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnreadablePicture(TOO_LARGE) from error
    except Exception as error:
        # Each format has errors of its own: OSError, SyntaxError, ValueError, struct.error and more.
        raise UnreadablePicture(DAMAGED) from error


def _opened(file: IO[bytes]) -> Image.Image:
    """The picture with its header read."""
    file.seek(0)
    return Image.open(file, formats=tuple(ENDINGS))


def _orientation(picture: Image.Image) -> int:
    """The EXIF orientation. Damaged EXIF says nothing."""
    try:
        # Pillow's own method for PNG would decode the picture.
        return int(Image.Image.getexif(picture).get(ExifTags.Base.Orientation, 1))
    except Exception:
        return 1


def _upright(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return size[::-1] if orientation in TURNS and orientation >= FIRST_SIDEWAYS else size


def _halve_if_large(picture: Image.Image) -> None:
    """Let a large baseline JPEG be decoded at half its size. Raises UnreadablePicture for other large pictures."""
    pixels = picture.width * picture.height
    if pixels <= MOST_PIXELS:
        return
    is_baseline = picture.format in ("JPEG", "MPO") and "progressive" not in picture.info
    if not is_baseline or pixels > MOST_PIXELS_HALVED:
        raise UnreadablePicture(TOO_LARGE)
    picture.draft(None, (picture.width // 2, picture.height // 2))


def _in_whole_colors(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be resized smoothly."""
    if picture.mode.startswith("I"):
        # Pillow would clip every value above 255 to white.
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in ("1", "P", "PA") or "transparency" in picture.info:
        return picture.convert(_web_mode(picture))
    return picture


def _web_mode(picture: Image.Image) -> str:
    return "RGBA" if picture.has_transparency_data else "RGB"


def _reduced(picture: Image.Image, scale: float) -> Image.Image:
    if scale >= 1:
        return picture
    # Rounded up, so that the widest crop still fits.
    size = (ceil(picture.width * scale), ceil(picture.height * scale))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _in_srgb(picture: Image.Image) -> Image.Image:
    """CMYK and embedded profiles come out wrong, or not at all, when they are saved directly in a web format."""
    mode = _web_mode(picture)
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            source, srgb = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            if converted := ImageCms.profileToProfile(picture, source, srgb, outputMode=mode):
                return converted
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            # The profile is damaged or made for another color mode.
            pass
    return picture.convert(mode)
