"""Where somebody chooses which mails they get: one list on the account screen.

It stands in the place of Wagtail's own, which speaks of moderation and offers mails about comments, which this admin
does not have.
"""

from typing import Any

from django import forms
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    SettingsTab,
)
from wagtail.users.models import UserProfile

from site_core.publishing.permissions import may_publish_pages
from site_core.publishing.review.mail_preferences import MailPreferences

# The mails of the admin lead to this tab by its name.
MAILS_TAB = SettingsTab("notifications", "Mails", order=200)
KINDS = {
    "submitted": "something waits for me to approve it",
    "approved": "something that I sent for review is approved",
    "rejected": "something that I sent for review is sent back to me",
    "failures": "something does not go live as scheduled, or the public does not see it",
}
FOR_PUBLISHERS = {"submitted", "failures"}


class MailPreferencesForm(forms.Form):
    """A box for each kind of mail that this person may get. Wagtail keeps the choices about reviews."""

    mails = forms.MultipleChoiceField(label="Mail me when", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = UserProfile.get_for_user(person)
        self.choices = MailPreferences.objects.filter(user=person).first() or MailPreferences(user=person)
        self.offered = [name for name in KINDS if name not in FOR_PUBLISHERS or may_publish_pages(person)]
        field: Any = self.fields["mails"]
        field.choices = [(name, KINDS[name]) for name in self.offered]
        field.initial = [name for name in self.offered if getattr(*self._stored(name))]

    def save(self) -> None:
        for name in self.offered:
            setattr(*self._stored(name), name in self.cleaned_data["mails"])
        self.profile.save()
        self.choices.save()

    def _stored(self, name: str) -> tuple[Any, str]:
        """Where a choice is kept, and under which name."""
        return (self.choices, name) if name == "failures" else (self.profile, f"{name}_notifications")


class MailPreferencesPanel(BaseSettingsPanel):
    """The list, on a tab of its own."""

    name = "mail"
    title = "Mails"
    tab = MAILS_TAB
    order = 100

    def get_form(self) -> MailPreferencesForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return MailPreferencesForm(posted, person=self.user, prefix=self.name)


class AdminAccountView(AccountView):
    """Wagtail's account screen with our list of mails."""

    def get_panels(self) -> list[Any]:
        others = [panel for panel in super().get_panels() if not isinstance(panel, NotificationsSettingsPanel)]
        return [
            *others,
            MailPreferencesPanel(self.request, self.request.user, UserProfile.get_for_user(self.request.user)),
        ]


account = never_cache(require_admin_access(AdminAccountView.as_view()))
