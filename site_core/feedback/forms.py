"""The form “Was this page useful?” Public pages are stored, so it holds nothing that differs between visitors."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer

from site_core.feedback.models import LONGEST_LINE
from site_core.fields.contact_details import may_hold_contact_details

_signer = Signer(salt="site_core.feedback")


def signed_path(path: str) -> str:
    """The path of a page that asks, signed: only the site itself can make one."""
    return _signer.sign(path)


def path_in(signed: str) -> str:
    """The path of the page that asked, "" if the site has not signed it."""
    try:
        return _signer.unsign(signed)
    except BadSignature:
        return ""


def refuse_contact_details(line: str) -> None:
    """Raises ValidationError for what may be an email address or a phone number."""
    if may_hold_contact_details(line):
        raise ValidationError("Please leave out email addresses and phone numbers. Nobody can answer you here.")


class AnswerForm(forms.Form):
    """An answer. The template `components/useful.html` writes the fields."""

    useful = forms.ChoiceField(
        choices=[("yes", "Yes"), ("no", "No")], error_messages={"required": "Choose yes or no."}
    )
    missing = forms.CharField(
        required=False,
        max_length=LONGEST_LINE,
        validators=[refuse_contact_details],
        error_messages={"max_length": "Please write at most %(limit_value)d characters. There are %(show_value)d."},
    )
    # People do not see this field. A program that fills in every field gives itself away.
    website = forms.CharField(required=False)
