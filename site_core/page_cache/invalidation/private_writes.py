"""Which writes no visitor could see. Everything else moves the generation: what is not named here is public."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from modelcluster.models import get_all_child_relations
from wagtail.models import DraftStateMixin

from site_core.page_cache.invalidation.sql import Write

# Whole tables of Django and Wagtail, by their models. Each app registers its own in `AppConfig.ready()`. Both indexes,
# of search and of references, are written in the transaction of what they index; the commands that make them anew say
# so by themselves.
_private_models = [
    *("sessions.Session", "auth.Group", "auth.Permission", "auth.Group_permissions", "contenttypes.ContentType"),
    "wagtailusers.UserProfile",
    *("wagtailcore.Revision", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
    *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription"),
    *(
        "wagtailcore.Workflow",
        "wagtailcore.WorkflowPage",
        "wagtailcore.WorkflowContentType",
        "wagtailcore.WorkflowTask",
    ),
    *("wagtailcore.WorkflowState", "wagtailcore.Task", "wagtailcore.TaskState", "wagtailcore.GroupApprovalTask"),
    *("wagtailcore.GroupApprovalTask_groups", "wagtailcore.GroupPagePermission", "wagtailcore.GroupSitePermission"),
    *("wagtailcore.GroupCollectionPermission", "wagtailcore.UploadedFile", "wagtailcore.APIToken"),
    *("wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry"),
    *("wagtailadmin.Admin", "wagtailadmin.EditingSession", "wagtailadmin.FormState"),
    *("wagtailsearchpromotions.Query", "wagtailsearchpromotions.QueryDailyHits"),
    "page_cache.CommittedChange",
]

# SQLite's part of the index of search, which has a model there alone.
PRIVATE_ON_SQLITE = "wagtailsearch_indexentry_fts"

# The table of the shared cache, which has no model. No page is made from it.
CACHE_TABLE = "shared_cache"

# A page makes new sizes of its images while it is rendered. Once one is deleted, pages that show it are out of date.
_private_when_new = ["wagtailimages.Rendition"]

# What the row of something with drafts says of its drafts, its locks and the tree.
DRAFT_COLUMNS = frozenset(
    {
        *("latest_revision_id", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        *("locked", "locked_at", "locked_by_id", "numchild"),
    }
)


def register_private_models(*labels: str) -> None:
    """Say that visitors see nothing of these models, such as “accounts.User”, through tables included."""
    _private_models.extend(label for label in labels if label not in _private_models)


def register_private_when_new(*labels: str) -> None:
    """Say that visitors see nothing of a new row of these models, only of changed and deleted ones."""
    _private_when_new.extend(label for label in labels if label not in _private_when_new)


def private_models() -> tuple[str, ...]:
    return tuple(_private_models)


def private_when_new() -> tuple[str, ...]:
    return tuple(_private_when_new)


@dataclass(frozen=True)
class Owner:
    """Whose liveness decides whether a row of some table can be seen: the row's own, or that of what it is a part of.

    `key` is the owner's number in its own table, `named_by` the column that holds it in the other.
    """

    table: str
    key: str
    named_by: str


def is_private(write: Write) -> bool:
    """Whether no visitor could see what is about to be written, whichever rows it is about."""
    if write.table in _tables_of(private_models()) or write.table in (PRIVATE_ON_SQLITE, CACHE_TABLE):
        return True
    if write.table in _tables_of(private_when_new()):
        return write.inserts
    return (
        write.table in owners() and not write.inserts and bool(write.values) and write.values.keys() <= DRAFT_COLUMNS
    )


def is_of_drafts_alone(write: Write, connection: Any) -> bool:
    """Whether every row is one that is not live and stays so, or a part of what is not.

    It asks the database, before the statement runs, and locks what it asks about: nobody can publish it in between.
    """
    owner = owners().get(write.table)
    if owner is None:
        return False
    is_own = write.table == owner.table
    if is_own and (write.inserts or "live" in write.values) and not _all_false(write.values.get("live")):
        return False
    if write.inserts and is_own:
        return True
    named = write.values.get(owner.named_by, ())
    if named is None or (write.inserts and not named):
        return False
    places = ", ".join(["%s"] * len(named))
    if named and _any_live(owner, connection, f"{owner.key} IN ({places})", named):
        return False
    return write.inserts or (write.condition is not None and not _meets_live(write, owner, connection))


@cache
def owners() -> dict[str, Owner]:
    """Every table that holds what has drafts, or parts of it."""
    found: dict[str, Owner] = {}
    models: Any = apps.get_models()
    for model in models:
        if not issubclass(model, DraftStateMixin) or model._meta.proxy:
            continue
        base: Any = model._meta.get_field("live").model
        table, key = base._meta.db_table, base._meta.pk.column
        found[model._meta.db_table] = Owner(table, key, model._meta.pk.column)
        for relation in get_all_child_relations(model):
            found[relation.related_model._meta.db_table] = Owner(table, key, relation.field.column)
    return found


@cache
def _tables_of(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(apps.get_model(label)._meta.db_table for label in labels)


def _all_false(values: tuple[Any, ...] | None) -> bool:
    """Whether it is said outright of each row."""
    return values is not None and len(values) > 0 and not any(values)


def _meets_live(write: Write, owner: Owner, connection: Any) -> bool:
    """Whether one of the rows that the statement is about is live, or belongs to what is."""
    asked: Any = write.condition
    if write.table != owner.table:
        asked = f"{owner.key} IN (SELECT {owner.named_by} FROM {write.table} WHERE {asked})"  # noqa: S608 (our names)
    return _any_live(owner, connection, asked, write.parameters)


def _any_live(owner: Owner, connection: Any, asked: str, parameters: tuple[Any, ...] | None) -> bool:
    can_lock = connection.features.has_select_for_no_key_update
    lock = f" {connection.ops.for_update_sql(no_key=True)}" if can_lock else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT live FROM {owner.table} WHERE {asked}{lock}", parameters)  # noqa: S608 (our names)
        return any(live for (live,) in cursor.fetchall())
