"""/robots.txt: the paths that crawlers must not request, and the URL of the sitemap."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from site_core.page_cache.root_url import root_url_of

# URL names of paths that are not for crawlers: the admin with its previews, and the search.
DISALLOWED = ("wagtailadmin_home", "search")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in DISALLOWED),
        "",
        f"Sitemap: {root_url_of(request)}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
