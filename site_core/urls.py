"""Where everything is found. Wagtail's page tree comes last, because it takes any address."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from site_core.accounts.urls import urlpatterns as sign_in_urls
from site_core.brand.views import favicon
from site_core.media.serving import document_file, image_file
from site_core.ops.health import live, ready
from site_core.ops.metrics_view import metrics
from site_core.organization.security_txt import security_txt
from site_core.page_cache.routing import serve
from site_core.pages.card_view import page_card
from site_core.publishing.review.mail_preferences_view import account
from site_core.publishing.schedule.ical_feed import calendar_feed
from site_core.seo.robots import robots

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("metrics", metrics, name="metrics"),
    path("schedule/<str:key>.ics", calendar_feed, name="calendar_feed"),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    # Before Wagtail's own, whose place they take.
    *sign_in_urls,
    path("admin/account/", account, name="account"),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", document_file, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:name>", image_file, name="image_file"),
    path("cards/<int:page_id>-<slug:digest>.png", page_card, name="page_card"),
    path("", include("site_core.feedback.urls")),
    # Before the figures, because an address of the old site stands where a figure's could.
    path("", include("home.urls")),
    path("", include("impact.urls")),
    path("", include("news.urls")),
    # The doors of private pages. The last of Wagtail's URLs is that of its view for all pages, whose place ours takes.
    *wagtail_urls.urlpatterns[:-1],
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
]

handler400 = "site_core.admin.request_limits.bad_request"
handler404 = "site_core.redirects.gone.page_not_found"
