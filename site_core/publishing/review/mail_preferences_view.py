"""The list on the account page where users choose which emails they get.

It replaces Wagtail's list, which mentions moderation and offers emails about comments, which this admin does not have.
"""

from typing import Any

from django import forms
from django.contrib.auth.models import AbstractUser
from django.db.models import Model
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

# Emails link to this tab by its name.
EMAIL_TAB = SettingsTab("notifications", "Email", order=200)
KINDS = {
    "submitted": "something is waiting for my approval",
    "approved": "something I sent for review is approved",
    "rejected": "something I sent for review is sent back to me",
    "failures": "something does not go live as scheduled, or is not visible to the public",
}
FOR_PUBLISHERS = {"submitted", "failures"}


class MailPreferencesForm(forms.Form):
    """A checkbox for each kind of email that the user may get. Wagtail stores the choices about reviews."""

    def __init__(self, *args: Any, user: AbstractUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = UserProfile.get_for_user(user)
        self.choices = MailPreferences.objects.filter(user_id=user.pk).first() or MailPreferences(user_id=user.pk)
        self.offered = [name for name in KINDS if name not in FOR_PUBLISHERS or may_publish_pages(user)]
        self.fields["mails"] = forms.MultipleChoiceField(
            label="Email me when",
            choices=[(name, KINDS[name]) for name in self.offered],
            initial=[name for name in self.offered if getattr(*self._stored(name))],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def save(self) -> None:
        for name in self.offered:
            setattr(*self._stored(name), name in self.cleaned_data["mails"])
        self.profile.save()
        self.choices.save()

    def _stored(self, name: str) -> tuple[Model, str]:
        """The object and the attribute that store a choice."""
        return (self.choices, name) if name == "failures" else (self.profile, f"{name}_notifications")


class MailPreferencesPanel(BaseSettingsPanel):
    """The list, on its own tab."""

    name = "mail"
    title = "Email"
    tab = EMAIL_TAB
    order = 100

    def get_form(self) -> MailPreferencesForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return MailPreferencesForm(posted, user=self.user, prefix=self.name)


class AdminAccountView(AccountView):
    """Wagtail's account page with our list."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        others = [panel for panel in super().get_panels() if not isinstance(panel, NotificationsSettingsPanel)]
        return [
            *others,
            MailPreferencesPanel(self.request, self.request.user, UserProfile.get_for_user(self.request.user)),
        ]


account = never_cache(require_admin_access(AdminAccountView.as_view()))
