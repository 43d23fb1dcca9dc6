"""The ledger of publications: what was public, from when on, by whom and why. Rows are only ever added.

A row has no foreign keys. It names its object and holds its own copy of the content, because revisions are
overwritten and purged, and deleting an object deletes its revisions. The database itself refuses to change or delete
a row (`site_core.publishing.ledger.guard`), and a chain of digests shows if it did not (`chain.py`, `proof.py`).
"""

from datetime import datetime
from typing import Any, Never, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.models import Exists, F, OuterRef, Window
from django.db.models.functions import Lead
from wagtail.models import Page

from site_core.publishing.ledger.chain import chained, new_salts
from site_core.publishing.types import Recorded

# The key of the lock, which no other code uses.
CHAIN_LOCK = 7_201_633


class Cause(models.TextChoices):
    """What changed what the public sees."""

    PUBLISHED = "published", "published manually"
    SCHEDULED = "scheduled", "went live by its schedule"
    IMPORTED = "imported", "imported from an archive"
    EXPIRED = "expired", "expired by its schedule"
    OVERDUE = "overdue", "came due for a check"
    UNPUBLISHED = "unpublished", "taken down"
    UNDONE = "undone", "restored by undo"
    DELETED = "deleted", "deleted"
    MOVED = "moved", "moved to another place"
    RESTRICTED = "restricted", "who may see it was changed"
    EDITED = "edited", "edited"
    FOUND = "found", "was public when this history began"
    COMPARED = "compared", "found to differ from this history"


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Rows of the ledger."""

    def of(self, obj: Recorded) -> Self:
        """The rows of one object."""
        return self.filter(model_label=label_of(obj), object_id=str(obj.pk))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def with_note(self) -> Self:
        """The rows that tell readers about a change."""
        return self.filter(note__gt="")

    def still_public(self) -> Self:
        """The rows whose object has not been taken down since."""
        later = Publication.objects.filter(
            model_label=OuterRef("model_label"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
        )
        return self.exclude(Exists(later.filter(is_public=False)))

    def with_until(self) -> Self:
        """Annotates `until`: the time of the next row of the same object, None for its newest row."""
        following = Window(
            Lead("at"),
            partition_by=[F("model_label"), F("object_id")],
            order_by=[F("at").asc(), F("pk").asc()],
        )
        return self.annotate(until=following)

    def in_force_at(self, at: datetime) -> "Publication | None":
        """The newest row at a time, None if nothing is recorded for it."""
        return self.filter(at__lte=at).newest_first().first()


class Publication(models.Model):
    """From this time on an object was public, or no longer."""

    at = models.DateTimeField(db_index=True)
    model_label = models.CharField(max_length=100, help_text="Such as “news.NewsItemPage”.")
    object_id = models.CharField(max_length=255)
    title = models.TextField()
    path = models.TextField(blank=True, help_text="The path of its public page, empty if it has none.")
    is_public = models.BooleanField(help_text="Whether the public could see it from then on.")
    content = models.JSONField(
        null=True, encoder=DjangoJSONEncoder, help_text="What was public, as a revision holds it; null if nothing was."
    )
    references = models.JSONField(
        default=list, help_text="What the content refers to: the model, pk and name of each object."
    )
    revision_id = models.BigIntegerField(null=True, help_text="The revision that was published, if there was one.")
    cause = models.CharField(max_length=20, choices=Cause)
    by = models.CharField(max_length=255, blank=True, help_text="The user's name, empty if a program did it.")
    user_id = models.BigIntegerField(null=True, help_text="The pk of that user.")
    note = models.CharField(max_length=300, default="", help_text="The change note for readers, empty for none.")
    salts = models.JSONField(default=dict, editable=False, help_text="The salts of the digests of its parts.")
    erased = models.JSONField(default=dict, editable=False, help_text="The digest of each part that was erased.")
    chain = models.CharField(
        max_length=64,
        default="",
        editable=False,
        help_text="The digest of the row and of the link of the row before; empty in rows older than the chain.",
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
        """Add the row to the end of the chain. One transaction after the other does so until it commits."""
        if not self._state.adding:
            raise TypeError("A row of the ledger is never changed.")
        with transaction.atomic(savepoint=False):
            lock_chain()
            before = Publication.objects.order_by("-pk").values_list("chain", flat=True).first()
            self.salts = new_salts()
            self.chain = chained(before or "", self)
            super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> Never:
        raise TypeError("A row of the ledger is never deleted.")

    def name_of(self, model: type[models.Model], pk: object) -> str:
        """The name at the time of an object that the content refers to, "" if it does not refer to it."""
        concrete = model._meta.concrete_model or model
        wanted = (concrete._meta.label, str(pk))
        return next((one["name"] for one in self.references if (one["model"], one["id"]) == wanted), "")


def lock_chain() -> None:
    """Wait for other transactions that add rows. On SQLite, only one transaction writes anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def label_of(obj: Recorded) -> str:
    """The label of its model, which for a page is that of its specific type."""
    model = obj.specific_class if isinstance(obj, Page) else type(obj)
    return str(model._meta.label)
