"""One runner acts at a time: whoever holds the lease, a row that has to be renewed before it runs out."""

from datetime import timedelta

from django.db import models

# Seconds are enough to outlive a slow event, and few enough that another runner takes over soon.
LEASE = timedelta(seconds=3)


class RunnerLease(models.Model):
    """The one row: who may act, and until when."""

    holder = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.holder} until {self.expires_at.isoformat()}"
