"""What rests on reading English is no verdict: a person may keep it, and says why."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from news.models import NewsItemPage
from site_core.accounts.roles import Role
from site_core.pages.content_checks.reasons import GIVE_REASON, KEPT, REASON_FIELD
from tests import factories
from tests.publishing.admin_forms import edit_url, filled_in, post
from tests.publishing.review.review_admin import client_of, decide, is_live, person, press_in_editor, submitted

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MARKED = "They met last year."
REASON = "It quotes the minutes."
BOX = f'name="{REASON_FIELD}"'


@pytest.fixture
def item(site_tree: factories.SiteTree) -> NewsItemPage:
    draft: NewsItemPage = factories.NewsItemPageFactory(parent=site_tree.news, draft=True, summary="A city meets.")
    return draft


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(factories.UserFactory(role="Editor", first_name="Edna", last_name="Editor"))
    return client


def public_summary(item: NewsItemPage) -> str:
    item.refresh_from_db()
    return item.summary if item.live else ""


def test_the_box_for_the_reason_appears_once_a_check_asks_for_it(editor: Client, item: NewsItemPage) -> None:
    assert BOX not in editor.get(edit_url(item)).content.decode()
    page = post(editor, edit_url(item), summary=MARKED, **{"action-publish": "1"}).content.decode()
    assert BOX in page
    assert GIVE_REASON in page
    assert not public_summary(item)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_the_page_waits(editor: Client, item: NewsItemPage, reason: str) -> None:
    post(editor, edit_url(item), summary=MARKED, **{"action-publish": "1", REASON_FIELD: reason})
    assert not public_summary(item)


def test_with_a_reason_the_page_is_public_and_its_history_says_why(editor: Client, item: NewsItemPage) -> None:
    response = post(editor, edit_url(item), summary=MARKED, **{"action-publish": "1", REASON_FIELD: REASON})
    assert response.status_code == 302
    assert public_summary(item) == MARKED
    history = editor.get(reverse("wagtailadmin_pages:history", args=[item.pk])).content.decode()
    assert "Kept as it is: “last year” means another day to each reader" in history
    assert REASON in history


def test_a_new_page_is_published_with_a_reason(editor: Client, site_tree: factories.SiteTree) -> None:
    url = reverse("wagtailadmin_pages:add", args=["news", "newsitempage", site_tree.news.pk])
    typed = {"title": "A new one", "slug": "a-new-one", "date": "2018", "summary": MARKED, "action-publish": "1"}
    body = nested_form_data({"body": streamfield([("text", rich_text("<p>Example text.</p>"))])})
    fields = {**filled_in(editor, url), **body, **typed}
    assert editor.post(url, fields).status_code == 200
    assert not NewsItemPage.objects.filter(slug="a-new-one").exists()
    assert editor.post(url, {**fields, REASON_FIELD: REASON}).status_code == 302
    assert public_summary(NewsItemPage.objects.get(slug="a-new-one")) == MARKED


def test_a_reason_never_passes_what_is_certain(editor: Client, item: NewsItemPage) -> None:
    link = "<p><a href='https://example.org/'></a></p>"
    item.body = item._meta.get_field("body").stream_block.to_python([{"type": "text", "value": link}])
    item.reason_to_keep = REASON
    with pytest.raises(ValidationError) as refused:
        item.save_revision().publish(user=factories.UserFactory(role="Editor"))
    assert list(refused.value.error_dict) == ["body"]


def test_a_reason_holds_for_the_same_words_later_and_for_no_others(editor: Client, item: NewsItemPage) -> None:
    post(editor, edit_url(item), summary=MARKED, **{"action-publish": "1", REASON_FIELD: REASON})
    post(editor, edit_url(item), summary=f"{MARKED} In spring.", **{"action-publish": "1"})
    assert public_summary(item) == f"{MARKED} In spring."
    post(editor, edit_url(item), summary="They met yesterday.", **{"action-publish": "1"})
    assert public_summary(item) == f"{MARKED} In spring."


def test_a_reason_saved_with_a_draft_is_not_lost(editor: Client, item: NewsItemPage) -> None:
    form = filled_in(editor, edit_url(item), summary=MARKED)
    for reason in ("It quotes", REASON):
        saved = editor.post(edit_url(item), {**form, REASON_FIELD: reason}, headers={"accept": "application/json"})
        form |= {
            "overwrite_revision_id": saved.json()["revision_id"],
            "loaded_revision_created_at": saved.json()["revision_created_at"],
        }
    # Autosave overwrites its draft, and the reason with it.
    (kept,) = PageLogEntry.objects.filter(page=item.pk, action=KEPT)
    assert kept.comment == REASON
    post(editor, edit_url(item), **{"action-publish": "1"})
    assert public_summary(item) == MARKED


def test_a_reason_of_the_author_lets_the_reviewer_approve_and_read_it(item: NewsItemPage) -> None:
    author = person(Role.AUTHOR)
    NewsItemPage.objects.filter(pk=item.pk).update(owner=author)
    typed = {"summary": MARKED, "action-submit": "1", REASON_FIELD: REASON}
    assert post(client_of(author), edit_url(item), **typed).status_code == 302
    item.refresh_from_db()
    state = item.current_workflow_task_state
    page = client_of(person(Role.EDITOR)).get(reverse("review", args=[state.pk])).content.decode()
    assert "“last year” means another day to each reader" in page
    assert REASON in page
    decide(person(Role.EDITOR), state, "approve")
    assert public_summary(item) == MARKED


def in_review(item: NewsItemPage) -> Any:
    """The state of a review that began before the checks knew these words."""
    author = person(Role.AUTHOR)
    state = submitted(item, author)
    item.summary = MARKED
    item.save_revision(user=author)
    return state


@pytest.mark.parametrize("press", [decide, press_in_editor])
def test_approving_what_a_check_stops_is_refused_in_words(item: NewsItemPage, press: Any) -> None:
    state = in_review(item)
    response = press(person(Role.EDITOR), state, "approve")
    assert "“last year” means another day to each reader" in response.content.decode()
    assert not is_live(item)


def test_what_a_check_stops_can_be_sent_back(item: NewsItemPage) -> None:
    state = in_review(item)
    press_in_editor(person(Role.EDITOR), state, "reject", comment="Write the year.")
    item.refresh_from_db()
    assert item.current_workflow_state.status == "needs_changes"


def test_publishing_several_names_what_waits_for_a_reason(editor: Client, item: NewsItemPage) -> None:
    item.body = item._meta.get_field("body").stream_block.to_python([{"type": "text", "value": f"<p>{MARKED}</p>"}])
    item.save_revision()
    url = f"{reverse('wagtail_bulk_action', args=['wagtailcore', 'page', 'publish'])}?id={item.pk}"
    page = editor.post(f"{url}&next={reverse('wagtailadmin_home')}", follow=True).content.decode()
    assert "“last year” means another day to each reader" in page
    assert GIVE_REASON in page
    assert not public_summary(item)
