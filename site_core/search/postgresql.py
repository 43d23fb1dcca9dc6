"""Search on PostgreSQL, with an index that stays fast to write to as it grows."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Avg, F, Model
from django.db.models.functions import Length
from modelsearch.backends.database.postgres.postgres import PostgresIndex, PostgresSearchBackend

from site_core.search.queries import CleanedQueries

# The newest entries that the average title length is taken from.
TITLES_IN_AVERAGE = 1_000


class RecentAverageIndex(PostgresIndex):
    """Sets the title norm of each added entry by the average title length of the newest thousand.

    modelsearch reads the whole index twice for each entry that is added: for the average title length, and for entries
    without a norm. With 100,000 entries that takes as long as the rest of publishing. `update_index` still computes
    the norm of every entry from all of them.
    """

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        objects = list(objs)
        super().add_items(model, objects)
        self._set_title_norms(model, [str(obj.pk) for obj in objects])

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Called by add_items without `full`, where _set_title_norms takes its place."""
        if full:
            super()._refresh_title_norms(full=True)

    def _set_title_norms(self, model: type[Model], object_ids: list[str]) -> None:
        """Average length divided by own length, so that a word in a short title counts for more."""
        with_length = self.entries.annotate(length=Length("title")).filter(length__gt=0)
        newest = with_length.order_by("-pk")[:TITLES_IN_AVERAGE]
        average = newest.aggregate(average=Avg("length"))["average"]
        added = with_length.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=object_ids)
        added.update(title_norm=average / F("length"))


class PostgreSQLBackend(CleanedQueries, PostgresSearchBackend):
    index_class = RecentAverageIndex
