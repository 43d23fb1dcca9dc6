"""Fields, template filters and pagination that several apps share."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "site_core.fields"

    def ready(self) -> None:
        from site_core.fields.incoming_text import clean_text_of_every_form

        clean_text_of_every_form()
