"""Every go-live is verified: what the public gets through the running site is what was published."""

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.ledger.recording import because
from site_core.publishing.review.mail_preferences import MailPreferences
from site_core.publishing.runner.due import publish_due
from site_core.publishing.verification.fetching import rendered
from site_core.publishing.verification.worker import GIVE_UP_AFTER, LOOK_EVERY, NO_ANSWER, ReceiptWorker, verify_due
from site_core.settings.environment import SiteURL
from tests import factories
from tests.contracts.rules import VIEW_QUERY_BUDGETS, our_page_types
from tests.contracts.stock import StockedSite, stocked_site
from tests.publishing.runner.broken_proxy import Proxy, proxy
from tests.shared_database import kept_for_the_module

HOUR = timedelta(hours=1)
VIEWS = [*(model.__name__ for model in our_page_types()), *VIEW_QUERY_BUDGETS]
committed = pytest.mark.django_db(transaction=True)


class TestCreation:
    """Which changes get a receipt."""

    pytestmark = pytest.mark.django_db

    def test_what_the_schedule_does_with_the_time_it_was_due(self, stock: StockedSite) -> None:
        now = timezone.now().replace(microsecond=0)
        alert = factories.AlertFactory(go_live_at=now + HOUR, expire_at=now + 2 * HOUR)
        publish_due(now + HOUR)
        publish_due(now + 2 * HOUR)
        receipts = Receipt.objects.filter(publication__in=Publication.objects.of(alert)).order_by("pk")
        assert [(receipt.publication.cause, receipt.due_at) for receipt in receipts] == [
            ("scheduled", now + HOUR),
            ("expired", now + 2 * HOUR),
        ]

    def test_what_a_user_does_in_the_admin(self, stock: StockedSite, client: Client) -> None:
        client.force_login(factories.UserFactory(role="Editor"))
        client.post(reverse("wagtailadmin_pages:unpublish", args=[stock.tree.about.pk]))
        receipt = Receipt.objects.get()
        assert (receipt.publication.cause, receipt.due_at) == ("unpublished", None)

    def test_nothing_that_a_command_loads_and_nothing_without_drafts(self, stock: StockedSite) -> None:
        factories.AlertFactory()
        with because(Cause.EDITED, by="Somebody"):
            factories.PublisherFactory()
        assert not Receipt.objects.exists()


def test_a_receipt_reads_as_a_sentence() -> None:
    nine = datetime(2027, 1, 7, 14, tzinfo=UTC)
    row = Publication(at=nine + timedelta(seconds=0.4), cause=Cause.SCHEDULED)
    receipt = Receipt(publication=row, due_at=nine)
    assert str(receipt) == "Due 9:00:00, public 9:00:00.4, not checked yet"
    receipt.next_look_at = None
    assert str(receipt) == "Due 9:00:00, public 9:00:00.4, replaced before it was checked"
    receipt.seen_at = nine + timedelta(seconds=0.9)
    assert str(receipt) == "Due 9:00:00, public 9:00:00.4, confirmed on the public site 9:00:00.9"
    receipt.seen_at, receipt.problem = None, NO_ANSWER
    assert str(receipt) == f"Due 9:00:00, public 9:00:00.4. {NO_ANSWER}"


@pytest.fixture(scope="module")
def stock(django_db_setup: None, django_db_blocker: Any) -> Iterator[StockedSite]:
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            stocked = stocked_site(news=3, figures=2)
        yield stocked


@pytest.mark.django_db
@pytest.mark.parametrize("name", VIEWS)
def test_every_page_is_the_same_bytes_each_time(stock: StockedSite, name: str, time_machine: Any) -> None:
    time_machine.move_to(datetime(2027, 1, 4, 14, tzinfo=UTC))
    first = rendered(urlsplit(stock.addresses[name]).path)
    time_machine.move_to(datetime(2028, 6, 5, 3, tzinfo=UTC))
    assert rendered(urlsplit(stock.addresses[name]).path) == first
    assert first.status == 200
    assert b"</html>" in first.body


@pytest.fixture
def tree(site_tree: factories.SiteTree, live_server: Any) -> factories.SiteTree:
    """The pages of every site, committed, so that the running site serves them."""
    return site_tree


