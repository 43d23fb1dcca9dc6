"""The template tag for one stat in a list."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from impact.shown import stats_on_record
from impact.stats import ImpactStat
from site_core.page_cache.memoize import cache_is_bypassed, memoized

register = template.Library()


@register.simple_tag
def cached_stat(stat: ImpactStat) -> SafeString:
    """The stat as `components/stat.html`, rendered once per generation if it is on record."""
    # By identity, because a draft or an example may have the pk of a stat on record and other content.
    is_on_record = not cache_is_bypassed() and any(stat is recorded for recorded in stats_on_record())
    return (rendered_stat(stat.pk) if is_on_record else None) or render(stat)


@memoized
def rendered_stat(pk: int) -> SafeString | None:
    """The stat on record with this pk, memoized because several pages show it. None if it is no longer public."""
    return next((render(stat) for stat in stats_on_record() if stat.pk == pk), None)


def render(stat: ImpactStat) -> SafeString:
    return render_to_string("components/stat.html", {"stat": stat})
