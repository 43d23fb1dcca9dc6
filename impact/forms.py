"""The admin's form for an impact stat."""

from decimal import Decimal

from django.forms import BaseForm

from impact.notation import plain_number
from impact.status import Relation
from site_core.publishing.change_notes import NotedForm


class StatForm(NotedForm):
    """Shows numbers as they were entered, and requires what a study reports before review or publication."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in ("value_low", "value_high"):
            if (value := self.initial.get(name)) is not None:
                # The database returns 41.0 for 41.
                self.initial[name] = Decimal(plain_number(value))

    def is_valid(self) -> bool:
        """Only a draft may lack what a study reports; submission and publication require it."""
        valid: bool = super().is_valid()
        if self.is_deferred_validation or "evidence" not in self.formsets:
            return valid
        formset = self.formsets["evidence"]
        incomplete = [form for form in formset.forms if lacks_report(form)]
        for form in incomplete:
            if "reports" not in form.errors:
                form.add_error("reports", "Enter what the study reports, or choose “recorded, not yet checked” above.")
        return valid and not incomplete


def lacks_report(evidence: BaseForm) -> bool:
    """Whether a form of the evidence formset names a checked relation without what the study reports."""
    entered = getattr(evidence, "cleaned_data", {})
    if entered.get("DELETE"):
        return False
    relation = entered.get("relation") or Relation.UNCHECKED
    return relation != Relation.UNCHECKED and not (entered.get("reports") or "").strip()
