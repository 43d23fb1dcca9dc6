from django.apps import AppConfig
from django.db.models.signals import post_save


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from news.indexing import reindex_items_of_publisher, reindex_tagged_items
        from news.listing.query import KEYS
        from news.publishers import Publisher
        from site_core.accounts.roles import Role, grant
        from site_core.page_cache.store.request_key import register_query_keys
        from site_core.publishing.cdn import register_always_purged
        from site_core.publishing.ledger.recorded_models import register_recorded_models
        from site_core.taxonomy.models import TERM_MODELS, Term

        register_recorded_models("news.Publisher")
        register_query_keys(*KEYS)
        register_always_purged("news_feed_rss", "news_feed_atom", "news_feed_json")
        grant(Role.AUTHOR, "add view", "news.publisher")
        grant(Role.EDITOR, "change", "news.publisher")
        grant(Role.MANAGING_EDITOR, "delete", "news.publisher")

        post_save.connect(reindex_items_of_publisher, sender=Publisher)
        term_models: list[type[Term]] = [Term, *TERM_MODELS.values()]
        for model in term_models:
            post_save.connect(reindex_tagged_items, sender=model)
