"""Panels for the home page of the admin. Apps add them in the hook `construct_homepage_panels`."""

from dataclasses import dataclass

from wagtail.admin.ui.components import Component

# The most lines in a panel.
SHOWN = 10


@dataclass(frozen=True)
class Line:
    """A line of a panel: the title and kind of an object, its URL (or ""), and notes."""

    title: str
    kind: str
    url: str
    note: str
    reason: str = ""
    warning: str = ""


class NewButton(Component):
    """A button that adds what is added often, such as a press mention."""

    template_name = "admin/new_button.html"

    def __init__(self, name: str, order: int, label: str, url: str) -> None:
        self.name, self.order, self.label, self.url = name, order, label, url

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return {"label": self.label, "url": self.url}


class Lines(Component):
    """A panel with a list of objects."""

    template_name = "admin/home_panel.html"

    def __init__(self, name: str, order: int, heading: str, lines: list[Line]) -> None:
        self.name, self.order, self.heading, self.lines = name, order, heading, lines

    def get_context_data(self, parent_context: object = None) -> dict[str, object]:
        return {"name": self.name, "heading": self.heading, "lines": self.lines}
