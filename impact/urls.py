"""URLs of the stats and of the files that hold all of them."""

from django.urls import path

from impact import views
from impact.sharing.stat_card import stat_card_image

urlpatterns = [
    path("impact/figures.csv", views.csv_of_stats, name="stats_csv"),
    path("impact/figures.json", views.json_of_stats, name="stats_json"),
    path("impact/<object_slug:slug>/", views.stat_detail, name="stat"),
    path("impact/<object_slug:slug>/embed/", views.embed, name="stat_embed"),
    path("impact/<object_slug:slug>/card-<slug:digest>.png", stat_card_image, name="stat_card"),
]
