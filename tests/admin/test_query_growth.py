"""The screens of the daily work ask the database as often for many rows as for few."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from impact.models import Evidence
from news.archive.models import ArchiveImport
from site_core.chores.models import ChoreRun
from site_core.chores.registry import chores
from site_core.link_checks.models import LinkCheck, LinkUse, State
from site_core.mail.models import UnsentMail
from site_core.tagging.models import TagChange
from site_core.taxonomy.models import PlaceTerm
from tests import factories
from tests.committed import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
Add = Callable[[], None]


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(factories.UserFactory(is_superuser=True))
    return client


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Managing editor"))
    return client


def grows(client: Client, address: str, add: Add) -> tuple[int, int]:
    """The queries with two rows and with five."""
    for _ in range(2):
        add()
    few = queries_of(client, address)
    for _ in range(3):
        add()
    return few, queries_of(client, address)


def tagged_items(tree: factories.SiteTree) -> Add:
    """Adds a place with a public item, a draft and a scheduled update. Its name is much like the others’."""
    added = iter(range(100))

    def add() -> None:
        number = next(added)
        place = factories.PlaceTermFactory(name=f"Examplefield {number:02}", aliases=f"Exfield {number:02}")
        for draft in (True, False):
            item = factories.NewsItemPageFactory(
                parent=tree.news, title=f"Item {number} {draft}", places=[place], draft=draft
            )
        item.go_live_at = timezone.now() + timedelta(days=2)
        item.save_revision().publish()
        factories.ImpactStatFactory(place=place)
        factories.PlaceTermFactory(name=f"Inner {number:02}", larger_place=place)

    return add


@pytest.mark.parametrize("show", ["", "similar", "unused", "archived"])
def test_the_list_of_tags(editor: Client, site_tree: factories.SiteTree, show: str) -> None:
    few, many = grows(editor, f"{reverse('tags')}?show={show}", tagged_items(site_tree))
    assert few == many


def test_the_preview_of_a_merge(editor: Client, site_tree: factories.SiteTree) -> None:
    add, right = tagged_items(site_tree), factories.PlaceTermFactory(name="Right")

    def queries(number: int) -> int:
        for _ in range(number):
            add()
        wrong = PlaceTerm.objects.filter(name__startswith="Examplefield").values_list("pk", flat=True)
        sent = urlencode({"term": [*wrong, right.pk], "into": right.pk}, doseq=True)
        return queries_of(editor, f"{reverse('merge_tags')}?{sent}")

    assert queries(2) == queries(3)


def test_the_items_that_may_lack_a_tag(editor: Client, site_tree: factories.SiteTree) -> None:
    added = iter(range(100))

    def add() -> None:
        number = next(added)
        factories.PlaceTermFactory(name=f"Examplefield {number:02}")
        factories.NewsItemPageFactory(parent=site_tree.news, title=f"Peace in Examplefield {number:02}")

    few, many = grows(editor, reverse("untagged"), add)
    assert few == many


def test_the_changes_of_tags(editor: Client) -> None:
    def add() -> None:
        place, user = factories.PlaceTermFactory(), factories.UserFactory(role="Managing editor")
        TagChange.objects.create(
            sentence=f"Archived “{place}”", kind="place", term_pks=[place.pk], changed={}, to_index=[], user=user
        )

    few, many = grows(editor, reverse("tag_changes"), add)
    assert few == many


def test_the_preview_of_tagging_many_items(editor: Client, site_tree: factories.SiteTree) -> None:
    """Wagtail asks for the rights to each page, so what the preview adds to the form is compared."""
    factories.PlaceTermFactory(name="Examplefield")
    items: list[Any] = []

    def queries(number: int) -> int:
        for _ in range(number):
            items.append(factories.NewsItemPageFactory(parent=site_tree.news, title=f"Item {len(items)}"))
        chosen = urlencode([("id", item.pk) for item in items])
        url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'tag'])}?{chosen}"
        form = queries_of(editor, url)
        with CaptureQueriesContext(connection) as asked:
            answer = editor.post(url, {"added": "Examplefield", "removed": ""})
        assert "What changes" in answer.content.decode()
        return len(asked) - form

    queries(1)
    assert queries(2) == queries(3)


def broken_links() -> Add:
    """Adds a link that is gone, in an item of its own."""
    added = iter(range(100))

    def add() -> None:
        number = next(added)
        link = LinkCheck.objects.create(
            url=f"https://example.org/{number}", state=State.GONE, reported_at=timezone.now()
        )
        LinkUse.objects.create(
            link=link, model_label="news.NewsItemPage", object_id=str(number), title=f"Item {number}"
        )

    return add


@pytest.mark.parametrize("by", ["", "page"])
def test_the_report_of_broken_links(editor: Client, by: str) -> None:
    few, many = grows(editor, f"{reverse('broken_links')}?by={by}", broken_links())
    assert few == many


def test_one_broken_link(editor: Client, site_tree: factories.SiteTree) -> None:
    link = LinkCheck.objects.create(url="https://example.org/", state=State.GONE, reported_at=timezone.now())

    def add() -> None:
        for obj in (factories.NewsItemPageFactory(parent=site_tree.news), factories.PublisherFactory()):
            label = obj._meta.label
            LinkUse.objects.create(link=link, model_label=label, object_id=str(obj.pk), title=str(obj))

    few, many = grows(editor, reverse("broken_link", args=[link.pk]), add)
    assert few == many


def test_the_stats_to_check(editor: Client) -> None:
    place = factories.PlaceTermFactory()

    def add() -> None:
        evidence = Evidence(study=factories.StudyFactory(), relation="differs", reports="3%")
        factories.ImpactStatFactory(place=place, owner=factories.UserFactory(role="Editor"), evidence=[evidence])

    few, many = grows(editor, reverse("stats_to_check"), add)
    assert few == many


def test_the_check_of_a_stat(editor: Client, site_tree: factories.SiteTree) -> None:
    place, today = factories.PlaceTermFactory(), timezone.localdate()
    stat = factories.ImpactStatFactory(place=place)

    def add() -> None:
        stat.evidence.add(Evidence(study=factories.StudyFactory(), relation="supports", reports="12.5%"))
        stat.save_revision().publish()
        factories.ImpactStatFactory(place=place, outcome=stat.outcome)
        factories.NewsItemPageFactory(parent=site_tree.news, body=[("impact_stats", {"figures": [stat.pk]})])
        stat.checks.create(verdict="confirmed", checked_on=today, checked_by=factories.UserFactory(role="Editor"))

    few, many = grows(editor, reverse("check_stat", args=[stat.pk]), add)
    assert few == many


def test_the_imports(editor: Client) -> None:
    def add() -> None:
        ArchiveImport.objects.create(file_name="a.csv", digest="a", form="CSV", user=factories.UserFactory())

    few, many = grows(editor, reverse("archive_imports"), add)
    assert few == many


def test_the_maintenance(administrator: Client) -> None:
    none, now = queries_of(administrator, reverse("maintenance")), timezone.now()
    for chore in chores():
        failed = {"began_at": now, "ended_at": now, "outcome": "It failed.", "failed": True}
        ChoreRun.objects.update_or_create(name=chore.name, defaults=failed)
    assert queries_of(administrator, reverse("maintenance")) == none


def test_the_email_that_was_not_sent(administrator: Client) -> None:
    def add() -> None:
        for at in (None, timezone.now()):
            UnsentMail.objects.create(content={}, recipients="a@example.org", subject="An example", given_up_at=at)

    few, many = grows(administrator, reverse("unsent_mail"), add)
    assert few == many
