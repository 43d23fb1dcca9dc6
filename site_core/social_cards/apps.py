"""Social cards: the images that other sites show with a link to this one."""

from django.apps import AppConfig


class SocialCardsConfig(AppConfig):
    name = "site_core.social_cards"

    def ready(self) -> None:
        from site_core.page_cache.store.request_key import register_bypassed_paths

        register_bypassed_paths("/cards/")
