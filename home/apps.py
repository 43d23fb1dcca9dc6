from django.apps import AppConfig
from wagtail.signals import page_published, published


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home.search.indexing import index_again, index_snippet_again

        page_published.connect(index_again, dispatch_uid="index a page again")
        published.connect(index_snippet_again, dispatch_uid="index a snippet again")
