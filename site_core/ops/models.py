"""What operating the site leaves on record."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

# A weekly drill that failed once, or a machine that was off for a day, is seen.
DRILL_EVERY = timedelta(days=8)


class RestoreDrill(models.Model):
    """A backup that was restored for trial and was the site, page by page."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    backup_made_at = models.DateTimeField()
    rows = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at.isoformat()}: the backup of {self.backup_made_at.isoformat()}"


def since_last_drill() -> timedelta | None:
    """How long ago a drill succeeded; None if none has."""
    newest = RestoreDrill.objects.order_by("-at").first()
    return timezone.now() - newest.at if newest else None
