"""The pictures that other sites show of a link."""

from django.apps import AppConfig


class SocialCardsConfig(AppConfig):
    name = "site_core.social_cards"
