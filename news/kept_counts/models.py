"""KeptCount: how many live news items have each value of a facet, kept so that no page has to count them."""

from typing import ClassVar

from django.db import models

# The facets besides the kinds of terms. Nothing is filtered by month: lists find their pages by it.
TYPE, PUBLISHER, YEAR, MONTH = "type", "publisher", "year", "month"


class KeptCount(models.Model):
    """A change of one count. The sum of all changes with one facet and value is the count.

    The triggers of `news.kept_counts.triggers` add rows and change none, so two people who publish at once never wait
    for each other. `news.kept_counts.upkeep` adds them up once an hour.
    """

    # Of two values that items have in common, `facet` holds the facet and the value of one, as “place 12”, and `value`
    # those of the other, as “type news”. Each pair is there both ways, that with a month one way.
    facet = models.CharField(max_length=20)
    # The type, the pk of a publisher or a term, the year, or the month as “2018-04” ("" without a date).
    value = models.CharField(max_length=50)
    change = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facet", "value", "change"], name="kept_count")]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.change:+}"
