"""Study: a published source that stats are checked against."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from impact.citations.doi import doi_in
from impact.citations.study_form import PASTED, PastePanel, StudyForm
from site_core.fields.text import comparable
from site_core.fields.web_url import WebURLField
from site_core.publishing.typed_links import visible_link


class Study(index.Indexed, models.Model):
    """A study, report or assessment. Unknown fields stay empty: nothing is guessed.

    A study has no drafts, so every save is public at once.
    """

    short_name = models.CharField(
        max_length=120,
        unique=True,
        help_text="The short form of the citation, such as “Papachristos and Kirk 2015” or “NCJ 247632.”",
    )
    described_as = models.CharField(
        "kind of source",
        max_length=60,
        default="study",
        help_text="In a word or two, such as “study,” “federal assessment” or “federal case study.”",
    )
    authors = models.CharField(
        max_length=500, blank=True, help_text="As published, such as “Braga, A. A., and Weisburd, D. L.”"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The year of publication, such as 2015.")
    title = models.CharField(max_length=500, blank=True)
    container = models.CharField(
        "published in", max_length=255, blank=True, help_text="The journal, series or publisher."
    )
    locator = models.CharField(
        "volume and pages",
        max_length=120,
        blank=True,
        help_text="Such as “14(3), 525–558” or a report number.",
    )
    url = WebURLField("URL", blank=True, help_text="Starts with https://. A DOI link is best.")
    design = models.CharField(
        max_length=255,
        blank=True,
        help_text="The research design in the study's own words, such as “matched comparison.”",
    )

    base_form_class = StudyForm
    panels = [
        PastePanel(PASTED, heading="Paste a DOI, BibTeX or RIS"),
        MultiFieldPanel(["short_name", "described_as"], heading="Short form"),
        MultiFieldPanel(["authors", "year", "title", "container", "locator", "url"], heading="Publication"),
        FieldPanel("design"),
    ]
    search_fields: ClassVar = [
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.SearchField("authors"),
        index.SearchField("title"),
        index.SearchField("container"),
    ]

    class Meta:
        ordering = ["short_name"]
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return self.short_name

    def clean(self) -> None:
        super().clean()
        doi = doi_in(self.url)
        for other in Study.objects.exclude(pk=self.pk).only("short_name", "url"):
            if comparable(other.short_name) == comparable(self.short_name):
                raise ValidationError(
                    {"short_name": f"“{other}” is already on file. Use it, or add a letter: “2015a.”"}
                )
            if doi and doi_in(other.url) == doi:
                raise ValidationError({"url": f"This DOI is already on file as “{other}”. Use that study."})

    @property
    def public_url(self) -> str:
        """Its URL, "" if visitors see nothing there."""
        return visible_link(self.url)

    @property
    def citation(self) -> str:
        """The full citation in one line: authors, year, title, container, locator, as far as they are on record."""
        return " ".join(part for part in (self._work, self._where) if part) or self.short_name

    @property
    def citation_html(self) -> str:
        """The full citation with the container in a `cite` element."""
        if not self.container:
            return self.citation
        after = self._where.removeprefix(self.container)
        before = f"{self._work} " if self._work else ""
        return format_html("{}<cite>{}</cite>{}", before, self.container, after)

    @property
    def _work(self) -> str:
        """Authors, year and title."""
        year = f" ({self.year})" if self.year else ""
        authors = f"{self.authors}{year}" if self.authors else ""
        title = self.title if self.authors else f"{self.title}{year}" if self.title else ""
        return " ".join(_ended(part) for part in (authors, title) if part)

    @property
    def _where(self) -> str:
        """Container and locator."""
        where = ", ".join(part for part in (self.container, self.locator) if part)
        return _ended(where) if where else ""


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
