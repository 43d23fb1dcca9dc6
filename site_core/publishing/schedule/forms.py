"""The forms of the schedule: what to show of it, and a new time for something on it."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from site_core.publishing.ledger.publications import Publication
from site_core.publishing.schedule.entry import KIND_OF_CAUSE, Entry, Kind, State
from site_core.publishing.schedule.fields import TIME_ZONE_NOTE, EasternDateTimeField


class ScheduleFilter(forms.Form):
    """What to show. An answer that is no choice shows everything, as if it had not been given."""

    state = forms.ChoiceField(label="Show", choices=State.choices, required=False)
    kind = forms.ChoiceField(label="What happens", choices=[("", "Anything"), *Kind.choices], required=False)
    person = forms.ChoiceField(label="By whom", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = sorted({str(user) for user in get_user_model().objects.only("first_name", "last_name", "email")})
        self.fields["person"].choices = [("", "Anybody"), *((name, name) for name in names)]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def state_shown(self) -> State:
        return State(self.cleaned_data.get("state") or State.COMING)

    @property
    def is_narrowed(self) -> bool:
        """Whether less is asked for than everything of one state."""
        return bool(self.cleaned_data.get("kind") or self.cleaned_data.get("person"))

    def of_entries(self, entries: list[Entry]) -> list[Entry]:
        """Those of the kind and by the person that are asked for."""
        kind, person = self.cleaned_data.get("kind"), self.cleaned_data.get("person")
        return [entry for entry in entries if kind in ("", None, entry.kind) and person in ("", None, entry.by)]

    def of_rows(self, rows: QuerySet[Publication]) -> QuerySet[Publication]:
        """The same for rows of the ledger."""
        if kind := self.cleaned_data.get("kind"):
            rows = rows.filter(cause__in=[cause for cause, its_kind in KIND_OF_CAUSE.items() if its_kind == kind])
        if person := self.cleaned_data.get("person"):
            rows = rows.filter(by=person)
        return rows


class MoveForm(forms.Form):
    """When it is to happen instead."""

    at = EasternDateTimeField(label="New date and time", help_text=TIME_ZONE_NOTE)
