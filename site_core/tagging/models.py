"""TagChange: an act on tags, with everything that it takes to undo it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from site_core.chores.registry import deleted_message
from site_core.tagging.changes import Changes
from site_core.tagging.wording import ended

# For so long an act can be undone.
KEPT_FOR = timedelta(days=30)


class TagChangeManager(models.Manager["TagChange"]):
    """The acts on tags."""

    def delete_old(self) -> str:
        """Delete those that can no longer be undone. Returns a sentence that says how many."""
        return deleted_message(self.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()[0], "record")

    def recent(self) -> models.QuerySet["TagChange"]:
        """Those that can be undone or were, without what they changed."""
        return self.filter(made_at__gte=timezone.now() - KEPT_FOR).defer("changed").select_related("user")


class TagChange(models.Model):
    """A merge, a rename, a split, or tags put on many items. Visitors see nothing of this table."""

    sentence = models.TextField(help_text="What was done, such as “Merged “Highpoint” into “High Point”.”")
    kind = models.CharField(max_length=12, help_text="The kind of its terms.")
    term_pks = models.JSONField(default=list, help_text="The pks of its terms.")
    changed = models.JSONField(default=dict, help_text="Each row and each draft before and after.")
    to_index = models.JSONField(default=dict, help_text="The pages that still have to be indexed, by their model.")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[TagChangeManager] = TagChangeManager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence_ended(self) -> str:
        return ended(self.sentence)

    def changes(self) -> Changes:
        stored: dict[str, Any] = self.changed
        return Changes.from_stored(stored)
