"""Who is told that something went live: the people who wrote a draft of it since it went live before."""

from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from wagtail.models import Revision, TaskState

from site_core.publishing.ledger.publications import Cause, Publication, PublicationQuerySet
from site_core.publishing.types import User

WENT_LIVE = (Cause.PUBLISHED, Cause.SCHEDULED)
_READ = ("object_id", "at", "cause", "user_id", "revision_id")
_BEFORE_ALL = Value(datetime(1970, 1, 1, tzinfo=UTC), output_field=DateTimeField())


def went_live(rows: PublicationQuerySet) -> PublicationQuerySet:
    """The rows that made drafts public, with the time from which on these were written."""
    same = Publication.objects.filter(model_label=OuterRef("model_label"), object_id=OuterRef("object_id"))
    earlier = same.filter(cause__in=WENT_LIVE, pk__lt=OuterRef("pk"))
    revision = Revision.objects.filter(pk=OuterRef("revision_id"))
    return rows.filter(cause__in=WENT_LIVE, is_public=True).annotate(
        content_type_id=Subquery(revision.values("content_type")[:1]),
        written_since=Coalesce(Subquery(earlier.order_by("-pk").values("at")[:1]), _BEFORE_ALL),
    )


def of_writer(rows: PublicationQuerySet, user: User) -> PublicationQuerySet:
    """Those of `went_live` that the user wrote, without those that the user published."""
    drafts = Revision.objects.filter(
        user=user.pk,
        content_type=OuterRef("content_type_id"),
        object_id=OuterRef("object_id"),
        created_at__gt=OuterRef("written_since"),
        created_at__lte=OuterRef("at"),
    )
    return rows.filter(Exists(drafts)).exclude(cause=Cause.PUBLISHED, user_id=user.pk)


def writers_to_mail(pk: int) -> QuerySet[AbstractUser]:
    """The writers who want an email about a row, without whoever published it or was mailed the approval."""
    row = went_live(Publication.objects.filter(pk=pk)).values(*_READ, "content_type_id", "written_since").first()
    if row is None:
        return get_user_model().objects.none()
    drafts = Revision.objects.filter(
        content_type=row["content_type_id"],
        object_id=row["object_id"],
        created_at__gt=row["written_since"],
        created_at__lte=row["at"],
    )
    writers = wanting_mail("went_live").filter(pk__in=drafts.values("user"))
    if row["cause"] != Cause.PUBLISHED:
        return writers
    approved = TaskState.objects.filter(revision=row["revision_id"], status=TaskState.STATUS_APPROVED)
    return writers.exclude(pk=row["user_id"]).exclude(
        pk__in=approved.filter(workflow_state__requested_by__isnull=False).values("workflow_state__requested_by")
    )


def wanting_mail(kind: str) -> QuerySet[AbstractUser]:
    """The users who have not declined this kind of email on their account page."""
    users: QuerySet[AbstractUser] = get_user_model().objects.filter(is_active=True).exclude(email="")
    return users.exclude(**{f"mail_choices__{kind}": False}).order_by("pk")
