"""Counts searches without a result, for the editors. Stores nothing about the visitor."""

import logging
import re
from datetime import timedelta
from typing import Any

import django.db
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

from site_core.fields.text import clean_text

LOGGER = logging.getLogger(__name__)
MAX_LENGTH = 100
MAX_SEARCHES = 1_000
RETENTION_DAYS = 90
# Seven digits or more may be a phone number.
_PHONE_NUMBER = re.compile(r"(?:\d\D{0,3}){7}")


class UnansweredSearchManager(models.Manager["UnansweredSearch"]):
    """Counts searches without a result, and deletes old counts."""

    def count_one(self, typed: str) -> None:
        """Count a search, unless it may contain an e-mail address or a phone number."""
        words = clean_text(typed, one_line=True).casefold()[:MAX_LENGTH].strip()
        if not words or "@" in typed or _PHONE_NUMBER.search(typed):
            return
        with transaction.atomic():
            if not self.filter(words=words).update(times=F("times") + 1, last_on=localdate()):
                self.bulk_create([UnansweredSearch(words=words, last_on=localdate())], ignore_conflicts=True)
            self.prune()

    def prune(self) -> None:
        """Delete searches older than 90 days and, of more than 1,000 searches, the rarest and oldest."""
        self.filter(last_on__lt=localdate() - timedelta(days=RETENTION_DAYS)).delete()
        surplus = self.order_by("-times", "-last_on", "-pk").values_list("pk", flat=True)[MAX_SEARCHES:]
        if pks := list(surplus):
            self.filter(pk__in=pks).delete()


class UnansweredSearch(models.Model):
    """Words that nothing on the site holds, with the number of searches and the day of the last one."""

    words = models.CharField(max_length=MAX_LENGTH, unique=True)
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField(db_index=True)

    objects = UnansweredSearchManager()

    class Meta:
        verbose_name = "search without result"
        verbose_name_plural = "searches without result"

    def __str__(self) -> str:
        return self.words


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


def is_from_this_site(request: HttpRequest) -> bool:
    """Whether a browser sent the request from a page of this site.

    Only browsers send the header. Requests of robots, monitors and shared links do not show what visitors look for.
    """
    return request.headers.get("Sec-Fetch-Site") == "same-origin"
