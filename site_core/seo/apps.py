"""What the site says to search engines and feed readers."""

from django.apps import AppConfig


class SeoConfig(AppConfig):
    name = "site_core.seo"
