"""The admin's form for a news item."""

from typing import Any

from django.http import QueryDict

from news.article.fill_in import fill_in
from news.article.link_input import BUTTON
from news.publisher_field import PublisherField
from site_core.fields.web_url import canonical_link, check_web_url
from site_core.pages.form import SitePageForm
from site_core.taxonomy.fields import TermField
from site_core.taxonomy.vocabulary import UnknownName


class NewsItemForm(SitePageForm):
    """Takes a publisher by its name, and a link in any spelling. A draft keeps names that are not on file."""

    publisher = PublisherField(
        required=False,
        help_text="Type the name of the newspaper, journal or broadcaster. Leave it empty for our own news.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, asked in self.instance.asked_for.items():
            field = self.fields.get(name)
            if isinstance(field, TermField):
                terms = [field.tag_model(name=each) for each in asked]
                self.initial[name] = [*self.initial.get(name, []), *terms]
            elif asked:
                self.initial[name] = UnknownName(asked[0])
        if "link" in self.fields:
            self.fields["link"].widget.page_pk = self.instance.pk
            if self.is_bound and BUTTON in self.data:
                self.is_only_shown = True
                self._fill_in()

    def _fill_in(self) -> None:
        """Put what the article states into the boxes that are empty, for somebody without scripts."""
        filled = QueryDict(mutable=True)
        filled.update(self.data)  # type: ignore[has-type]
        filled_in = fill_in(self.for_user, {name: filled.get(name, "") for name in self.fields}, self.instance.pk)
        for name, value in filled_in.fields.items():
            filled[name] = value
        self.data = filled
        self.fields["link"].widget.filled_in = filled_in

    def clean_link(self) -> str:
        if not self.cleaned_data["link"]:
            return ""
        check_web_url(self.cleaned_data["link"])
        return canonical_link(self.cleaned_data["link"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        asked_for: dict[str, list[str]] = {}
        for name, value in cleaned.items():
            if isinstance(value, UnknownName):
                asked_for[name] = [str(value)]
                cleaned[name] = None
            elif isinstance(self.fields.get(name), TermField):
                if unknown := [str(each) for each in value if isinstance(each, UnknownName)]:
                    asked_for[name] = unknown
                cleaned[name] = [each for each in value if not isinstance(each, UnknownName)]
        self.instance.asked_for = asked_for
        return cleaned
