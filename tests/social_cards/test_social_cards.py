"""Social cards: what they look like, which URL they have, and who may see them."""

import shutil
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image, ImageChops, ImageDraw
from wagtail.models import Page, PageViewRestriction

from news.partial_date import PartialDate
from site_core.organization.models import OrganizationSettings
from site_core.social_cards import store
from site_core.social_cards.card import BAND, HEIGHT, LAMP, LAMP_BAR, MARGIN, WIDTH, SocialCard
from site_core.social_cards.typesetting import DISPLAY, SANS, Lettering
from tests import factories
from tests.committed import counted_as_committed
from tests.small_disk import fill, small_disk

pytestmark = pytest.mark.one_database

LONGEST_TITLE = ("A headline as long as an editor may enter, with many words of many lengths in it, " * 4)[:255]


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("RGB")


def path_of(page: Any) -> str:
    organization = OrganizationSettings.load()
    return reverse("page_card", args=[page.pk, page.social_card(organization).digest])


@pytest.mark.parametrize(
    ("title", "foot"),
    [
        ("News", ""),
        ("Group Violence Intervention", "Strategy · GVI"),
        (LONGEST_TITLE, f"News · April 2018 | {'The Example Gazette ' * 12}"),
        ("W" * 255, "News"),
        ("Łódź, Þórshöfn, 東京 and Peñuelas 🎉", "Opinion"),
    ],
)
def test_a_card_fits_its_frame_and_its_budget(title: str, foot: str) -> None:
    card = SocialCard("Example network", title, foot)
    picture = card.draw()
    assert len(picture) <= 80_000
    image = opened(picture)
    assert image.size == (WIDTH, HEIGHT)
    assert image.getpixel((0, HEIGHT - LAMP_BAR)) == image.getpixel((WIDTH - 1, HEIGHT - 1)) == (250, 187, 65)
    above_the_lamp = image.crop((0, 0, WIDTH, HEIGHT - LAMP_BAR))
    written = ImageChops.difference(above_the_lamp, Image.new("RGB", above_the_lamp.size, BAND)).getbbox()
    assert written is not None
    left, top, right, bottom = written
    # A letter may lean a hair over its own width.
    assert left >= MARGIN - 4 and top >= MARGIN and right <= WIDTH - MARGIN + 4
    assert bottom <= HEIGHT - LAMP_BAR - MARGIN // 2


def test_a_title_is_cut_after_a_word_and_only_if_it_is_too_long() -> None:
    smallest = Lettering(DISPLAY, 44)
    room = WIDTH - 2 * MARGIN
    assert " ".join(smallest.shortened_lines("A headline that fits", room, 4)) == "A headline that fits"
    lines = smallest.shortened_lines(LONGEST_TITLE, room, 4)
    assert len(lines) == 4
    shown = " ".join(lines)
    assert shown.endswith("…")
    assert LONGEST_TITLE.startswith(shown[:-1]) and LONGEST_TITLE[len(shown) - 1] in " ,"
    assert all(smallest.width(line) <= room for line in lines)


def test_no_word_is_left_alone_on_the_last_line() -> None:
    lettering = Lettering(DISPLAY, 68)
    title = "What the cities of the network have learned together in thirty years"
    lines = lettering.balanced(title, 1056)
    assert " ".join(lines) == title
    assert len(lines) == len(lettering.lines(title, 1056))
    assert lettering.width(lines[-1]) > 0.6 * max(lettering.width(line) for line in lines)


def test_a_letter_that_no_font_has_is_transliterated() -> None:
    lettering = Lettering(SANS, 28)
    pictures = []
    for text in ("Łódź", "Lodz", "Łódz"):
        image = Image.new("L", (200, 60))
        lettering.draw(ImageDraw.Draw(image), 10, 40, text, "white")
        pictures.append(image.tobytes())
    spelled, plain, accented = pictures
    assert spelled == accented
    assert spelled != plain, "An accent that the font files have is drawn."


def test_another_text_has_another_digest() -> None:
    digests = {
        SocialCard(*words).digest
        for words in [
            ("Example network", "A title", "News"),
            ("Example network", "Another title", "News"),
            ("Example network", "A title", "Opinion"),
            ("Another network", "A title", "News"),
        ]
    }
    assert len(digests) == 4
    assert SocialCard("Example network", "A title", "News").digest in digests


