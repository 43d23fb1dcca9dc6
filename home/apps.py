from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from site_core.accounts.roles import Role, grant
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.page_cache.store.request_key import register_query_keys
        from site_core.publishing.cdn import register_always_purged

        register_private_models("home.LoadedEntry", "home.UnansweredSearch")
        # The query keys of the search page.
        register_query_keys("q", "page")
        register_always_purged("sitemap", "changes_feed_atom", "changes_feed_json")
        grant(Role.EDITOR, "add change delete view", "wagtailsearchpromotions.searchpromotion")
        grant(Role.EDITOR, "view", "home.unansweredsearch")
