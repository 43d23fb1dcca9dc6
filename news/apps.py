from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class NewsConfig(AppConfig):
    name = "news"

    def ready(self) -> None:
        from news.indexing import index_items_about, index_items_of
        from news.publishers import Publisher
        from site_core.models import Term
        from site_core.taxonomy.models import TERM_MODELS

        post_save.connect(index_items_of, sender=Publisher)
        models: list[Any] = [Term, *TERM_MODELS.values()]
        for model in models:
            post_save.connect(index_items_about, sender=model)
