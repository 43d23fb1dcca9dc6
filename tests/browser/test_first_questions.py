"""The first question of each kind of visitor is answered within two clicks of the home page.

Each case names the links to follow and the sentence that answers. Where only the organization can answer and has not
yet, the site says so in a sentence of its own, and the case is marked: nothing here pretends to be an answer.
"""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

from home.launch_checklist import open_items

GVI, IPVI = "Group Violence Intervention (GVI)", "Intimate Partner Violence Intervention (IPVI)"
FIGURE = "23 percent reduction in overall shooting behavior"
MOST_CLICKS = 2


@dataclass(frozen=True)
class Question:
    """Who asks what, the links that lead to the answer, and the sentence that gives it, perhaps in one section."""

    visitor: str
    asks: str
    links: tuple[str, ...]
    answer: str
    section: str = ""
    is_missing: bool = False


QUESTIONS = [
    Question("mayor", "Does it work in a city like mine?", (GVI,), "reduction in overall shooting behavior among"),
    Question("mayor", "Who has to take part?", (GVI,), "Community members, law enforcement and support providers"),
    Question("mayor", "Where is it used?", (GVI,), "Boston, Chicago, Cincinnati, Detroit, Lowell, New Orleans"),
    Question("mayor", "Whom do I call?", ("Contact",), "No postal address, e-mail address or phone number", "", True),
    Question("police chief", "What do my people do?", (GVI,), "Speak with them directly"),
    Question("police chief", "Is there a guide?", (GVI,), "published an implementation guide in 2013"),
    Question(
        "police chief",
        "Which city can I ask?",
        (GVI, "Pittsburgh"),
        "Group Violence Intervention",
        "Strategies in use",
    ),
    Question("neighbor", "Is this more policing of us?", (), "Minimize arrest and incarceration"),
    Question("neighbor", "What comes first?", (), "First do no harm"),
    Question("neighbor", "Where do I find help?", (IPVI,), "National Domestic Violence Hotline"),
    Question("journalist", "Is this figure right?", (), "Matches its source"),
    Question("journalist", "Where does it come from?", (FIGURE,), "Papachristos, A. V., and Kirk, D. S. (2015)."),
    Question("journalist", "May I quote it?", ("Press",), "Please quote it with its place"),
    Question("journalist", "Whom can I phone?", ("Press",), "No press contact has been published yet.", "", True),
    Question("researcher", "Which design?", (FIGURE,), "matched comparison"),
    Question("researcher", "Where are the numbers?", ("Impact",), "All figures with their people, scope, status"),
    Question("funder", "How are figures checked?", ("How figures are checked",), "the least favorable one decides"),
    Question("funder", "In how many places?", ("Places",), "13 places are on record."),
    Question("practitioner", "Which guide is the latest?", (GVI,), "revised it in 2016"),
]


def test_first_questions_are_answered_within_two_clicks(page: Page, content: None) -> None:
    for question in QUESTIONS:
        assert len(question.links) <= MOST_CLICKS, question
        page.goto("/")
        for link in question.links:
            page.get_by_role("link", name=link).first.click()
        place = page.get_by_role("main")
        if question.section:
            heading = page.get_by_role("heading", name=question.section, exact=True)
            place = page.locator("main section").filter(has=heading)
        expect(place, f"{question.visitor}: {question.asks}").to_contain_text(question.answer)


def test_what_only_the_organization_can_answer_is_listed_before_it_goes_public(content: None) -> None:
    """Each marked case stands among the open points that the admin shows until they are settled."""
    missing = [question for question in QUESTIONS if question.is_missing]
    points = " ".join(point.text for point in open_items())
    assert len(missing) == 2
    for wanted in ("The postal address", "A phone number for everyone", "The phone number of the press contact"):
        assert wanted in points
