"""Fields, text, slugs, pagination and spreadsheet files that several apps share."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "site_core.fields"

    def ready(self) -> None:
        from django.urls import register_converter

        from site_core.fields import spreadsheets
        from site_core.fields.incoming_text import clean_text_of_every_form
        from site_core.fields.slugs import ObjectSlug

        clean_text_of_every_form()
        register_converter(ObjectSlug, "object_slug")
        spreadsheets.connect()
