from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save, pre_migrate


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from wagtail.admin.compare import register_comparison_class

        from news.archive.background import Background
        from news.archive.storing import REST_SECONDS
        from news.feeds import FORMATS
        from news.index_page import NewsIndexPage
        from news.indexing import reindex_items_of_publisher, reindex_tagged_items
        from news.kept_counts.models import KeptCount
        from news.kept_counts.upkeep import after_migrate, before_migrate, correct, keep_up
        from news.listing.query import KEYS
        from news.partial_date import PartialDateField, read_partial_date
        from news.publishers import Publisher
        from site_core.accounts.roles import Role, grant
        from site_core.chores.registry import register_chore
        from site_core.fields.typed_dates import READERS
        from site_core.ops.backup.tables import register_derived_table
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.page_cache.store.request_key import register_query_keys
        from site_core.publishing.cdn import register_always_purged
        from site_core.publishing.differences.plain_values import PlainComparison
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.publishing.runner.worker import register_worker
        from site_core.taxonomy.models import TERM_MODELS, Term

        register_recorded_models("news.Publisher")
        register_private_models("news.ArchiveImport", "news.ArchiveRow")
        register_comparison_class(PartialDateField, comparison_class=PlainComparison)
        READERS["partial"] = read_partial_date
        feeds = [f"news_feed_{form}" for form in FORMATS]
        # What a visitor searches for is not stored.
        stored = [key for key in KEYS if key != "q"]
        register_query_keys("wagtail_serve", *stored, "page", args=(f"{NewsIndexPage.fixed_slug}/",))
        for feed in feeds:
            register_query_keys(feed, *stored)
        register_always_purged(*feeds)
        register_worker("archive", Background().act, REST_SECONDS)
        register_chore("kept_counts", "Add up the counts of news items", keep_up)
        register_derived_table(KeptCount._meta.db_table, correct)
        grant(Role.MANAGING_EDITOR, "add", "news.archiveimport")
        grant(Role.AUTHOR, "add view", "news.publisher")
        grant(Role.EDITOR, "change", "news.publisher")
        grant(Role.MANAGING_EDITOR, "delete", "news.publisher")

        pre_migrate.connect(before_migrate, sender=self)
        post_migrate.connect(after_migrate, sender=self)
        post_save.connect(reindex_items_of_publisher, sender=Publisher)
        term_models: list[type[Term]] = [Term, *TERM_MODELS.values()]
        for model in term_models:
            post_save.connect(reindex_tagged_items, sender=model)
