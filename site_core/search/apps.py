"""The search backends."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "site_core.search"
