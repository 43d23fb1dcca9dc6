"""Social cards: the images that other sites show with a link to this one."""

from django.apps import AppConfig


class SocialCardsConfig(AppConfig):
    name = "site_core.social_cards"
