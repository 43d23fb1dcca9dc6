"""The checks that are due or overdue, in Monday's digest."""

from django.utils import timezone

from impact.checking.queue import Want, stats_to_check
from site_core.admin.digest import Section, User
from site_core.admin.homepage import Line
from site_core.fields.dates import day_in_words


def checks_due(user: User) -> list[Line]:
    """Everybody's, the most urgent first. The digest is for Editors, who may check every stat."""
    return [
        Line(
            title=str(one.stat),
            kind="impact stat",
            url=one.stat.check_url,
            note=f"check due {day_in_words(one.stat.next_due)}, {one.owner or 'no owner'}",
        )
        for one in stats_to_check(timezone.localdate())
        if one.stat.next_due and {Want.OVERDUE, Want.DUE} & set(one.wants)
    ]


CHECKS = Section("checks", 30, "Checks due and overdue", "stats_to_check", checks_due)
