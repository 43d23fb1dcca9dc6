"""Every address below /admin/, and the lowest role that each lets in: the one table of who may do what in the admin.

The roles are ranks: each may do all that the one below it may. Each address and each action stands here by its whole
name, so that a view that Wagtail adds fails the test until somebody has decided who may use it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.urls import URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from site_core import urls
from tests.contracts.rights.ranks import Rank

V, A, E, M, ADMINISTRATOR, NOBODY = (
    *(Rank.VISITOR, Rank.AUTHOR, Rank.EDITOR, Rank.MANAGING_EDITOR, Rank.ADMINISTRATOR, Rank.NOBODY),
)
# Two ranks are those of looking (GET) and of doing (POST).
Ranks: TypeAlias = Rank | tuple[Rank, Rank]

DRAFTED = "wagtailsnippets_impact_impactstat wagtailsnippets_organization_alert"
TERMS = " ".join(f"wagtailsnippets_taxonomy_{kind}term" for kind in ("place", "initiative", "strategy", "component"))
PUBLISHER, STUDY = "wagtailsnippets_news_publisher", "wagtailsnippets_impact_study"
WITHDRAWN = "wagtailsnippets_redirects_withdrawnurl"
CHOOSERS = " ".join((DRAFTED, TERMS, PUBLISHER, STUDY, WITHDRAWN)).replace("snippets_", "snippetchoosers_")

# The namespaces of a line, the names of its addresses, and who may.
TABLE: list[tuple[str, str, Ranks]] = [
    # The door
    ("", "wagtailadmin_login wagtailadmin_logout wagtailadmin_sprite wagtailadmin_javascript_catalog", V),
    ("", "wagtailadmin_password_reset wagtailadmin_password_reset_done", V),
    ("", "wagtailadmin_password_reset_confirm wagtailadmin_password_reset_complete", V),
    # What goes live and when, and what was public
    ("", "schedule_change undo put_back_publication put_back_page try_failed_event scheduled_update_question", E),
    ("", "schedule schedule_month schedule_week schedule_export schedule_new_url", A),
    ("", "publications", E),
    ("", "publication publication_changes publication_look publication_history trash review_public review_draft", A),
    ("", "delete_page_forever", M),
    ("", "review", (A, E)),
    # Pages
    ("wagtailadmin_pages", "move_confirm", (A, E)),
    ("wagtailadmin_pages", "set_page_position delete unpublish move convert_alias", E),
    ("wagtailadmin_pages", "set_privacy lock unlock revisions_unschedule", E),
    ("wagtailadmin_pages", "workflow_action collect_workflow_action_data workflow_preview", E),
    ("wagtailadmin_pages", "add add_subpage choose_parent preview_on_add type_use type_use_results", A),
    ("", "content_checks wording_in_box wording_not_here wording_report", A),
    ("wagtailadmin_pages", "edit preview_on_edit view_draft copy usage search search_results", A),
    (
        "wagtailadmin_pages",
        "revisions_index revisions_view revisions_revert revisions_compare history history_results",
        A,
    ),
    ("wagtailadmin_pages", "workflow_history workflow_history_detail confirm_workflow_cancellation", A),
    ("", "wagtailadmin_explore wagtailadmin_explore_root wagtailadmin_explore_results", A),
    ("", "archive_imports archive_import archive_refused_rows", M),
    ("", "tags merge_tags archive_tags tag_changes untagged rename_tag split_tag", M),
    ("", "broken_links broken_link", E),
    ("news_items", "index index_results choose_parent", A),
    # Stats and alerts, which have drafts
    (DRAFTED, "delete unpublish lock unlock revisions_unschedule", E),
    (DRAFTED, "workflow_action collect_workflow_action_data workflow_preview", E),
    ("wagtailsnippets_impact_impactstat", "reorder", E),
    (DRAFTED, "list list_results add edit usage history history_results preview_on_add preview_on_edit", A),
    (DRAFTED, "revisions_view revisions_revert revisions_compare", A),
    (DRAFTED, "workflow_history workflow_history_detail confirm_workflow_cancellation", A),
    ("", "stats_to_check check_stat", A),
    # What has no drafts
    (f"{PUBLISHER} {STUDY}", "delete", M),
    (PUBLISHER, "edit usage", E),
    (PUBLISHER, "list list_results add history history_results", A),
    (f"{STUDY} {TERMS}", "list list_results", A),
    (STUDY, "add edit usage history history_results", E),
    (TERMS, "add edit delete usage history history_results", M),
    (WITHDRAWN, "list list_results add edit delete usage history history_results", M),
    (CHOOSERS, "choose choose_results chosen chosen_multiple", A),
    ("wagtailsnippetchoosers_impact_study", "create", E),
    # There is no list of all kinds of snippets.
    ("wagtailsnippets", "index", NOBODY),
    # Pictures and documents: those that somebody else added. What an Author added is theirs to change.
    ("wagtailimages", "edit edit_multiple delete delete_multiple image_usage", E),
    ("wagtaildocs", "edit edit_multiple delete delete_multiple document_usage", E),
    ("wagtailimages wagtaildocs", "index index_results add add_multiple", A),
    ("wagtailimages", "url_generator url_generator_output", A),
    # Wagtail's preview is switched off.
    ("wagtailimages", "preview", NOBODY),
    ("", "original_picture", A),
    # What somebody else is about to upload
    ("wagtailimages wagtaildocs", "delete_upload_multiple", NOBODY),
    ("wagtailimages", "create_multiple_from_uploaded_image", NOBODY),
    ("wagtaildocs", "create_multiple_from_uploaded_document", NOBODY),
    ("wagtailimages_chooser wagtaildocs_chooser", "choose choose_results chosen chosen_multiple create", A),
    ("wagtailimages_chooser", "select_format", A),
    ("wagtailembeds", "chooser chooser_upload", A),
    # One collection holds them all.
    ("wagtailadmin_collections", "delete", A),
    ("wagtailadmin_collections", "index add edit set_privacy", NOBODY),
    # Promoted results. Wagtail's report of all searches is for superusers, and stays empty.
    ("wagtailsearchpromotions", "search_terms search_terms_results", NOBODY),
    # The list of popular searches, which stays empty, too.
    ("wagtailsearchpromotions", "chooser chooserresults", A),
    ("wagtailsearchpromotions", "index index_results add edit delete", E),
    # People, settings, redirects
    ("wagtailusers_users", "delete", ADMINISTRATOR),
    ("wagtailusers_users", "index index_results add edit usage history history_results", M),
    ("wagtailredirects", "index index_results add edit delete start_import process_import", M),
    # Without a number it only leads on to the settings themselves.
    ("wagtailsettings", "edit", A),
    ("wagtailsettings", "edit/pk preview_on_edit", M),
    (
        "wagtailusers_groups wagtailsites",
        "index index_results add edit delete usage history history_results",
        ADMINISTRATOR,
    ),
    ("", "outbox outbox_mail unsent_mail maintenance", ADMINISTRATOR),
    ("", "reset_second_step account_log account_log_results", ADMINISTRATOR),
    ("", "sign_in_settings", A),
    ("wagtailadmin_workflows", "task_chooser task_chooser_results task_chooser_create task_chosen", A),
    (
        "wagtailadmin_workflows",
        "index index_results add enable disable edit usage usage_results remove",
        ADMINISTRATOR,
    ),
    ("wagtailadmin_workflows", "add_task select_task_type task_index task_index_results", ADMINISTRATOR),
    ("wagtailadmin_workflows", "edit_task disable_task enable_task", ADMINISTRATOR),
    # Looking around
    ("wagtailadmin_reports", "locked_pages locked_pages_results", E),
    ("", "unanswered_searches unanswered_searches_results", E),
    ("", "readers_report readers_report_results delete_answer", E),
    ("wagtailadmin_reports", "workflow workflow_results workflow_tasks workflow_tasks_results", A),
    ("wagtailadmin_reports", "site_history site_history_results aging_pages aging_pages_results", A),
    ("wagtailadmin_reports", "page_types_usage page_types_usage_results", A),
    ("", "wagtailadmin_home wagtailadmin_account wagtailadmin_dismissibles wagtailadmin_block_preview", A),
    (
        "",
        "term_suggestions wagtailadmin_tag_autocomplete wagtailadmin_tag_model_autocomplete wagtailadmin_error_test",
        A,
    ),
    ("", "wagtailadmin_choose_page wagtailadmin_choose_page_child wagtailadmin_choose_page_search", A),
    ("", "wagtailadmin_choose_page_chosen_multiple wagtailadmin_choose_page_external_link", A),
    (
        "",
        "wagtailadmin_choose_page_email_link wagtailadmin_choose_page_phone_link wagtailadmin_choose_page_anchor_link",
        A,
    ),
    ("", "sign_in_check read_date place_map publisher_names read_article link_on_file", A),
    ("", "term_names", (A, M)),
    ("", "find find_results handbook handbook_page handbook_picture help_for_screen", A),
    ("wagtailadmin_editing_sessions", "ping release", A),
    ("wagtailadmin_api:pages wagtailadmin_api:images wagtailadmin_api:documents", "listing detail find", A),
    ("wagtailadmin_api:pages", "action", A),
]
# The addresses at which a form that is sent as it is shown writes to the database.
WRITING: list[tuple[str, str]] = [
    ("", "put_back_publication review schedule_new_url schedule_change put_back_page delete_page_forever undo"),
    (
        "wagtailadmin_pages",
        "add edit revisions_revert delete unpublish copy convert_alias move_confirm set_page_position",
    ),
    (f"wagtailadmin_pages {DRAFTED}", "workflow_action lock unlock revisions_unschedule"),
    ("wagtailadmin_pages wagtailadmin_collections", "set_privacy"),
    (DRAFTED, "add edit revisions_revert delete unpublish"),
    ("wagtailsnippets_impact_impactstat", "reorder"),
    (f"{PUBLISHER} {STUDY} {WITHDRAWN} wagtailredirects wagtailsearchpromotions", "add edit delete"),
    (TERMS, "add edit delete"),
    ("wagtailimages wagtaildocs", "add edit delete add_multiple edit_multiple delete_multiple"),
    ("wagtailadmin_collections wagtailsites wagtailusers_users wagtailusers_groups", "add edit delete"),
    ("", "archive_imports archive_import broken_link check_stat"),
    ("", "merge_tags archive_tags tag_changes untagged rename_tag split_tag"),
    ("wagtailadmin_workflows", "add edit disable remove add_task edit_task disable_task"),
    ("wagtailsettings", "edit/pk"),
    ("", "wagtailadmin_account sign_in_settings reset_second_step schedule_export delete_answer unsent_mail"),
    ("", "term_names publisher_names wording_not_here"),
    ("wagtailimages_chooser wagtaildocs_chooser wagtailsnippetchoosers_impact_study", "create"),
]
# What is not found, or fails, for want of what it is asked about or of a step before it.
EMPTY: list[tuple[str, str]] = [
    ("wagtailadmin_api:pages wagtailadmin_api:images wagtailadmin_api:documents", "find"),
    # The actions of the API are off, and so are the addresses of single sizes and previews of settings.
    ("wagtailadmin_api:pages", "action"),
    ("wagtailimages", "url_generator url_generator_output"),
    ("wagtailsettings", "preview_on_edit"),
    ("", "wagtailadmin_block_preview outbox_mail wagtailadmin_error_test"),
    # Users without the right get 404 for the collection.
    ("wagtailadmin_collections", "delete"),
]


def full_names(namespaces: str, names: str) -> list[str]:
    return [f"{one}:{name}".removeprefix(":") for one in namespaces.split() or [""] for name in names.split()]


RIGHTS: dict[str, Ranks] = {name: ranks for spaces, names, ranks in TABLE for name in full_names(spaces, names)}
WRITES = {name for line in WRITING for name in full_names(*line)}
EMPTY_ONES = {name for line in EMPTY for name in full_names(*line)}

# The same for what is done to several objects at once: models, actions.
BULK_TABLE: list[tuple[str, str, Rank]] = [
    ("wagtailcore.page", "delete move publish schedule unpublish undo", E),
    ("wagtailcore.page", "tag", M),
    ("media.siteimage media.sitedocument", "delete add_tags add_to_collection", E),
    ("accounts.user", "delete", ADMINISTRATOR),
    ("accounts.user", "assign_role set_active_state", M),
    ("taxonomy.placeterm taxonomy.initiativeterm taxonomy.strategyterm taxonomy.componentterm", "delete", M),
    ("impact.impactstat organization.alert", "delete undo", E),
    ("news.publisher impact.study redirects.withdrawnurl", "delete", M),
]
BULK_RIGHTS: dict[str, Rank] = {
    f"{model}.{action}": rank
    for models, actions, rank in BULK_TABLE
    for model in models.split()
    for action in actions.split()
}


@dataclass(frozen=True)
class AdminAddress:
    """One entry of the addresses below /admin/, with the names of the parts that it takes."""

    namespace: str
    name: str
    parts: tuple[str, ...]

    @property
    def full_name(self) -> str:
        return f"{self.namespace}:{self.name}" if self.namespace else self.name

    @property
    def line(self) -> str:
        """The name by which the table has it."""
        is_of_one = self.full_name == "wagtailsettings:edit" and "pk" in self.parts
        return f"{self.full_name}/pk" if is_of_one else self.full_name

    def rank(self, method: str) -> Rank:
        """The lowest that may look ("get") or do ("post")."""
        ranks = RIGHTS[self.line]
        return ranks[method == "post"] if isinstance(ranks, tuple) else ranks


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
