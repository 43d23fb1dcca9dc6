"""What an editor can do about a link."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError

from site_core.fields.web_url import WebURLFormField, canonical_link, check_web_url
from site_core.link_checks.found_links import is_elsewhere
from site_core.link_checks.models import LinkCheck

ARCHIVE = "web.archive.org"
SAME = "This is the link that does not work. Enter the new address."


class NewAddressForm(forms.Form):
    """The address that takes the place of a link."""

    url = WebURLFormField(label="New address", max_length=500)

    def __init__(self, *args: Any, link: LinkCheck, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link
        self.fields["url"].widget.attrs["inputmode"] = "url"

    def clean_url(self) -> str:
        check_web_url(self.cleaned_data["url"])
        url = canonical_link(self.cleaned_data["url"])
        if url == self.link.url:
            raise ValidationError(SAME)
        return url


class ArchivedCopyForm(forms.Form):
    """The address of a copy in the Internet Archive. It is one of ours in the address, so it stays as it is typed."""

    archived_url = WebURLFormField(
        label="Address of the archived copy",
        max_length=500,
        help_text="Open the link and check that it shows the article, then paste its address here.",
    )

    def clean_archived_url(self) -> str:
        url: str = self.cleaned_data["archived_url"]
        check_web_url(url)
        if not is_elsewhere(url) or urlsplit(url).hostname != ARCHIVE:
            raise ValidationError(
                f"Paste an address of {ARCHIVE}, such as https://{ARCHIVE}/web/2018/https://example.org."
            )
        return url
