"""Sections of Monday's digest. Each room registers its own in `AppConfig.ready()`, and knows no other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser

from site_core.admin.homepage import Line

User = AbstractUser | AnonymousUser


@dataclass(frozen=True)
class Section:
    """One list of the digest.

    `lines` returns what one user is told there, all of it, and nothing that this user may not see. `url_name` names
    the screen on which they go on.
    """

    name: str
    order: int
    heading: str
    url_name: str
    lines: Callable[[User], list[Line]]


_sections: dict[str, Section] = {}


def register_section(section: Section) -> None:
    """Add a section, in place of one of the same name."""
    _sections[section.name] = section


def sections_for(user: User, listed: Mapping[str, list[Line]] | None = None) -> list[tuple[Section, list[Line]]]:
    """Every section that has something for a user, in order. The lines of some may be known, by the section's name."""
    known, in_order = listed or {}, sorted(_sections.values(), key=lambda section: section.order)
    found = [(one, known[one.name] if one.name in known else one.lines(user)) for one in in_order]
    return [(section, lines) for section, lines in found if lines]
