"""StatCheck: somebody compared a stat with its studies on a day, and decided what becomes of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from impact.stats import ImpactStat


class Verdict(models.TextChoices):
    """What the check came to."""

    CONFIRMED = "confirmed", "Confirmed"
    CORRECTED = "corrected", "Corrected"
    WITHDRAWN = "withdrawn", "Withdrawn"


class StatCheck(models.Model):
    """One check. Visitors see its day, its next day and what was corrected; the note is for colleagues."""

    stat = models.ForeignKey(ImpactStat, on_delete=models.CASCADE, related_name="checks")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    next_due = models.DateField(null=True)
    note = models.TextField(blank=True)
    was_sent_for_review = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        ordering = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.checked_on}"
