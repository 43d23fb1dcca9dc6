"""Acts that no visitor sees."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.search_promotions.models import Query
from wagtail.log_actions import log
from wagtail.models import Comment, Page, PageSubscription, ReferenceIndex, Revision

from home.search.unanswered import MIN_TIMES, UnansweredSearch
from impact.models import Evidence, ImpactStat
from news.models import NewsItemPage
from site_core.feedback.models import Answer
from site_core.organization.models import Alert
from site_core.publishing.approval_rules import ApprovalRules
from site_core.publishing.events import Change
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.ledger.receipts import Receipt
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.runner.lease import Claim
from tests import factories
from tests.page_cache.trials.acts import Act, Acts, news_item

act = ACTS = Acts()


def in_order(*acts: Callable[[], object]) -> Act:
    def all_of_them() -> None:
        for one in acts:
            one()

    return all_of_them


@act
def log_in_and_out(tree: factories.SiteTree) -> Act:
    user, client = factories.UserFactory(role="Editor"), Client()
    return in_order(lambda: client.force_login(user), client.logout)


@act
def count_in_the_shared_cache(tree: factories.SiteTree) -> Act:
    return in_order(
        lambda: cache.set("count", 1, None),
        lambda: cache.add("count", 1),
        lambda: cache.incr("count"),
        lambda: cache.touch("count"),
        lambda: cache.delete("count"),
        lambda: cache.set("count", 1, -1),
        lambda: cache.get("count"),
        cache.clear,
    )


@act
def keep_a_session(tree: factories.SiteTree) -> Act:
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    return in_order(session.create, session.save, session.delete)


@act
def invite_and_dismiss_somebody(tree: factories.SiteTree) -> Act:
    group = Group.objects.get(name="Author")

    def both() -> None:
        user = factories.UserFactory(role="Editor")
        user.groups.add(group)
        user.delete()

    return both


@act
def save_a_draft_of_a_public_page(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    item.title = "A title nobody published"
    return in_order(item.save_revision, lambda: item.save_revision(overwrite_revision=item.latest_revision))


@act
def save_a_draft_of_a_public_stat(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory()
    stat.evidence.add(Evidence(study=factories.StudyFactory()))
    return stat.save_revision


@act
def schedule_an_update_and_take_it_back(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    item.go_live_at = timezone.now() + timedelta(days=1)
    revision = item.save_revision()
    return in_order(revision.publish, lambda: item.latest_revision.save(), lambda: revision.approved_go_live_at)


@act
def make_a_draft_with_tags(tree: factories.SiteTree) -> Act:
    places = [factories.PlaceTermFactory(), factories.PlaceTermFactory()]
    publisher = factories.PublisherFactory()
    return lambda: news_item(tree, draft=True, places=places, publisher=publisher)


@act
def save_a_draft_and_its_tags(tree: factories.SiteTree) -> Act:
    item = NewsItemPage.objects.get(pk=news_item(tree, draft=True, places=[factories.PlaceTermFactory()]).pk)
    item.title, item.slug = "Other words", "other-words"
    item.places.set([factories.PlaceTermFactory()])
    return in_order(item.save, item.save_revision)


@act
def schedule_a_draft(tree: factories.SiteTree) -> Act:
    item = news_item(tree, draft=True)
    item.go_live_at = timezone.now() + timedelta(days=1)
    return item.save_revision().publish


@act
def move_a_draft(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home, draft=True)
    factories.TextPageFactory(parent=page, draft=True)
    return lambda: Page.objects.get(pk=page.pk).move(Page.objects.get(pk=tree.about.pk), pos="last-child")


@act
def delete_a_draft(tree: factories.SiteTree) -> Act:
    item = news_item(tree, draft=True, places=[factories.PlaceTermFactory()])
    factories.TextPageFactory(parent=tree.about)
    return NewsItemPage.objects.get(pk=item.pk).delete


@act
def make_a_draft_of_a_stat_with_evidence(tree: factories.SiteTree) -> Act:
    study, place, strategy = factories.StudyFactory(), factories.PlaceTermFactory(), factories.StrategyTermFactory()

    def make() -> None:
        stat = factories.ImpactStatFactory(draft=True, place=place, strategy=strategy)
        evidence = factories.EvidenceFactory(stat=stat, study=study)
        factories.RatingFactory(stat=stat, scheme="Example", label="Promising")
        evidence.locator = "page 12"
        evidence.save()
        Evidence.objects.filter(stat=stat).update(locator="page 13")

    return make


@act
def delete_a_draft_of_a_stat(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory(draft=True)
    factories.EvidenceFactory(stat=stat, study=factories.StudyFactory())
    return in_order(Evidence.objects.filter(stat=stat).delete, ImpactStat.objects.get(pk=stat.pk).delete)


@act
def make_and_delete_a_draft_of_an_alert(tree: factories.SiteTree) -> Act:
    def both() -> None:
        factories.AlertFactory(draft=True)
        Alert.objects.filter(live=False).delete()

    return both


@act
def lock_and_unlock(tree: factories.SiteTree) -> Act:
    item, stat, user = news_item(tree), factories.ImpactStatFactory(), factories.UserFactory()

    def change(locked: bool) -> None:
        for obj in (item, stat):
            obj.locked, obj.locked_by, obj.locked_at = locked, user if locked else None, timezone.now()
            obj.save(update_fields=["locked", "locked_by", "locked_at"])

    return in_order(lambda: change(True), lambda: change(False))


@act
def count_the_pages_below_one(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: Page.objects.filter(pk=page.pk).update(numchild=F("numchild") + 1, draft_title="A draft")


@act
def count_them_with_one_statement_many_times(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)

    def many() -> None:
        with connection.cursor() as cursor:
            cursor.executemany("UPDATE wagtailcore_page SET numchild = %s WHERE id = %s", [(0, page.pk)] * 2)

    return many


@act
def change_many_drafts_in_a_query(tree: factories.SiteTree) -> Act:
    news_item(tree, draft=True)
    return in_order(
        lambda: Page.objects.filter(live=False).update(title="Other words"),
        lambda: NewsItemPage.objects.filter(live=False).update(author="Somebody", search_description="Words"),
    )


@act
def review_a_page(tree: factories.SiteTree) -> Act:
    item, author, editor = news_item(tree), factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    item.save_revision(user=author)

    def review() -> None:
        workflow = item.get_workflow().start(item, author)
        workflow.current_task_state.reject(user=editor, comment="Other words, please.")

    return review


@act
def write_in_the_log(tree: factories.SiteTree) -> Act:
    stat = factories.ImpactStatFactory()
    return in_order(
        lambda: log(tree.about, "wagtail.edit", user=factories.UserFactory()), lambda: log(stat, "wagtail.edit")
    )


@act
def comment_and_subscribe(tree: factories.SiteTree) -> Act:
    user = factories.UserFactory()

    def both() -> None:
        PageSubscription.objects.create(page=tree.about, user=user, comment_notifications=True)
        comment = Comment.objects.create(page=tree.about, user=user, text="Is this so?", contentpath="title")
        comment.delete()

    return both


@act
def edit_beside_somebody(tree: factories.SiteTree) -> Act:
    user, model = factories.UserFactory(), ContentType.objects.get_for_model(Page)

    def edit() -> None:
        EditingSession.objects.create(user=user, content_type=model, object_id="1", last_seen_at=timezone.now())
        EditingSession.objects.filter(user=user).update(is_editing=True)
        EditingSession.objects.all().delete()
        FormState.objects.all().delete()

    return edit


@act
def change_the_approval_rules(tree: factories.SiteTree) -> Act:
    return ApprovalRules.load().save


@act
def hold_the_lease_of_the_runner(tree: factories.SiteTree) -> Act:
    claim = Claim()
    return in_order(claim.holds, claim.release)


@act
def note_that_something_failed(tree: factories.SiteTree) -> Act:
    now = timezone.now()
    times = {"due_at": now, "last_tried_at": now, "next_try_at": now}
    kind = {"change": Change.EXPIRY, "model_label": "wagtailcore.Page"}

    def note() -> None:
        FailedEvent.objects.create(**kind, **times, object_pk=1, title="Example", reason="An example.")
        FailedEvent.objects.all().delete()

    return note


@act
def look_after_a_receipt(tree: factories.SiteTree) -> Act:
    publication = Publication.objects.filter(receipt=None).earliest("pk")

    def look_after() -> None:
        receipt = Receipt.objects.create(publication=publication)
        Receipt.objects.filter(pk=receipt.pk).update(tries=3)

    return look_after


@act
def count_a_search(tree: factories.SiteTree) -> Act:
    return in_order(
        *[lambda: UnansweredSearch.objects.count_one("something nobody has")] * MIN_TIMES,
        lambda: Query.get("something").add_hit(),
    )


@act
def take_an_answer_of_a_reader(tree: factories.SiteTree) -> Act:
    return in_order(
        lambda: Answer.objects.store(tree.about.url, False, "The street"),
        lambda: Answer.objects.all().delete(),
    )


@act
def make_sizes_of_a_picture(tree: factories.SiteTree) -> Act:
    picture: Any = factories.SiteImageFactory()
    return lambda: picture.get_renditions("width-100", "width-200")


@act
def index_a_page_again(tree: factories.SiteTree) -> Act:
    return lambda: ReferenceIndex.create_or_update_for_object(tree.about)


@act
def throw_old_revisions_away(tree: factories.SiteTree) -> Act:
    item = news_item(tree)
    for words in ("Some words", "Other words"):
        item.title = words
        item.save_revision()
    Revision.objects.filter(object_id=str(item.pk)).update(created_at=timezone.now() - timedelta(days=3650))
    return lambda: call_command("purge_revisions", days=1)
