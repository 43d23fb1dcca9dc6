"""Form and model fields, filters and paging that several apps use."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "site_core.fields"
