"""A screen that shows a form again renders whatever was posted for a chooser, also what is no id.

Every chooser of Wagtail looks up the object to show its name, and fails on “1x”: an HTTP 500 in the place of the form
with its error. No setting names another widget for all of them.
"""

from typing import Any

from django.db.models import Model


def connect() -> None:
    """Called once, when the apps are loaded: what is no id is shown as nothing chosen."""
    from wagtail.admin.widgets.chooser import BaseChooser

    stock_instance = BaseChooser.get_instance

    def instance_or_none(chooser: Any, value: object) -> Model | None:
        try:
            chosen: Model | None = stock_instance(chooser, value)
        except (ValueError, TypeError, OverflowError):
            return None
        return chosen

    BaseChooser.get_instance = instance_or_none
