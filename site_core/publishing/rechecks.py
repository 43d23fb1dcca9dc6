"""Rechecks: an object has to be checked against its source again by a certain day, and says in public when it was not.

No page reads the clock, so whether a recheck is overdue is stored: by every save, and by the publishing process when
the day comes.
"""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.panels import FieldPanel

from site_core.publishing.types import Content


class CheckedPanel(FieldPanel):
    """A day or a person that only a check sets: shown once it is set, and never a box."""

    def __init__(self, field_name: str, **options: Any) -> None:
        super().__init__(field_name, **{**options, "read_only": True})

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and getattr(self.instance, self.field_name))


class RecheckedMixin(models.Model):
    """The days of the last check and of the next, and who checked. Days are Eastern, like every date of the site.

    The model itself has a foreign key `owner`: the user who is told that a check is due.
    """

    owner_id: int | None

    checked_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day somebody last compared it with its source. Leave empty if nobody has.",
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    next_due = models.DateField("next check due", null=True, blank=True)
    check_is_overdue = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: Any) -> None:
        # A save of some columns, such as that of a draft, leaves the public row's day and its flag as they are.
        written = kwargs.get("update_fields")
        if written is None:
            self.settle_check()
        elif "next_due" in written:
            self.settle_check()
            kwargs["update_fields"] = {*written, "check_is_overdue"}
        super().save(*args, **kwargs)

    @property
    def needs_checks(self) -> bool:
        """Whether anybody is to be reminded of its next check."""
        return True

    @property
    def check_url(self) -> str:
        """The screen of the admin on which it is checked. A model with a screen for that names it instead."""
        return AdminURLFinder().get_edit_url(self) or ""

    def settle_check(self, today: date | None = None) -> None:
        """Set whether the next check is overdue. Reads the clock, so no public page may call this."""
        self.check_is_overdue = self.next_due is not None and self.next_due <= (today or timezone.localdate())

    def with_content_json(self, content: Content) -> Self:
        """Restore the days of a revision, and set the flag by today's date."""
        restored: Self = super().with_content_json(content)  # type: ignore[misc]
        restored.settle_check()
        return restored