@pytest.fixture
def site(tree: factories.SiteTree, live_server: Any, settings: Any) -> Iterator[Proxy]:
    """The running site, behind a cache that works until a test makes it tamper."""
    with proxy(urlsplit(live_server.url).port or 80) as server:
        settings.VERIFICATION_URL = server.address
        yield server


def publish_by_hand(obj: Any) -> Receipt:
    with because(Cause.PUBLISHED, by="An editor"):
        type(obj).objects.get(pk=obj.pk).save_revision().publish()
    return receipt_of(obj)


def receipt_of(obj: Any) -> Receipt:
    return Receipt.objects.filter(publication__in=Publication.objects.of(obj)).latest("pk")


def verify_after(passed: timedelta, receipt: Receipt) -> Receipt:
    """Verify once more, as if so much time had passed since the first try."""
    receipt.refresh_from_db()
    first_look_at = timezone.now() - passed
    Receipt.objects.filter(pk=receipt.pk).update(next_look_at=timezone.now(), first_look_at=first_look_at)
    verify_due()
    receipt.refresh_from_db()
    return receipt


@committed
class TestVerification:
    def test_of_a_page_that_went_live(self, tree: factories.SiteTree, site: Proxy) -> None:
        item = factories.NewsItemPageFactory(parent=tree.news, slug="an-item", scheduled=True)
        publish_due(timezone.now() + 48 * HOUR)
        assert verify_due() == 1
        receipt = receipt_of(item)
        assert receipt.seen_at
        assert receipt.seen_at >= receipt.publication.at
        assert (receipt.problem, receipt.tries, receipt.next_look_at) == ("", 1, None)
        assert site.asked == ["/news/an-item/", "/", "/news/", "/news/feed.json"]
        assert verify_due() == 0

    def test_of_one_that_was_taken_down(self, tree: factories.SiteTree, site: Proxy) -> None:
        item = factories.NewsItemPageFactory(parent=tree.news)
        with because(Cause.UNPUBLISHED, by="An editor"):
            item.unpublish()
        verify_due()
        assert receipt_of(item).seen_at

    def test_of_one_whose_old_url_redirects_to_the_new_one(self, tree: factories.SiteTree, site: Proxy) -> None:
        page = factories.TextPageFactory(parent=tree.about, slug="first")
        page.slug = "second"
        with because(Cause.PUBLISHED, by="An editor"):
            page.save_revision().publish()
        verify_due()
        assert receipt_of(page).seen_at
        assert {"/about/first/", "/about/second/", "/about/"} <= set(site.asked)

    def test_of_a_stat_on_every_page_that_shows_it(self, tree: factories.SiteTree, site: Proxy) -> None:
        strategy = factories.StrategyPageFactory(parent=tree.strategies, slug="a-strategy")
        stat = factories.ImpactStatFactory(strategy=strategy.term)
        publish_by_hand(stat)
        verify_due()
        assert receipt_of(stat).seen_at
        assert set(site.asked) == {stat.get_absolute_url(), "/", "/impact/", "/strategies/a-strategy/"}

    def test_of_an_alert_on_the_home_page(self, tree: factories.SiteTree, site: Proxy) -> None:
        publish_by_hand(alert := factories.AlertFactory())
        verify_due()
        assert receipt_of(alert).seen_at
        assert site.asked == ["/"]

    def test_of_many_fetches_each_path_once(self, tree: factories.SiteTree, site: Proxy) -> None:
        for _ in range(8):
            publish_by_hand(factories.NewsItemPageFactory(parent=tree.news))
        assert verify_due() == 8
        assert len(site.asked) == len(set(site.asked)) == 11
        assert Receipt.objects.exclude(seen_at=None).count() == 8

    def test_of_what_was_replaced_is_that_of_the_newer(self, tree: factories.SiteTree, site: Proxy) -> None:
        first = publish_by_hand(tree.about)
        second = publish_by_hand(tree.about)
        verify_due()
        first.refresh_from_db()
        second.refresh_from_db()
        assert "replaced before it was checked" in str(first)
        assert second.seen_at


