"""The patterns of small parts that many pages share."""

from datetime import UTC, datetime

from home.patterns.pattern import Example, Group, Pattern
from site_core.organization.models import Alert
from site_core.publishing.ledger.notes import ChangeNote, Updates
from site_core.taxonomy.models import PlaceTerm

CONTACT = {"person": "Name of a Person", "email": "name@example.org", "phone": "000-000-0000"}


NOTES = (
    ChangeNote(datetime(2026, 11, 3, 17, tzinfo=UTC), "An example of a sentence that says what changed."),
    ChangeNote(datetime(2026, 4, 2, 17, tzinfo=UTC), "An example of an earlier one."),
)


def part_patterns() -> Group:
    """Return the alert, the contact, the search form, change notes, buttons, icons and the logo."""
    alert = Alert(text="An example of an alert.", link_url="https://example.org/", link_text="What it leads to")
    return Group(
        "Parts",
        [
            Pattern("components/alert.html", [Example({"alert": alert})]),
            Pattern(
                "components/contact.html",
                [
                    Example(CONTACT, "Recorded in full"),
                    Example({"email": CONTACT["email"]}, "Only an e-mail address"),
                ],
            ),
            Pattern(
                "components/search_form.html",
                [Example({"field_id": "example-search", "name": "Example", "words": "words somebody looked for"})],
            ),
            Pattern(
                "components/page_updates.html",
                [_updates("Never changed", 0), _updates("Once", 1), _updates("Twice", 2)],
            ),
            Pattern("components/change_notes.html", [Example({"notes": NOTES})]),
            Pattern(
                "components/change_feeds.html",
                [Example(), Example({"place": PlaceTerm(name="Example City", slug="example-city")}, "For a place")],
            ),
            Pattern("home/admin/patterns/buttons.html", [Example()]),
            Pattern("home/admin/patterns/icons.html", [Example()]),
            Pattern("components/logo.html", [Example()]),
        ],
    )


def _updates(state: str, count: int) -> Example:
    """Return the updates of a page with so many change notes."""
    notes = NOTES[:count]
    return Example({"updates": Updates(notes[0].at if notes else NOTES[-1].at, notes)}, state)
