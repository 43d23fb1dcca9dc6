from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"

    def ready(self) -> None:
        from home.help.screens import register_screens
        from home.places.index_page import PlaceIndexPage
        from home.search.admin_kinds import register_kinds
        from home.search.digest import SEARCHES
        from home.search.unanswered import delete_old_searches
        from news.listing.query import KEYS
        from site_core.accounts.roles import Role, grant
        from site_core.admin.digest import register_section
        from site_core.page_cache.invalidation.private_writes import register_private_models
        from site_core.page_cache.store.request_key import register_query_keys
        from site_core.publishing.cdn import register_always_purged
        from site_core.publishing.runner.hourly import register_hourly

        register_screens()
        register_kinds()
        register_private_models("home.LoadedEntry", "home.UnansweredSearch")
        # Searches are not stored, so neither are words in a list of news.
        register_query_keys("feeds", *(key for key in KEYS if key != "q"))
        register_query_keys("wagtail_serve", "strategy", args=(f"{PlaceIndexPage.fixed_slug}/",))
        for feed in ("changes_feed_atom", "changes_feed_json"):
            register_query_keys(feed, "place")
        register_always_purged("sitemap", "changes_feed_atom", "changes_feed_json")
        register_hourly(delete_old_searches)
        register_section(SEARCHES)
        grant(Role.EDITOR, "add change delete view", "wagtailsearchpromotions.searchpromotion")
        grant(Role.EDITOR, "view", "home.unansweredsearch")
