"""Addresses of figures."""

from django.urls import path

from impact import views
from impact.sharing.stat_card import stat_card_image

urlpatterns = [
    path("impact/figures.csv", views.csv_of_stats, name="stats_csv"),
    path("impact/figures.json", views.json_of_stats, name="stats_json"),
    path("impact/<slug:slug>/", views.figure, name="figure"),
    path("impact/<slug:slug>/embed/", views.embed, name="stat_embed"),
    path("impact/<slug:slug>/card-<slug:digest>.png", stat_card_image, name="stat_card"),
]
