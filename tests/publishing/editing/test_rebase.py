"""Publishing a fix while an update is scheduled asks the editor first and loses nothing."""

import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from news.models import NewsItemPage
from site_core.publishing.eastern import written_out
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.runner.due import publish_due
from tests import factories
from tests.publishing.admin_forms import edit_live_url, edit_url, post, said

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime(2099, 1, 7, 9, 0, tzinfo=ZoneInfo("America/New_York"))
PUBLISH = {"action-publish": "1"}
CARRY, REPLACE = {"answer": "carry"}, {"answer": "replace"}


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor"))
    return client


@pytest.fixture(params=["page", "snippet"])
def obj(request: pytest.FixtureRequest, site_tree: factories.SiteTree) -> Any:
    """A public object with a scheduled update of its second field."""
    if request.param == "page":
        made = factories.NewsItemPageFactory(
            parent=site_tree.news, title="Old words", places=[factories.PlaceTermFactory(name="Exampletown")]
        )
    else:
        made = factories.EvidenceFactory(
            stat=factories.ImpactStatFactory(outcome="old words", compared_on=date(2026, 11, 22))
        ).stat
    schedule(made, **{second(made): "Scheduled second"})
    return type(made).objects.get(pk=made.pk)


def first(obj: Any) -> str:
    return "title" if isinstance(obj, Page) else "outcome"


def second(obj: Any) -> str:
    return "summary" if isinstance(obj, Page) else "population"


def schedule(obj: Any, **changes: Any) -> Revision:
    """An update that goes live later."""
    newer = type(obj).objects.get(pk=obj.pk).get_latest_revision_as_object()
    for name, value in (changes | {"go_live_at": NINE}).items():
        setattr(newer, name, value)
    newer.save_revision().publish()
    return scheduled_of(obj)


def scheduled_of(obj: Any) -> Revision:
    return obj.revisions.get(approved_go_live_at__isnull=False)


def public(obj: Any) -> Any:
    return type(obj).objects.get(pk=obj.pk)


def publish_fix(editor: Client, obj: Any, **changes: str) -> str:
    """Publish a change of the live version. Return the URL of the question about the update."""
    response = post(editor, edit_live_url(obj), **changes, **PUBLISH)
    assert response.status_code == 302, said(response)
    return str(response["Location"])


def answer(editor: Client, url: str, **answers: str) -> Any:
    """Answer the question for the versions that it shows."""
    context = editor.get(url).context
    shown = {"scheduled": str(context["scheduled"].pk), "public": str(context["live_revision_id"])}
    return editor.post(url, shown | answers)


def test_publishing_a_fix_asks_first_and_changes_nothing_public(editor: Client, obj: Any) -> None:
    before = scheduled_of(obj)
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})
    assert url.startswith("/admin/scheduled-update/")
    content = editor.get(url).content.decode()
    assert "Keep the schedule and carry your change into it" in content
    assert "Replace it: cancel the scheduled update" in content
    assert "Wed., Jan. 7, 2099, 9:00 a.m. ET" in content
    assert getattr(public(obj), first(obj)).lower() == "old words"
    assert scheduled_of(obj) == before


def test_a_fix_is_carried_into_the_update(editor: Client, obj: Any) -> None:
    before = scheduled_of(obj)
    content_before = json.dumps(before.content)
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})

    response = answer(editor, url, **CARRY)

    assert "now includes it, too" in said(editor.get(response["Location"]))
    assert getattr(public(obj), first(obj)) == "Fixed words"
    assert getattr(public(obj), second(obj)) != "Scheduled second"
    replacement = scheduled_of(obj)
    assert replacement.pk != before.pk
    assert replacement.approved_go_live_at == NINE
    assert public(obj).latest_revision == replacement
    assert replacement.as_object().go_live_at == NINE
    before.refresh_from_db()
    assert json.dumps(before.content) == content_before
    publish_due(NINE + timedelta(seconds=1))
    live = public(obj)
    assert (getattr(live, first(obj)), getattr(live, second(obj))) == ("Fixed words", "Scheduled second")
    if isinstance(live, NewsItemPage):
        assert [str(place) for place in live.places.all()] == ["Exampletown"]
    else:
        assert live.evidence.count() == 1


def test_the_update_can_be_canceled_instead(editor: Client, obj: Any) -> None:
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})
    response = answer(editor, url, **REPLACE)
    assert "is canceled" in said(editor.get(response["Location"]))
    assert getattr(public(obj), first(obj)) == "Fixed words"
    assert not obj.revisions.exclude(approved_go_live_at=None).exists()


