"""Fields, template filters, pagination and spreadsheet files that several apps share."""

from django.apps import AppConfig


class FieldsConfig(AppConfig):
    name = "site_core.fields"

    def ready(self) -> None:
        from site_core.fields import spreadsheets

        spreadsheets.connect()
