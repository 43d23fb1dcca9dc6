"""Which page of the editors' handbook (`docs/editors/`) is about which screens of the admin.

What is not listed leads to the first page of the handbook.
"""

from site_core.admin.handbook.screens import register_help
from site_core.taxonomy.models import TERM_MODELS

# By the name of the page's file. What a screen is: `register_help`.
SCREENS: dict[str, tuple[str, ...]] = {
    "before-you-go-public": ("organization.organizationsettings",),
    "broken-links": ("broken_links", "broken_link"),
    "change-notes": ("home.textpage",),
    "checking-stats": ("stats_to_check", "check_stat"),
    "drawings": ("home.homepage",),
    "fix-while-scheduled": ("scheduled_update_question",),
    "help-lines": ("organization.crisishelpsettings",),
    "import-an-archive": ("archive_imports", "archive_import"),
    "impact-stats": ("wagtailsnippets_impact_impactstat", "wagtailsnippets_impact_study"),
    "people": (
        *("wagtailusers_users", "account_log", "outbox", "outbox_mail", "unsent_mail", "maintenance"),
        "reset_second_step",
    ),
    "pictures": ("images", "documents"),
    "press-mention": ("news.newsitempage",),
    "promoted-results": ("wagtailsearchpromotions", "unanswered_searches"),
    "redirects": ("wagtailredirects", "wagtailsnippets_redirects_withdrawnurl"),
    "review-and-schedule": (
        *("review", "review_draft", "review_public", "wagtailadmin_pages:workflow_history"),
        *("wagtailadmin_pages:workflow_history_detail", "wagtailadmin_workflows", "publishing.approvalrules"),
    ),
    "schedule": ("schedule", "schedule_month", "schedule_week", "schedule_change"),
    "signing-in": ("account", "sign_in_settings"),
    "tagging-and-finding": (
        *("news_items", "wagtailsnippets_news_publisher"),
        *(f"wagtailsnippets_taxonomy_{model._meta.model_name}" for model in TERM_MODELS.values()),
    ),
    "tending-tags": ("tags", "merge_tags", "tag_changes", "untagged", "rename_tag", "split_tag"),
    "undo-and-trash": (
        *("trash", "undo", "publications", "publication", "publication_history", "put_back_publication"),
        *("put_back_page", "delete_page_forever", "wagtailadmin_pages:delete", "wagtailadmin_pages:history"),
    ),
    "what-readers-say": ("readers_report",),
    "what-is-checked": ("wording_report", "wording_not_here"),
    "when-a-go-live-fails": ("try_failed_event",),
    "where-a-strategy-is-used": ("strategies.strategypage",),
}


def register_screens() -> None:
    for page, screens in SCREENS.items():
        register_help(page, *screens)
