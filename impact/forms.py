"""The admin's form for an impact stat."""

from decimal import Decimal

from django.forms import BaseForm

from impact.notation import has_number, plain_number
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
        """Only a draft may lack what a study reports or contradict it; submission and publication may not."""
        valid: bool = super().is_valid()
        if self.is_deferred_validation or "evidence" not in self.formsets:
            return valid
        formset = self.formsets["evidence"]
        incomplete = [form for form in formset.forms if lacks_report(form)]
        for form in incomplete:
            if "reports" not in form.errors:
                form.add_error("reports", "Enter what the study reports, or choose “recorded, not yet checked” above.")
        contradicting = [form for form in formset.forms if form not in incomplete and self.is_contradicted_by(form)]
        for form in contradicting:
            form.add_error(
                "reports",
                f"The impact stat says {self.instance.figure}. If the study reports another number, choose “reports a "
                "different figure” above. If it reports this one, write it here.",
            )
        is_supported = any(is_support(form) for form in formset.forms)
        if is_supported and not self.cleaned_data.get("compared_on") and "compared_on" not in self.errors:
            self.add_error("compared_on", "Enter the day somebody compared the study with this impact stat.")
            valid = False
        return valid and not incomplete and not contradicting

    def is_contradicted_by(self, evidence: BaseForm) -> bool:
        """Whether a form of the evidence formset says “supports” of a study without the number of the stat."""
        if not is_support(evidence):
            return False
        reports = evidence.cleaned_data.get("reports") or ""
        ends = (self.cleaned_data.get("value_low"), self.cleaned_data.get("value_high"))
        return not all(has_number(reports, end) for end in ends if end is not None)


def is_support(evidence: BaseForm) -> bool:
    """Whether a form of the evidence formset says that its study supports the stat."""
    entered = getattr(evidence, "cleaned_data", {})
    return not entered.get("DELETE") and entered.get("relation") == Relation.SUPPORTS


def lacks_report(evidence: BaseForm) -> bool:
    """Whether a form of the evidence formset names a checked relation without what the study reports."""
    entered = getattr(evidence, "cleaned_data", {})
    if entered.get("DELETE"):
        return False
    relation = entered.get("relation") or Relation.UNCHECKED
    return relation != Relation.UNCHECKED and not (entered.get("reports") or "").strip()
