"""The small parts that stand on many pages."""

from home.patterns.pattern import Example, Group, Pattern
from site_core.models import Alert

CONTACT = {"person": "Name of a Person", "email": "name@example.org", "phone": "000-000-0000"}


def part_patterns() -> Group:
    """Alert, contact, search, buttons, icons and the mark."""
    alert = Alert(text="An example of an alert.", link_url="https://example.org/", link_text="What it leads to")
    return Group(
        "Parts",
        [
            Pattern("components/alert.html", [Example({"alert": alert})]),
            Pattern(
                "components/contact.html",
                [
                    Example(CONTACT, "Recorded in full"),
                    Example({"email": CONTACT["email"]}, "Only an address"),
                ],
            ),
            Pattern(
                "components/search_form.html",
                [Example({"field_id": "example-search", "name": "Example", "words": "words somebody looked for"})],
            ),
            Pattern("desk/patterns/buttons.html", [Example()]),
            Pattern("desk/patterns/icons.html", [Example()]),
            Pattern("components/mark.html", [Example()]),
        ],
    )
