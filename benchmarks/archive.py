"""A hundred thousand news items within a minute or two: a few hundred, copied inside PostgreSQL.

The first ones are written row by row, with all that publishing leaves behind: a live revision, a row of the ledger,
entries in the indexes of search and of references. Each copy has a number, headline, path, place in the tree and
day of its own; its text, publisher and tags are those of what it was copied from. The ties named in its revision are
those of the first one, too, so a copy is there to be read and not to be published again.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from news.kept_counts.upkeep import add_up
from news.models import NewsIndexPage, NewsItemPage
from news.tagged_items import TAGGED_ITEMS
from site_core.page_cache.invalidation.writes import invalidate
from site_core.publishing.ledger.publications import Cause, Publication, label_of
from site_core.publishing.ledger.recording import content_of, references_of
from tests.factories.archive import last_place, news_archive

# So many are written row by row.
FIRST_ONES = 500
PARTS = [f"{kind}_tags" for kind in TAGGED_ITEMS]


def grow(number: int) -> None:
    """Bring the news list to so many items, drafts and private ones among them."""
    have = NewsItemPage.objects.count()
    news = NewsIndexPage.objects.get()
    if (more := min(number, FIRST_ONES) - have) > 0:
        known = set(NewsItemPage.objects.values_list("pk", flat=True))
        with transaction.atomic():
            news_archive(news, more)
            leave_traces(NewsItemPage.objects.exclude(pk__in=known).prefetch_related(*PARTS).order_by("path"))
    if number > max(have, FIRST_ONES):
        with transaction.atomic(), connection.cursor() as cursor:
            copy(cursor, news, number - max(have, FIRST_ONES))
    # As the chore does within the hour.
    add_up()
    with connection.cursor() as cursor:
        # As the database does by itself, a minute later.
        cursor.execute("VACUUM ANALYZE")
    # Some of it was written by COPY, which nothing watches.
    invalidate()


def leave_traces(items: Any) -> None:
    """Write what publishing leaves behind, for items whose rows stand as they are after it."""
    model, base = (ContentType.objects.get_for_model(one) for one in (NewsItemPage, Page))
    items = list(items)
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=model,
            base_content_type=base,
            object_id=str(item.pk),
            created_at=item.last_published_at,
            object_str=str(item),
            content=item.serializable_data(),
        )
        for item in items
    )
    for item, revision in zip(items, revisions, strict=True):
        item.latest_revision, item.latest_revision_created_at = revision, revision.created_at
        item.live_revision = revision if item.live else None
        ReferenceIndex.create_or_update_for_object(item)
    fields = ["latest_revision", "latest_revision_created_at", "live_revision"]
    Page.objects.bulk_update(items, fields, batch_size=500)
    Publication.objects.bulk_create(_row(item) for item in items if item.live)


def _row(item: NewsItemPage) -> Publication:
    """What the ledger says of an item once it is published."""
    content = content_of(item)
    return Publication(
        at=item.last_published_at,
        model_label=label_of(item),
        object_id=str(item.pk),
        title=item.title,
        path=item.get_url_parts()[2],
        is_public=True,
        content=content,
        references=references_of(item, content),
        revision_id=item.live_revision_id,
        cause=Cause.PUBLISHED,
    )


def copy(cursor: Any, news: NewsIndexPage, number: int) -> None:
    """Add so many copies of the first items, all of them in turn."""
    first_ones = list(NewsItemPage.objects.order_by("path").values_list("pk", flat=True)[:FIRST_ONES])
    taken = last_place(news)
    cursor.execute("CREATE TEMP TABLE places (original bigint, place bigint, path text) ON COMMIT DROP")
    with cursor.copy("COPY places FROM STDIN") as rows:
        for place in range(taken + 1, taken + 1 + number):
            path = Page._get_path(news.path, news.depth + 1, place)
            rows.write_row((first_ones[place % len(first_ones)], place, path))
    cursor.execute(
        "CREATE TEMP TABLE copies ON COMMIT DROP AS SELECT *,"
        " nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) AS number,"
        " nextval(pg_get_serial_sequence('wagtailcore_revision', 'id')) AS revision FROM places"
    )
    cursor.execute("ANALYZE copies")
    for statement in _statements():
        cursor.execute(statement)
    Page.objects.filter(pk=news.pk).update(numchild=F("numchild") + number)


def _statements() -> list[str]:
    """What writes the rows of every copy, table by table."""
    model, base = (ContentType.objects.get_for_model(one).pk for one in (NewsItemPage, Page))
    number, headline, slug = "c.number::text", "'Example headline ' || c.place", "'archived-headline-' || c.place"
    day = "({}::date + c.place::integer % 28)"
    kept, read = day.format("t.first_day"), day.format("(t.content->>'first_day')")
    later = " + c.place * interval '1 minute'"
    addresses = {"url_path": f"left(t.url_path, -length(t.slug) - 1) || {slug} || '/'"}
    page = {"id": "c.number", "path": "c.path", "title": headline, "draft_title": headline, "slug": slug}
    page |= addresses | {"translation_key": "gen_random_uuid()"}
    page |= {column: f"CASE WHEN t.{column} IS NOT NULL THEN c.revision END" for column in _REVISIONS}
    page |= {column: f"t.{column}{later}" for column in _MOMENTS}
    content = (
        f"t.content || jsonb_build_object('pk', c.number, 'path', c.path, 'title', {headline}, 'draft_title',"
        f" {headline}, 'slug', {slug}, 'date', to_char({read}, 'YYYY-MM-DD'), 'first_day', {read})"
    )
    revision = {"id": "c.revision", "object_id": number, "object_str": headline, "content": content}
    row = {"object_id": number, "title": headline, "content": content, "revision_id": "c.revision"}
    row |= {"at": f"t.at{later}", "path": f"'/news/' || {slug} || '/'"}
    entry = {"object_id": number, "title_text": headline, "title": f"to_tsvector('site_english', {headline})"}
    item = {"page_ptr_id": "c.number", "date": f"to_char({kept}, 'YYYY-MM-DD')", "first_day": kept}
    return [
        _copying(Page, "t.id = c.original", page),
        _copying(NewsItemPage, "t.page_ptr_id = c.original", item),
        *(
            _copying(through, "t.content_object_id = c.original", {"content_object_id": "c.number"})
            for through in TAGGED_ITEMS.values()
        ),
        # Of what has been edited since, the version that counts.
        _copying(
            Revision,
            "t.id = (SELECT COALESCE(p.live_revision_id, p.latest_revision_id)"
            " FROM wagtailcore_page p WHERE p.id = c.original)",
            revision,
        ),
        _copying(
            Publication,
            "t.id = (SELECT max(p.id) FROM publishing_publication p"
            " WHERE p.object_id = c.original::text AND p.model_label = 'news.NewsItemPage')",
            row,
        ),
        _copying(IndexEntry, f"t.object_id = c.original::text AND t.content_type_id = {model}", entry),
        _copying(
            ReferenceIndex,
            f"t.object_id = c.original::text AND t.base_content_type_id = {base}",
            {"object_id": number},
        ),
    ]


_REVISIONS = ("latest_revision_id", "live_revision_id")
_MOMENTS = ("first_published_at", "last_published_at", "latest_revision_created_at")


def _copying(model: Any, condition: str, changed: dict[str, str]) -> str:
    """The statement that copies the rows of one table, some columns changed."""
    columns = {field.column: f't."{field.column}"' for field in model._meta.local_concrete_fields}
    if "id" not in changed:
        columns.pop("id", None)
    columns |= changed
    names = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(columns.values())}"  # noqa: S608 (our names)
        f" FROM {model._meta.db_table} t JOIN copies c ON {condition}"
    )
