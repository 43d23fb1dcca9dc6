"""Every address below /admin/, and the lowest role that each lets in: the one table of who may do what in the admin.

The roles are ranks: each may do all that the one below it may. An address that no line below names fails the test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from fnmatch import fnmatchcase
from typing import Any

from django.urls import URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from site_core import urls


class Rank(IntEnum):
    """Who tries an address, from the one who may least. NOBODY is above them all."""

    VISITOR = 0
    WITHOUT_ROLE = 1
    AUTHOR = 2
    EDITOR = 3
    MANAGING_EDITOR = 4
    ADMINISTRATOR = 5
    NOBODY = 6

    @property
    def role(self) -> str | None:
        """The name of the group."""
        return self.name.replace("_", " ").capitalize() if Rank.AUTHOR <= self <= Rank.ADMINISTRATOR else None


V, A, E, M, ADMINISTRATOR, NOBODY = (
    *(Rank.VISITOR, Rank.AUTHOR, Rank.EDITOR, Rank.MANAGING_EDITOR, Rank.ADMINISTRATOR, Rank.NOBODY),
)

# The first line that fits holds. Two ranks are those of looking (GET) and of doing (POST).
TABLE: list[tuple[str, Rank | tuple[Rank, Rank]]] = [
    # The door
    ("wagtailadmin_login wagtailadmin_logout wagtailadmin_password_reset* wagtailadmin_sprite", V),
    ("wagtailadmin_javascript_catalog", V),
    # What goes live and when, and what was public
    ("schedule_change undo put_back_publication put_back_page try_failed_event scheduled_update_question", E),
    ("schedule schedule_*", A),
    ("publications", E),
    ("publication publication_*", A),
    ("delete_page_forever", M),
    ("trash", A),
    ("review", (A, E)),
    ("review_*", A),
    # Pages
    ("wagtailadmin_pages:move_confirm", (A, E)),
    ("wagtailadmin_pages:set_page_position", E),
    ("wagtailadmin_pages:delete wagtailadmin_pages:unpublish wagtailadmin_pages:move", E),
    ("wagtailadmin_pages:set_privacy wagtailadmin_pages:lock wagtailadmin_pages:unlock", E),
    ("wagtailadmin_pages:revisions_unschedule", E),
    ("wagtailadmin_pages:*workflow_action* wagtailadmin_pages:workflow_preview", E),
    ("wagtailadmin_pages:* wagtailadmin_explore* news_items:*", A),
    # Figures and alerts, which have drafts
    *(
        line
        for kind in ("impact_impactstat", "organization_alert")
        for line in (
            (f"wagtailsnippets_{kind}:delete wagtailsnippets_{kind}:*un*", E),
            (f"wagtailsnippets_{kind}:lock wagtailsnippets_{kind}:reorder", E),
            (f"wagtailsnippets_{kind}:*workflow_action* wagtailsnippets_{kind}:workflow_preview", E),
            (f"wagtailsnippets_{kind}:*", A),
        )
    ),
    # What has no drafts
    ("wagtailsnippets_news_publisher:delete wagtailsnippets_impact_study:delete", M),
    ("wagtailsnippets_news_publisher:edit wagtailsnippets_news_publisher:usage", E),
    ("wagtailsnippets_news_publisher:*", A),
    ("wagtailsnippets_impact_study:list*", A),
    ("wagtailsnippets_impact_study:* wagtailsnippetchoosers_impact_study:create", E),
    ("wagtailsnippets_taxonomy_*term:delete", NOBODY),
    ("wagtailsnippets_taxonomy_*term:list*", A),
    ("wagtailsnippets_taxonomy_*term:* wagtailsnippetchoosers_taxonomy_*term:create", M),
    ("wagtailsnippetchoosers_redirects_withdrawnurl:create", M),
    ("wagtailsnippetchoosers_*", A),
    # There is no list of all kinds of snippets.
    ("wagtailsnippets:index", NOBODY),
    # Pictures and documents
    # Those that somebody else added. What an Author added is theirs to change.
    ("wagtailimages:edit* wagtailimages:delete wagtailimages:delete_multiple wagtailimages:*usage", E),
    ("wagtaildocs:edit* wagtaildocs:delete wagtaildocs:delete_multiple wagtaildocs:*usage", E),
    ("wagtailimages:preview", E),
    ("wagtailimages:* wagtailimages_chooser:* wagtaildocs:* wagtaildocs_chooser:* wagtailembeds:*", A),
    # One collection holds them all.
    ("wagtailadmin_collections:delete", A),
    ("wagtailadmin_collections:*", NOBODY),
    # Promoted results. Wagtail's report of all searches is for superusers, and stays empty.
    ("wagtailsearchpromotions:search_terms*", NOBODY),
    # The list of popular searches, which stays empty, too.
    ("wagtailsearchpromotions:chooser*", A),
    ("wagtailsearchpromotions:*", E),
    # People, settings, redirects
    ("wagtailusers_users:delete", ADMINISTRATOR),
    ("wagtailusers_users:* wagtailredirects:* wagtailsnippets_redirects_withdrawnurl:*", M),
    # Without a number it only leads on to the settings themselves.
    ("wagtailsettings:edit", A),
    ("wagtailsettings:edit/pk wagtailsettings:preview_on_edit", M),
    ("wagtailusers_groups:* wagtailsites:* outbox outbox_mail", ADMINISTRATOR),
    ("wagtailadmin_workflows:task_cho*", A),
    ("wagtailadmin_workflows:*", ADMINISTRATOR),
    # Looking around
    ("wagtailadmin_reports:locked_pages* unanswered_searches*", E),
    ("wagtailadmin_reports:*", A),
    ("wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles wagtailadmin_block_preview", A),
    ("term_suggestions wagtailadmin_tag_* wagtailadmin_choose_page*", A),
    ("wagtailadmin_editing_sessions:* wagtailadmin_api:* wagtailadmin_error_test", A),
]

# The same for what is done to several objects at once: app, model, action.
BULK_TABLE: list[tuple[str, Rank]] = [
    ("wagtailcore.page.*", E),
    ("media.siteimage.* media.sitedocument.*", E),
    ("accounts.user.delete", ADMINISTRATOR),
    ("accounts.user.*", M),
    ("taxonomy.*term.delete", NOBODY),
    ("impact.impactstat.* organization.alert.*", E),
    ("news.publisher.delete impact.study.delete redirects.withdrawnurl.delete", M),
]


@dataclass(frozen=True)
class AdminAddress:
    """One entry of the addresses below /admin/, with the names of the parts that it takes."""

    namespace: str
    name: str
    parts: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return f"{self.namespace}:{self.name}" if self.namespace else self.name

    def rank(self, method: str) -> Rank:
        """The lowest that may look ("get") or do ("post"). Raises LookupError where no line names it."""
        look, do = self._ranks()
        return look if method == "get" else do

    def _ranks(self) -> tuple[Rank, Rank]:
        with_parts = f"{self.full_name}/{'/'.join(part for part in self.parts if part == 'pk')}".rstrip("/")
        exact = with_parts if self.full_name == "wagtailsettings:edit" else self.full_name
        found = first_that_fits(TABLE, exact)
        return found if isinstance(found, tuple) else (found, found)


def first_that_fits(table: list[Any], name: str) -> Any:
    for patterns, ranks in table:
        if any(fnmatchcase(name, pattern) for pattern in patterns.split()):
            return ranks
    raise LookupError(f"No line of the table names {name}.")


def admin_addresses() -> list[AdminAddress]:
    """Every address below /admin/ that has a name; those without are Wagtail's pages for what is not found."""
    (admin,) = [one for one in urls.urlpatterns if isinstance(one, URLResolver) and str(one.pattern) == "admin/"]
    return list(dict.fromkeys(_walk(admin.url_patterns, ())))


def bulk_actions() -> list[tuple[str, str, str]]:
    """App, model and name of every action on several objects."""
    # Asking for any of them makes the registry look for all.
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    actions = bulk_action_registry.actions
    return [(app, model, name) for app, models in actions.items() for model in models for name in models[model]]


def _walk(patterns: list[Any], namespaces: tuple[str, ...]) -> Iterator[AdminAddress]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, (*namespaces, one.namespace) if one.namespace else namespaces)
        elif one.name:
            yield AdminAddress(":".join(namespaces), one.name, tuple(sorted(one.pattern.regex.groupindex)))
