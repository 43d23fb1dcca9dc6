"""LoadedEntry: what `load_content` once loaded, so that it can tell what an editor has changed since."""

from django.db import models


class LoadedEntry(models.Model):
    """One entry of the content file and the object it became."""

    key = models.CharField(max_length=255, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    # Digests of the entry as the file gave it, and of the object as the loader left it.
    entry_digest = models.CharField(max_length=64)
    object_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "loaded entries"

    def __str__(self) -> str:
        return self.key
