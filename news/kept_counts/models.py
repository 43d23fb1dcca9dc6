"""KeptCount: how many live news items have each value of a facet, kept so that no page has to count them."""

from typing import ClassVar

from django.db import models

# The facets besides the kinds of terms. A pair is a term that is no place, and a place with an item in common.
TYPE, PUBLISHER, MONTH, PAIR = "type", "publisher", "month", "pair"


class KeptCount(models.Model):
    """A change of one count. The sum of all changes with one facet and value is the count.

    The triggers of `news.kept_counts.triggers` add rows and change none, so two people who publish at once never wait
    for each other. `news.kept_counts.upkeep` adds them up once an hour.
    """

    facet = models.CharField(max_length=20)
    # The type, the pk of a publisher or a term, the month as “2018-04” ("" without a date), or two pks as “12 34”.
    value = models.CharField(max_length=50)
    change = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facet", "value", "change"], name="kept_count")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.change:+}"
