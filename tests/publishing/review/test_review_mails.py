"""Emails about reviews go only to people who have something to do, with all they need."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision
from wagtail.users.models import UserProfile

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.accounts.models import User
from site_core.accounts.roles import Role
from site_core.publishing.approval_rules import ApprovalRules
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.review.mail_preferences_view import KINDS
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

Commits = Callable[..., Any]


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, title="A headline", draft=True)
    return draft


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Commits) -> Any:
    """Runs the `on_commit` callbacks at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def person(role: Role | None, **fields: Any) -> User:
    user: User = factories.UserFactory(role=role.value if role else None, **fields)
    return user


def submit(obj: Any, by: User, last_edit_by: User | None = None) -> Any:
    writer = last_edit_by or by
    setattr(obj, "scope" if isinstance(obj, ImpactStat) else "summary", f"Written by {writer.email}.")
    obj.save_revision(user=writer)
    obj.get_workflow().start(obj, by)
    return obj.current_workflow_task_state


def decide(state: Any, user: User, action: str, comment: str = "") -> None:
    state.task.specific.on_action(state, user, action, comment=comment)


def as_html(message: Any) -> str:
    """The HTML part of the email."""
    return str(message.alternatives[0][0])


def recipients() -> set[str]:
    return {url for message in mail.outbox for url in message.to}


def test_only_those_who_may_approve_are_asked(item: Any, commits: Any) -> None:
    author, editor, managing = person(Role.AUTHOR), person(Role.EDITOR), person(Role.MANAGING_EDITOR)
    administrator = person(Role.ADMINISTRATOR)
    person(Role.AUTHOR)
    person(Role.EDITOR, is_active=False)
    person(None)
    person(None, is_superuser=True)
    with commits():
        submit(item, author)
    assert recipients() == {editor.email, managing.email, administrator.email}
    assert len(mail.outbox) == 3


def test_a_user_with_two_roles_gets_one_mail(item: Any, commits: Any) -> None:
    both = person(Role.EDITOR)
    both.groups.add(person(Role.MANAGING_EDITOR).groups.get())
    with commits():
        submit(item, person(Role.AUTHOR))
    assert [message.to for message in mail.outbox].count([both.email]) == 1


def test_neither_who_asks_nor_who_edited_last_is_asked(item: Any, commits: Any) -> None:
    asking, edited_last, other = person(Role.EDITOR), person(Role.EDITOR), person(Role.EDITOR)
    with commits():
        submit(item, asking, last_edit_by=edited_last)
    assert recipients() == {other.email}


def test_who_edited_last_is_asked_where_the_rule_is_off(item: Any, commits: Any) -> None:
    ApprovalRules.objects.update_or_create(pk=1, defaults={"editors_need_another": False})
    edited_last = person(Role.EDITOR)
    with commits():
        submit(item, person(Role.AUTHOR), last_edit_by=edited_last)
    assert recipients() == {edited_last.email}


def test_a_user_who_opted_out_gets_no_mail(item: Any, commits: Any) -> None:
    editor = person(Role.EDITOR)
    profile = UserProfile.get_for_user(editor)
    profile.submitted_notifications = False
    profile.save()
    with commits():
        submit(item, person(Role.AUTHOR))
    assert not mail.outbox


