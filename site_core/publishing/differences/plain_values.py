"""Dates, numbers and yes or no, as people write them: Wagtail's comparison shows the values of Python."""

from datetime import date, datetime

from django.db import models
from django.utils.safestring import SafeString
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

from site_core.fields.dates import ap_date
from site_core.publishing.eastern import written_out


def in_plain_words(value: object) -> str:
    """A value as text, "" for none."""
    if isinstance(value, datetime):
        return written_out(value)
    if isinstance(value, date):
        return ap_date(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)


class PlainComparison(FieldComparison):
    """The values of a field before and after, without an empty one."""

    def htmldiff(self) -> SafeString:
        values = [("deletion", in_plain_words(self.val_a)), ("addition", in_plain_words(self.val_b))]
        return TextDiff([value for value in values if value[1]], separator=" ").to_html()


def compare_in_plain_words() -> None:
    """Makes every comparison of the admin, Wagtail's own ones included, show these fields so."""
    for field in (models.BooleanField, models.DateField, models.DecimalField, models.IntegerField):
        register_comparison_class(field, comparison_class=PlainComparison)