def test_what_both_changed_is_shown_side_by_side_and_has_to_be_decided(editor: Client, obj: Any) -> None:
    name = second(obj)
    url = publish_fix(editor, obj, **{name: "Fixed second"})
    content = editor.get(url).content.decode()
    assert "Fixed second" in content
    assert "Scheduled second" in content
    assert "Summary" in content if isinstance(obj, Page) else "Population" in content

    undecided = answer(editor, url, **CARRY)
    assert undecided.status_code == 200
    assert "Choose which version stands" in undecided.content.decode()
    assert getattr(public(obj), name) != "Fixed second"

    answer(editor, url, **CARRY, **{f"choice-{name}": "fix"})
    assert getattr(public(obj), name) == "Fixed second"
    assert getattr(scheduled_of(obj).as_object(), name) == "Fixed second"


def test_an_update_that_has_gone_live_is_not_asked_about(editor: Client, obj: Any) -> None:
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})
    publish_due(NINE + timedelta(seconds=1))
    response = editor.post(url, CARRY)
    assert "Nothing is scheduled anymore" in said(editor.get(response["Location"]))
    assert getattr(public(obj), second(obj)) == "Scheduled second"


def test_a_rescheduled_update_is_asked_about_again(editor: Client, obj: Any) -> None:
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})
    asked = editor.get(url).context
    replaced = scheduled_of(obj)
    Revision.objects.filter(pk=replaced.pk).update(approved_go_live_at=None)
    earlier = obj.revisions.exclude(pk=replaced.pk).order_by("pk").first()
    Revision.objects.filter(pk=earlier.pk).update(
        approved_go_live_at=NINE, content={**replaced.content, second(obj): "Rescheduled second"}
    )
    posted = {"scheduled": str(asked["scheduled"].pk), "public": str(asked["live_revision_id"])}
    response = editor.post(url, posted | CARRY)
    assert "has changed since you were asked" in response.content.decode()
    assert getattr(public(obj), first(obj)).lower() == "old words"


def test_a_merge_that_cannot_be_published_says_why_and_leaves_all_as_it_was(
    editor: Client, site_tree: factories.SiteTree
) -> None:
    """Each side is valid alone: one links to a page, the other to another site. Together they are not."""
    alert = factories.AlertFactory(text="Words.", link_text="More", link_url="https://example.org/")
    scheduled = schedule(alert, link_url="", link_page=site_tree.news.page_ptr)
    fixed = publish_fix(editor, public(alert), link_url="https://example.com/other")
    response = answer(editor, fixed, **CARRY, **{"choice-link_url": "fix"})
    assert "Choose a page of this site or another site, not both." in response.content.decode()
    assert public(alert).link_url == "https://example.org/"
    assert scheduled_of(alert) == scheduled


def test_nothing_is_asked_of_what_was_never_public(editor: Client) -> None:
    alert = factories.AlertFactory(scheduled=True)
    response = post(editor, edit_url(alert), go_live_at_day="", go_live_at_hour="", **PUBLISH)
    assert "scheduled-update" not in response["Location"]
    assert public(alert).live


def test_publishing_the_update_itself_early_asks_nothing(editor: Client, obj: Any) -> None:
    response = post(editor, edit_url(obj), go_live_at_day="", go_live_at_hour="", **PUBLISH)
    assert "is public with it" in said(editor.get(response["Location"]))
    assert getattr(public(obj), second(obj)) == "Scheduled second"


def test_an_update_that_was_due_and_has_failed_is_not_lost_either(editor: Client, obj: Any) -> None:
    due = timezone.now() - timedelta(minutes=5)
    obj.revisions.filter(pk=scheduled_of(obj).pk).update(approved_go_live_at=due)
    url = publish_fix(editor, obj, **{first(obj): "Fixed words"})
    assert "has not gone live yet" in editor.get(url).content.decode()
    answer(editor, url, **CARRY)
    assert scheduled_of(obj).approved_go_live_at == due
    publish_due(timezone.now())
    assert getattr(public(obj), second(obj)) == "Scheduled second"


