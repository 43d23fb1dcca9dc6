"""Recognizes the writes that visitors cannot see. Every other write invalidates: a table is public by default."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from modelcluster.models import get_all_child_relations
from wagtail.models import DraftStateMixin

from site_core.page_cache.invalidation.sql import Values, Write

# Models of Django and Wagtail. Each app registers its own in `AppConfig.ready()`. The search and reference indexes are
# written in the transaction of the object they index, and the commands that rebuild them invalidate by themselves.
_private_models = [
    *("sessions.Session", "auth.Group", "auth.Permission", "auth.Group_permissions", "contenttypes.ContentType"),
    "wagtailusers.UserProfile",
    *("wagtailcore.Revision", "wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry"),
    *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription"),
    *("wagtailcore.Workflow", "wagtailcore.WorkflowPage"),
    *("wagtailcore.WorkflowContentType", "wagtailcore.WorkflowTask"),
    *("wagtailcore.WorkflowState", "wagtailcore.Task", "wagtailcore.TaskState", "wagtailcore.GroupApprovalTask"),
    *("wagtailcore.GroupApprovalTask_groups", "wagtailcore.GroupPagePermission", "wagtailcore.GroupSitePermission"),
    *("wagtailcore.GroupCollectionPermission", "wagtailcore.UploadedFile", "wagtailcore.APIToken"),
    *("wagtailcore.ReferenceIndex", "wagtailsearch.IndexEntry"),
    *("wagtailadmin.Admin", "wagtailadmin.EditingSession", "wagtailadmin.FormState"),
    *("wagtailsearchpromotions.Query", "wagtailsearchpromotions.QueryDailyHits"),
    "page_cache.CommittedChange",
]

# The table of SQLite's full-text index, which has a model on SQLite only.
PRIVATE_ON_SQLITE = "wagtailsearch_indexentry_fts"

# The table of the shared cache, which has no model. No page is made from it.
CACHE_TABLE = "shared_cache"

# Rendering a page creates renditions of its images. Deleting a rendition outdates the pages that show it.
_private_when_new = ["wagtailimages.Rendition"]

# The columns of a model with drafts that hold the state of its drafts, its lock and its place in the tree.
DRAFT_COLUMNS = frozenset(
    {
        *("latest_revision_id", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        *("locked", "locked_at", "locked_by_id", "numchild"),
    }
)


def register_private_models(*labels: str) -> None:
    """Declares that visitors see nothing of these models, such as “accounts.User”. Name through tables as well."""
    _private_models.extend(label for label in labels if label not in _private_models)


def register_private_when_new(*labels: str) -> None:
    """Declares that visitors see nothing of a new row of these models, only of changed and deleted rows."""
    _private_when_new.extend(label for label in labels if label not in _private_when_new)


def private_models() -> tuple[str, ...]:
    return tuple(_private_models)


def private_when_new() -> tuple[str, ...]:
    return tuple(_private_when_new)


@dataclass(frozen=True)
class Owner:
    """The table whose `live` column decides whether visitors see a row: the row's own, or that of its parent object.

    `pk_column` is the owner's primary key, `reference_column` the column of the row that holds its value.
    """

    table: str
    pk_column: str
    reference_column: str


def is_private(write: Write) -> bool:
    """Whether visitors can see nothing of a write, whatever rows it changes."""
    if write.table in tables_of(private_models()) or write.table in (PRIVATE_ON_SQLITE, CACHE_TABLE):
        return True
    if write.table in tables_of(private_when_new()):
        return write.inserts
    return (
        write.table in owners() and not write.inserts and bool(write.values) and write.values.keys() <= DRAFT_COLUMNS
    )


def is_draft_only(write: Write, connection: BaseDatabaseWrapper) -> bool:
    """Whether every row that a write changes is or belongs to an object that is not live and stays so.

    Call it before the statement runs. It queries the database, and locks the rows so that nobody publishes them
    in between.
    """
    owner = owners().get(write.table)
    if owner is None:
        return False
    is_own = write.table == owner.table
    if is_own and (write.inserts or "live" in write.values) and not _all_false(write.values.get("live")):
        return False
    if write.inserts and is_own:
        return True
    referenced = write.values.get(owner.reference_column, ())
    if referenced is None or (write.inserts and not referenced):
        return False
    placeholders = ", ".join(["%s"] * len(referenced))
    if referenced and _any_live(owner, connection, f"{owner.pk_column} IN ({placeholders})", referenced):
        return False
    return write.inserts or (
        write.condition is not None and not _matches_live(write, write.condition, owner, connection)
    )


@cache
def owners() -> dict[str, Owner]:
    """The owner for each table of a model with drafts or of its child objects."""
    found: dict[str, Owner] = {}
    models: Any = apps.get_models()
    for model in models:
        if not issubclass(model, DraftStateMixin) or model._meta.proxy:
            continue
        base = model._meta.get_field("live").model
        table, pk_column = base._meta.db_table, base._meta.pk.column
        found[model._meta.db_table] = Owner(table, pk_column, model._meta.pk.column)
        for relation in get_all_child_relations(model):
            found[relation.related_model._meta.db_table] = Owner(table, pk_column, relation.field.column)
    return found


@cache
def tables_of(labels: tuple[str, ...]) -> frozenset[str]:
    """The tables of those models whose apps are installed."""
    installed = {config.label for config in apps.get_app_configs()}
    return frozenset(apps.get_model(label)._meta.db_table for label in labels if label.partition(".")[0] in installed)


def _all_false(values: Values | None) -> bool:
    """Whether the statement itself sets false in each row."""
    return values is not None and len(values) > 0 and not any(values)


def _matches_live(write: Write, condition: str, owner: Owner, connection: BaseDatabaseWrapper) -> bool:
    """Whether one of the rows that the condition matches is live, or belongs to a live object."""
    if write.table != owner.table:
        rows = f"SELECT {owner.reference_column} FROM {write.table} WHERE {condition}"  # noqa: S608 (our names)
        condition = f"{owner.pk_column} IN ({rows})"
    return _any_live(owner, connection, condition, write.parameters)


def _any_live(owner: Owner, connection: BaseDatabaseWrapper, condition: str, parameters: Values | None) -> bool:
    can_lock = connection.features.has_select_for_no_key_update
    lock = f" {connection.ops.for_update_sql(no_key=True)}" if can_lock else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT live FROM {owner.table} WHERE {condition}{lock}", parameters)  # noqa: S608 (our names)
        return any(live for (live,) in cursor.fetchall())
