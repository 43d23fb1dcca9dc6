"""The form on which somebody checks a stat: what each study reports, what becomes of the stat, and the next day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone

from impact.checking.stat_checks import StatCheck, Verdict
from impact.corrections import Correction
from impact.evidence import Evidence
from impact.notation import has_number, plain_number
from impact.stats import ImpactStat
from impact.status import Relation, effective_relation
from site_core.fields.typed_dates import TypedDateInput

CHOICES = [
    (Verdict.CONFIRMED, "Confirm it: the evidence above is right, and the figure stands"),
    (Verdict.CORRECTED, "Correct it: the figure changes"),
    (Verdict.WITHDRAWN, "Withdraw it: it leaves the site's lists, and its page says why"),
]


@dataclass(frozen=True)
class StudyRows:
    """One study on record for the stat, with the boxes for what it reports."""

    item: Evidence
    boxes: list[BoundField]


class CheckForm(forms.Form):
    """Everything on one screen. Works without scripts: the boxes for a correction are always there."""

    verdict = forms.ChoiceField(label="Decision", choices=CHOICES, widget=forms.RadioSelect)
    value_low = forms.DecimalField(
        label="New value",
        max_digits=6,
        decimal_places=1,
        required=False,
        validators=[MinValueValidator(Decimal(0))],
        help_text="Only for a correction: the number alone. For a range, the lower end.",
    )
    value_high = forms.DecimalField(
        label="Upper end of a range",
        max_digits=6,
        decimal_places=1,
        required=False,
        validators=[MinValueValidator(Decimal(0))],
    )
    correction_text = forms.CharField(
        label="What changed and why",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Required for a correction or a withdrawal. Public, such as “The report counts 31%, not 27%.”",
    )
    note = forms.CharField(
        label="Note for colleagues",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Not public: what you compared, and where.",
    )
    checked_on = forms.DateField(label="Checked on", widget=TypedDateInput())
    next_due = forms.DateField(
        label="Next check due",
        required=False,
        widget=TypedDateInput(),
        help_text="From that day on, the public page says that the check is overdue. "
        "Leave it empty only for a withdrawal.",
    )
    # The version that the screen shows, so that nobody confirms what they have not seen.
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, typed: QueryDict | None, stat: ImpactStat) -> None:
        today = timezone.localdate()
        first = {
            "value_low": _shown(stat.value_low),
            "value_high": _shown(stat.value_high),
            "checked_on": today,
            "next_due": _a_year_after(today),
            "seen": stat.live_revision_id,
        }
        super().__init__(typed, initial=first)
        self.stat = stat
        self.evidence = list(stat.evidence.all())
        for item in self.evidence:
            self._add_boxes(item)

    def _add_boxes(self, item: Evidence) -> None:
        self.fields[f"relation-{item.pk}"] = forms.ChoiceField(
            label="Relation to the impact stat", choices=Relation.choices, initial=item.relation
        )
        self.fields[f"reports-{item.pk}"] = forms.CharField(
            label="What it reports", max_length=120, required=False, initial=item.reports
        )
        self.fields[f"locator-{item.pk}"] = forms.CharField(
            label="Page or table", max_length=60, required=False, initial=item.locator
        )

    @property
    def studies(self) -> list[StudyRows]:
        names = ("relation", "reports", "locator")
        return [StudyRows(item, [self[f"{name}-{item.pk}"] for name in names]) for item in self.evidence]

    @property
    def decision(self) -> list[BoundField]:
        return [self[name] for name in ("verdict", "value_low", "value_high", "correction_text")]

    @property
    def days(self) -> list[BoundField]:
        return [self[name] for name in ("note", "checked_on", "next_due")]

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        verdict = entered.get("verdict")
        if verdict in (Verdict.CORRECTED, Verdict.WITHDRAWN) and not entered.get("correction_text"):
            self._refuse("correction_text", "Enter what changed and why. Visitors read it beside the figure.")
        if verdict == Verdict.CONFIRMED:
            self._clean_confirmation(entered)
        if verdict == Verdict.CORRECTED and "value_low" not in self.errors:
            self._clean_correction(entered)
        self._clean_days(entered)
        self._clean_evidence(entered)
        return entered

    def _clean_confirmation(self, entered: dict[str, Any]) -> None:
        """What was typed for a correction is not dropped in silence."""
        if (entered.get("value_low"), entered.get("value_high")) != (self.stat.value_low, self.stat.value_high):
            self._refuse(
                "value_low",
                f"To change the figure, choose “Correct it.” To confirm {self.stat.figure}, enter it here.",
            )
        if entered.get("correction_text"):
            self._refuse(
                "correction_text",
                "Visitors read this only after a correction or a withdrawal. Choose one, or clear this.",
            )

    def _clean_correction(self, entered: dict[str, Any]) -> None:
        if entered.get("value_low") is None:
            self._refuse("value_low", "Enter the right value.")
        elif (entered["value_low"], entered.get("value_high")) == (self.stat.value_low, self.stat.value_high):
            self._refuse("value_low", "This is the value the site has now. Enter the right one, or confirm the stat.")

    def _clean_days(self, entered: dict[str, Any]) -> None:
        checked, due = entered.get("checked_on"), entered.get("next_due")
        if checked and checked > timezone.localdate():
            self._refuse("checked_on", "Nobody has checked it on that day yet. Enter today or an earlier day.")
        if entered.get("verdict") == Verdict.WITHDRAWN:
            return
        if not due and "next_due" not in self.errors:
            self._refuse("next_due", "Enter the day of the next check.")
        elif due and due <= max(filter(None, [checked, timezone.localdate()])):
            self._refuse("next_due", "Enter a day after this check.")

    def _clean_evidence(self, entered: dict[str, Any]) -> None:
        """A study that is called compared says what it reports, and one that supports the figure has its number."""
        if entered.get("verdict") == Verdict.WITHDRAWN:
            return
        ends = _ends(self.stat, entered)
        for item in self.evidence:
            relation, reports = entered.get(f"relation-{item.pk}"), entered.get(f"reports-{item.pk}") or ""
            if relation != Relation.UNCHECKED and not reports:
                self._refuse(
                    f"reports-{item.pk}", "Enter what the study reports, or choose “recorded, not yet checked.”"
                )
            elif relation == Relation.SUPPORTS and not all(has_number(reports, end) for end in ends):
                self._refuse(
                    f"reports-{item.pk}",
                    "This is another number than the figure. Choose “reports a different figure,” or correct the "
                    "figure below.",
                )

    def _refuse(self, name: str, reason: str) -> None:
        if name not in self.errors:
            self.add_error(name, reason)

    def apply(self, stat: ImpactStat, by: Any) -> None:
        """Write what was entered to a stat, unsaved."""
        entered, verdict = self.cleaned_data, self.cleaned_data["verdict"]
        stat.checked_on, stat.checked_by, stat.next_due = entered["checked_on"], by, entered["next_due"]
        # The note of an earlier change is public already.
        stat.change_note = ""
        if verdict == Verdict.CORRECTED:
            stat.value_low, stat.value_high = entered["value_low"], entered["value_high"]
        if verdict != Verdict.CONFIRMED:
            stat.correction = Correction.CORRECTED if verdict == Verdict.CORRECTED else Correction.WITHDRAWN
            stat.correction_text, stat.corrected_on = entered["correction_text"], entered["checked_on"]
        evidence = list(stat.evidence.all())
        for item in evidence:
            for name in ("relation", "reports", "locator"):
                setattr(item, name, entered.get(f"{name}-{item.pk}", getattr(item, name)))
        stat.evidence.set(evidence)
        if verdict != Verdict.WITHDRAWN and any(effective_relation(one) == Relation.SUPPORTS for one in evidence):
            stat.compared_on = entered["checked_on"]

    def record(self, stat: ImpactStat, by: Any, *, is_public: bool) -> StatCheck:
        """Keep who checked what on which day."""
        entered = self.cleaned_data
        return StatCheck.objects.create(
            stat=stat,
            verdict=entered["verdict"],
            checked_on=entered["checked_on"],
            checked_by=by,
            next_due=entered["next_due"],
            note=entered["note"],
            was_sent_for_review=not is_public,
        )


def _ends(stat: ImpactStat, entered: dict[str, Any]) -> list[Decimal]:
    """The number that the stat will state, or both ends of its range."""
    source = entered if entered.get("verdict") == Verdict.CORRECTED else vars(stat)
    return [end for end in (source.get("value_low"), source.get("value_high")) if end is not None]


def _shown(value: Decimal | None) -> Decimal | None:
    """The database returns 41.0 for 41."""
    return None if value is None else Decimal(plain_number(value))


def _a_year_after(day: date) -> date:
    """The same day next year; March 1 for a leap day."""
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