@pytest.mark.django_db
def test_the_foot_says_what_the_page_is(site_tree: factories.SiteTree) -> None:
    organization = OrganizationSettings(parent="Example College")
    publisher = factories.PublisherFactory(name="Example Gazette")
    item = factories.NewsItemPageFactory(parent=site_tree.news, date=PartialDate(2018, 4), publisher=publisher)
    assert item.card_foot(organization) == "News · April 2018 | Example Gazette"
    item.item_type, item.publisher = "opinion", None
    assert item.card_foot(organization) == "Opinion · April 2018"
    strategy = factories.StrategyPageFactory(parent=site_tree.strategies, abbreviation="EXI")
    assert strategy.card_foot(organization) == "Strategy · EXI"
    assert site_tree.home.card_foot(organization) == "Example College"
    assert site_tree.home.card_foot(OrganizationSettings()) == ""


@pytest.mark.django_db
def test_the_card_of_the_home_page_says_the_mission(client: Client, site_tree: factories.SiteTree) -> None:
    assert words_of_card(client, "/").startswith(site_tree.home.title)
    mission = {"statement": "An example of a mission.", "lead": "", "aims": ["An aim"], "link": None, "link_text": ""}
    site_tree.home.body = [("mission", mission)]
    site_tree.home.save_revision().publish()
    assert words_of_card(client, "/").startswith("An example of a mission.")


@pytest.mark.django_db
def test_the_card_of_a_place_names_its_strategies(client: Client, site_tree: factories.SiteTree) -> None:
    place, strategy = factories.PlaceTermFactory(name="Example City"), factories.StrategyTermFactory()
    factories.NewsItemPageFactory(parent=site_tree.news, places=[place], strategies=[strategy])
    url = reverse("place", args=[place.slug])
    assert words_of_card(client, url).startswith("Example City, US. Place. ")
    factories.StrategyPageFactory(parent=site_tree.strategies, title="Example Intervention", term=strategy)
    assert words_of_card(client, url).startswith("Example City, US. Place · Example Intervention. ")


def words_of_card(client: Client, url: str) -> str:
    page = BeautifulSoup(client.get(url).content, "html.parser")
    (words,) = page.select("meta[property='og:image:alt']")
    return str(words["content"])


@pytest.mark.django_db
def test_a_page_names_its_card_and_the_card_is_revalidated_like_it(
    client: Client, site_tree: factories.SiteTree
) -> None:
    page = BeautifulSoup(client.get(site_tree.about.url).content, "html.parser")
    meta = {str(tag.get("property") or tag.get("name")): str(tag["content"]) for tag in page.select("meta[content]")}
    path = path_of(site_tree.about)
    assert meta["og:image"].startswith("http")
    assert meta["og:image"].endswith(path)
    assert meta["og:title"] == "About"
    assert meta["og:description"] == site_tree.about.summary
    assert meta["og:image:alt"].startswith("About")
    assert (meta["og:image:width"], meta["og:image:height"]) == ("1200", "630")
    assert meta["twitter:card"] == "summary_large_image"
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies
    assert opened(response.content).size == (WIDTH, HEIGHT)


@pytest.mark.django_db
def test_naming_the_card_costs_no_query(client: Client, site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    client.get(item.url)
    with counted_as_committed():
        client.get(item.url)
        with CaptureQueriesContext(connection) as queries:
            assert b"og:image" in client.get(item.url).content
    tables = ["organization_organizationsettings", "news_publisher"]
    asked = [[query["sql"] for query in queries if f'FROM "{table}"' in query["sql"]] for table in tables]
    assert [len(of_table) for of_table in asked] == [0, 0], "They are memoized, or read with the page."


@pytest.mark.django_db
def test_a_card_costs_few_queries_and_is_drawn_once(
    client: Client, site_tree: factories.SiteTree, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news, title="Drawn once")
    path = path_of(item)
    with counted_as_committed():
        first = client.get(path).content
        monkeypatch.setattr(SocialCard, "draw_words", None)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).content == first
    assert len(queries) <= 3


@pytest.mark.django_db
def test_the_url_of_an_earlier_card_redirects_to_the_current_one(
    client: Client, site_tree: factories.SiteTree
) -> None:
    before = path_of(site_tree.about)
    site_tree.about.title = "About the network"
    site_tree.about.save_revision().publish()
    after = path_of(Page.objects.get(pk=site_tree.about.pk).specific)
    assert after != before
    response = client.get(before)
    assert (response.status_code, response["Location"]) == (302, after)
    assert client.get(after).status_code == 200


