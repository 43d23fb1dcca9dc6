"""StrategyUse: a place where a strategy is on record as carried out, announced or studied, with its source.

Only an entry says that a strategy is used. A tag or a figure says no more than that a place is in the records.
"""

import re
from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from news.partial_date import PartialDate
from site_core.fields.typed_dates import TypedDateInput
from site_core.fields.web_url import WebURLField
from site_core.publishing.typed_links import visible_link

_DECADE = re.compile(r"(early |mid-|late )?[0-9]{3}0s")


class UseKind(models.TextChoices):
    """What is on record of a strategy in a place."""

    CARRIED_OUT = "carried out", "carried out"
    ANNOUNCED = "announced", "announced"
    STUDIED = "studied", "studied"


class SinceInput(TypedDateInput):
    """A text box for a date as exactly as it is known, or a decade."""

    reader = "since"


class StrategyUseManager(models.Manager["StrategyUse"]):
    """Reads each use with its place and its news item in one query, because no use is shown without them."""

    def get_queryset(self) -> models.QuerySet["StrategyUse"]:
        return super().get_queryset().select_related("place", "news_item").defer("news_item__body")


class StrategyUse(Orderable):
    """A place, what is on record of the strategy there, from when, and who says so."""

    page = ParentalKey("strategies.StrategyPage", on_delete=models.CASCADE, related_name="uses")
    place = models.ForeignKey("taxonomy.PlaceTerm", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(
        "what is on record",
        max_length=12,
        choices=UseKind.choices,
        default=UseKind.CARRIED_OUT,
        help_text="Choose “carried out” only if the source says that the place did so.",
    )
    since = models.CharField(
        max_length=20,
        blank=True,
        help_text="As much as is known, such as “2012,” “April 2018” or “mid-1990s.” Leave empty if it is not known.",
    )
    source = models.CharField(
        max_length=255, help_text="Who says so and when, such as “New York Times, April 2018.” Visitors read it."
    )
    news_item = models.ForeignKey(
        "news.NewsItemPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="If the source is a news item of this site. The source then links to it.",
    )
    url = WebURLField("web address", blank=True, help_text="If the source is on another site, such as a study.")

    objects: ClassVar[StrategyUseManager] = StrategyUseManager()

    panels = ["place", "kind", FieldPanel("since", widget=SinceInput), "source", "news_item", "url"]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = "place where it is on record"
        verbose_name_plural = "places where it is on record"

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"

    def clean(self) -> None:
        super().clean()
        try:
            self.since = plain_date(self.since)
        except ValidationError as error:
            raise ValidationError({"since": error.messages}) from None
        if self.news_item_id and self.url:
            raise ValidationError({"url": "Choose a news item or enter a web address, not both."})

    @property
    def public_url(self) -> str:
        """The web address of the source, "" if visitors see nothing there."""
        return visible_link(self.url)

    @property
    def words(self) -> str:
        """“Carried out from the mid-1990s”, “Announced April 2018”, “Studied”."""
        when = f"the {self.since}" if _DECADE.fullmatch(self.since) else self.since
        joined = f"from {when}" if when and self.kind == UseKind.CARRIED_OUT else when
        return " ".join(part for part in (self.kind.capitalize(), joined) if part)


def plain_date(typed: str) -> str:
    """Return a date as it is printed: “2012”, “April 2018”, “mid-1990s”. Raises ValidationError for anything else."""
    words = " ".join(typed.split())
    if not words or _DECADE.fullmatch(words):
        return words
    try:
        return str(PartialDate.from_typed(words))
    except ValidationError as error:
        raise ValidationError(f"{error.messages[0]} A decade is written “mid-1990s.”") from None


def read_plain_date(typed: str) -> tuple[str, str]:
    """What the admin shows beside the box: the date as it is printed."""
    printed = plain_date(typed)
    return printed, printed


def by_kind(uses: Iterable[StrategyUse]) -> list[tuple[UseKind, list[StrategyUse]]]:
    """Group uses by what is on record, leaving out the kinds without any."""
    uses = list(uses)
    groups = [(kind, [use for use in uses if use.kind == kind]) for kind in UseKind]
    return [(kind, of_kind) for kind, of_kind in groups if of_kind]
