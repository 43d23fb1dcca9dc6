"""Slugs: how they are made, and how they get into a URL."""

import re
from collections.abc import Iterable
from itertools import count

from django.urls.converters import SlugConverter
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

# Space for a suffix such as “-12345”.
_SUFFIX = 6


def free_slug(name: str, taken: Iterable[str], *, max_length: int, otherwise: str) -> str:
    """An unused slug made from a name in any script: “beijing” for “北京”, or “beijing-2” if that is taken.

    A name without any letters or digits gets the slug `otherwise`.
    """
    base = slugify(string_to_ascii(name))[: max_length - _SUFFIX].strip("-_") or otherwise
    used = {slug.lower() for slug in taken}
    candidates = (base if suffix == 1 else f"{base}-{suffix}" for suffix in count(1))
    return next(slug for slug in candidates if slug not in used)


class ObjectSlug(SlugConverter):
    """The slug of an object in a URL. A page that links to an object renders even if the object's slug is no slug."""

    # No object is there, so the link leads to “not found”.
    NO_SLUG = "-"

    def to_url(self, value: str) -> str:
        return value if re.fullmatch(self.regex, value or "") else self.NO_SLUG
