"""Files as people send them: from phones, from Word, cut off on the way, and made to do harm."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

# Made when a test asks for it.
Content = Callable[[], bytes]

COMMENT = b"Taken at the house of a witness"
PLACE = "Witness Street"


def picture(format_: str = "JPEG", size: tuple[int, int] = (600, 400), mode: str = "RGB", **saving: Any) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "steelblue").convert(mode).save(file, format_, **saving)
    return file.getvalue()


def from_a_phone(format_: str = "JPEG", orientation: int = 6) -> bytes:
    """With position, comment and description, taken with the phone held upright."""
    notes = Image.Exif()
    notes[Base.Orientation] = orientation
    notes[Base.ImageDescription] = PLACE
    notes[Base.Make] = "A phone"
    notes.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (40.0, 42.0, 46.0)
    notes.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>Witness Street</rdf:RDF></x:xmpmeta>'
    return picture(format_, exif=notes, comment=COMMENT, xmp=xmp)


def cut_off(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def uploaded(content: bytes, name: str) -> SimpleUploadedFile:
    """As a browser sends it. What a browser says of its type decides nothing."""
    return SimpleUploadedFile(name, content, "application/octet-stream")


def noisy(format_: str, **saving: Any) -> bytes:
    """Large enough that half of the file is half of the picture."""
    file = BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(file, format_, **saving)
    return file.getvalue()


# What is taken: name, content, and the ending under which it is kept.
TAKEN: list[tuple[str, Content, str]] = [
    ("photo.jpg", lambda: picture(), ".jpg"),
    ("Windows.jfif", lambda: picture(), ".jpg"),
    ("PHOTO.JPE", lambda: picture(), ".jpg"),
    ("without-ending", lambda: picture(), ".jpg"),
    ("progressive.jpeg", lambda: picture(progressive=True), ".jpg"),
    ("named-as-jpeg.jpg", lambda: picture("PNG"), ".png"),
    ("screenshot.png", lambda: picture("PNG", mode="RGBA"), ".png"),
    ("gray.png", lambda: picture("PNG", mode="L"), ".png"),
    ("iphone.HEIC", lambda: picture("HEIF"), ".heic"),
    ("iphone.jpg", lambda: picture("HEIF"), ".heic"),
    ("android.webp", lambda: picture("WEBP"), ".webp"),
    ("new.avif", lambda: picture("AVIF"), ".avif"),
    ("old.gif", lambda: picture("GIF", mode="P"), ".gif"),
    ("two-in-one.jpg", lambda: picture("MPO", save_all=True, append_images=[Image.new("RGB", (60, 40))]), ".jpg"),
    ("damaged-profile.jpg", lambda: picture(icc_profile=bytes(200)), ".jpg"),
    ("damaged-exif.jpg", lambda: picture(exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff"), ".jpg"),
    ("no-exif-at-all.jpg", lambda: picture(exif=b"Exif\x00\x00nothing of the kind"), ".jpg"),
]

# What is refused, with a part of the sentence that says why.
REFUSED: list[tuple[str, Content, str]] = [
    ("cut-off.jpg", lambda: cut_off(noisy("JPEG")), "damaged or incomplete"),
    ("cut-off-progressive.jpg", lambda: cut_off(noisy("JPEG", progressive=True)), "damaged or incomplete"),
    ("cut-off.png", lambda: cut_off(noisy("PNG")), "damaged or incomplete"),
    ("cut-off.webp", lambda: cut_off(noisy("WEBP")), "damaged or incomplete"),
    ("cut-off.avif", lambda: cut_off(noisy("AVIF")), "incomplete"),
    ("cut-off.gif", lambda: cut_off(noisy("GIF")), "damaged or incomplete"),
    ("cut-off.heic", lambda: cut_off(noisy("HEIF")), "damaged or incomplete"),
    ("sixty-megapixels.png", lambda: picture("PNG", (10_000, 6_000), "1"), "million pixels"),
    ("text.jpg", lambda: b"This is no picture.", "no picture"),
    ("drawing.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', "no picture"),
    ("from-word.bmp", lambda: picture("BMP"), "no picture"),
    ("from-word.tif", lambda: picture("TIFF"), "no picture"),
    ("from-word.docx", lambda: b"PK\x03\x04" + bytes(100), "no picture"),
    ("only-the-start.png", lambda: b"\x89PNG\r\n\x1a\n", "picture"),
    ("only-the-start.jpg", lambda: b"\xff\xd8\xff\xe0", "picture"),
    ("empty.jpg", lambda: b"", "empty"),
]
