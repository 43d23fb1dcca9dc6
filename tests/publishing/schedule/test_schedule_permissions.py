"""Who may see and who may change the schedule: every URL, by every role, by GET and by POST."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from site_core.accounts.roles import Role
from site_core.publishing.schedule.calendar import CalendarFeed
from tests import factories
from tests.publishing.schedule.schedule_admin import (
    DAY,
    at_answers,
    at_the_admin,
    change_url,
    in_whole_minutes,
    scheduled_revision,
)
from tests.shared_database import kept_for_the_module

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SCREENS = ("schedule", "schedule_month", "schedule_week", "schedule_export")
PUBLISHERS = (Role.EDITOR, Role.MANAGING_EDITOR, Role.ADMINISTRATOR)
KINDS = ("page", "snippet")
CHANGES = [
    *(("go-live", action) for action in ("move", "now", "cancel")),
    *(("expiry", action) for action in ("move", "now", "cancel")),
    *(("expiry-after-go-live", action) for action in ("move", "cancel")),
]


@dataclass(frozen=True)
class Plans:
    """Scheduled objects: pages and snippets, with a go-live or only an expiry."""

    going_live: dict[str, Any]
    expiring: dict[str, Any]

    def find(self, kind: str, event: str, action: str) -> tuple[Any, str]:
        """The object, reloaded, and the URL that changes its schedule."""
        obj = (self.expiring if event == "expiry" else self.going_live)[kind]
        obj = type(obj)._base_manager.get(pk=obj.pk)
        if event != "expiry":
            return obj, change_url(event, scheduled_revision(obj).pk, action)
        label = "wagtailcore.page" if isinstance(obj, Page) else obj._meta.label_lower
        return obj, change_url(label, obj.pk, action)


@pytest.fixture(scope="module")
def plans(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Iterator[Plans]:
    """Created once, because publishing is slower than requesting a change."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            now, news = timezone.now(), tree_of_the_module.news
            dates = ({"go_live_at": now + DAY, "expire_at": now + 9 * DAY}, {"expire_at": now + DAY})
            pages = [
                factories.NewsItemPageFactory(parent=news, title="Secret plan", slug=f"plan-{number}", **both)
                for number, both in enumerate(dates)
            ]
            snippets = [factories.AlertFactory(text="Secret plan.", **both) for both in dates]
            going_live, expiring = zip(pages, snippets, strict=True)
            plans = Plans(*(dict(zip(KINDS, objects, strict=True)) for objects in (going_live, expiring)))
        yield plans


@pytest.fixture(scope="module")
def people(tree_of_the_module: factories.SiteTree, django_db_blocker: Any) -> Iterator[dict[str, Client]]:
    """A user of each role in the admin of a site with its pages."""
    with kept_for_the_module(django_db_blocker):
        with django_db_blocker.unblock():
            clients: dict[str, Client] = {role: at_the_admin(role)[0] for role in Role}
        yield clients


def state_of(obj: Any) -> Any:
    obj.refresh_from_db()
    approvals = obj.revisions.filter(approved_go_live_at__isnull=False).values_list("pk", "approved_go_live_at")
    return obj.live, obj.expire_at, obj.latest_revision_id, list(approvals)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("event", "action"), CHANGES)
def test_neither_an_author_nor_a_visitor_changes_it(
    plans: Plans, people: dict[str, Client], kind: str, event: str, action: str
) -> None:
    obj, url = plans.find(kind, event, action)
    before = state_of(obj)
    author, moved = people[Role.AUTHOR], at_answers(in_whole_minutes(3 * DAY))
    for response in (author.get(url), author.post(url, moved)):
        assert response.status_code == 403
        assert "Only someone who may publish this can change its schedule." in response.content.decode()
        assert "Secret plan" not in response.content.decode()
    for response in (Client().get(url), Client().post(url, moved)):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))
    assert state_of(obj) == before


@pytest.mark.parametrize("role", PUBLISHERS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("event", "action"), CHANGES)
def test_users_who_may_publish_confirm_the_change_by_post(
    plans: Plans, people: dict[str, Client], role: str, kind: str, event: str, action: str
) -> None:
    obj, url = plans.find(kind, event, action)
    before = state_of(obj)
    assert people[role].get(url).status_code == 200
    assert state_of(obj) == before
    response = people[role].post(url, at_answers(in_whole_minutes(3 * DAY)))
    assert response.status_code == 302, response.content.decode()
    assert state_of(obj) != before


def test_rights_are_asked_of_the_page_itself(site_tree: factories.SiteTree) -> None:
    """An editor of news only neither sees nor changes anything elsewhere."""
    group = Group.objects.create(name="News only")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        GroupPagePermission.objects.create(group=group, page=site_tree.news, permission=permission)
    client, person = at_the_admin("")
    person.groups.add(group)
    news = factories.NewsItemPageFactory(parent=site_tree.news, title="Their own", scheduled=True)
    other = factories.TextPageFactory(parent=site_tree.home, title="Somebody else’s", scheduled=True)
    factories.AlertFactory(text="An alert.", scheduled=True)

    assert client.post(change_url("go-live", scheduled_revision(other).pk, "now")).status_code == 403
    assert client.post(change_url("go-live", scheduled_revision(news).pk, "now")).status_code == 302
    for screen in SCREENS:
        for asked_for in ({}, {"state": "done"}):
            page = client.get(reverse(screen), asked_for).content.decode()
            assert "Somebody else" not in page
            assert "An alert." not in page
    assert "Their own" in client.get(reverse("schedule"), {"state": "done"}).content.decode()