def test_the_mail_leads_to_what_changed_in_one_click(site_tree: factories.SiteTree, commits: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Public headline")
    author, editor = person(Role.AUTHOR, first_name="Jo", last_name="Smith"), person(Role.EDITOR)
    item.title = "Tom & Jerry’s “headline”"
    with commits():
        state = submit(item, author)
    message = mail.outbox[0]
    assert message.subject == "To approve: Tom & Jerry’s “headline”"
    assert "Jo Smith asks you to look at the news item “Tom & Jerry’s “headline””" in message.body
    assert "See what changed since the public version" in message.body
    url = reverse("review", args=[state.pk])
    assert message.body.count(url) == 1
    assert url in as_html(message)
    client = Client()
    client.force_login(editor)
    assert "Removed and added" in client.get(url).content.decode()


def test_a_title_with_line_breaks_still_reaches_the_reviewers(item: Any, commits: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    # As it may have been stored before forms cleaned it.
    item.title = "A\nheadline\vin\u2028parts"
    with commits():
        state = submit(item, author)
    with commits():
        decide(state, editor, "reject", "Why?\x00\v\ud83d")
    assert [message.subject for message in mail.outbox] == [
        "To approve: A headline in parts",
        "Sent back to you: A headline in parts",
    ]
    assert all(message.message().as_bytes() for message in mail.outbox)


def test_the_mail_of_what_was_never_public_says_so(item: Any, commits: Any) -> None:
    person(Role.EDITOR)
    with commits():
        submit(item, person(Role.AUTHOR))
    assert "It is not public now" in mail.outbox[0].body


def test_times_are_eastern_and_say_so(item: Any, commits: Any) -> None:
    person(Role.EDITOR)
    author = person(Role.AUTHOR)
    revision = item.save_revision(user=author)
    Revision.objects.filter(pk=revision.pk).update(created_at=datetime(2027, 1, 7, 14, 5, tzinfo=UTC))
    with commits():
        item.get_workflow().start(NewsItemPage.objects.get(pk=item.pk), author)
    assert "on Thu., Jan. 7, 2027, 9:05 a.m. ET." in mail.outbox[0].body


def test_the_reason_is_in_the_mail_to_the_author(item: Any, commits: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submit(item, author)
    with commits():
        decide(state, editor, "reject", "The year is <wrong> & so is “41%”.")
    (message,) = mail.outbox
    assert message.to == [author.email]
    assert message.subject == "Sent back to you: A headline"
    assert "The year is <wrong> & so is “41%”." in message.body
    assert "The year is &lt;wrong&gt; &amp; so is “41%”." in as_html(message)
    assert reverse("wagtailadmin_pages:edit", args=[item.pk]) in message.body


def test_approval_says_what_is_public_now(item: Any, commits: Any) -> None:
    author = person(Role.AUTHOR)
    state = submit(item, author)
    with commits():
        decide(state, person(Role.EDITOR), "approve")
    (message,) = mail.outbox
    assert message.to == [author.email]
    assert "The news item “A headline” has been approved. It is public now." in message.body
    assert NewsItemPage.objects.get(pk=item.pk).full_url in message.body


def test_approval_of_what_is_scheduled_says_when_it_goes_live(item: Any, commits: Any) -> None:
    author = person(Role.AUTHOR)
    item.go_live_at = datetime(2037, 1, 7, 14, 0, tzinfo=UTC)
    state = submit(item, author)
    with commits():
        decide(state, person(Role.EDITOR), "approve")
    assert "It goes live on Wed., Jan. 7, 2037, 9:00 a.m. ET." in mail.outbox[0].body
    assert "public now" not in mail.outbox[0].body


def test_a_snippet_has_the_same_mails(site_tree: factories.SiteTree, commits: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    stat = factories.ImpactStatFactory(draft=True)
    with commits():
        state = submit(stat, author)
    with commits():
        decide(state, editor, "reject", "Say of whom.")
    assert [message.to for message in mail.outbox] == [[editor.email], [author.email]]
    assert reverse("wagtailsnippets_impact_impactstat:edit", args=[stat.pk]) in mail.outbox[1].body


def test_what_is_rolled_back_is_not_mailed(item: Any, django_capture_on_commit_callbacks: Commits) -> None:
    person(Role.EDITOR)
    with django_capture_on_commit_callbacks(execute=False):
        submit(item, person(Role.AUTHOR))
    assert not mail.outbox


def choose_mails(user: User, *mails: str) -> str:
    """Check only these boxes on the account page. Return the page as it was before."""
    client = Client()
    client.force_login(user)
    url = reverse("wagtailadmin_account")
    screen = client.get(url).content.decode()
    names = {"name_email-first_name": "Jo", "name_email-last_name": "Smith", "name_email-email": user.email}
    themes = {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    assert client.post(url, {**names, **themes, "mail-mails": mails}).status_code == 302
    return screen


def test_an_editor_chooses_each_mail_in_one_list() -> None:
    user = person(Role.EDITOR)
    screen = choose_mails(user, "approved", "failures")
    for kind in KINDS.values():
        assert kind in screen
    profile = UserProfile.objects.get(user=user)
    chosen = (profile.submitted_notifications, profile.approved_notifications, profile.rejected_notifications)
    assert chosen == (False, True, False)
    assert MailPreferences.objects.get(user=user).failures
    choose_mails(user)
    assert not MailPreferences.objects.get(user=user).failures


def test_an_author_is_offered_no_mail_that_never_comes_and_loses_no_choice() -> None:
    user = person(Role.AUTHOR)
    screen = choose_mails(user, "approved")
    assert KINDS["approved"] in screen
    assert KINDS["submitted"] not in screen
    assert KINDS["failures"] not in screen
    assert "comment" not in screen[screen.index('id="tab-notifications"') :].split("</section>")[0]
    profile = UserProfile.objects.get(user=user)
    assert (profile.approved_notifications, profile.rejected_notifications) == (True, False)
    assert profile.submitted_notifications
    assert MailPreferences.objects.get(user=user).failures


def test_the_mail_names_what_changed_and_nothing_else(site_tree: factories.SiteTree, commits: Any) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Public headline")
    person(Role.EDITOR)
    item.title = "Another headline"
    with commits():
        submit(item, person(Role.AUTHOR))
    assert "Changed since the public version: Headline, Summary." in mail.outbox[0].body
    assert "Changed since the public version: Headline, Summary." in as_html(mail.outbox[0])


def test_the_note_of_an_approval_is_in_its_mail(item: Any, commits: Any) -> None:
    state = submit(item, person(Role.AUTHOR))
    with commits():
        decide(state, person(Role.EDITOR), "approve", "Thank you.")
    assert "Note: Thank you." in mail.outbox[0].body
