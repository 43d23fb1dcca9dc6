"""URLs of places, the search, the feeds and the sitemap, and legacy URLs of the previous site."""

from django.urls import path, re_path

from home import legacy_urls, views
from home.changes_feed import FORMATS, changes_feed
from home.feeds_page import feeds_page
from home.places.card import place_card
from home.sitemap import SECTIONS
from site_core.seo.sitemap import sitemap, sitemap_file

urlpatterns = [
    path("places/<object_slug:slug>/", views.place, name="place"),
    path("places/<object_slug:slug>/card-<slug:digest>.png", place_card, name="place_card"),
    *(path(f"changes/feed.{form}", changes_feed, {"form": form}, name=f"changes_feed_{form}") for form in FORMATS),
    path("feeds/", feeds_page, name="feeds"),
    path("search/", views.search, name="search"),
    path("search/suggestions", views.search_suggestions, name="search_suggestions"),
    path("sitemap.xml", sitemap, {"sections": SECTIONS}, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemap_file, {"sections": SECTIONS}, name="sitemap_file"),
    re_path(r"^impact/news(?:/P\d+)?/?$", legacy_urls.legacy_news_archive),
    re_path(r"^impact/international/(?P<slug>[-\w]+)/?$", legacy_urls.legacy_place),
    re_path(r"^our-work/(?:strategy|innovation)/(?P<slug>[-\w]+)/?$", legacy_urls.legacy_strategy),
]
