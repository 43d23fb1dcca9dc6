"""Connects the report to the admin."""

from wagtail import hooks

from site_core.feedback.report import ReadersMenuItem, report_urls

hooks.register("register_admin_urls", report_urls)
hooks.register("register_reports_menu_item", ReadersMenuItem)
