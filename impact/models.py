"""Measured results and where they come from."""

from impact.evidence import Evidence, Rating
from impact.impact_page import ImpactPage
from impact.stats import ImpactStat
from impact.studies import Study

__all__ = ["Evidence", "ImpactPage", "ImpactStat", "Rating", "Study"]
