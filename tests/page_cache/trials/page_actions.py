"""Actions on pages: in the admin, by the schedule, and by programs."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import TextPage
from site_core.publishing.runner.due import publish_due
from site_core.publishing.trash.trashing import move_to_trash, put_back
from site_core.publishing.trashed_page import TrashedPage
from site_core.redirects.gone import WithdrawnURL
from strategies.models import StrategyPage
from tests import factories
from tests.page_cache.trials.editor import Editor, seen

HOUR = timedelta(hours=1)


@seen
def publish(editor: Editor) -> None:
    item = editor.item
    item.title = editor.words()
    item.save_revision().publish()


@seen
def publish_the_home_page(editor: Editor) -> None:
    home = editor.home
    home.search_description = editor.words()
    home.save_revision().publish()


@seen
def publish_a_strategy(editor: Editor) -> None:
    page = StrategyPage.objects.get(slug="group-violence-intervention")
    page.where_it_began = editor.words()
    page.save_revision().publish()


@seen
def unpublish_or_publish(editor: Editor) -> None:
    item = editor.item
    if item.live:
        item.unpublish()
    else:
        item.save_revision().publish()


@seen
def schedule_and_go_live(editor: Editor) -> None:
    item = editor.item
    item.title, item.go_live_at = editor.words(), timezone.now() + HOUR
    item.save_revision().publish()
    publish_due(item.go_live_at)


@seen
def schedule_and_expire(editor: Editor) -> None:
    item = editor.item
    item.title, item.expire_at = editor.words(), timezone.now() + HOUR
    item.save_revision().publish()
    publish_due(item.expire_at)


@seen
def rename(editor: Editor) -> None:
    item = editor.item
    item.slug = "wandered" if item.slug == "wandering" else "wandering"
    item.save_revision().publish()


@seen
def rename_the_home_page(editor: Editor) -> None:
    """All URLs stay the same, but every `url_path` changes."""
    home = editor.home
    home.slug, home.search_description = editor.words().lower().replace(" ", "-"), editor.words()
    home.save_revision().publish()


@seen
def move(editor: Editor) -> None:
    guest = editor.guest
    elsewhere = "press" if guest.get_parent().slug == "about" else "about"
    guest.move(TextPage.objects.get(slug=elsewhere), pos="last-child")


@seen
def move_in_the_menu(editor: Editor) -> None:
    first, second = Page.objects.filter(slug__in=("news", "impact"), depth=3).order_by("path")
    first.move(second, pos="right")


@seen
def create_or_delete(editor: Editor) -> None:
    about = TextPage.objects.get(slug="about")
    if passing := about.get_children().filter(slug="passing").first():
        passing.specific.delete()
    else:
        factories.TextPageFactory(parent=about, title=editor.words(), slug="passing")


@seen
def put_in_trash_or_back(editor: Editor) -> None:
    if found := TrashedPage.objects.filter(page=editor.trashed.pk).first():
        put_back(found, Page.objects.get(pk=found.parent_pk), found.slug, editor.user)
    else:
        move_to_trash(editor.trashed, editor.user)


@seen
def make_private_or_public(editor: Editor) -> None:
    about = TextPage.objects.get(slug="about")
    if found := PageViewRestriction.objects.filter(page=about).first():
        found.delete()
    else:
        PageViewRestriction.objects.create(page=about, restriction_type=PageViewRestriction.LOGIN)


@seen
def withdraw_or_allow(editor: Editor) -> None:
    addresses = ("/example-withdrawn", "/news/wandering", "/news/wandered", "/about/passing")
    known = WithdrawnURL.objects.filter(path__in=addresses)
    if known.exists():
        known.delete()
    else:
        WithdrawnURL.objects.bulk_create([WithdrawnURL(path=address) for address in addresses])


@seen
def save_a_page_at_the_shell(editor: Editor) -> None:
    contact = editor.contact
    contact.title = editor.words()
    contact.save()


@seen
def save_an_item_at_the_shell(editor: Editor) -> None:
    item = editor.item
    item.title, item.live = editor.words(), True
    item.save()
