"""The site's URLs with those of the pattern page, which the settings of the tests leave out."""

from django.urls import URLPattern, URLResolver, include, path

from home.patterns import pattern_urls
from site_core import urls

urlpatterns: list[URLPattern | URLResolver] = [path("admin/", include(pattern_urls())), *urls.urlpatterns]
handler404 = urls.handler404
