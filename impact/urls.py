"""Addresses of figures."""

from django.urls import path

from impact import views
from impact.stat_card import figure_card_picture

urlpatterns = [
    path("impact/figures.csv", views.csv_of_figures, name="figures_csv"),
    path("impact/figures.json", views.json_of_figures, name="figures_json"),
    path("impact/<slug:slug>/", views.figure, name="figure"),
    path("impact/<slug:slug>/embed/", views.embed, name="figure_embed"),
    path("impact/<slug:slug>/card-<slug:digest>.png", figure_card_picture, name="figure_card"),
]
