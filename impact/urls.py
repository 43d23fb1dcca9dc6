"""Addresses of figures."""

from django.urls import path

from impact import views

urlpatterns = [path("impact/<slug:slug>/", views.figure, name="figure")]
