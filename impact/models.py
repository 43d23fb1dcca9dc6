"""Measured results and where they come from."""

from impact.impact_page import ImpactPage
from impact.sources import Evidence, Rating
from impact.stats import ImpactStat
from impact.studies import Study

__all__ = ["Evidence", "ImpactPage", "ImpactStat", "Rating", "Study"]
