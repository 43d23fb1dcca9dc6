"""Feeds, sitemap, robots.txt and structured data."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "site_core.seo"
