"""Loading the content into a new site, and into one that somebody has already begun to use."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from home.content_loader.loading import read_entries
from home.management.commands import load_content as command
from home.models import TextPage
from site_core.organization.models import OrganizationSettings
from site_core.taxonomy.models import PlaceTerm
from tests.home.content_files import change, row_counts

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_command_says_what_it_did_and_keeps_what_somebody_entered_before() -> None:
    settings = OrganizationSettings.load()
    settings.abbreviation = "The Network"
    settings.save()
    redirect = Redirect.add_redirect("/our-work/all-guides", redirect_to="/about/")
    entered = [f"organization “{settings.name}”", "redirect “/our-work/all-guides”"]
    number = sum(len(entries) for entries in read_entries(command.CONTENT_FOLDER).values()) - len(entered)
    said = StringIO()
    call_command("load_content", stdout=said)
    PlaceTerm.objects.filter(name="Oakland").update(region="California")
    TextPage.objects.get(slug="accessibility").delete()
    call_command("load_content", stdout=said)
    assert said.getvalue().splitlines() == [
        f"Loaded {number}, updated 0, unchanged 0.",
        *(f"Left as an editor changed it: {name}." for name in entered),
        f"Loaded 0, updated 0, unchanged {number - 2}.",
        *(f"Left as an editor changed it: {name}." for name in ("place “Oakland”", *entered)),
        "Left out because an editor deleted it: page “accessibility”.",
    ]
    assert OrganizationSettings.load().abbreviation == "The Network"
    assert Redirect.objects.get(old_path="/our-work/all-guides") == redirect


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "terms.yaml",
            "    region: MA",
            "    state: MA",
            "terms.yaml, entry “Boston”, field “state”: there is no such field. Use name, slug, aliases, region, "
            "country, latitude, longitude, larger_place, has_page.",
        ),
        (
            "figures.yaml",
            "value_low: 44\n    value_high: 56",
            "value_low: 56\n    value_high: 44",
            "figures.yaml, entry “high-point-drug-offenses”, field “value_high”: The upper end must be more than 56. "
            "For a single value, leave it empty.",
        ),
        (
            "redirects.yaml",
            "redirect_page: nnsc-international",
            "redirect_page: sweden",
            "redirects.yaml, entry “/impact/international/sweden”, field “redirect_page”: there is no page “sweden” "
            "in these files",
        ),
    ],
)
def test_a_broken_file_leaves_a_new_site_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str, message: str
) -> None:
    change(folder, file, old, new)
    monkeypatch.setattr(command, "CONTENT_FOLDER", folder)
    before = row_counts()
    with pytest.raises(CommandError) as refused:
        call_command("load_content")
    assert str(refused.value).startswith(message)
    assert row_counts() == before
    assert Page.objects.get(depth=2) == Site.objects.get().root_page
