"""Where somebody chooses which mails about publishing they get: on the account screen, below Wagtail's choices."""

from typing import Any

from django import forms
from django.http import HttpRequest
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.models import Page
from wagtail.permissions import policy_registry

from site_core.publishing.review.mail_choices import MailChoices


class MailChoicesForm(forms.ModelForm[MailChoices]):
    """One box for each kind of mail."""

    class Meta:
        model = MailChoices
        fields = ("failures",)
        labels = {"failures": "Mail me when a scheduled go-live fails"}


class MailChoicesPanel(BaseSettingsPanel):
    """Shown to those who may publish: nobody else is mailed."""

    name = "publishing_mails"
    title = "Publishing"
    tab = notifications_tab
    order = 200

    def is_active(self) -> bool:
        return bool(policy_registry.get_by_type(Page).user_has_permission(self.user, "publish"))

    def get_form(self) -> MailChoicesForm:
        choices = MailChoices.objects.filter(user=self.user).first() or MailChoices(user=self.user)
        return MailChoicesForm(
            self.request.POST if self.request.method == "POST" else None, instance=choices, prefix=self.name
        )


def mail_choices_panel(request: HttpRequest, user: Any, profile: Any) -> MailChoicesPanel:
    """Wagtail's hook."""
    return MailChoicesPanel(request, user, profile)
