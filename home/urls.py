"""Addresses of places and of the search, and of what the old site called otherwise."""

from django.urls import path, re_path
from django.views.generic import RedirectView

from home import views
from home.place_card import place_card

urlpatterns = [
    path("places/<slug:slug>/", views.place, name="place"),
    path("places/<slug:slug>/card-<slug:digest>.png", place_card, name="place_card"),
    path("search/", views.search, name="search"),
    # The old site's news archive was cut into pages of 25: /impact/news, /impact/news/P25, /impact/news/P50 …
    re_path(r"^impact/news(?:/P\d+)?/?$", RedirectView.as_view(url="/news/", permanent=True)),
]
