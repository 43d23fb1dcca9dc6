"""The form of a redirect, and that of a file with many."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from site_core.fields.uploaded_tables import rows_of
from site_core.page_cache.sites import root_path

MAX_ROWS = 1000
# Longer chains are not followed.
MAX_STEPS = 20


class SiteRedirectForm(RedirectForm):
    """Wagtail's form. It also refuses what leads nowhere, or back to where it began."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["redirect_link"].assume_scheme = "https"

    def clean_old_path(self) -> str:
        try:
            path: str = Redirect.normalise_path(self.cleaned_data["old_path"])
        except ValueError:
            raise ValidationError("Enter the old address, such as /old-page/.") from None
        return path

    def clean(self) -> None:
        super().clean()
        page, link = self.cleaned_data.get("redirect_page"), self.cleaned_data.get("redirect_link")
        if bool(page) == bool(link) and "redirect_link" not in self.errors:
            self.add_error("redirect_link", "Choose the page to redirect to, or enter a URL. Not both.")
        if (old_path := self.cleaned_data.get("old_path")) and self._leads_to(old_path, page, link):
            self.add_error("old_path", "This redirect leads back to its own old address. Choose another target.")
        elif old_path and "old_path" in self.changed_data and (at_old_path := _live_page_at(old_path)):
            self.add_error(
                "old_path",
                f"“{at_old_path}” is public at this address, so nobody would be redirected. "
                "Unpublish or move it first.",
            )

    def _leads_to(self, old_path: str, page: Page | None, link: str | None) -> bool:
        """Whether visitors who are redirected come back to the old path."""
        others = Redirect.objects.exclude(pk=self.instance.pk).select_related("redirect_page")
        for _ in range(MAX_STEPS):
            path = path_on_site(page.get_url() if page else link)
            if path is None or path.lower() == old_path.lower():
                return path is not None
            following = others.filter(old_path__iexact=path).first()
            if following is None:
                return False
            page, link = following.redirect_page, following.redirect_link
        return True


def _live_page_at(path: str) -> Page | None:
    """The live page at a path as redirects store it."""
    return Page.objects.live().filter(url_path__iexact=f"{root_path()}{path.strip('/')}/").first()


def path_on_site(url: str | None) -> str | None:
    """The path as redirects store it, None if the URL is that of another site."""
    try:
        parts = urlsplit(url or "")
        if not url or (parts.hostname and not Site.objects.filter(hostname=parts.hostname).exists()):
            return None
        path: str = Redirect.normalise_path(url)
    except ValueError:
        return None
    return path


class RedirectsFileForm(forms.Form):
    """A table of redirects: the old address in the first column, the URL to redirect to in the second."""

    file = forms.FileField(
        help_text="A CSV file or an Excel workbook with two columns: the old address, such as /old-page/, and the "
        "whole URL that it leads to now, such as https://example.org/page/. A first row of headings is skipped."
    )
    is_permanent = forms.BooleanField(
        label="Permanent",
        required=False,
        initial=True,
        help_text="Search engines forget the old addresses.",
    )

    def clean_file(self) -> list[list[str]]:
        """The rows, without the headings."""
        rows = rows_of(self.cleaned_data["file"])
        if len(rows[0]) < 2:
            raise ValidationError("The file has one column. It needs two: the old address and the new URL.")
        if "/" not in rows[0][0]:
            rows = rows[1:]
        if len(rows) > MAX_ROWS:
            raise ValidationError(f"The file has {len(rows):,} rows. Split it into files of at most {MAX_ROWS:,}.")
        return rows