@committed
class TestAlarm:
    @pytest.fixture(autouse=True)
    def people(self, db: None) -> None:
        """An editor who wants to hear of failures, one who does not, and an author."""
        factories.UserFactory(email="editor@example.org", role="Editor")
        factories.UserFactory(email="author@example.org", role="Author")
        MailPreferences.objects.create(user=factories.UserFactory(role="Editor"), failures=False)

    def test_within_ten_seconds_once_and_in_words(
        self, tree: factories.SiteTree, site: Proxy, caplog: pytest.LogCaptureFixture
    ) -> None:
        site.tampers = True
        receipt = publish_by_hand(tree.about)
        worker = ReceiptWorker()
        worker.start()
        deadline = time.monotonic() + 10
        try:
            while not receipt.problem:
                assert time.monotonic() < deadline, "nobody was alarmed"
                time.sleep(0.1)
                receipt.refresh_from_db()
            while not mail.outbox:
                assert time.monotonic() < deadline, "nobody was told"
                time.sleep(0.1)
        finally:
            worker.stop()
        assert receipt.problem == "The public sees a different version at /about/ than the one that is published."
        assert receipt.seen_at is None
        assert receipt.tries > 3, "it was not fetched again before the alarm"
        verify_after(timedelta(seconds=20), receipt)
        (sent,) = mail.outbox
        assert sent.to == ["editor@example.org"]
        assert sent.subject == "The public does not see: About"
        assert receipt.problem in sent.body
        errors = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert [record.message for record in errors] == [
            f"Not what the public sees: {receipt.publication}. {receipt.problem}"
        ]

    def test_ends_once_the_public_sees_it(self, tree: factories.SiteTree, site: Proxy) -> None:
        site.tampers = True
        receipt = publish_by_hand(tree.about)
        assert verify_after(timedelta(seconds=4), receipt).problem
        site.tampers = False
        mended = verify_after(timedelta(seconds=9), receipt_of(tree.about))
        assert (mended.problem, mended.next_look_at) == ("", None)
        assert mended.seen_at

    def test_that_a_list_is_wrong(self, tree: factories.SiteTree, site: Proxy, live_server: Any) -> None:
        site.tampers = True
        receipt = publish_by_hand(factories.AlertFactory())
        verify_after(timedelta(seconds=4), receipt)
        assert receipt.problem == "The public sees an outdated or wrong version of /, which lists it."

    def test_that_the_site_does_not_answer_until_it_gives_up(
        self, tree: factories.SiteTree, settings: Any, live_server: Any
    ) -> None:
        with proxy(1) as server:
            closed = server.address
        settings.VERIFICATION_URL = SiteURL(closed.url, closed.host, closed.port, False)
        receipts = [publish_by_hand(factories.AlertFactory()) for _ in range(3)]
        verify_due()
        receipts[0].refresh_from_db()
        assert (receipts[0].problem, receipts[0].tries) == ("", 1), "it is fetched again before the alarm"
        assert verify_after(timedelta(seconds=4), receipts[0]).problem == NO_ANSWER
        assert receipts[0].next_look_at
        given_up = verify_after(GIVE_UP_AFTER, Receipt.objects.get(pk=receipts[0].pk))
        assert (given_up.problem, given_up.next_look_at) == (NO_ANSWER, None)

    def test_that_a_page_ends_in_an_error(
        self, tree: factories.SiteTree, site: Proxy, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: Any) -> Any:
            raise ZeroDivisionError

        monkeypatch.setattr(type(tree.about), "get_context", fail)
        receipt = publish_by_hand(tree.about)
        with pytest.MonkeyPatch.context() as quiet:
            quiet.setattr(logging.getLogger("django.request"), "disabled", True)
            verify_after(timedelta(seconds=4), receipt)
        assert receipt.problem == "The page at /about/ cannot be shown: it ends in an error."


@committed
def test_verification_waits_while_something_is_published(
    tree: factories.SiteTree, site: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = publish_by_hand(tree.about)
    worker = ReceiptWorker()
    with worker.held_back():
        worker.start()
        time.sleep(3 * LOOK_EVERY)
        assert site.asked == []
    deadline = time.monotonic() + 10
    while receipt.seen_at is None:
        assert time.monotonic() < deadline
        time.sleep(0.1)
        receipt.refresh_from_db()
    worker.stop()
