"""Fields, template filters and pagination that several apps share."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "site_core.fields"
