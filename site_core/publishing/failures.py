"""What could not be carried out: kept until it succeeds or its schedule is taken back, tried ever more rarely."""

from datetime import timedelta

from django.db import models

from site_core.publishing.events import Change

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(minutes=30)


class FailedEvent(models.Model):
    """An event that failed. It is the same one while change, model and number are the same."""

    change = models.PositiveSmallIntegerField(choices=[(int(change), str(change)) for change in Change])
    model_label = models.CharField(max_length=100)
    object_number = models.BigIntegerField(help_text="The revision that was to go live, or the object.")
    title = models.TextField()
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=1)
    last_tried_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    reason = models.TextField(help_text="What went wrong, as a sentence for an editor.")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["change", "model_label", "object_number"], name="one_failure_of_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.reason}"
