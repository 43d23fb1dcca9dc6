"""The list on the account page where users choose which emails they get.

It replaces Wagtail's list, which mentions moderation and offers emails about comments, which this admin does not have.
"""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
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
    "went_live": "something I wrote goes live",
    "check_due": "a check is due that I am to be reminded of",
    "failures": "something does not go live as scheduled, or is not visible to the public",
    "digest": "the week begins, with what it has in store. The dashboard shows the same",
}
FOR_PUBLISHERS = {"submitted", "failures", "digest"}
# Stored in our own table.
OURS = {"went_live", "check_due", "failures", "digest"}


class MailPreferencesForm(forms.Form):
    """A checkbox for each kind of email that the user may get. Wagtail stores the choices about reviews."""

    def __init__(self, *args: Any, user: AbstractUser, profile: UserProfile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profile = profile
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
        return (self.choices, name) if name in OURS else (self.profile, f"{name}_notifications")


class MailPreferencesPanel(BaseSettingsPanel):
    """The list, on its own tab."""

    name = "mail"
    title = "Email"
    tab = EMAIL_TAB
    order = 100

    def get_form(self) -> MailPreferencesForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return MailPreferencesForm(posted, user=self.user, profile=self.profile, prefix=self.name)


@method_decorator([never_cache, require_admin_access], name="dispatch")
class AdminAccountView(AccountView):
    """Wagtail's account page with our list."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Each panel saves the whole user or the whole profile, so both are locked and read again before."""
        with transaction.atomic():
            request.user = get_user_model()._default_manager.select_for_update().get(pk=str(request.user.pk))
            UserProfile.objects.select_for_update().filter(user=request.user).first()
            return super().post(request)

    def get_panels(self) -> list[BaseSettingsPanel]:
        # A hook registers another panel for the picture.
        replaced = (AvatarSettingsPanel, NotificationsSettingsPanel)
        panels = [panel for panel in super().get_panels() if type(panel) not in replaced]
        # All panels save the same object, so that none saves what it read before another saved.
        profile = next(panel.profile for panel in panels)
        return [*panels, MailPreferencesPanel(self.request, self.request.user, profile)]


account = AdminAccountView.as_view()
