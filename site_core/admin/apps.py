"""The home page, menus, branding and refusals of the admin."""

from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "site_core.admin"
