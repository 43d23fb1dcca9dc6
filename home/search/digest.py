"""The searches of the last week that found nothing, in Monday's digest."""

from datetime import timedelta

from django.utils import timezone

from home.search.admin import PERMISSION
from home.search.unanswered import UnansweredSearch
from site_core.admin.digest import Section, User
from site_core.admin.homepage import Line

LATELY = timedelta(days=7)


def searches_without_result(user: User) -> list[Line]:
    """The most frequent first."""
    if not user.has_perm(PERMISSION):
        return []
    lately = UnansweredSearch.objects.with_words().filter(last_on__gt=timezone.localdate() - LATELY)
    return [
        Line(title=f"“{search.words}”", kind="search", url="", note=f"searched for {search.times} times")
        for search in lately.order_by("-times", "pk")
    ]


SEARCHES = Section("searches", 50, "Searches without result", "unanswered_searches", searches_without_result)
