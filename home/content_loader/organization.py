"""What the organization says of itself, and where the old site's addresses lead."""

from typing import Any

from wagtail.contrib.redirects.models import Redirect

from home.content_loader.bodies import Body
from home.content_loader.digests import object_digest
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family
from site_core.models import OrganizationSettings


class Organization(Family):
    """The settings. Address, phone, e-mail and press contact are the organization's to enter, so no file can."""

    name = "organization"
    file, section = "organization.yaml", "organization"
    model = OrganizationSettings
    shape = Shape(
        {"name": str, "abbreviation": str, "parent": str, "footer_links": [dict]},
        required=("name", "abbreviation"),
    )

    def make(self, entry: Entry) -> OrganizationSettings:
        """The one row there is: any public page may have made it already."""
        settings: OrganizationSettings = OrganizationSettings.load()
        return settings

    def is_free(self, target: OrganizationSettings) -> bool:
        return object_digest(target) == object_digest(OrganizationSettings())

    def fill(self, target: Any, entry: Entry) -> None:
        super().fill(target, entry)
        stream = OrganizationSettings._meta.get_field("footer_links").stream_block
        target.footer_links = Body(self.record, entry, "footer_links").build(
            stream, entry.values.get("footer_links", [])
        )


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
