"""What visitors are told of a link whose page is gone."""

from site_core.link_checks.models import GoneLink
from site_core.page_cache.memoize import memoized


@memoized
def gone_links() -> dict[str, str]:
    """The URL of the archived copy of each, "" if nobody has named one."""
    return dict(GoneLink.objects.values_list("url", "archived_url"))
