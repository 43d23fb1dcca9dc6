"""Something that has to be checked again by a certain day, and says in public when nobody did.

No page reads the clock: whether a check is overdue is stored. The publishing runner stores it when the day comes
(`site_core.publishing`), and every save settles it anew.
"""

from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone


class ReviewedMixin(models.Model):
    """The day of the last check and of the next. Days are Eastern, like every date of the site."""

    checked_on = models.DateField(
        null=True,
        blank=True,
        help_text="The day somebody last held it against its source. Empty if nobody has.",
    )
    next_due = models.DateField("next check due", null=True, blank=True)
    check_is_overdue = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A save of a few columns, such as that of a draft, leaves the public row's day and so its flag as they are.
        written = kwargs.get("update_fields")
        if written is None:
            self.settle_check()
        elif "next_due" in written:
            self.settle_check()
            kwargs["update_fields"] = {*written, "check_is_overdue"}
        super().save(*args, **kwargs)

    def settle_check(self, today: date | None = None) -> None:
        """Work out whether the day of the next check has come. Only the admin and the runner may ask."""
        self.check_is_overdue = self.next_due is not None and self.next_due <= (today or timezone.localdate())

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision brings back the days, never what followed from them when it was made."""
        restored = super().with_content_json(content)  # type: ignore[misc]
        restored.settle_check()
        return restored
