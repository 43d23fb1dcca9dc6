"""A study is filled in from its DOI, BibTeX or RIS, pasted into one box. What was typed stays."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from impact.citations import crossref
from impact.citations.pasted import reference_in
from impact.citations.reference import CannotRead
from impact.models import Study
from site_core.accounts.roles import Role
from site_core.outgoing.guard import Guard
from tests import factories
from tests.outgoing.web import Reply, Web, moved, running_web
from tests.publishing.review.review_admin import client_of, person

BRAGA = {
    "short_name": "Braga et al. 2018",
    "authors": "Braga, Anthony A., Weisburd, David, and Turchan, Brandon",
    "year": "2018",
    "title": "Focused Deterrence Strategies & Crime Control: A Systematic Review",
    "container": "Criminology & Public Policy",
    "locator": "17(1), 205–250",
    "url": "https://doi.org/10.1111/1745-9133.12353",
}
BIBTEX = r"""
@article{Braga2018,
  title = {{Focused} Deterrence Strategies {\&} Crime Control: {A} Systematic Review},
  author = {Braga, Anthony A. and David Weisburd and Turchan, Brandon},
  journal = {Criminology \& Public Policy}, volume = 17, number = {1}, pages = {205--250},
  year = {2018}, month = feb, doi = {10.1111/1745-9133.12353}, url = {https://example.org/a%20b_c}
}"""
RIS = """TY  - JOUR
AU  - Braga, Anthony A.
AU  - Weisburd, David
AU  - Turchan, Brandon
PY  - 2018/02/01
TI  - Focused Deterrence Strategies & Crime Control: A Systematic Review
JO  - Criminology & Public Policy
VL  - 17
IS  - 1
SP  - 205
EP  - 250
DO  - https://doi.org/10.1111/1745-9133.12353
ER  -
"""


@pytest.mark.unit
def test_bibtex_and_ris_say_the_same_of_the_same_study() -> None:
    for text in (BIBTEX, RIS, RIS.replace("\n", "\r\n"), RIS.replace("  - ", " - ").replace("ER  -", "")):
        reference, left_open = reference_in(text)
        assert (reference.values, left_open) == (BRAGA, "")


@pytest.mark.unit
def test_organizations_particles_and_reports_keep_their_names() -> None:
    text = r"""@techreport{a,
        author={{National Institute of Justice} and Ludwig van Beethoven and Jos{\'e} Garc{\'\i}a},
        title={On {Boston}}, institution={NIJ}, number={NCJ 188741}, year=2001, url={https://example.org/a%20b\_c}}"""
    reference, _ = reference_in(text)
    assert reference.authors == ("National Institute of Justice", "van Beethoven, Ludwig", "García, José")
    assert (reference.container, reference.locator) == ("NIJ", "NCJ 188741")
    assert reference.values["url"] == "https://example.org/a%20b_c"


@pytest.mark.unit
@pytest.mark.parametrize(
    "typed", ["10.1111/ABC.1", "doi:10.1111/abc.1", "https://doi.org/10.1111%2Fabc.1", "DOI 10.1111/abc.1."]
)
def test_a_doi_alone_asks_nobody_unless_a_setting_says_so(typed: str, settings: Any) -> None:
    def ask(doi: str) -> Any:
        raise AssertionError("Nobody allowed that.")

    reference, left_open = reference_in(typed, ask)
    assert reference.values == {"url": "https://doi.org/10.1111/abc.1"}
    assert "A DOI alone" in left_open
    settings.CROSSREF_IS_ASKED = True
    with pytest.raises(AssertionError):
        reference_in(typed, ask)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Braga 2018", "neither a DOI"),
        ("https://example.org/10.1111/abc", "neither a DOI"),
        ("@article{a, title={x", "BibTeX cannot be read"),
        ("@article{a, title={x}, title={y}}", "BibTeX cannot be read"),
        (BIBTEX + BIBTEX.replace("Braga2018", "b"), "2 references"),
        (RIS + RIS, "2 references"),
        ("TY  - ", "RIS cannot be read"),
        ("@article{a}", "BibTeX cannot be read"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(CannotRead, match=reason):
        reference_in(text)


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Web]:
    """Crossref on this machine. It knows one DOI and answers nonsense to others."""
    author = [{"family": "Braga", "given": "Anthony A."}, {"name": "National Institute of Justice"}]
    known = {"title": ["A\n title"], "author": author, "issued": {"date-parts": [[2018, 2]]}, "page": "1-9"}
    settings.CROSSREF_IS_ASKED = True
    monkeypatch.setattr(crossref, "WORKS", "http://api.crossref.example/works/")
    with running_web() as web:
        web.pages = {
            f"api.crossref.example/works/10.1000%2F{name}": Reply(json.dumps(content), content_type="application/json")
            for name, content in (
                ("known", {"message": known}),
                ("empty", {"message": {"issued": {"date-parts": [[]]}}}),
                ("list", []),
            )
        }
        web.pages["api.crossref.example/works/10.1000%2Fpage"] = Reply("<html>")
        web.pages["api.crossref.example/works/10.1000%2Finside"] = moved("http://inside.example/")
        web.pages["api.crossref.example/robots.txt"] = Reply("User-agent: *\nDisallow: /", content_type="text/plain")
        web.addresses["inside.example"] = "10.0.0.1"
        monkeypatch.setattr(Guard, "from_settings", web.guard)
        yield web


@pytest.mark.unit
def test_crossref_fills_in_what_it_knows(works: Web) -> None:
    reference, left_open = reference_in("10.1000/known")
    assert (reference.short_name, reference.title, reference.pages, left_open) == (
        *("Braga and National Institute of Justice 2018", "A title", "1–9", ""),
    )
    assert works.asked == ["GET api.crossref.example/works/10.1000%2Fknown"]
    assert works.headers[0]["Accept"] == "application/json"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("doi", "sentence"),
    [
        ("10.1000/unknown", "does not know"),
        *((f"10.1000/{name}", "does not answer") for name in ("empty", "list", "page", "inside")),
    ],
)
@pytest.mark.usefixtures("works")
def test_where_crossref_does_not_help_the_doi_is_filled_in(doi: str, sentence: str) -> None:
    reference, left_open = reference_in(doi)
    assert reference.values == {"url": f"https://doi.org/{doi}"}
    assert sentence in left_open


@pytest.mark.unit
def test_crossref_is_asked_by_the_same_way_out_as_every_other_site(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CROSSREF_IS_ASKED = True
    monkeypatch.setattr(crossref, "WORKS", "http://8.8.8.8/works/")
    assert "asks no other sites" in reference_in("10.1000/known")[1]
    with running_web() as proxy:
        settings.OUTGOING_REQUESTS, settings.OUTGOING_PROXY = True, f"http://127.0.0.1:{proxy.server_port}"
        assert "does not know" in reference_in("10.1000/known")[1]
        assert proxy.asked == ["GET 8.8.8.8http://8.8.8.8/works/10.1000%2Fknown"]


@pytest.mark.django_db
@pytest.mark.one_database
def test_the_form_is_filled_in_and_keeps_what_was_typed() -> None:
    client, url = client_of(person(Role.EDITOR)), reverse("wagtailsnippets_impact_study:add")
    assert "Fill in from the citation" in client.get(url).content.decode()
    page = client.post(url, {"pasted": RIS, "title": "My own title", "design": "a design"})
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert shown == BRAGA | {"title": "My own title", "design": "a design", "described_as": None, "pasted": ""}
    assert not Study.objects.exists()
    assert client.post(url, BRAGA | {"described_as": "study", "pasted": ""}).status_code == 302
    edit = client.get(reverse("wagtailsnippets_impact_study:edit", args=[Study.objects.get().pk]))
    assert "Fill in from the citation" not in edit.content.decode()


@pytest.mark.django_db
@pytest.mark.one_database
def test_a_study_on_file_is_named_and_the_same_doi_is_refused() -> None:
    on_file = factories.StudyFactory(short_name="Braga et al. 2018", url="http://dx.doi.org/10.1111/1745-9133.12353")
    by_title = factories.StudyFactory(short_name="Other", title=BRAGA["title"].upper(), year=2018)
    client, url = client_of(person(Role.EDITOR)), reverse("wagtailsnippets_impact_study:add")
    page = client.post(url, {"pasted": BIBTEX})
    said = page.content.decode()
    for study in (on_file, by_title):
        assert reverse("wagtailsnippets_impact_study:edit", args=[study.pk]) in said
    assert page.context["form"]["short_name"].value() == "Braga et al. 2018b"
    again = client.post(url, BRAGA | {"short_name": "Another", "described_as": "study"})
    assert again.context["form"].errors == {
        "url": ["This DOI is already on file as “Braga et al. 2018”. Use that study."]
    }


@pytest.mark.django_db
@pytest.mark.one_database
def test_what_cannot_be_read_stays_in_its_box_with_the_reason() -> None:
    client, url = client_of(person(Role.EDITOR)), reverse("wagtailsnippets_impact_study:add")
    form = client.post(url, {"pasted": "Braga 2018", "title": "My title"}).context["form"]
    assert list(form.errors) == ["pasted"]
    assert (form["pasted"].value(), form["title"].value()) == ("Braga 2018", "My title")
