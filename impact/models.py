"""The models of the impact app, each from its own module."""

from impact.checking.stat_checks import StatCheck
from impact.evidence import Evidence, Rating
from impact.impact_page import ImpactPage
from impact.stats import ImpactStat
from impact.studies import Study

__all__ = ["Evidence", "ImpactPage", "ImpactStat", "Rating", "StatCheck", "Study"]
