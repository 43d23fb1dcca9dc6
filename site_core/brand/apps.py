"""Fonts, logo and stylesheet."""

from django.apps import AppConfig


class BrandConfig(AppConfig):
    name = "site_core.brand"
