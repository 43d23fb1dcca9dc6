"""What readers answer to “Was this page useful?” Nothing is stored about the reader."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate

from site_core.chores.registry import deleted_message

LONGEST_PATH = 500
LONGEST_LINE = 300
RETENTION_DAYS = 90
# More than readers send in 90 days. A program that floods the form fills no disk.
MAX_ANSWERS = 10_000


class PageCounts(NamedTuple):
    """How many readers found a page useful, and how many did not."""

    path: str
    yes: int
    no: int


class AnswerManager(models.Manager["Answer"]):
    """Stores answers, counts them and deletes the old ones."""

    def store(self, path: str, is_useful: bool, missing: str) -> bool:
        """Store an answer of today. Return whether there was room for it: earlier answers never make way."""
        with transaction.atomic():
            self.delete_old()
            if self.count() >= MAX_ANSWERS:
                return False
            self.create(path=path[:LONGEST_PATH], is_useful=is_useful, missing=missing, given_on=localdate())
        return True

    def delete_old(self) -> str:
        """Delete what is older than 90 days. Returns a sentence that says how many."""
        return deleted_message(self.filter(given_on__lt=_first_day()).delete()[0], "answer")

    def recent(self) -> models.QuerySet["Answer"]:
        """The answers of the last 90 days."""
        return self.filter(given_on__gte=_first_day())

    def by_page(self) -> list[PageCounts]:
        """The counts of the last 90 days, the page that helped the fewest first."""
        pages = (
            self.recent()
            .values("path")
            .annotate(yes=Count("pk", filter=Q(is_useful=True)), no=Count("pk", filter=Q(is_useful=False)))
        )
        return [
            PageCounts(*counts) for counts in pages.order_by("-no", "yes", "path").values_list("path", "yes", "no")
        ]


class Answer(models.Model):
    """One answer: the page by its path, yes or no, perhaps a line on what is missing, and the day."""

    path = models.CharField(max_length=LONGEST_PATH)
    is_useful = models.BooleanField()
    missing = models.CharField(max_length=LONGEST_LINE, blank=True)
    given_on = models.DateField(db_index=True)

    objects = AnswerManager()

    class Meta:
        verbose_name = "answer"

    def __str__(self) -> str:
        """Without the line, because the log of what was deleted keeps this."""
        return f"{self.path}, {date_format(self.given_on, 'N j, Y')}"

    @property
    def useful(self) -> str:
        return "Yes" if self.is_useful else "No"


def _first_day() -> date:
    return localdate() - timedelta(days=RETENTION_DAYS)
