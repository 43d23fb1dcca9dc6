"""The admin's home: what every panel on it looks like. Each app adds its own by `construct_homepage_panels`."""

from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component

# How many rows a panel lists.
SHOWN = 10


@dataclass(frozen=True)
class Line:
    """One object in a list of the home: where it leads, what it is and what there is to say of it."""

    title: str
    kind: str
    address: str
    note: str
    reason: str = ""
    warning: str = ""


class Lines(Component):
    """A panel that is a list of objects."""

    template_name = "admin/home_panel.html"

    def __init__(self, name: str, order: int, heading: str, lines: list[Line]) -> None:
        self.name, self.order, self.heading, self.lines = name, order, heading, lines

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"name": self.name, "heading": self.heading, "lines": self.lines}
