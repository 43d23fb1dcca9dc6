"""The search backend."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "site_core.search"
