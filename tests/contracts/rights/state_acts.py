"""What people do with a page or a snippet: the address of each act, what is posted there, and who may, by state.

A state that the table of an act leaves out has nothing for it to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from site_core.publishing.ledger.publications import Publication
from tests.contracts.rights.ranks import Rank

A, E, M, NOBODY = Rank.AUTHOR, Rank.EDITOR, Rank.MANAGING_EDITOR, Rank.NOBODY
Rights: TypeAlias = dict[str, Rank]
LEDGER, REVIEWS, LOG = Publication._meta.db_table, "wagtailcore_workflowstate", PageLogEntry._meta.db_table

# An edit form that is posted unchanged, but for its text.
EDITED: Rights = {
    **dict.fromkeys(("own", "others", "sent_back", "scheduled", "live", "was_public", "private"), A),
    **{"private_draft": A, "in_review": E, "locked": NOBODY, "locked_live": NOBODY, "locked_scheduled": NOBODY},
    "trash": NOBODY,
}
# What needs the right to publish, in every state that the act has something to do in.
PUBLISHED: Rights = {state: max(rank, E) for state, rank in EDITED.items()}
# Authors delete only what they began themselves and nobody has dealt with.
DELETED: Rights = {**PUBLISHED, "own": A, "sent_back": A, "private_draft": A}
COPIED: Rights = {**dict.fromkeys(EDITED, A), "trash": NOBODY}
SENT_FOR_REVIEW: Rights = {**EDITED, "in_review": NOBODY}


def only(rights: Rights, *states: str) -> Rights:
    return {state: rank for state, rank in rights.items() if state in states}


@dataclass(frozen=True)
class Act:
    """`counts` is the table that the act is known by where a refusal still saves a draft; "" for any.

    `by_script`: the edit form is posted as its scripts do, which spares showing it again.
    """

    name: str
    rights: Rights
    url: Callable[[Any], str]
    posted: Callable[[Any], dict[str, Any]] = field(default=lambda obj: {})
    counts: str = ""
    by_script: bool = False


def of(name: str, *extra: Any) -> Callable[[Any], str]:
    """The address of a view of Wagtail's that an object has by itself."""

    def url(obj: Any) -> str:
        more = [one(obj) if callable(one) else one for one in extra]
        return reverse(name_for(obj, name), args=[obj.pk, *more])

    return url


def name_for(obj: Any, name: str) -> str:
    return f"wagtailadmin_pages:{name}" if isinstance(obj, Page) else type(obj).snippet_viewset.get_url_name(name)


def bulk(action: str) -> Callable[[Any], str]:
    def url(obj: Any) -> str:
        model = Page if isinstance(obj, Page) else type(obj)
        args = [model._meta.app_label, model._meta.model_name, action]
        return f"{reverse('wagtail_bulk_action', args=args)}?id={obj.pk}"

    return url


def with_key(name: str) -> Callable[[Any], str]:
    return lambda obj: reverse(name, args=[obj.pk])


def newest(obj: Any) -> int:
    return int(obj.latest_revision_id)


def review(obj: Any) -> int:
    return int(obj.current_workflow_task_state.pk)


def label(obj: Any) -> str:
    return str(obj._meta.label)


def shown(client: Client, url: str) -> dict[str, str]:
    """The hidden fields of the page at a URL."""
    fields = BeautifulSoup(client.get(url).content, "html.parser").select("input[type=hidden][name]")
    return {str(one["name"]): str(one.get("value", "")) for one in fields if one["name"] != "csrfmiddlewaretoken"}


def decided(client: Client, action: str) -> Callable[[Any], dict[str, Any]]:
    return lambda obj: {
        **shown(client, reverse("review", args=[review(obj)])),
        "action": action,
        "comment": "An example.",
    }


