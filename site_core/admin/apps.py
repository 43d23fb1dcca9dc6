"""The admin's home, menus, branding and refusals."""

from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "site_core.admin"
