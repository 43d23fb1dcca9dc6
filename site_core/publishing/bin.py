"""The bin: a deleted page and all below it wait thirty days before they are gone, and can be put back until then."""

from datetime import timedelta

from django.db import models

KEPT_FOR = timedelta(days=30)


class BinnedPage(models.Model):
    """The top of a deleted subtree, with what it takes to put it back as it was."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="in_bin")
    parent_number = models.BigIntegerField(help_text="The page it stood below.")
    slug = models.CharField(max_length=255, help_text="Its address below that page.")
    were_live = models.JSONField(default=list, help_text="The numbers of the pages that were public.")
    schedules = models.JSONField(default=dict, help_text="Go-live and expiry of each suspended revision or page.")
    deleted_at = models.DateTimeField()
    deleted_by = models.CharField(max_length=255)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.page}, deleted {self.deleted_at.isoformat()}"
