"""SentNotice: what somebody was told by an email, so that nobody is told twice."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=400)


class SentNotice(models.Model):
    """One thing in one email to one person."""

    class Kind(models.TextChoices):
        CHECK = "check", "A check that is due"
        DIGEST = "digest", "The digest of a week"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # What it was about, such as one day of one check or one week.
    key = models.CharField(max_length=200)
    sent_on = models.DateField()

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "kind", "key"], name="notice_sent_once")]
        indexes = [models.Index(fields=["kind", "sent_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.user}"


def note_sent(user_id: int, kind: SentNotice.Kind, keys: list[str], day: date) -> None:
    SentNotice.objects.bulk_create(SentNotice(user_id=user_id, kind=kind, key=key, sent_on=day) for key in keys)


def delete_old_notices() -> None:
    """Nobody is told again of what is older."""
    SentNotice.objects.filter(sent_on__lt=timezone.localdate() - KEPT_FOR).delete()
