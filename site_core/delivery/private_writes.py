"""Which writes no visitor could see. Everything else moves the generation: what is not named here is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from modelcluster.models import get_all_child_relations
from wagtail.models import DraftStateMixin, Page

from site_core.delivery.statements import Write

# Whole tables, by their models. The indexes of search and of references are written in the transaction of what they
# index; what rebuilds them whole says so by itself (`generation.move_on`).
PRIVATE_MODELS = (
    *("sessions.Session", "auth.Group", "auth.Permission", "auth.Group_permissions", "contenttypes.ContentType"),
    *("site_core.User", "site_core.User_groups", "site_core.User_user_permissions", "wagtailusers.UserProfile"),
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
    *("wagtailimages.Rendition", "site_core.SiteRendition"),
    *("site_core.ApprovalRules", "site_core.BinnedPage", "site_core.CalendarAddress", "site_core.FailedEvent"),
    *("site_core.MailChoices", "site_core.Receipt", "site_core.ReviewTask", "site_core.ReviewTask_groups"),
    *("site_core.RunnerLease", "site_core.CommittedChange", "home.LoadedEntry", "home.UnansweredSearch"),
)
# Its model is there on SQLite alone.
_WORDS_ON_SQLITE = "wagtailsearch_indexentry_fts"

# What the row of something with drafts says of its drafts, its locks and the tree.
DRAFT_COLUMNS = frozenset(
    {
        *("latest_revision_id", "latest_revision_created_at", "draft_title", "has_unpublished_changes"),
        *("locked", "locked_at", "locked_by_id", "numchild"),
    }
)


@dataclass(frozen=True)
class Owner:
    """Whose liveness decides whether a row can be seen: the row's own, or that of the object it is a part of."""

    table: str
    key: str
    # The columns of the row that hold the owner's number.
    named_by: frozenset[str]
    # How the owner of a row with some number of its own is found; None where that number is the owner's.
    own_key: str | None = None


def is_private(write: Write | None, connection: Any) -> bool:
    """Whether no visitor could see what the statement does. The database is asked only about rows with drafts."""
    if write is None:
        return False
    if write.table in private_tables():
        return True
    owner = owners().get(write.table)
    if owner is None:
        return False
    if write.columns and write.columns <= DRAFT_COLUMNS:
        return True
    return not _is_live_or_becomes_so(write, owner, connection)


@cache
def private_tables() -> frozenset[str]:
    return frozenset({_WORDS_ON_SQLITE, *(apps.get_model(label)._meta.db_table.lower() for label in PRIVATE_MODELS)})


@cache
def owners() -> dict[str, Owner]:
    """Every table that holds what has drafts, or parts of it."""
    found: dict[str, Owner] = {}
    for model in apps.get_models():
        if not issubclass(model, DraftStateMixin) or model._meta.proxy:
            continue
        base: Any = Page if issubclass(model, Page) else model
        table, key = base._meta.db_table, base._meta.pk.column
        found[model._meta.db_table] = Owner(table, key, frozenset({str(model._meta.pk.column)}))
        for relation in get_all_child_relations(model):
            part = relation.related_model
            named_by = frozenset({str(relation.field.column)})
            found[part._meta.db_table] = Owner(table, key, named_by, part._meta.pk.column)
    return found


def _is_live_or_becomes_so(write: Write, owner: Owner, connection: Any) -> bool:
    said = write.values or {}
    if write.table == owner.table:
        if any(said.get("live", ())):
            return True
        if write.inserts:
            # A new row that says outright that it is not live.
            return not said.get("live")
    belongs_to = [(column, said[column]) for column in owner.named_by if said.get(column)]
    if write.inserts:
        return not belongs_to or _any_live(owner, *belongs_to[0], write.table, connection)
    if not write.rows:
        return True
    return any(_any_live(owner, *rows, write.table, connection) for rows in (write.rows, *belongs_to))


def _any_live(owner: Owner, column: str, numbers: Sequence[Any], table: str, connection: Any) -> bool:
    """Whether one of the rows is live now, or belongs to what is."""
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(numbers))
    if column in owner.named_by:
        wanted = places
    elif column == owner.own_key:
        named_by = quote(next(iter(owner.named_by)))
        wanted = f"SELECT {named_by} FROM {quote(table)} WHERE {quote(column)} IN ({places})"  # noqa: S608 (our names)
    else:
        return True
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {quote(owner.table)} WHERE {quote(owner.key)} IN ({wanted}) AND live LIMIT 1",  # noqa: S608
            list(numbers),
        )
        return cursor.fetchone() is not None
