"""Pictures drawn for tests, so that no file of one stands in the repository."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw


def drawn_picture(
    width: int = 640,
    height: int = 480,
    *,
    name: str = "example.jpg",
    mode: str = "RGB",
    ground: Any = "steelblue",
    mark: tuple[int, int, int, int] | None = None,
    orientation: int = 0,
) -> ContentFile[bytes]:
    """A plain ground with a red `mark` (left, top, right, bottom), in the format that its name ends in.

    `orientation` is the number that a camera held otherwise notes in the file (EXIF 274).
    """
    picture = Image.new(mode, (width, height), ground)
    if mark:
        ImageDraw.Draw(picture).rectangle(mark, fill="red")
    notes = Image.Exif()
    if orientation:
        notes[274] = orientation
    file = BytesIO()
    suffix = name.rsplit(".", 1)[1].upper()
    picture.save(file, "JPEG" if suffix == "JPG" else suffix, exif=notes)
    return ContentFile(file.getvalue(), name)
