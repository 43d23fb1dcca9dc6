"""People are told when what they wrote goes live (in the admin, and by email) and which checks are due."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogContext

from impact.models import ImpactStat
from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.publishing.history.undo import undo
from site_core.publishing.notices.mails import SENDING
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.review.review_admin import client_of, person, submitted

pytestmark = [pytest.mark.django_db]

PANEL = "News for you"
DAY = timedelta(days=1)


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Callable[..., Any]) -> Any:
    """Runs the `on_commit` callbacks at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def home_of(user: Any) -> str:
    return str(client_of(user).get(reverse("wagtailadmin_home")).content.decode())


def sent() -> list[Any]:
    """The emails, once the thread has sent what it has."""
    SENDING.submit(lambda: None).result()
    return mail.outbox


def publish(item: NewsItemPage, by: Any) -> None:
    """As in the admin, where the ledger knows who acts."""
    with LogContext(user=by):
        item.get_latest_revision().publish(user=by)


def draft_by(author: Any, site_tree: factories.SiteTree, **fields: Any) -> NewsItemPage:
    item: NewsItemPage = factories.NewsItemPageFactory(
        parent=site_tree.news, title="Example headline", draft=True, **fields
    )
    item.save_revision(user=author)
    return NewsItemPage.objects.get(pk=item.pk)


def test_an_author_is_told_that_somebody_else_published_it(site_tree: factories.SiteTree, commits: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    item = draft_by(author, site_tree)
    with commits():
        publish(item, editor)
    (message,) = sent()
    assert message.to == [author.email]
    assert message.subject == "Live: Example headline"
    assert f"It was published by {editor} on " in message.body
    assert item.get_url() in message.body
    assert PANEL in home_of(author)
    for other in (editor, person(Role.AUTHOR)):
        assert PANEL not in home_of(other)


def test_the_name_of_who_published_is_in_the_panel(site_tree: factories.SiteTree, rf: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    item = draft_by(author, site_tree)
    state = submitted(item, author)
    client_of(editor).post(
        reverse("review", args=[state.pk]), {"action": "approve", "revision": state.revision_id, "when": "now"}
    )
    home = home_of(author)
    assert f"News item, published manually by {editor}, " in home
    assert f'<a href="{item.get_url()}">Example headline</a>' in home


def test_an_approval_is_mailed_once(site_tree: factories.SiteTree, commits: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submitted(draft_by(author, site_tree), author)
    with commits():
        state.task.specific.on_action(state, editor, "approve")
    assert [message.subject for message in sent()] == ["Approved: Example headline"]


def test_the_author_is_told_when_the_schedule_publishes_it(site_tree: factories.SiteTree, commits: Any) -> None:
    """Also if an Editor approved it and chose the time, which makes that Editor no author."""
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    state = submitted(draft_by(author, site_tree), author)
    client_of(editor).post(
        reverse("review", args=[state.pk]),
        {
            **{"action": "approve", "revision": state.revision_id, "when": "at"},
            **{"goes_live_day": "1/7/2127", "goes_live_hour": "09:00"},
        },
    )
    item = NewsItemPage.objects.get()
    item.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=timezone.now() - DAY)
    with commits():
        publish_due(timezone.now())
    assert NewsItemPage.objects.get().live
    (message,) = (one for one in sent() if one.subject.startswith("Live: "))
    assert message.to == [author.email]
    assert "It went live as scheduled on " in message.body
    assert "Went live by its schedule" in home_of(author) or "went live by its schedule" in home_of(author)
    assert PANEL not in home_of(editor)


def test_nobody_is_told_what_they_published_themselves_or_wrote_for_an_earlier_version(
    site_tree: factories.SiteTree, commits: Any
) -> None:
    author, editor = person(Role.EDITOR), person(Role.EDITOR)
    item = draft_by(author, site_tree)
    with commits():
        publish(item, author)
        item = NewsItemPage.objects.get()
        item.summary = "Other words."
        item.save_revision(user=editor)
        publish(item, editor)
    assert sent() == []
    assert PANEL not in home_of(author)
    assert PANEL not in home_of(editor)


def test_news_ends_when_it_is_taken_down_or_after_a_week(site_tree: factories.SiteTree, time_machine: Any) -> None:
    author, editor = person(Role.AUTHOR), person(Role.EDITOR)
    item = draft_by(author, site_tree)
    item.latest_revision.publish(user=editor)
    assert PANEL in home_of(author)
    undo(NewsItemPage.objects.get(), editor)
    assert PANEL not in home_of(author)
    NewsItemPage.objects.get().latest_revision.publish(user=editor)
    time_machine.move_to(timezone.now() + 8 * DAY)
    assert PANEL not in home_of(author)


def stat_of(owner: Any, days: int) -> ImpactStat:
    stat: ImpactStat = factories.ImpactStatFactory(owner=owner, next_due=timezone.localdate() + days * DAY)
    return stat


@pytest.mark.parametrize(("days", "is_listed"), [(0, True), (10, True), (20, False)])
def test_the_owner_of_a_stat_is_told_of_its_check(days: int, is_listed: bool) -> None:
    owner = person(Role.AUTHOR)
    stat = stat_of(owner, days)
    home = home_of(owner)
    assert (stat.check_url in home and "check due " in home) == is_listed
    assert ("This check is overdue" in home) == (days == 0)
    assert "check due " not in home_of(person(Role.AUTHOR))


@pytest.mark.parametrize("why", ["declined", "inactive"])
def test_who_wants_no_email_gets_none_and_is_told_in_the_admin_all_the_same(
    site_tree: factories.SiteTree, commits: Any, why: str
) -> None:
    author = person(Role.AUTHOR)
    if why == "declined":
        MailPreferences.objects.create(user=author, went_live=False)
    item = draft_by(author, site_tree)
    if why == "inactive":
        author.is_active = False
        author.save()
    with commits():
        item.latest_revision.publish(user=person(Role.EDITOR))
    assert sent() == []
    if why == "declined":
        assert PANEL in home_of(author)


def test_a_mail_server_that_fails_breaks_no_publication(
    site_tree: factories.SiteTree, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        raise OSError("No mail server.")

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    item = draft_by(person(Role.AUTHOR), site_tree)
    with commits():
        item.latest_revision.publish(user=person(Role.EDITOR))
    assert sent() == []
    assert NewsItemPage.objects.get().live


def test_an_email_that_cannot_be_written_breaks_no_publication(
    site_tree: factories.SiteTree, commits: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        raise RuntimeError("A mistake in the code.")

    monkeypatch.setattr("site_core.publishing.notices.mails.writers_to_mail", fail)
    monkeypatch.setattr("site_core.publishing.review.mails.ReviewApproved.get_recipient_users", fail)
    author = person(Role.AUTHOR)
    state = submitted(draft_by(author, site_tree), author)
    with commits():
        state.task.specific.on_action(state, person(Role.EDITOR), "approve")
    assert NewsItemPage.objects.get().live
