"""URLs that people enter: complete, safe, and one spelling for each article."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from site_core.fields.tracking import is_tracking_key
from site_core.fields.wrapped_links import unwrapped

WHOLE_URL = "Write the whole address with https:// in front, such as https://example.org/page."


# A host with a domain, and what may follow it.
_WITHOUT_SCHEME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?([/?#]\S*)?", re.I)


def with_scheme(url: str) -> str:
    """The URL, with https:// in front of a host that was typed without it. Everything else stays as it is."""
    url = url.strip()
    return f"https://{url}" if _WITHOUT_SCHEME.fullmatch(url) else url


def check_web_url(url: str) -> None:
    """Refuses anything but a full http or https URL. Raises ValidationError with what to enter instead."""
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise ValidationError(WHOLE_URL) from None


def check_url(url: str) -> None:
    """Like check_web_url, but accepts email and phone links too."""
    if not url.lower().startswith(("mailto:", "tel:")):
        check_web_url(url)


def canonical_link(url: str) -> str:
    """The one URL of an article: out of its wrapper, host in lower case, without tracking keys and fragment."""
    parts = urlsplit(unwrapped(url.strip()))
    # The query is split as text, because parsing and encoding it again can change it.
    query = "&".join(pair for pair in parts.query.split("&") if not is_tracking_key(pair.partition("=")[0]))
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, ""))


def spellings(link: str) -> set[str]:
    """The variants of a canonical link: with or without a final slash, with or without “www.”, http or https."""
    parts = urlsplit(link)
    host = parts.netloc.removeprefix("www.")
    path = parts.path.rstrip("/")
    return {
        urlunsplit((scheme, f"{prefix}{host}", f"{path}{end}", parts.query, ""))
        for scheme in ("http", "https")
        for prefix in ("", "www.")
        for end in ("", "/")
    }


class WebURLFormField(forms.CharField):
    """Takes “example.org/page” for “https://example.org/page”."""

    def to_python(self, value: Any) -> Any:
        return with_scheme(super().to_python(value) or "")


class WebURLField(models.CharField):  # type: ignore[type-arg]
    """A full web URL. Django's URLField would put a scheme in front of whatever is entered, “a page” included."""

    default_validators = [check_web_url]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 500, "help_text": "With https:// in front.", **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(
            **{"form_class": WebURLFormField, "widget": forms.TextInput(attrs={"inputmode": "url"}), **kwargs}
        )
