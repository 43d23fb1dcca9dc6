"""LoadedEntry: the state of an entry when `load_content` loaded it, by which it later recognizes editors' changes."""

from django.db import models


class LoadedEntry(models.Model):
    """One entry of a content file and the object that was made of it."""

    key = models.CharField(max_length=255, unique=True)
    model = models.CharField(max_length=100)
    object_id = models.PositiveBigIntegerField()
    # Digests of the entry in the file and of the object right after loading.
    entry_digest = models.CharField(max_length=64)
    object_digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "loaded entries"

    def __str__(self) -> str:
        return self.key
