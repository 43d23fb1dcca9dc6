"""Connects the report to the admin."""

from wagtail import hooks

from site_core.link_checks.views import LinksMenuItem, link_urls

hooks.register("register_admin_urls", link_urls)
hooks.register("register_reports_menu_item", LinksMenuItem)
