"""A save that the database refuses though the form was right is a fault of ours, and says, logs and counts that."""

import pytest
from django import forms
from django.db import IntegrityError

from site_core.organization.models import Alert
from site_core.page_cache.metrics import REFUSED_SAVES
from site_core.publishing.editing.atomic_save import add_errors_to_fields


class AlertForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Alert
        fields = ("text",)


@pytest.mark.unit
def test_a_refusal_of_the_database_is_ours(caplog: pytest.LogCaptureFixture) -> None:
    form = AlertForm({"text": "Example"}, instance=Alert(text="Example"))
    form.full_clean()
    before = REFUSED_SAVES._value.get()
    add_errors_to_fields(form, IntegrityError("NOT NULL constraint failed"))
    assert "the fault is ours" in form.non_field_errors()[0]
    assert REFUSED_SAVES._value.get() == before + 1
    assert "NOT NULL constraint failed" in caplog.text
