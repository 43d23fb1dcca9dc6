"""The account screen keeps all it shows: its panels save the same two rows."""

from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client, RequestFactory
from django.urls import reverse
from wagtail.users.models import UserProfile

from site_core.accounts.models import User
from site_core.accounts.roles import Role
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.review.mail_preferences_view import account
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CHOICES = {
    "name_email-first_name": "Ana",
    "name_email-last_name": "Reyes",
    "theme-theme": "dark",
    "theme-contrast": "more_contrast",
    "theme-density": "snug",
    "theme-keyboard_shortcuts": "",
    "mail-mails": ["approved"],
}


@pytest.fixture
def editor() -> User:
    return factories.UserFactory(role=Role.EDITOR)


def test_every_panel_of_the_account_screen_keeps_what_was_chosen(editor: User, client: Client) -> None:
    client.force_login(editor)

    response = client.post(reverse("wagtailadmin_account"), CHOICES)

    assert response.status_code == 302
    profile = UserProfile.objects.get(user=editor)
    assert (profile.theme, profile.contrast, profile.density) == ("dark", "more_contrast", "snug")
    assert not profile.keyboard_shortcuts
    assert (profile.submitted_notifications, profile.approved_notifications) == (False, True)
    assert not MailPreferences.objects.get(user=editor).failures
    editor.refresh_from_db()
    assert editor.first_name == "Ana"


def test_the_account_screen_leaves_alone_what_others_changed_meanwhile(editor: User, rf: RequestFactory) -> None:
    profile = UserProfile.get_for_user(editor)
    request: Any = rf.post(reverse("wagtailadmin_account"), CHOICES)
    request.user, request.session = editor, Client().session
    request._messages = FallbackStorage(request)
    User.objects.filter(pk=editor.pk).update(is_active=False, password="changed")
    UserProfile.objects.filter(pk=profile.pk).update(dismissibles={"tour": True})

    account(request)

    editor = User.objects.get(pk=editor.pk)
    assert (editor.first_name, editor.is_active, editor.password) == ("Ana", False, "changed")
    assert UserProfile.get_for_user(editor).dismissibles == {"tour": True}
