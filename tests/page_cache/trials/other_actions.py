"""Actions on everything except pages, and without any model."""

from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page

from impact.models import ImpactStat
from news.models import NewsItemPage, Publisher
from news.tagged_items import TAGGED_ITEMS
from site_core.organization.models import OrganizationSettings
from site_core.tagging.acts import carry_out
from site_core.tagging.merging import plan_merge
from site_core.taxonomy.models import Kind, Term
from tests import factories
from tests.page_cache.trials.editor import Editor, seen


@seen
def publish_a_stat(editor: Editor) -> None:
    stat = editor.stat
    stat.population = editor.words()
    stat.save_revision().publish()


@seen
def save_a_stat_at_the_shell(editor: Editor) -> None:
    stat = editor.stat
    stat.population = editor.words()
    stat.save()


@seen
def publish_or_unpublish_an_alert(editor: Editor) -> None:
    alert = editor.alert
    if alert.live and editor.random.random() < 0.5:
        alert.unpublish()
    else:
        alert.text = editor.words()
        alert.save_revision().publish()


@seen
def save_the_settings(editor: Editor) -> None:
    organization = OrganizationSettings.load()
    organization.parent = editor.words()
    organization.save()


@seen
def save_a_publisher(editor: Editor) -> None:
    publisher = Publisher.objects.get(pk=NewsItemPage.objects.get(pk=editor.trashed.pk).publisher_id)
    publisher.name = editor.words()
    publisher.save()


@seen
def save_a_place(editor: Editor) -> None:
    place = editor.place
    place.name = f"Boston {editor.words()}"
    place.save()


@seen
def rename_a_place(editor: Editor) -> None:
    place = editor.place
    place.slug = "old-boston" if place.slug == "boston" else "boston"
    place.save()


@seen
def credit_a_picture(editor: Editor) -> None:
    picture = editor.picture
    picture.credit = editor.words()
    picture.save()


@seen
def replace_a_picture(editor: Editor) -> None:
    picture = editor.picture
    ground = f"#{editor.random.randrange(1 << 24):06x}"
    picture.file = factories.drawn_picture(480, 320, name=f"{ground[1:]}.jpg", ground=ground)
    picture._set_image_file_metadata()
    with transaction.atomic():
        picture.renditions.all().delete()
        picture.save()


@seen
def redirect_or_not(editor: Editor) -> None:
    if (found := Redirect.objects.filter(old_path="/example-moved").first()) and editor.random.random() < 0.5:
        found.delete()
    else:
        link = f"/news/?q={editor.words().replace(' ', '-')}"
        Redirect.objects.update_or_create(old_path="/example-moved", defaults={"redirect_link": link})


@seen
def promote_or_not(editor: Editor) -> None:
    """Once at most, because what is promoted twice for the same words is shown once."""
    deleted, _ = SearchPromotion.objects.filter(query__query_string="boston").delete()
    if not deleted or editor.random.random() < 0.5:
        factories.SearchPromotionFactory(typed="boston", page=editor.contact, description=editor.words())


@seen
def tag_or_untag_in_bulk(editor: Editor) -> None:
    model, item = TAGGED_ITEMS[Kind.PLACE], NewsItemPage.objects.get(slug="violent-crime-in-the-united-states")
    tagged = model._default_manager.filter(tag=editor.place, content_object=item)
    if tagged.exists():
        tagged.delete()
    else:
        model._default_manager.bulk_create([model(tag=editor.place, content_object=item)])


@seen
def merge_a_tag(editor: Editor) -> None:
    """Into a new one, so that the item names another each time."""
    item = NewsItemPage.objects.get(slug="violent-crime-in-the-united-states")
    sources, target = list(item.places.exclude(pk=editor.place.pk)), factories.PlaceTermFactory(name=editor.words())
    if sources:
        carry_out(lambda terms: plan_merge(terms[:-1], terms[-1]), [*sources, target], "Merged", editor.user)
    else:
        TAGGED_ITEMS[Kind.PLACE]._default_manager.create(tag=target, content_object=item)


@seen
def reorder_stats_in_bulk(editor: Editor) -> None:
    stats = list(ImpactStat.objects.in_order())
    order = [stat.sort_order for stat in stats]
    for stat, place in zip(stats, [*order[1:], order[0]], strict=True):
        stat.sort_order = place
    ImpactStat.objects.bulk_update(stats, ["sort_order"])


@seen
def update_a_queryset(editor: Editor) -> None:
    Page.objects.filter(slug__in=("contact", "impact")).update(title=editor.words())


@seen
def update_by_an_expression(editor: Editor) -> None:
    """With a condition and a value that cannot be read from the statement."""
    places = Term.objects.filter(kind=Kind.PLACE).values("pk")
    ImpactStat.objects.filter(slug="boston-shootings", place__in=places).update(
        population=Concat(Value("those who are "), Value(editor.words()))
    )


@seen
def write_sql(editor: Editor) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE impact_impactstat SET population = %s WHERE slug = 'boston-shootings'", [editor.words()]
        )


@seen
def do_several_actions_at_once(editor: Editor) -> None:
    with transaction.atomic():
        save_the_settings(editor)
        publish_a_stat(editor)
        save_a_place(editor)


@seen
def keep_part_of_a_transaction(editor: Editor) -> None:
    """A write in a savepoint that is rolled back is not announced, and one after it is."""
    with transaction.atomic():
        with transaction.atomic():
            publish_a_stat(editor)
            transaction.set_rollback(True)
        save_the_settings(editor)
