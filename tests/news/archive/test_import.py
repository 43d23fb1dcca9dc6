"""An import adds to the site what its report says, once, whatever interrupts it, and can be taken back."""

import json
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from news.archive import storing, undoing, uploading
from news.archive.models import ArchiveImport, ArchiveRow, Progress, State
from news.archive.storing import Storing, begin
from news.kept_counts.reading import visible_counts
from news.management.commands import import_news as command
from news.models import NewsIndexPage, NewsItemPage, Publisher
from news.partial_date import PartialDate
from site_core.page_cache.invalidation import generation
from site_core.publishing.ledger.publications import Cause, Publication
from site_core.publishing.trash.trashing import move_to_trash
from site_core.publishing.trashed_page import outside_trash
from site_core.taxonomy.models import Term
from tests import factories
from tests.factories import SiteTree
from tests.news.archive.archives import dirty_csv, make_names, old_listing, rss

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("names", "at_leisure")]
COUNTS = ("new", "on_file", "changed", "refused")


@pytest.fixture
def names(site_tree: SiteTree) -> None:
    make_names()


@pytest.fixture
def at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction ends after so many items, however slow the machine is, and the next one begins at once."""
    for module in (storing, undoing):
        monkeypatch.setattr(module, "MOST_SECONDS", 3_600)
    monkeypatch.setattr(command, "REST_SECONDS", 0)


def import_news(file: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("import_news", str(file), "--json", *options, stdout=out)
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def counts(report: dict[str, Any]) -> list[int]:
    return [report[name] for name in COUNTS]


def items() -> Any:
    return outside_trash(NewsItemPage.objects.order_by("pk"))


def listing_file(folder: Path, number: int) -> Path:
    file = folder / "listing.txt"
    file.write_text(old_listing(number))
    return file


def csv_file(folder: Path, number: int) -> Path:
    file = folder / "archive.csv"
    file.write_bytes(dirty_csv(number))
    return file


@pytest.mark.sweep
@pytest.mark.one_database
def test_archives_of_hundreds_are_in_the_site_as_their_reports_say(tmp_path: Path) -> None:
    feed = tmp_path / "feed.rss"
    feed.write_text(rss(50))
    files = (listing_file(tmp_path, 600), csv_file(tmp_path, 600), feed)
    reports = [import_news(file, "--as", "live") for file in files]
    assert [counts(report) for report in reports] == [[600, 0, 0, 0], [360, 120, 0, 120], [50, 0, 0, 0]]
    assert [report["added"] for report in reports] == [600, 360, 50]
    assert items().live().count() == 1010 == Publication.objects.filter(cause=Cause.IMPORTED).count()
    places = items().filter(place_tags__tag__name="Oakland").distinct().count()
    assert visible_counts()[("place", str(Term.objects.get(name="Oakland").pk))] == places >= 700


def test_a_dry_run_counts_the_rows_of_600_and_stores_nothing(tmp_path: Path) -> None:
    before = [model.objects.count() for model in (Page, Term, Publisher, ArchiveImport)]
    listing = import_news(listing_file(tmp_path, 600), "--dry-run")
    excel = import_news(csv_file(tmp_path, 600), "--dry-run")
    assert (counts(listing), counts(excel)) == ([600, 0, 0, 0], [360, 120, 0, 120])
    assert listing["unknown_tags"] == excel["unknown_tags"] == excel["unknown_publishers"] == []
    reasons = {row["line"]: row["reason"] for row in excel["rows"]["refused"][:2]}
    assert "“Sometime” is not a date" in reasons[11] and reasons[12] == "There is no headline."
    assert [model.objects.count() for model in (Page, Term, Publisher, ArchiveImport)] == before


def test_the_json_of_a_dry_run_is_one_object_and_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    call_command("import_news", str(csv_file(tmp_path, 10)), "--dry-run", "--json")
    report = json.loads(capfd.readouterr().out)
    assert {*COUNTS, "unknown_tags", "unknown_publishers"} <= set(report)


def test_the_numbers_of_the_report_are_those_of_the_site(tmp_path: Path) -> None:
    excel = import_news(csv_file(tmp_path, 20), "--as", "live")
    listing = import_news(listing_file(tmp_path, 20), "--as", "live")
    assert counts(excel) == [12, 4, 0, 4] and counts(listing) == [20, 0, 0, 0]
    assert (excel["added"], listing["added"], excel["drafts"], listing["drafts"]) == (12, 20, 0, 0)
    assert items().live().count() == 32 == Publication.objects.filter(cause=Cause.IMPORTED).count()
    item = items().get(title="First, they asked; then they came 0")
    assert (str(item.publisher), item.date, item.link) == (
        "Daily Freeman",
        PartialDate(2014),
        "https://example.org/0/cut",
    )
    item = items().get(title="Two lines in one cell 0")
    assert [tag.name for cluster in item.clusters for tag in cluster.tags] == [
        "Detroit",
        "High Point",
        "Intimate Partner Violence Intervention",
    ]
    item = items().get(title="“Nobody asked,” a mother says 0")
    assert str(item.publisher) == "The New York Times"


def test_run_twice_it_adds_nothing(tmp_path: Path) -> None:
    file = csv_file(tmp_path, 10)
    import_news(file)
    stored = list(items().values())
    again = import_news(file)
    assert (counts(again), again["added"]) == ([0, 8, 0, 2], 0)
    assert list(items().values()) == stored


def test_a_feed_is_the_news_of_the_paper_whose_name_it_has(tmp_path: Path) -> None:
    file = tmp_path / "feed.rss"
    file.write_text(rss(50))
    report = import_news(file, "--dry-run")
    assert (counts(report), report["unknown_publishers"]) == ([50, 0, 0, 0], [])


def test_what_the_site_says_otherwise_is_changed_and_stays(tmp_path: Path, site_tree: SiteTree) -> None:
    of_paper = Publisher.objects.get(name="USA TODAY")
    factories.NewsItemPageFactory(parent=site_tree.news, title="One", publisher=of_paper, link="https://a.org/x")
    factories.NewsItemPageFactory(parent=site_tree.news, title="Two’s company", publisher=of_paper, draft=True)
    file = tmp_path / "archive.csv"
    file.write_text(
        "Title,Source,Date,Link\n"
        "Another headline,USA TODAY,2018,http://www.a.org/x/?utm_source=b\n"
        "two's company,usa today,2018,\n"
        "Two’s company,Daily Freeman,2018,\n"
        "One,USA TODAY,2018,https://a.org/x\n"
    )
    stored = list(items().values())
    report = import_news(file, "--dry-run")
    assert counts(report) == [1, 2, 1, 0]
    assert "something else in: headline" in report["rows"]["changed"][0]["reason"]
    assert list(items().values()) == stored


def test_names_that_are_not_on_file_are_told_once_and_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "archive.csv"
    file.write_text(
        "Title,Source,Date,Tags,City\n"
        'One,The Argus,2016,New York Group Violence Intervention,"High Point, NC"\n'
        "Two,the argus,2016,,Dayton; Yorkshire\n"
        "Three,New York Times,2016,York Group Violence Intervention,\n"
    )
    report = import_news(file, "--as", "live")
    assert (report["unknown_tags"], report["unknown_publishers"]) == (
        ["New York", "Dayton", "Yorkshire"],
        ["The Argus"],
    )
    assert (report["new"], report["drafts"]) == (3, 2)
    one, two, three = (items().get(title=title) for title in ("One", "Two", "Three"))
    assert one.asked_for == {"places": ["New York"], "publisher": ["The Argus"]}
    assert [place.name for place in one.places.all()] == ["High Point"]
    assert two.asked_for == {"places": ["Dayton", "Yorkshire"], "publisher": ["the argus"]}
    assert (three.live, three.publisher.name, [place.name for place in three.places.all()]) == (
        True,
        "The New York Times",
        ["York"],
    )


class Killed(BaseException):
    """Ends the process as SIGKILL would: what is not committed is lost."""


def killing(act: Any, after: int) -> Any:
    """The function, which ends the process when it is called the next time after so many."""
    calls = iter(range(after))

    def killed(*args: Any, **kwargs: Any) -> Any:
        if next(calls, None) is None:
            raise Killed
        return act(*args, **kwargs)

    return killed


def test_killed_anywhere_it_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = listing_file(tmp_path, 12)
    monkeypatch.setattr(storing, "MOST_ITEMS", 5)
    monkeypatch.setattr(uploading, "TOGETHER", 5)
    added = 0
    for module, name, after in (
        (ArchiveRow, "of", 7),
        (uploading, "update_rows", 1),
        (storing, "add_item", 3),
        (storing, "add_item", 7),
    ):
        with monkeypatch.context() as patched, suppress(Killed):
            patched.setattr(module, name, killing(getattr(module, name), after))
            import_news(file, "--as", "live")
            pytest.fail("It was not killed.")
        assert items().count() >= added
        added = items().count()
    assert added == 5 and ArchiveImport.objects.get().state == State.IMPORTING
    report = import_news(file, "--as", "live")
    assert (counts(report), report["added"]) == ([12, 0, 0, 0], 12)
    assert items().live().count() == 12 == Publication.objects.filter(cause=Cause.IMPORTED).count()
    assert ArchiveImport.objects.get().state == State.DONE


def test_an_import_is_taken_back_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tables() -> list[Any]:
        rows: Iterator[Any] = (model.objects.order_by("pk").values() for model in (Term, Publisher))
        return [*map(list, rows), list(items().values("pk", "title", "live", "slug"))]

    factories.NewsItemPageFactory(parent=NewsIndexPage.objects.get(), title="Before")
    before, file = tables(), csv_file(tmp_path, 10)
    import_news(file, "--as", "live")
    monkeypatch.setattr(undoing, "MOST_ITEMS", 2)
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(undoing, "move_to_trash", killing(move_to_trash, 3))
        call_command("import_news", str(file), "--undo")
    out = StringIO()
    call_command("import_news", str(file), "--undo", stdout=out)
    assert out.getvalue() == "6 moved to the trash.\n"
    assert tables() == before
    assert set(ArchiveRow.objects.filter(outcome="new").values_list("progress", flat=True)) == {Progress.TAKEN_BACK}
    with pytest.raises(CommandError, match="nothing to take back"):
        call_command("import_news", str(file), "--undo")


def test_two_imports_at_once_add_to_the_site_one_after_the_other(tmp_path: Path) -> None:
    archive = uploading.take_in(csv_file(tmp_path, 10), "archive.csv")
    begin(archive, live=False)
    with pytest.raises(CommandError, match=r"“archive\.csv”, is not finished"):
        import_news(listing_file(tmp_path, 2))
    assert not items().exists()


def test_an_import_that_fails_as_it_begins_has_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = uploading.take_in(csv_file(tmp_path, 10), "archive.csv")
    before = archive.state

    def fail(archive: ArchiveImport) -> None:
        factories.PublisherFactory(name="Example Gazette")
        raise RuntimeError

    monkeypatch.setattr(storing, "carry_out", fail)
    with pytest.raises(RuntimeError):
        begin(archive, live=False)
    assert ArchiveImport.objects.get().state == before
    assert not Publisher.objects.filter(name="Example Gazette").exists()


@pytest.mark.parametrize("limits", [{"MOST_ITEMS": 4}, {"LEAST_ITEMS": 4, "MOST_SECONDS": 0}])
def test_stored_pages_are_outdated_once_for_all_items_of_a_transaction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int]
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(storing, name, limit)
    archive = uploading.take_in(listing_file(tmp_path, 8), "listing.txt")
    archive.matched = {name: name for name in archive.columns}
    archive.state = State.CHECKING
    archive.save()
    before = generation.number()
    uploading.check(archive)
    begin(archive, live=True)
    assert generation.number() == before
    adding = Storing(archive)
    while adding.add_some():
        pass
    assert items().live().count() == 8
    assert generation.number() == before + 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "The file is empty."),
        ("headings.csv", b"Title,Date\n", "The file has headings, and no rows below them."),
        ("columns.csv", b"Color,Size\nred,3\n", "No column is named like a headline."),
        ("zeros.csv", b"Title\nA\x00\n", "zero bytes"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    for options in ([], ["--dry-run"]):
        with pytest.raises(CommandError, match=words):
            import_news(file, *options)
    assert not ArchiveImport.objects.exists()
    with pytest.raises(CommandError, match="No such file"):
        import_news(tmp_path / "missing.csv")
