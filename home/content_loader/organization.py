"""The settings that files may fill, and where the old site's addresses lead."""

from typing import Any, ClassVar

from wagtail.contrib.redirects.models import Redirect

from home.content_loader.bodies import Body
from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings


class Settings(Family):
    """The one row of a setting, with the stream in it that a file may fill."""

    file = "organization.yaml"
    stream_field: ClassVar[str]

    def make(self, entry: Entry) -> Any:
        """The one row there is: any public page may have made it already."""
        return self.model.load()

    def is_free(self, target: Any) -> bool:
        return object_digest(target) == object_digest(self.model())

    def fill(self, target: Any, entry: Entry) -> None:
        super().fill(target, entry)
        stream = self.model._meta.get_field(self.stream_field).stream_block
        given = entry.values.get(self.stream_field, [])
        setattr(target, self.stream_field, Body(self.record, entry, self.stream_field).build(stream, given))


class Organization(Settings):
    """Address, phone, e-mail and press contact are the organization's to enter, so no file can."""

    name = section = "organization"
    model = OrganizationSettings
    stream_field = "footer_links"
    shape = Shape(
        {"name": str, "abbreviation": str, "parent": str, "footer_links": [dict]},
        required=("name", "abbreviation"),
    )


class Care(Settings):
    """The help lines by name and number. Their hours, and who checked them when, are the organization's to enter."""

    name = section = "care"
    model = CrisisHelpSettings
    stream_field = "help_lines"
    shape = Shape({"leave_url": str, "help_lines": [dict]})


class Redirects(Family):
    """Addresses of the old site that lead to what stands there now."""

    name = "redirect"
    file, section = "redirects.yaml", "redirects"
    name_field = "old_path"
    model = Redirect
    shape = Shape({"old_path": str, "redirect_page": Refers("page")}, required=("old_path", "redirect_page"))

    def make(self, entry: Entry) -> Redirect:
        """A new redirect, or the one that an editor has already made for the address."""
        same = Redirect.objects.filter(old_path=Redirect.normalise_path(entry.name), site=None)
        return same.first() or Redirect()

    def is_free(self, target: Redirect) -> bool:
        return target.pk is None

    def fill(self, target: Redirect, entry: Entry) -> None:
        super().fill(target, entry)
        target.old_path = Redirect.normalise_path(target.old_path)
        if target.redirect_page is None:
            raise entry.error("redirect_page", "an editor has deleted that page. Take this redirect out.")
