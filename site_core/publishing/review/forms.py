"""The forms of a decision in a review."""

from django import forms

from site_core.publishing.approval_rules import NO_REASON


class ReasonForm(forms.Form):
    """What has to change before this can be approved."""

    comment = forms.CharField(
        label="What has to be changed",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": NO_REASON},
        help_text="The author reads this in the email, on the admin home page and above the form.",
    )


class NoteForm(forms.Form):
    """An approver's note to the author."""

    comment = forms.CharField(
        label="Note",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The author reads this in the email about the approval.",
    )
