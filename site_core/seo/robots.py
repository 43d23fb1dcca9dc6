"""/robots.txt: what crawlers leave alone, and where the sitemap is."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from site_core.page_cache.root_url import root_url_of

# What is not for crawlers, by the names of the addresses: the admin with its previews, and the search.
LEFT_ALONE = ("wagtailadmin_home", "search")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {reverse(name)}" for name in LEFT_ALONE),
        "",
        f"Sitemap: {root_url_of(request)}{reverse('sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
