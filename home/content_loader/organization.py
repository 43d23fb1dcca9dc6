"""The organization's settings, and redirects from URLs of the previous site."""

from typing import Any, ClassVar

from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect

from home.content_loader.bodies import Body
from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family
from site_core.organization.cached_settings import CachedSetting
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings


class Settings(Family):
    """The single row of a settings model with a stream."""

    file = "organization.yaml"
    model: ClassVar[type[CachedSetting]]
    stream_field: ClassVar[str]

    def make(self, entry: Entry) -> CachedSetting:
        """Return the row, which any public page may have created already."""
        return self.model.load()

    def is_free(self, target: Model) -> bool:
        return object_digest(target) == object_digest(self.model())

    def fill(self, target: Any, entry: Entry) -> None:
        super().fill(target, entry)
        stream = self.model._meta.get_field(self.stream_field).stream_block
        given = entry.values.get(self.stream_field, [])
        setattr(target, self.stream_field, Body(self.record, entry, self.stream_field).build(stream, given))


class Organization(Settings):
    """The names and footer links. The organization itself enters the addresses, phone numbers and press contact."""

    name = section = "organization"
    model = OrganizationSettings
    stream_field = "footer_links"
    shape = Shape(
        {"name": str, "abbreviation": str, "parent": str, "footer_links": [dict]},
        required=("name", "abbreviation"),
    )


class CrisisHelp(Settings):
    """The help lines by name and number. The organization itself enters their hours and the dates of checks."""

    name = section = "crisis_help"
    model = CrisisHelpSettings
    stream_field = "help_lines"
    shape = Shape({"leave_url": str, "help_lines": [dict]})


class Redirects(Family):
    """Redirects from URLs of the previous site to the pages that replace them."""

    name = "redirect"
    file, section = "redirects.yaml", "redirects"
    name_field = "old_path"
    model = Redirect
    shape = Shape({"old_path": str, "redirect_page": Refers("page")}, required=("old_path", "redirect_page"))

    def make(self, entry: Entry) -> Redirect:
        """Return a new redirect, or the one that an editor has already made for the URL."""
        same = Redirect.objects.filter(old_path=Redirect.normalise_path(entry.name), site=None)
        return same.first() or Redirect()

    def is_free(self, target: Model) -> bool:
        return target.pk is None

    def fill(self, target: Redirect, entry: Entry) -> None:
        super().fill(target, entry)
        target.old_path = Redirect.normalise_path(target.old_path)
        if target.redirect_page is None:
            raise entry.error("redirect_page", "an editor has deleted that page. Remove this redirect.")
