"""Recognizes the name of a file where a description of the picture should be."""

import re
from pathlib import PurePosixPath

from anyascii import anyascii

FILE_NAME = "“{}” is the name of the file. Say what the picture shows, for people who do not see it."

_ENDING = re.compile(r"\.(?:avif|bmp|gif|hei[cf]|jfif|jpe?g?|png|tiff?|webp)$")
# The storage adds this to a name that is taken.
_ADDED = re.compile(r"_[a-zA-Z0-9]{7}$")
# Phones, cameras, scanners and Word name files by themselves: “IMG_1234”, “Screenshot 2024-01-31 at 10.15”, “image1”.
_DEVICES = {"dsc", "dscf", "dscn", "fullsizerender", "image", "img", "mvimg", "pxl", "scan", "screenshot", "whatsapp"}
_BESIDE = {"am", "at", "copy", "edited", "pm"}
# A date, often with a time: “20240131_120000”. Fewer digits may be what a picture shows, such as “911”.
_DATE = re.compile(r"\d{8}")


def is_file_name(text: str, file_name: str | None) -> bool:
    """Whether a text is the name of the picture's file, or a name that only a device gives to a file."""
    said, stem = _words(text), PurePosixPath(file_name or "").stem
    if not said:
        return False
    is_this = "".join(said) in ("".join(_words(stem)), "".join(_words(_ADDED.sub("", stem))))
    has_ending = len(text.split()) == 1 and bool(_ENDING.search(text.strip().lower()))
    return is_this or has_ending or _is_of_device(" ".join(said))


def _is_of_device(said: str) -> bool:
    letters = set(re.sub(r"\d", " ", said).split())
    if not letters <= _DEVICES | _BESIDE:
        return False
    return bool(_DATE.search(said)) or (not letters.isdisjoint(_DEVICES) and any(map(str.isdigit, said)))


def _words(text: str) -> list[str]:
    """The words of a name, in the letters that the storage leaves in it."""
    return re.sub(r"[\W_]+", " ", anyascii(_ENDING.sub("", text.strip().lower()))).split()