@pytest.mark.parametrize(
    ("role", "allowed"), [("Author", False), ("Editor", True), ("Managing editor", True), ("Administrator", True)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_users_who_may_publish_are_asked(client: Client, obj: Any, role: str, allowed: bool, method: str) -> None:
    draft = public(obj)
    setattr(draft, first(obj), "Fixed words")
    fix = draft.save_revision()
    client.force_login(factories.UserFactory(role=role))
    url = reverse("scheduled_update_question", args=[fix.pk])
    posted = {"scheduled": str(scheduled_of(obj).pk), "public": str(obj.live_revision_id), "answer": "replace"}
    response = getattr(client, method)(url, posted if method == "post" else {})
    assert response.status_code == (403 if not allowed else 302 if method == "post" else 200)
    published = getattr(public(obj), first(obj)) == "Fixed words"
    assert published == (allowed and method == "post")


def test_without_a_login_the_question_is_not_shown(client: Client, obj: Any) -> None:
    response = client.get(reverse("scheduled_update_question", args=[obj.live_revision_id]))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def draft_of(obj: Any, user: Any = None, **changes: Any) -> Any:
    """The object in review, with a draft based on the live version."""
    draft = public(obj)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision(user=user)
    return public(obj)


def test_an_approval_keeps_the_schedule_and_carries_the_change_into_it(obj: Any) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    draft = draft_of(obj, user=author, **{first(obj): "Fixed words"})
    state = draft.get_workflow().start(draft, author)
    state.current_task_state.approve(user=editor)
    assert getattr(public(obj), first(obj)) == "Fixed words"
    carried = scheduled_of(obj).as_object()
    assert (getattr(carried, first(obj)), getattr(carried, second(obj))) == ("Fixed words", "Scheduled second")


def test_an_approval_that_would_need_a_choice_is_refused_in_a_sentence(client: Client, obj: Any) -> None:
    author = factories.UserFactory(role="Author")
    draft = draft_of(obj, user=author, **{second(obj): "Fixed second"})
    state = draft.get_workflow().start(draft, author)
    client.force_login(factories.UserFactory(role="Editor"))
    name = "wagtailadmin_pages:workflow_action"
    if not isinstance(obj, Page):
        name = type(obj).snippet_viewset.get_url_name("workflow_action")
    url = reverse(name, args=[obj.pk, "approve", state.current_task_state.pk])
    response = client.post(url, {"comment": ""})
    assert response.status_code == 403
    assert "changes the same content" in response.content.decode()
    assert "you will be asked which version to keep" in response.content.decode()
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert getattr(public(obj), second(obj)) != "Fixed second"
    assert scheduled_of(obj)


def test_publishing_many_carries_what_it_can_and_names_the_rest(editor: Client, site_tree: factories.SiteTree) -> None:
    fine, disputed, broken = (
        factories.NewsItemPageFactory(parent=site_tree.news, title=title) for title in ("Fine", "Disputed", "Broken")
    )
    for page in (fine, disputed):
        schedule(page, summary="Scheduled summary")
    draft_of(fine, title="Fine, fixed")
    draft_of(disputed, summary="Fixed summary")
    revision = broken.save_revision()
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "title": ""})
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    ids = "&".join(f"id={page.pk}" for page in (fine, disputed, broken))
    back = reverse("wagtailadmin_explore", args=[site_tree.news.pk])
    response = editor.post(f"{url}?{ids}&next={back}", {})
    sentences = said(editor.get(response["Location"]))
    assert "1 page has been published" in sentences
    assert "Not published: “Disputed”" in sentences
    assert "Not published: “Broken”" in sentences
    assert public(fine).title == "Fine, fixed"
    assert scheduled_of(fine).as_object().summary == "Scheduled summary"
    assert scheduled_of(disputed).content["summary"] == "Scheduled summary"
    assert public(disputed).summary != "Fixed summary"


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [((0, 0), "2 pages are scheduled for {}."), ((0, 1), "2 pages are scheduled, the first for {}.")],
)
def test_publishing_many_that_have_a_go_live_says_that_they_are_scheduled(
    editor: Client, site_tree: factories.SiteTree, hours: tuple[int, int], sentence: str
) -> None:
    at = [NINE + timedelta(hours=later) for later in hours]
    pages = [factories.NewsItemPageFactory(parent=site_tree.news, draft=True, go_live_at=go_live) for go_live in at]
    ids = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    back = reverse("wagtailadmin_explore", args=[site_tree.news.pk])
    response = editor.post(f"{url}?{ids}&next={back}", {})
    sentences = said(editor.get(response["Location"]))
    assert sentence.format(written_out(NINE)) in sentences
    assert reverse("schedule") in sentences
    assert "published" not in sentences


def test_the_ledger_tells_both_steps(editor: Client, obj: Any) -> None:
    rows = Publication.objects.of(obj).count()
    answer(editor, publish_fix(editor, obj, **{first(obj): "Fixed words"}), **CARRY)
    assert Publication.objects.of(obj).count() == rows + 1