@pytest.mark.django_db
def test_what_no_visitor_may_see_has_no_card(client: Client, site_tree: factories.SiteTree) -> None:
    draft = factories.TextPageFactory(parent=site_tree.home, draft=True)
    private = factories.TextPageFactory(parent=site_tree.about, title="Below a private page")
    PageViewRestriction.objects.create(page=site_tree.about, restriction_type=PageViewRestriction.LOGIN)
    for page in (draft, site_tree.about, private):
        assert client.get(path_of(page)).status_code == 404
    assert client.get(reverse("page_card", args=[999_999, "0" * 16])).status_code == 404
    assert client.get(reverse("page_card", args=[Page.get_first_root_node().pk, "0" * 16])).status_code == 404
    assert client.post(path_of(site_tree.home)).status_code == 405


@pytest.mark.django_db
def test_an_unpublished_change_is_on_no_card(client: Client, site_tree: factories.SiteTree) -> None:
    path = path_of(site_tree.about)
    site_tree.about.title = "A title nobody published"
    site_tree.about.save_revision()
    assert client.get(path).status_code == 200


def test_the_folder_holds_a_limited_number_of_images_and_may_be_deleted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STATE_DIR", tmp_path / "not yet there")
    monkeypatch.setattr(store, "MOST_IMAGES", 3)
    cards = [SocialCard("Example network", f"Title {number}") for number in range(5)]
    pictures = [store.stored_image(card) for card in cards]
    assert pictures == [card.draw() for card in cards]
    folder = tmp_path / "not yet there" / "cards"
    assert len(list(folder.iterdir())) == 3
    assert store.images().get(cards[-1].digest) == pictures[-1]
    monkeypatch.setattr(SocialCard, "draw", lambda card: b"drawn again")
    assert store.stored_image(cards[-1]) == pictures[-1]
    shutil.rmtree(folder)
    assert store.stored_image(cards[-1]) == b"drawn again"


@pytest.mark.django_db
def test_the_preview_shows_the_picture_of_the_unsaved_page(site_tree: factories.SiteTree) -> None:
    page = site_tree.about
    page.title = "A title nobody saved"
    response = page.make_preview_request(preview_mode="social")
    image = BeautifulSoup(response.content, "html.parser").select_one("main img")
    assert image is not None
    assert "A title nobody saved" in str(image["alt"])
    picture = b64decode(str(image["src"]).removeprefix("data:image/png;base64,"))
    assert picture == page.social_card(OrganizationSettings.load()).draw()
    assert not BeautifulSoup(response.content, "html.parser").select('meta[property="og:image"]')


@pytest.mark.django_db
def test_a_place_has_a_card_at_its_former_slug_too(client: Client, site_tree: factories.SiteTree) -> None:
    place = factories.PlaceTermFactory(name="Example City", region="NC")
    page = BeautifulSoup(client.get(reverse("place", args=[place.slug])).content, "html.parser")
    (image,) = page.select('meta[property="og:image"]')
    address = "/places/" + str(image["content"]).partition("/places/")[2]
    assert client.get(address).status_code == 200
    (alt,) = page.select('meta[property="og:image:alt"]')
    assert str(alt["content"]).startswith("Example City, North Carolina")
    former = place.slug
    place.slug = "example-city-nc"
    place.save()
    response = client.get(address.replace(f"/{former}/", f"/{place.slug}/"))
    assert response.status_code == 200
    assert client.get(address).status_code == 200
    place.has_page = False
    place.save()
    assert client.get(address).status_code == 404


def test_the_colors_are_those_of_the_stylesheet() -> None:
    stylesheet = (settings.BASE_DIR / "site_core/brand/static/brand/site.css").read_text().lower()
    for color in (BAND, LAMP):
        assert color in stylesheet


@pytest.mark.parametrize("harm", ["full", "without inodes", "of another kind", "damaged"])
def test_a_card_is_served_where_it_cannot_be_kept(settings: Any, harm: str, caplog: pytest.LogCaptureFixture) -> None:
    card = SocialCard("Example network", "A title")
    with small_disk(inodes=2 if harm == "without inodes" else 20) as disk:
        settings.STATE_DIR = disk
        if harm == "full":
            fill(disk)
        elif harm == "of another kind":
            (disk / "cards").write_text("a file where a folder should be")
        elif harm == "damaged":
            store.stored_image(card)
            for file in (disk / "cards").iterdir():
                file.write_bytes(file.read_bytes()[:-100])
        for _ in range(2):
            assert opened(store.stored_image(card)).size == (WIDTH, HEIGHT)
        left = [file for file in disk.rglob("*") if file.is_file() and file.suffix != ".djcache"]
        assert left == [file for file in (disk / "full", disk / "cards") if file.is_file()]
    assert "A social card cannot be" in caplog.text
    assert all(record.exc_info is None for record in caplog.records)
