"""The admin shows what was public of an object, and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.organization.models import Alert, OrganizationSettings
from site_core.publishing.history.recorded_objects import content_in_words, exactly
from site_core.publishing.history.undo_views import undo_url
from site_core.publishing.history.views import history_of
from site_core.publishing.ledger.publications import Publication, label_of
from site_core.publishing.ledger.recorded_models import recorded_labels
from site_core.publishing.ledger.recording import because, record
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DAY = timedelta(days=1)


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return client_of(factories.UserFactory(role="Editor"))


def text(client: Client, url: str, **fields: str) -> str:
    response = client.get(url, fields)
    assert response.status_code == 200, response
    return response.content.decode()


def item_with_history(site_tree: factories.SiteTree, time_machine: Any) -> NewsItemPage:
    """Public since three days ago, changed two days ago, taken down a day ago."""
    now = timezone.now()
    place = factories.PlaceTermFactory(name="Exampleburg")
    time_machine.move_to(now - 3 * DAY, tick=False)
    item: NewsItemPage = factories.NewsItemPageFactory(
        parent=site_tree.news, title="First headline", summary="First words.", places=[place]
    )
    time_machine.move_to(now - 2 * DAY, tick=False)
    item.title, item.summary = "Second headline", "Second words."
    item.save_revision().publish()
    time_machine.move_to(now - DAY, tick=False)
    NewsItemPage.objects.get(pk=item.pk).unpublish()
    time_machine.move_to(now, tick=False)
    return NewsItemPage.objects.get(pk=item.pk)


def rows_of(obj: Any) -> list[Publication]:
    return list(Publication.objects.of(obj).order_by("pk"))


class TestHistory:
    def test_every_row_with_its_end(self, site_tree: factories.SiteTree, time_machine: Any, editor: Client) -> None:
        item = item_with_history(site_tree, time_machine)
        first, second, third = rows_of(item)
        page = text(editor, history_of(item))
        for row in (first, second, third):
            assert exactly(row.at) in page
        assert page.count(exactly(second.at)) > 1, "as the beginning of one row and the end of another"
        assert "Taken down" in page
        assert "First headline" in page
        assert reverse("put_back_publication", args=[first.pk]) in page
        assert reverse("put_back_publication", args=[third.pk]) not in page, "nothing was public"

    def test_what_it_said_on_a_day(self, site_tree: factories.SiteTree, time_machine: Any, editor: Client) -> None:
        item = item_with_history(site_tree, time_machine)
        first, second, _ = rows_of(item)
        for days, expected in (
            (4, "no record"),
            (3, reverse("publication", args=[first.pk])),
            (2, reverse("publication", args=[second.pk])),
            (1, "it was not public then"),
        ):
            day = timezone.localdate(timezone.now() - days * DAY)
            status = text(editor, history_of(item), on=day.isoformat()).split('role="status">')[1].split("</p>")[0]
            assert expected in status, days

    def test_what_it_said_at_an_hour(self, site_tree: factories.SiteTree, time_machine: Any, editor: Client) -> None:
        item = item_with_history(site_tree, time_machine)
        first, second, _ = rows_of(item)
        before = timezone.localtime(second.at - timedelta(minutes=1))
        page = text(editor, history_of(item), on=f"{before:%Y-%m-%d}", at=f"{before:%H:%M}")
        assert reverse("publication", args=[first.pk]) in page.split('role="status">')[1].split("</p>")[0]

    @pytest.mark.parametrize(
        ("day", "hour", "words"),
        [
            ("2027-03-14", "02:30", "There is no"),
            ("2026-13-45", "", "There is no month 13"),
            ("", "09:00", "Enter the date"),
            ("yesterday", "", "is not a date"),
        ],
    )
    def test_a_time_that_does_not_exist_is_explained(self, editor: Client, day: str, hour: str, words: str) -> None:
        alert = factories.AlertFactory()
        assert words in text(editor, history_of(alert), on=day, at=hour)

    def test_in_an_hour_that_repeats_the_first_is_meant(self, editor: Client) -> None:
        alert = factories.AlertFactory()
        assert "1:30:59 a.m. EDT" in text(editor, history_of(alert), on="2026-11-01", at="01:30")

    def test_a_draft_says_that_nothing_was_public(self, site_tree: factories.SiteTree, editor: Client) -> None:
        draft = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
        assert "This has not been public yet" in text(editor, history_of(draft))

    def test_the_receipt_is_shown(self, site_tree: factories.SiteTree, editor: Client) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news)
        person = factories.UserFactory(role="Editor")
        with because(cause := rows_of(item)[0].cause, by=person):  # type: ignore[arg-type]
            row = record(item, cause)  # type: ignore[arg-type]
        receipt = row.receipt
        receipt.seen_at = row.at + timedelta(seconds=1)
        receipt.save()
        assert str(receipt) in text(editor, history_of(item))


class TestContent:
    def test_a_page_looks_as_visitors_saw_it(
        self, site_tree: factories.SiteTree, time_machine: Any, editor: Client
    ) -> None:
        item = item_with_history(site_tree, time_machine)
        look = editor.get(reverse("publication_look", args=[rows_of(item)[0].pk]))
        page = look.content.decode()
        assert "First headline" in page
        assert "First words." in page
        assert "Exampleburg" in page
        assert "Second" not in page
        assert "sandbox" in look["Content-Security-Policy"]
        assert look["X-Frame-Options"] == "SAMEORIGIN"
        assert "userbar" not in page
        assert not look.cookies

    def test_a_deleted_page_can_be_looked_at(
        self, site_tree: factories.SiteTree, time_machine: Any, editor: Client
    ) -> None:
        item = item_with_history(site_tree, time_machine)
        url, look = history_of(item), reverse("publication_look", args=[rows_of(item)[0].pk])
        item.delete()
        assert "It has been deleted" in text(editor, url)
        assert "First words." in text(editor, look)

    def test_a_stat_and_an_alert_have_a_preview(self, editor: Client) -> None:
        for obj, words in (
            (factories.ImpactStatFactory(), "12.5%"),
            (factories.AlertFactory(text="Hear."), "Hear."),
        ):
            row = rows_of(obj)[-1]
            assert words in text(editor, reverse("publication_look", args=[row.pk]))
            obj.delete()
            assert words in text(editor, reverse("publication_look", args=[row.pk]))

    def test_field_by_field_with_names(self, site_tree: factories.SiteTree) -> None:
        publisher = factories.PublisherFactory(name="Example Gazette")
        place = factories.PlaceTermFactory(name="Exampleburg")
        item = factories.NewsItemPageFactory(
            parent=site_tree.news,
            publisher=publisher,
            places=[place],
            item_type="opinion",
            body=[("text", "<p>Bold <b>words</b>.</p>")],
        )
        publisher.delete()
        words = dict(content_in_words(rows_of(item)[0]))
        assert words["Publisher"] == "Example Gazette"
        assert words["Type"] == "Opinion"
        assert words["Body"] == "Bold words."
        assert "Exampleburg" in " ".join(words.values())
        assert "Path" not in words

    def test_a_model_that_the_site_no_longer_has(self, editor: Client) -> None:
        row = Publication.objects.create(
            at=timezone.now(), model_label="gone.Object", object_id="1", title="An object", is_public=True,
            content={"words": "What it said."}, cause="edited",
        )  # fmt: skip
        assert "What it said." in text(editor, reverse("publication", args=[row.pk]))
        assert "An object" in text(editor, reverse("publication_history", args=["gone.Object", "1"]))
        assert editor.get(reverse("publication_look", args=[row.pk])).status_code == 404


class TestList:
    def test_one_line_for_each_object_and_the_deleted_ones(
        self, site_tree: factories.SiteTree, time_machine: Any, editor: Client
    ) -> None:
        item = item_with_history(site_tree, time_machine)
        url = history_of(item)
        item.delete()
        page = text(editor, reverse("publications"))
        assert page.count(url) == 1

    def test_by_whom(self, site_tree: factories.SiteTree, editor: Client) -> None:
        person = factories.UserFactory(first_name="Somebody", last_name="Else", role="Editor")
        item = factories.NewsItemPageFactory(parent=site_tree.news, title="Scheduled", draft=True)
        factories.NewsItemPageFactory(parent=site_tree.news, title="Published by a program")
        item.go_live_at = timezone.now() + timedelta(hours=1)
        item.save_revision().publish(user=person)
        publish_due(timezone.now() + DAY)
        page = text(editor, reverse("publications"), person="Somebody Else")
        assert "went live by its schedule, set by Somebody Else" in page
        assert "Published by a program" not in page

    def test_search_and_kind(self, site_tree: factories.SiteTree, editor: Client) -> None:
        factories.AlertFactory(text="Water is off.")
        factories.NewsItemPageFactory(parent=site_tree.news, title="Water again")
        page = text(editor, reverse("publications"), q="water", kind="organization.Alert")
        assert "Water is off." in page
        assert "Water again" not in page
        assert "Nothing that matches" in text(editor, reverse("publications"), q="nowhere\x00 to be found")

    def test_it_is_among_the_reports(self, editor: Client) -> None:
        url = reverse("publications")
        assert url in text(editor, reverse("wagtailadmin_home"))
        author = client_of(factories.UserFactory(role="Author"))
        assert url not in text(author, reverse("wagtailadmin_home"))

    def test_pages_and_snippets_lead_to_their_history(self, site_tree: factories.SiteTree, editor: Client) -> None:
        item = factories.NewsItemPageFactory(parent=site_tree.news)
        alert, stat = factories.AlertFactory(), factories.ImpactStatFactory()
        for obj, url in (
            (item, reverse("wagtailadmin_pages:edit", args=[item.pk])),
            (item, reverse("wagtailadmin_explore", args=[site_tree.news.pk])),
            (alert, reverse("wagtailsnippets_organization_alert:edit", args=[alert.pk])),
            (stat, reverse("wagtailsnippets_impact_impactstat:list")),
        ):
            assert history_of(obj) in text(editor, url), url


class TestRights:
    """Every role at every URL."""

    @pytest.mark.parametrize("role", [*Role, None])
    def test_pages_and_stats(self, site_tree: factories.SiteTree, role: Role | None) -> None:
        client = client_of(factories.UserFactory(role=role))
        for obj in (factories.NewsItemPageFactory(parent=site_tree.news), factories.ImpactStatFactory()):
            row = rows_of(obj)[-1]
            for url in (
                history_of(obj),
                reverse("publication", args=[row.pk]),
                reverse("publication_look", args=[row.pk]),
            ):
                assert (client.get(url).status_code == 200) == (role is not None), url

    @pytest.mark.parametrize("role", [*Role, None])
    def test_what_was_deleted(self, site_tree: factories.SiteTree, role: Role | None) -> None:
        client = client_of(factories.UserFactory(role=role))
        trashed = factories.NewsItemPageFactory(parent=site_tree.news, title="In the trash")
        gone = factories.AlertFactory()
        rows = [(rows_of(obj)[0].pk, history_of(obj)) for obj in (trashed, gone)]
        move_to_trash(trashed, factories.UserFactory(role="Administrator"))
        gone.delete()
        may = role not in (Role.AUTHOR, None)
        assert (client.get(reverse("publications")).status_code == 200) == may
        for pk, history in rows:
            for url in (
                history,
                reverse("publication", args=[pk]),
                reverse("publication_look", args=[pk]),
            ):
                assert (client.get(url).status_code == 200) == may, url

    @pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR])
    def test_what_a_role_may_not_view_it_may_not_view_here(self, site_tree: factories.SiteTree, role: Role) -> None:
        client = client_of(factories.UserFactory(role=role))
        Redirect.add_redirect("/former/", redirect_to=site_tree.about)
        settings = OrganizationSettings.load()
        settings.save()
        for obj in (Redirect.objects.get(), settings):
            row = rows_of(obj)[-1]
            for url in (history_of(obj), reverse("publication", args=[row.pk])):
                assert client.get(url).status_code != 200, url

    def test_what_the_ledger_does_not_record_is_not_found(self, editor: Client) -> None:
        for label in ("accounts.User", "auth.Group", "nonsense", "publishing.Publication"):
            assert editor.get(reverse("publication_history", args=[label, "1"])).status_code == 404
        assert editor.get(reverse("publication_history", args=["organization.Alert", "x"])).status_code == 404
        assert "news.Publisher" in recorded_labels()
        publisher = factories.PublisherFactory()
        assert editor.get(undo_url(publisher)).status_code == 404
        assert label_of(publisher) == "news.Publisher"
        assert Alert.objects.count() == 0
