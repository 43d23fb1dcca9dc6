"""The forms of the schedule: the filter, a new time for an entry, and a go-live."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.schedule.entry import KIND_OF_CAUSE, Entry, Kind, State
from site_core.publishing.schedule.fields import TIME_ZONE_NOTE, EasternDateTimeField
from site_core.publishing.schedule.rescheduling import PASSED


class ScheduleFilter(forms.Form):
    """Filters the schedule. Ignores a value that is not among the choices."""

    state = forms.ChoiceField(label="Show", choices=State.choices, required=False)
    kind = forms.ChoiceField(label="What happens", choices=[("", "Anything"), *Kind.choices], required=False)
    person = forms.ChoiceField(label="By whom", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({str(user) for user in get_user_model().objects.only("first_name", "last_name", "email")})
        self.fields["person"].choices = [("", "Anyone"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def state_shown(self) -> State:
        return State(self.cleaned_data.get("state") or State.COMING)

    @property
    def is_narrowed(self) -> bool:
        """Whether the user filters by kind or person."""
        return bool(self.cleaned_data.get("kind") or self.cleaned_data.get("person"))

    def filter_entries(self, entries: list[Entry]) -> list[Entry]:
        """The entries of the chosen kind and person."""
        kind, person = self.cleaned_data.get("kind"), self.cleaned_data.get("person")
        return [entry for entry in entries if kind in ("", None, entry.kind) and person in ("", None, entry.by)]

    def filter_rows(self, rows: QuerySet[Publication]) -> QuerySet[Publication]:
        """The same for rows of the ledger."""
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(cause__in=[cause for cause, cause_kind in KIND_OF_CAUSE.items() if cause_kind == kind])
        if person := self.cleaned_data.get("person"):
            rows = rows.filter(by=person)
        return rows


class MoveForm(forms.Form):
    """A new time for an entry."""

    at = EasternDateTimeField(label="New date and time", help_text=TIME_ZONE_NOTE)


class GoLiveForm(forms.Form):
    """When something goes live."""

    goes_live = EasternDateTimeField(
        label="Goes live",
        help_text=TIME_ZONE_NOTE,
        error_messages={"required": "Enter the date and the time at which it goes live."},
    )

    def clean_goes_live(self) -> datetime:
        at: datetime = self.cleaned_data["goes_live"]
        if at <= timezone.now():
            raise ValidationError(PASSED)
        return at
