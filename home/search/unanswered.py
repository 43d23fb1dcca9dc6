"""What visitors looked for and did not find, for the editors. Nothing is kept of who looked for it."""

import logging
import re
from datetime import timedelta
from typing import Any

import django.db
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

LOGGER = logging.getLogger(__name__)
LONGEST_KEPT = 100
MOST_MEMOIZED = 1_000
DAYS_KEPT = 90
# With so many digits it may be somebody's phone number.
_MANY_DIGITS = re.compile(r"(?:\d\D{0,3}){7}")


class UnansweredSearchManager(models.Manager["UnansweredSearch"]):
    """Counts searches without result, and forgets them again."""

    def count_one(self, typed: str) -> None:
        """Count a search. What may be somebody's address or phone number is not kept."""
        words = typed.casefold()[:LONGEST_KEPT].strip()
        if not words or "@" in typed or _MANY_DIGITS.search(typed):
            return
        with transaction.atomic():
            self._count(words)

    def _count(self, words: str) -> None:
        if not self.filter(words=words).update(times=F("times") + 1, last_on=localdate()):
            self.bulk_create([UnansweredSearch(words=words, last_on=localdate())], ignore_conflicts=True)
        self.forget()

    def forget(self) -> None:
        """Delete what is older than 90 days, and of more than 1,000 searches the rarest and oldest."""
        self.filter(last_on__lt=localdate() - timedelta(days=DAYS_KEPT)).delete()
        surplus = self.order_by("-times", "-last_on", "-pk").values_list("pk", flat=True)[MOST_MEMOIZED:]
        if numbers := list(surplus):
            self.filter(pk__in=numbers).delete()


class UnansweredSearch(models.Model):
    """Words that nothing on the site holds: how often they were looked for, and on which day last."""

    words = models.CharField(max_length=LONGEST_KEPT, unique=True)
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField(db_index=True)

    objects = UnansweredSearchManager()

    class Meta:
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"

    def __str__(self) -> str:
        return self.words


class CountedResponse(HttpResponse):
    """A page of results that counts a search without result once the visitor has the page.

    Whatever goes wrong then (a database that is away or cannot be written to) is logged, and nobody waits for it.
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


def is_typed_by_hand(request: HttpRequest) -> bool:
    """Whether the search was sent by a form or a link of our own, from a browser: only browsers say so.

    What robots, monitors and shared links ask for says nothing of what visitors want.
    """
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