def test_what_a_user_locked_is_not_moved_by_others(site_tree: factories.SiteTree) -> None:
    owner = factories.UserFactory(role=Role.EDITOR)
    item = factories.NewsItemPageFactory(parent=site_tree.news, scheduled=True)
    item.locked, item.locked_by = True, owner
    item.save()
    client, _ = at_the_admin(Role.EDITOR)
    response = client.post(change_url("go-live", scheduled_revision(item).pk, "cancel"))
    assert response.status_code == 403
    assert "This is locked" in response.content.decode()


@pytest.mark.parametrize("role", list(Role))
def test_everybody_at_the_admin_sees_the_schedule(plans: Plans, people: dict[str, Client], role: str) -> None:
    client = people[role]
    for screen in SCREENS:
        assert client.get(reverse(screen)).status_code == 200
    page = client.get(reverse("schedule")).content.decode()
    assert "Secret plan." in page
    assert ("Publish now" in page) == (role != Role.AUTHOR)


def test_visitors_see_nothing_of_it(db: None) -> None:
    for screen in SCREENS:
        assert Client().get(reverse(screen))["Location"].startswith(reverse("wagtailadmin_login"))


@pytest.mark.parametrize(
    "url",
    [
        ("go-live", 999999, "move"),
        ("organization.alert", 999999, "cancel"),
        ("accounts.user", 1, "cancel"),
        ("nothing", 1, "now"),
    ],
)
def test_what_is_not_scheduled_is_refused_with_a_sentence(
    people: dict[str, Client], url: tuple[str, int, str], db: None
) -> None:
    client = people[Role.ADMINISTRATOR]
    for response in (client.get(change_url(*url)), client.post(change_url(*url))):
        assert response.status_code == 403
        assert "no longer scheduled" in response.content.decode()


def test_there_is_no_other_change(plans: Plans, people: dict[str, Client], db: None) -> None:
    client, number = people[Role.EDITOR], scheduled_revision(plans.going_live["snippet"]).pk
    assert client.get(change_url("go-live", number, "delete")).status_code == 404
    assert client.get(change_url("expiry-after-go-live", number, "now")).status_code == 404


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"at_day": "2027-03-14", "at_hour": "02:30"}, "There is no 2:30 a.m. on Sun., March 14, 2027"),
        ({"at_day": "2027-11-07", "at_hour": "01:30"}, "Choose the first (EDT) or the second (EST)"),
        ({"at_day": "2020-01-01", "at_hour": "09:00"}, "This time has passed."),
        ({"at_day": "", "at_hour": ""}, "This field is required."),
    ],
)
def test_a_time_that_cannot_be_is_refused_on_the_form(
    plans: Plans, people: dict[str, Client], answers: dict[str, str], sentence: str, db: None
) -> None:
    revision = scheduled_revision(plans.going_live["snippet"])
    response = people[Role.EDITOR].post(change_url("go-live", revision.pk, "move"), answers)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    revision.refresh_from_db()
    assert revision.approved_go_live_at


@pytest.mark.parametrize("action", ["move", "now", "cancel"])
def test_a_time_that_somebody_else_has_chosen_since_is_shown_first(
    plans: Plans, people: dict[str, Client], action: str, db: None
) -> None:
    page, url = plans.find("page", "expiry", action)
    client, answers = people[Role.EDITOR], at_answers(page.expire_at + 2 * DAY)
    shown = page.expire_at.isoformat()
    type(page).objects.filter(pk=page.pk).update(expire_at=page.expire_at + DAY)
    response = client.post(url, answers | {"shown": shown})
    assert response.status_code == 422
    assert "Somebody else has chosen another time meanwhile" in response.content.decode()
    page.refresh_from_db()
    assert (page.live, page.expire_at.isoformat()) == (True, response.context["entry"].at.isoformat())
    assert client.post(url, answers | {"shown": page.expire_at.isoformat()}).status_code == 302


@pytest.mark.parametrize("role", list(Role))
def test_everyone_gets_their_own_url_by_post_only(role: str) -> None:
    client, person = at_the_admin(role)
    other = factories.UserFactory(role=Role.EDITOR)
    kept = CalendarFeed.objects.create(user=other, key="kept")
    assert client.get(reverse("schedule_new_url")).status_code == 405
    assert client.post(reverse("schedule_new_url")).status_code == 302
    first = CalendarFeed.objects.get(user=person).key
    client.post(reverse("schedule_new_url"))
    assert CalendarFeed.objects.get(user=person).key != first
    kept.refresh_from_db()
    assert kept.key == "kept"
    assert Client().post(reverse("schedule_new_url"))["Location"].startswith(reverse("wagtailadmin_login"))
