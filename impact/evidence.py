"""The evidence for a stat: studies with what they report of it, and ratings by others."""

from typing import ClassVar

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from impact.stats import ImpactStat
from impact.status import Relation, effective_relation
from impact.studies import Study


class EvidenceManager(models.Manager["Evidence"]):
    """Reads each row with its study in one query, because no evidence is shown without it."""

    def get_queryset(self) -> models.QuerySet["Evidence"]:
        return super().get_queryset().select_related("study")


class Evidence(Orderable):
    """How one study relates to a stat, and what it reports of it."""

    stat = ParentalKey(ImpactStat, on_delete=models.CASCADE, related_name="evidence")
    study = models.ForeignKey(Study, null=True, on_delete=models.SET_NULL, related_name="+")
    relation = models.CharField(
        max_length=10,
        choices=Relation.choices,
        default=Relation.UNCHECKED,
        verbose_name="relation to the impact stat",
    )
    reports = models.CharField(
        "what it reports",
        max_length=120,
        blank=True,
        help_text="The study's own result, such as “31%” or “5.5% fewer.” Required once the study is checked.",
    )
    of_outcome = models.CharField(
        "outcome", max_length=200, blank=True, help_text="Such as “shootings among treated groups.”"
    )
    locator = models.CharField(
        "page or table", max_length=60, blank=True, help_text="Where in the study, such as “p. 1202.”"
    )

    objects: ClassVar[EvidenceManager] = EvidenceManager()

    panels = ["study", "relation", "reports", "of_outcome", "locator"]

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = "study"
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.study}: {self.get_relation_display()}"

    @property
    def relation_words(self) -> str:
        """The relation in words. A study supports nothing until somebody enters what it reports."""
        return str(effective_relation(self).label)

    @property
    def source_line(self) -> str:
        """The study as it is named beside the stat. Only a study that supports the stat is called its source."""
        if not self.study:
            return ""
        relation = effective_relation(self)
        if relation == Relation.UNCHECKED:
            return f"Not yet checked: {self.study.short_name}"
        return f"{'Source' if relation == Relation.SUPPORTS else 'Compared with'}: {self.study.short_name}"

    @property
    def not_entered(self) -> list[str]:
        """What nobody has entered yet, in words, such as “page or table”."""
        design = self.study.design if self.study else ""
        entered = {"what it reports": self.reports, "page or table": self.locator, "design": design}
        return [name for name, value in entered.items() if not value]

    @property
    def reported(self) -> str:
        """“31%”, or “5.5% fewer drug and nuisance offenses” where “fewer” or “more” needs a noun."""
        needs_noun = self.reports.endswith(("fewer", "more"))
        return f"{self.reports} {self.of_outcome}".strip() if needs_noun else self.reports


class Rating(Orderable):
    """A rating by others, with its subject and its date: schemes rate single outcomes and withdraw ratings."""

    stat = ParentalKey(ImpactStat, on_delete=models.CASCADE, related_name="ratings")
    scheme = models.CharField(max_length=120, help_text="Such as “CrimeSolutions.”")
    label = models.CharField(max_length=60, help_text="The scheme's own word, such as “Promising.”")
    of = models.CharField("what was rated", max_length=200, help_text="Such as “violent incidents, one study.”")
    date = models.DateField(
        null=True, blank=True, help_text="The date of the rating. Leave empty if it is not on record."
    )

    panels = ["scheme", "label", "of", "date"]

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.label}"
