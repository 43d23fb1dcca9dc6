"""The admin's form for a figure."""

from decimal import Decimal
from typing import Any

from impact.notation import plain_number
from impact.status import Relation
from site_core.publishing.change_notes import NotedForm


class StatForm(NotedForm):
    """Shows numbers as they were entered, and asks what a study reports before the figure may go on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value_low", "value_high"):
            if (value := self.initial.get(name)) is not None:
                # The database gives 41 back as 41.0.
                self.initial[name] = Decimal(plain_number(value))

    def is_valid(self) -> bool:
        """A draft may lack what a study reports; a figure sent to review or published may not."""
        valid: bool = super().is_valid()
        if self.is_deferred_validation or "evidence" not in self.formsets:
            return valid
        formset = self.formsets["evidence"]
        lacking = [form for form in formset.forms if lacks_what_it_reports(form)]
        for form in lacking:
            if "reports" not in form.errors:
                form.add_error("reports", "Enter what the study reports, or choose “recorded, not yet checked” above.")
        return valid and not lacking


def lacks_what_it_reports(evidence: Any) -> bool:
    """Whether a study that stays is said to stand for or against the figure, and nobody says with which number."""
    entered = getattr(evidence, "cleaned_data", {})
    if entered.get("DELETE"):
        return False
    relation = entered.get("relation") or Relation.UNCHECKED
    return relation != Relation.UNCHECKED and not (entered.get("reports") or "").strip()
