"""Counts searches without a result, for the editors. Stores nothing about the visitor.

The words are stored from the third search for them on. Until then only a digest of them is, which nobody can read back
without the site's secret key and the words themselves.
"""

import logging
from datetime import timedelta
from typing import Any

import django.db
from django.db import models, transaction
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from site_core.chores.registry import deleted_message
from site_core.fields.contact_details import may_hold_contact_details
from site_core.fields.text import clean_text

LOGGER = logging.getLogger(__name__)
MAX_LENGTH = 100
MAX_SEARCHES = 1_000
RETENTION_DAYS = 90
# Words that fewer searches had may tell of one person.
MIN_TIMES = 3


class UnansweredSearchManager(models.Manager["UnansweredSearch"]):
    """Counts searches without a result, and deletes old counts."""

    def count_one(self, typed: str) -> None:
        """Count a search, unless it may contain an email address or a phone number."""
        words = clean_text(typed, one_line=True).casefold()[:MAX_LENGTH].strip()
        if not words or may_hold_contact_details(typed):
            return
        digest = salted_hmac("home.UnansweredSearch", words, algorithm="sha256").hexdigest()
        same = self.filter(digest=digest)
        with transaction.atomic():
            if same.update(times=F("times") + 1, last_on=localdate()):
                same.filter(times__gte=MIN_TIMES, words="").update(words=words)
            else:
                self.bulk_create([UnansweredSearch(digest=digest, last_on=localdate())], ignore_conflicts=True)
            self.prune()

    def with_words(self) -> QuerySet["UnansweredSearch"]:
        """Return the searches that are frequent enough to be shown."""
        return self.exclude(words="")

    def prune(self) -> int:
        """Delete searches older than 90 days and, of more than 1,000 searches, the rarest and oldest."""
        count, _ = self.filter(last_on__lt=localdate() - timedelta(days=RETENTION_DAYS)).delete()
        surplus = self.order_by("-times", "-last_on", "-pk").values_list("pk", flat=True)[MAX_SEARCHES:]
        if pks := list(surplus):
            count += self.filter(pk__in=pks).delete()[0]
        return count


class UnansweredSearch(models.Model):
    """Words that nothing on the site holds, with the number of searches and the day of the last one.

    `words` is "" until the third search.
    """

    digest = models.CharField(max_length=64, unique=True)
    words = models.CharField(max_length=MAX_LENGTH, blank=True)
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField(db_index=True)

    objects = UnansweredSearchManager()

    class Meta:
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"

    def __str__(self) -> str:
        return self.words


def delete_old_searches() -> str:
    """Delete what is older than 90 days, even if nobody searches. Returns a sentence that says how much."""
    return deleted_message(UnansweredSearch.objects.prune(), "search", "searches")


class CountedResponse(HttpResponse):
    """A page of results that counts its search when the response closes, so that the visitor does not wait.

    A database error is logged only.
    """

    def __init__(self, *args: Any, unanswered: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unanswered = unanswered

    def close(self) -> None:
        try:
            if self.unanswered:
                UnansweredSearch.objects.count_one(self.unanswered)
        except django.db.Error:
            LOGGER.warning("A search without result could not be counted.", exc_info=True)
        finally:
            super().close()
