"""Fields, text, slugs, pagination and spreadsheet files that several apps share."""

from django.apps import AppConfig
from django.forms import formsets

# Of one kind in one form, such as the evidence of a stat. Twice as many are refused without being read.
MOST_PARTS = 100


class FieldsConfig(AppConfig):
    name = "site_core.fields"

    def ready(self) -> None:
        from django.urls import register_converter

        from site_core.fields import chosen_objects, spreadsheets
        from site_core.fields.incoming_text import clean_text_of_every_form
        from site_core.fields.slugs import ObjectSlug
        from site_core.fields.typed_dates import read_dates_of_every_form

        # By default, a request that claims 2,000 parts makes the site build and render as many.
        formsets.DEFAULT_MAX_NUM = MOST_PARTS
        clean_text_of_every_form()
        read_dates_of_every_form()
        register_converter(ObjectSlug, "object_slug")
        chosen_objects.connect()
        spreadsheets.connect()
