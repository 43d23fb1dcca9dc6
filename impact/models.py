"""Measured results and where they come from."""

from impact.impact_page import ImpactPage
from impact.stats import Evidence, ImpactStat, Rating
from impact.studies import Study

__all__ = ["Evidence", "ImpactPage", "ImpactStat", "Rating", "Study"]
