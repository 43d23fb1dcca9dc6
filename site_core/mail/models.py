"""UnsentMail: an email from the moment the site writes it until a mail server has taken it."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils import timezone

from site_core.chores.registry import deleted_message

# An email that was given up can be sent again this long. A link in it may have expired before.
KEPT_FOR = timedelta(days=30)
# Longer than a mail server may take, with its time-outs.
BEING_SENT = timedelta(minutes=1)
# An email that has waited this long is worth a look. Most leave within two seconds.
LATE_AFTER = timedelta(minutes=5)


class UnsentMailQuerySet(models.QuerySet["UnsentMail"]):
    """Finds what waits, what is due and what was given up."""

    def waiting(self) -> Self:
        return self.filter(given_up_at=None)

    def given_up(self) -> Self:
        return self.exclude(given_up_at=None)

    def due(self, now: datetime) -> Self:
        return self.waiting().filter(next_try_at__lte=now)

    def worth_a_look(self) -> Self:
        """Those that were given up, and those that have waited for too long."""
        late = models.Q(queued_at__lt=timezone.now() - LATE_AFTER)
        return self.filter(~models.Q(given_up_at=None) | late)

    def try_now(self) -> int:
        """Has all of them sent as soon as possible, also those that were given up. Returns how many they are."""
        now = timezone.now()
        return self.update(next_try_at=now, given_up_at=None, queued_at=now, attempts=0)

    def delete_old(self) -> str:
        """Delete what was given up 30 days ago. Returns a sentence that says how many."""
        return deleted_message(self.filter(given_up_at__lt=timezone.now() - KEPT_FOR).delete()[0], "email")


class UnsentMail(models.Model):
    """One email. Its row is deleted once it is sent, because it may hold a link with which a person signs in."""

    # As `of` takes an email apart.
    content = models.JSONField()
    recipients = models.TextField()
    subject = models.TextField()
    queued_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, help_text="Why the last attempt failed, as a sentence.")
    given_up_at = models.DateTimeField(null=True)

    objects = UnsentMailQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Email {self.pk}"

    @classmethod
    def of(cls, content: dict[str, Any], recipients: list[str]) -> Self:
        return cls(content=content, recipients=", ".join(recipients), subject=content["subject"])

    def message(self) -> EmailMultiAlternatives:
        """The email as it was written."""
        fields = {name: value for name, value in self.content.items() if name not in ("alternatives", "subtype")}
        message = EmailMultiAlternatives(**fields)
        message.content_subtype = self.content["subtype"]
        for text, kind in self.content["alternatives"]:
            message.attach_alternative(text, kind)
        return message

    def claim(self, now: datetime) -> bool:
        """Whether this process may send it now: of two, one alone may."""
        seen = UnsentMail.objects.filter(pk=self.pk, next_try_at=self.next_try_at, given_up_at=None)
        return bool(seen.update(next_try_at=now + BEING_SENT))


def longest_wait() -> timedelta:
    """Since when the oldest email waits."""
    oldest = UnsentMail.objects.waiting().order_by("queued_at").first()
    return timezone.now() - oldest.queued_at if oldest else timedelta(0)
