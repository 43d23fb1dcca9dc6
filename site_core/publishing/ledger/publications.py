"""The ledger of publications: what was public, from which time on, by whom and why. Rows are only ever added.

A row refers to nothing. It names its object and holds its own copy of the content, because revisions are overwritten
and purged, and deleting an object takes its revisions along. The database itself refuses to change or delete a row
(`site_core.publishing.ledger.guard`).
"""

from datetime import datetime
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Window
from django.db.models.functions import Lead
from wagtail.models import Page


class Cause(models.TextChoices):
    """Why a change of what the public can see came about."""

    PUBLISHED = "published", "published by hand"
    SCHEDULED = "scheduled", "went live by its schedule"
    EXPIRED = "expired", "expired by its schedule"
    OVERDUE = "overdue", "its check fell due"
    UNPUBLISHED = "unpublished", "taken down"
    UNDONE = "undone", "put back by undo"
    DELETED = "deleted", "deleted"
    MOVED = "moved", "moved to another place"
    RESTRICTED = "restricted", "who may see it was changed"
    EDITED = "edited", "edited"
    FOUND = "found", "was public when the ledger was opened"
    COMPARED = "compared", "found by comparing the ledger with the site"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Rows of the ledger, read as sentences."""

    def of(self, obj: models.Model) -> Self:
        """Those of one object."""
        return self.filter(model_label=label_of(obj), object_id=str(obj.pk))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def with_note(self) -> Self:
        """Those that told readers of a change."""
        return self.filter(note__gt="")

    def with_until(self) -> Self:
        """Each with `until`: the time of the next row of the same object, None while there is none."""
        following = Window(
            Lead("at"),
            partition_by=[F("model_label"), F("object_id")],
            order_by=[F("at").asc(), F("pk").asc()],
        )
        return self.annotate(until=following)

    def in_force_at(self, at: datetime) -> "Publication | None":
        """The row in force at a time, None where nothing is recorded for it."""
        return self.filter(at__lte=at).newest_first().first()


class Publication(models.Model):
    """From this time on this was public, or no longer."""

    at = models.DateTimeField(db_index=True)
    model_label = models.CharField(max_length=100, help_text="Such as “news.NewsItemPage”.")
    object_id = models.CharField(max_length=255)
    title = models.TextField()
    address = models.TextField(blank=True, help_text="The path of its public page, empty where it has none.")
    is_public = models.BooleanField(help_text="Whether the public could see it from then on.")
    content = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="What was public, as a revision holds it; none if nothing was."
    )
    references = models.JSONField(
        default=list, help_text="What the content refers to: model, number and name of each."
    )
    revision_id = models.BigIntegerField(null=True, help_text="The revision it was made from, if from one.")
    cause = models.CharField(max_length=20, choices=Cause)
    by = models.CharField(max_length=255, blank=True, help_text="Who did it, empty where nobody was asked.")
    user_id = models.BigIntegerField(null=True, help_text="That person's account.")
    note = models.CharField(
        max_length=300, default="", help_text="What readers were told of the change; empty where nobody was told."
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["model_label", "object_id", "at"], name="publication_of_object"),
            models.Index(fields=["revision_id"], name="publication_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {Cause(self.cause).label} at {self.at.isoformat()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A row of the ledger is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("A row of the ledger is never deleted.")

    def name_of(self, model: type[models.Model], number: Any) -> str:
        """The name that something the content refers to had at the time, "" where it refers to none."""
        concrete: Any = model._meta.concrete_model
        wanted = (concrete._meta.label, str(number))
        return next((one["name"] for one in self.references if (one["model"], one["id"]) == wanted), "")


def label_of(obj: models.Model) -> str:
    """The name of its model, for a page that of its own type."""
    model: Any = obj.specific_class if isinstance(obj, Page) else type(obj)
    return str(model._meta.label)
