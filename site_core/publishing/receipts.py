"""The proof of a go-live: the public address was fetched through the running site and held what it should."""

from django.db import models

from site_core.publishing.ledger import Publication


class Receipt(models.Model):
    """Whether the public has been seen to see what a row of the ledger says."""

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="receipt")
    due_at = models.DateTimeField(null=True, help_text="The moment it was scheduled for; none if done by hand.")
    seen_at = models.DateTimeField(null=True, help_text="When the public address was first found to be right.")
    tries = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="What was wrong at the last try, as a sentence for an editor.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.publication}: {self.problem or self.seen_at or 'not yet looked at'}"
