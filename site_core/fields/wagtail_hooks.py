"""Scripts of fields on every screen of the admin, and the view that reads dates for them."""

from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from site_core.fields.typed_dates import read_date

SCRIPTS = ("fields/typed_date.js", "fields/letter_count.js")


@hooks.register("insert_global_admin_js")
def field_scripts() -> SafeString:
    return format_html_join("", '<script src="{}" defer></script>', ((static(script),) for script in SCRIPTS))


hooks.register("register_admin_urls", lambda: [path("read-date/", read_date, name="read_date")])
