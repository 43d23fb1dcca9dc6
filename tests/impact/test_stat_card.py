"""The card of a stat shows its number at its weight, its population and its status, and cuts nothing off."""

from datetime import date
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops

from impact.models import ImpactStat
from impact.sharing.stat_card import StatCard, stat_card
from impact.status import Relation
from site_core.organization.models import OrganizationSettings
from site_core.social_cards.card import BAND, HEIGHT, LAMP_BAR, MARGIN, ROOM, WIDTH
from tests import factories

pytestmark = pytest.mark.one_database

CARD = StatCard(
    "Example network", "44–56", "%", 400, "Example City", "reduction in example incidents", "Source not yet recorded"
)


def opened(card: StatCard) -> Image.Image:
    return Image.open(BytesIO(card.draw())).convert("RGB")


def changed(card: StatCard, **words: object) -> tuple[int, int, int, int]:
    """The part of the picture that other words change."""
    other = StatCard(**{**card.__dict__, **words})
    assert other.digest != card.digest
    # With few colors in a file, another text may shift a shade elsewhere by a hair.
    box = ImageChops.difference(opened(card), opened(other)).convert("L").point([0] * 40 + [255] * 216).getbbox()
    assert box is not None
    return box


def share_of_ink(card: StatCard) -> int:
    """How much of the upper half, where the number stands, is light."""
    upper = opened(card).convert("L").crop((0, 140, WIDTH, 360))
    return sum(upper.point([0] * 128 + [1] * 128).tobytes())


def test_a_heavier_weight_is_a_heavier_number() -> None:
    inks = [share_of_ink(StatCard(**{**CARD.__dict__, "weight": weight})) for weight in (240, 400, 700)]
    assert inks == sorted(inks)
    assert inks[2] > 1.5 * inks[0]


def test_the_status_is_written_at_the_foot() -> None:
    _, top, _, _ = changed(CARD, status="Same as the published study")
    assert top > HEIGHT - LAMP_BAR - MARGIN - 40


def test_a_notice_is_written_in_the_color_of_the_lamp() -> None:
    notice = "Withdrawn April 3, 2027: No source was found."
    with_notice = opened(StatCard(**{**CARD.__dict__, "status": "", "notice": notice}))
    colors = with_notice.crop((MARGIN, 480, WIDTH, HEIGHT - LAMP_BAR))
    assert any(color == (250, 187, 65) for _, color in colors.getcolors(100_000) or [])


@pytest.mark.parametrize(
    "words",
    [
        {"number": "5"},
        {"number": "99999.5–99999.9", "weight": 700},
        {"unit_sign": " points"},
        {"number": "—", "unit_sign": ""},
        {"sentence": f"reduction in {'example incidents among example groups ' * 22}"},
        {"sentence": "W" * 300},
        {"status": f"Source not confirmed. An assessment reports {'5.5% fewer example incidents and ' * 5}"},
        {"notice": f"Corrected April 3, 2027: {'The report counts 31%, not 27%. ' * 18}"},
        {"place": "A place with a name as long as can be entered, which is a hundred letters and is never the case"},
    ],
    ids=["one digit", "longest", "points", "none", "whole sentence", "one word", "status", "notice", "place"],
)
def test_whatever_a_stat_says_stands_inside_the_frame(words: dict[str, object]) -> None:
    card = StatCard(**{**CARD.__dict__, **words})
    assert len(card.draw()) <= 80_000
    image = opened(card)
    assert image.size == (WIDTH, HEIGHT)
    below_the_name = image.crop((0, 130, WIDTH, HEIGHT - LAMP_BAR))
    written = ImageChops.difference(below_the_name, Image.new("RGB", below_the_name.size, BAND)).getbbox()
    assert written is not None
    left, top, right, bottom = written
    assert left >= MARGIN - 4 and right <= WIDTH - MARGIN + 4
    assert top > 0 and bottom <= HEIGHT - LAMP_BAR - 130 - MARGIN // 2


def test_the_sentence_is_never_cut() -> None:
    sentence = f"reduction in {'example incidents among example groups ' * 20}".strip()
    card = StatCard(**{**CARD.__dict__, "sentence": sentence})
    layout = card._layout()
    assert " ".join(layout.lines) == sentence
    assert layout.fits
    assert all(layout.sentence.width(line) <= ROOM for line in layout.lines)


