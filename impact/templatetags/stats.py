"""The tag for one figure in a list."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from impact.shown import stats_on_record
from impact.stats import ImpactStat
from site_core.page_cache.memoize import cache_is_bypassed, memoized

register = template.Library()


@register.simple_tag
def figure(stat: ImpactStat) -> SafeString:
    """A figure as `components/figure.html` has it, with everything that it never leaves behind."""
    # What a draft or an example says is never taken for what is on record under the same number.
    is_on_record = not cache_is_bypassed() and any(stat is one for one in stats_on_record())
    return (rendered_stat(stat.pk) if is_on_record else None) or render(stat)


@memoized
def rendered_stat(number: int) -> SafeString | None:
    """Written once in each generation: the same figure stands on several pages. None if it is public no longer."""
    return next((render(stat) for stat in stats_on_record() if stat.pk == number), None)


def render(stat: ImpactStat) -> SafeString:
    return render_to_string("components/figure.html", {"stat": stat})