def acts_on_both(filled: Callable[[Any], dict[str, Any]], client: Client, deleted: Rights) -> list[Act]:
    """`filled` gives an object's edit form with another text. `client` is somebody who may look at everything."""

    def pressed(button: str) -> Callable[[Any], dict[str, Any]]:
        return lambda obj: {**filled(obj), button: "1"}

    in_review, is_scheduled = only(PUBLISHED, "in_review"), only(PUBLISHED, "scheduled", "locked_scheduled")
    is_live = only(PUBLISHED, "live", "private", "locked_live")
    has_history = only(is_live, "live", "locked_live")
    note = {"comment": "An example."}
    return [
        Act("save", EDITED, of("edit"), filled),
        Act("publish", only(PUBLISHED, *NOT_SCHEDULED), of("edit"), pressed("action-publish"), LEDGER, by_script=True),
        Act("autosave", EDITED, of("edit"), filled, by_script=True),
        Act("save an earlier version", EDITED, of("revisions_revert", newest), filled, by_script=True),
        Act("send for review", SENT_FOR_REVIEW, of("edit"), pressed("action-submit"), REVIEWS, by_script=True),
        Act("take back from review", {"in_review": A}, of("edit"), pressed("action-cancel-workflow"), REVIEWS),
        Act("delete", deleted, of("delete")),
        Act("delete in bulk", deleted, bulk("delete"), lambda obj: {"wagtail_site_name": "NNSC"}),
        Act("unpublish", is_live, of("unpublish")),
        Act("lock", only(PUBLISHED, "own", "others", "live", "in_review", "scheduled", "trash"), of("lock")),
        Act("unlock", dict.fromkeys(("locked", "locked_live", "locked_scheduled"), E), of("unlock")),
        Act("unschedule", is_scheduled, of("revisions_unschedule", newest)),
        Act("approve", in_review, of("workflow_action", "approve", review), lambda obj: note),
        Act("send back", in_review, of("workflow_action", "reject", review), lambda obj: note),
        Act(
            "approve on the review's page",
            in_review,
            lambda obj: reverse("review", args=[review(obj)]),
            decided(client, "approve"),
        ),
        Act(
            "send back on the review's page",
            in_review,
            lambda obj: reverse("review", args=[review(obj)]),
            decided(client, "reject"),
        ),
        Act(
            "cancel the go-live",
            is_scheduled,
            lambda obj: reverse("schedule_change", args=["go-live", newest(obj), "cancel"]),
        ),
        Act("go live now", is_scheduled, lambda obj: reverse("schedule_change", args=["go-live", newest(obj), "now"])),
        Act("undo", has_history, lambda obj: reverse("undo", args=[label(obj), obj.pk])),
        Act("undo in bulk", has_history, bulk("undo")),
    ]


# Publishing what is scheduled asks about the schedule first, and a page that is not public has no row in the ledger.
NOT_SCHEDULED = (*("own", "others", "sent_back", "live", "was_public", "locked", "locked_live", "trash"),)

# What has a draft to schedule that no review is about.
UNPUBLISHED = (
    *("own", "others", "sent_back", "scheduled", "was_public", "private_draft", "locked", "locked_scheduled", "trash"),
)


def acts_on_pages(destination: Page) -> list[Act]:
    in_2127 = {"goes_live_day": "1/7/2127", "goes_live_hour": "09:00"}
    copy = {"new_title": "A copy", "new_slug": "a-copy", "new_parent_page": destination.pk}
    return [
        Act("move", DELETED, of("move_confirm", destination.pk)),
        Act("move in bulk", DELETED, bulk("move"), lambda obj: {"chooser": destination.pk}),
        Act("publish in bulk", only(PUBLISHED, *NOT_SCHEDULED), bulk("publish"), counts=LEDGER),
        Act("schedule in bulk", only(PUBLISHED, *UNPUBLISHED), bulk("schedule"), lambda obj: in_2127, counts=LOG),
        Act("unpublish in bulk", only(PUBLISHED, "live", "private", "locked_live"), bulk("unpublish")),
        Act("copy", COPIED, of("copy"), lambda obj: copy),
        Act("make private", PUBLISHED, of("set_privacy"), lambda obj: {"restriction_type": "login"}),
        Act(
            "put back from the trash",
            {"trash": A},
            with_key("put_back_page"),
            lambda obj: {"parent": destination.pk, "slug": "put-back"},
        ),
        Act("delete forever", {"trash": M}, with_key("delete_page_forever")),
    ]
