"""Impact stats with their evidence and ratings."""

from datetime import date
from typing import Any

from django.db import models

from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family, publish
from impact.models import Evidence, ImpactStat, Rating

EVIDENCE = Shape(
    {"study": Refers("study"), "relation": str, "reports": str, "of_outcome": str, "locator": str},
    required=("study", "relation"),
)
RATING = Shape({"scheme": str, "label": str, "of": str, "date": date}, required=("scheme", "label", "of"))


class Stats(Family):
    """Impact stats, in the order of the file.

    The file has no fields for the organization's review of a stat, because only a person there can review one.
    """

    name = "figure"
    file, section = "figures.yaml", "figures"
    name_field = "slug"
    model = ImpactStat
    shape = Shape(
        {
            "slug": str,
            "value_low": float,
            "value_high": float,
            "unit": str,
            "direction": str,
            "outcome": str,
            "outcome_group": str,
            "joining_word": str,
            "population": str,
            "scope": str,
            "program": str,
            "place": Refers("place"),
            "strategy": Refers("strategy"),
            "strategy_inferred": bool,
            "compared_on": date,
            "evidence": [dict],
            "ratings": [dict],
        },
        required=("slug", "value_low", "direction", "outcome", "place"),
    )

    def make(self, entry: Entry) -> ImpactStat:
        return ImpactStat(live=False, sort_order=entry.position)

    def fill(self, target: Any, entry: Entry) -> None:
        super().fill(target, entry)
        target.evidence = self.parts(Evidence, EVIDENCE, entry, "evidence", "stat")
        target.ratings = self.parts(Rating, RATING, entry, "ratings", "stat")

    def save(self, target: models.Model, entry: Entry) -> None:
        target.full_clean()
        if target.pk is None:
            target.save()
        publish(target)
