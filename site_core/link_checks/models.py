"""LinkCheck: what came of the checks of one link. LinkUse: where it stands. GoneLink: what visitors are told of it."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from site_core.fields.web_url import WebURLField
from site_core.publishing.types import User

LONGEST_URL = 1_000
WEEK = timedelta(days=7)
# For so long a link that a person has called right is not checked.
RIGHT_FOR = timedelta(days=90)


class State(models.TextChoices):
    """What a link does."""

    NEW = "new", "Not checked yet"
    FINE = "fine", "Works"
    MOVED = "moved", "Moved to a new address"
    GONE = "gone", "No longer online"
    PAYWALLED = "paywalled", "For subscribers"
    SERVER_ERROR = "server-error", "The website answers with an error"
    TIMED_OUT = "timed-out", "The website takes too long to answer"
    CERTIFICATE = "certificate", "The website’s certificate is not valid"
    NO_SITE = "no-site", "There is no such website"
    ROBOTS = "robots", "Not checked: the website does not allow it"


# Nobody is told of one of these before it has lasted for a week.
FAILURES = (State.GONE, State.SERVER_ERROR, State.TIMED_OUT, State.CERTIFICATE, State.NO_SITE)


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    """Queries of links."""

    def due(self, now: datetime) -> Self:
        """To be checked, the one that has waited longest first."""
        is_due = Q(checked_at=None) | Q(checked_at__lte=now - WEEK)
        is_watched = Q(right_until=None) | Q(right_until__lte=now)
        return self.filter(is_due & is_watched).order_by(models.F("checked_at").asc(nulls_first=True), "pk")

    def to_decide(self) -> Self:
        """What editors are told of: links that have failed twice, a week apart, and those that have moved.

        Not those that visitors find an archived copy of.
        """
        is_told = Q(reported_at__isnull=False) | Q(state=State.MOVED)
        archived = GoneLink.objects.exclude(archived_url="").values("url")
        return self.filter(is_told).exclude(url__in=archived).order_by("state", "url")


class LinkCheck(models.Model):
    """A link to another site, as it stands in something that is public. Visitors see nothing of this table."""

    url = models.CharField(max_length=LONGEST_URL, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.NEW)
    # The status of HTTP in the end, None without an answer.
    status = models.PositiveSmallIntegerField(null=True)
    new_url = models.CharField(max_length=LONGEST_URL, blank=True)
    checked_at = models.DateTimeField(null=True, db_index=True)
    failing_since = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    right_until = models.DateTimeField(null=True)
    right_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "link"

    def __str__(self) -> str:
        return self.url

    def note(self, state: State, now: datetime, status: int | None = None, new_url: str = "") -> None:
        """Take over what a check has found."""
        if state not in FAILURES:
            self.failing_since = self.reported_at = None
        elif self.state != state or self.failing_since is None:
            self.failing_since, self.reported_at = now, None
        elif now - self.failing_since >= WEEK:
            self.reported_at = self.reported_at or now
        self.state, self.status, self.new_url, self.checked_at = state, status, new_url, now

    def call_right(self, user: User, now: datetime) -> None:
        """A person says that the link is right. It is not checked again for a while."""
        self.note(State.FINE, now)
        self.right_until, self.right_by_id = now + RIGHT_FOR, user.pk

    @property
    def archived_proposal(self) -> str:
        """Where the Internet Archive has its newest copy, if it has any."""
        return f"https://web.archive.org/web/{self.url}"


class LinkUse(models.Model):
    """An object in whose public version a link stands. Not a foreign key, because it may be of any model."""

    link = models.ForeignKey(LinkCheck, on_delete=models.CASCADE, related_name="uses")
    model_label = models.CharField(max_length=100)
    object_id = models.CharField(max_length=50)
    title = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["link", "model_label", "object_id"], name="link_use_once")
        ]
        indexes: ClassVar = [models.Index(fields=["model_label", "object_id"], name="link_uses_of_object")]

    def __str__(self) -> str:
        return self.title


class GoneLink(models.Model):
    """A link whose page is no longer online, as visitors are told, and where an archived copy is."""

    url = models.CharField(max_length=LONGEST_URL, unique=True)
    archived_url = WebURLField("archived copy", blank=True)

    class Meta:
        verbose_name = "link that is gone"
        verbose_name_plural = "links that are gone"

    def __str__(self) -> str:
        return self.url