@pytest.mark.django_db
def test_a_stat_names_its_card_with_its_people_and_its_status(client: Client) -> None:
    stat = factories.ImpactStatFactory(
        evidence=[factories.EvidenceFactory.build(study=factories.StudyFactory(), relation=Relation.UNCHECKED)]
    )
    page = BeautifulSoup(client.get(stat.get_absolute_url()).content, "html.parser")
    (image,) = page.select('meta[property="og:image"]')
    (alt,) = page.select('meta[property="og:image:alt"]')
    assert stat.whole_sentence in str(alt["content"])
    assert stat.status_words in str(alt["content"])
    url = "/impact/" + str(image["content"]).partition("/impact/")[2]
    response = client.get(url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert client.post(url).status_code == 405


@pytest.mark.django_db
def test_evidence_gives_the_number_weight_and_its_card_another_url(client: Client) -> None:
    stat = factories.ImpactStatFactory()
    organization = OrganizationSettings.load()
    before = stat_card(stat, organization)
    assert before.weight == 240
    factories.EvidenceFactory(stat=stat, reports="12.5%")
    after = stat_card(ImpactStat.objects.get(pk=stat.pk), organization)
    assert after.weight == 700
    response = client.get(reverse("stat_card", args=[stat.slug, before.digest]))
    assert (response.status_code, response["Location"]) == (
        302,
        reverse("stat_card", args=[stat.slug, after.digest]),
    )


@pytest.mark.django_db
def test_what_is_missing_is_said() -> None:
    stat = factories.ImpactStatFactory(population="")
    stat.place = None
    card = stat_card(stat, OrganizationSettings.load())
    assert card.sentence.endswith("population not recorded")
    assert card.place == "Place not recorded"
    assert "Source not yet recorded" in card.words


@pytest.mark.django_db
@pytest.mark.parametrize("correction", ["corrected", "withdrawn"])
def test_a_corrected_or_withdrawn_stat_says_so(client: Client, correction: str) -> None:
    stat = factories.ImpactStatFactory(
        correction=correction, correction_text="An example of a reason.", corrected_on=date(2027, 4, 3)
    )
    card = stat_card(stat, OrganizationSettings.load())
    assert card.notice == f"{correction.capitalize()} April 3, 2027: An example of a reason."
    assert card.notice.rstrip(".") in card.words
    assert bool(card.status) == (correction == "corrected")
    assert client.get(reverse("stat_card", args=[stat.slug, card.digest])).status_code == 200


@pytest.mark.django_db
def test_a_withdrawn_stat_is_shared_as_withdrawn(client: Client) -> None:
    fields = {"correction_text": "An example of a reason.", "corrected_on": date(2027, 4, 3)}
    withdrawn = factories.ImpactStatFactory(correction="withdrawn", **fields)
    corrected = factories.ImpactStatFactory(correction="corrected", **fields)
    for stat, starts in ((withdrawn, f"Withdrawn: {withdrawn.figure}"), (corrected, corrected.figure)):
        page = BeautifulSoup(client.get(stat.get_absolute_url()).content, "html.parser")
        (title,) = page.select('meta[property="og:title"]')
        assert str(title["content"]).startswith(starts)


@pytest.mark.django_db
def test_a_card_at_a_former_url_leads_to_the_present_one(client: Client) -> None:
    stat = factories.ImpactStatFactory(slug="first")
    digest = stat_card(stat, OrganizationSettings.load()).digest
    for slug in ("second", "third"):
        stat.slug = slug
        stat.save_revision().publish()
    for old in ("first", "second"):
        for known in (digest, "0" * 16):
            response = client.get(reverse("stat_card", args=[old, known]), follow=True)
            assert response.redirect_chain[-1] == (reverse("stat_card", args=["third", digest]), 302)
            assert (response.status_code, response["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")


@pytest.mark.django_db
def test_a_draft_and_an_unknown_stat_have_no_card(client: Client) -> None:
    draft = factories.ImpactStatFactory(draft=True)
    digest = stat_card(draft, OrganizationSettings.load()).digest
    assert client.get(reverse("stat_card", args=[draft.slug, digest])).status_code == 404
    assert client.get(reverse("stat_card", args=["no-such-stat", digest])).status_code == 404
