"""Addresses that people type: whole, safe, and the same article always under the same address."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

WHOLE_URL = "Write the whole address with https:// in front, such as https://example.org/page."
# What newsletters and networks add to a link to follow who clicked it. It says nothing of the article.
_TRACKING_KEYS = frozenset({"fbclid", "gclid", "mc_cid", "mc_eid"})
_TRACKING_PREFIX = "utm_"


def check_web_url(address: str) -> None:
    """Refuse anything but a whole http or https address. Raises ValidationError with what to type instead."""
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise ValidationError(WHOLE_URL) from None


def check_url(address: str) -> None:
    """As check_web_url, and an e-mail or phone link is welcome too."""
    if not address.lower().startswith(("mailto:", "tel:")):
        check_web_url(address)


def canonical_link(address: str) -> str:
    """One address for one article: host in lower case, no tracking keys, no fragment."""
    parts = urlsplit(address.strip())
    # Told apart as text: read and written anew, the rest might come out as another address.
    query = "&".join(pair for pair in parts.query.split("&") if not _follows_clicks(pair))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))


def spellings(link: str) -> set[str]:
    """A canonical link as others may have it: with or without a final slash, with or without “www.”, http or https."""
    parts = urlsplit(link)
    host = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/")
    return {
        urlunsplit((scheme, f"{prefix}{host}", f"{path}{end}", parts.query, ""))
        for scheme in ("http", "https")
        for prefix in ("", "www.")
        for end in ("", "/")
    }


def _follows_clicks(pair: str) -> bool:
    key = pair.partition("=")[0].lower()
    return key in _TRACKING_KEYS or key.startswith(_TRACKING_PREFIX)


class WebURLField(models.CharField):  # type: ignore[type-arg]
    """A whole web address. Django's own field would put a scheme in front of anything and never ask."""

    default_validators = [check_web_url]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 500, "help_text": "With https:// in front.", **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"widget": forms.TextInput(attrs={"inputmode": "url"}), **kwargs})
