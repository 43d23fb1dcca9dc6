"""The rows that an action adds to the ledger."""

from collections.abc import Callable

from site_core.publishing.ledger.publications import Publication

Row = tuple[str, bool, str, str]


def rows_of(act: Callable[[], object]) -> list[Row]:
    """(cause, whether public, path, title) of each row that the action adds."""
    last = Publication.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    act()
    rows = Publication.objects.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("cause", "is_public", "path", "title"))
