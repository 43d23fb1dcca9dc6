"""The social card of a stat, which never leaves out the population and the status."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe
from PIL import ImageDraw

from impact.stats import ImpactStat
from site_core.organization.models import OrganizationSettings
from site_core.redirects.redirects import current_url
from site_core.social_cards.card import BAND_INK, BAND_SOFT, FOOT_BASELINE, LAMP, MARGIN, ROOM, Card
from site_core.social_cards.open_graph import SharedLink, card_url, shared_link
from site_core.social_cards.store import card_response
from site_core.social_cards.typesetting import DISPLAY, SANS_BOLD, TEXT, Lettering, numerals

# Sizes in pixels, the preferred one first. Every text has to fit, so a long sentence shrinks everything.
NUMERAL_SIZES = (240, 200, 160, 120, 80)
SENTENCE_SIZES = range(40, 27, -2)
SMALLEST_SENTENCE_SIZES = range(26, 9, -2)
STATUS = Lettering(SANS_BOLD, 28)
NOTICE = Lettering(SANS_BOLD, 26)
PLACE = Lettering(SANS_BOLD, 32)
NOTICE_LINES = 2
# The upper limit of the numeral, in pixels, which leaves room below the name of the organization.
TOP = 148
# The height of numerals, the size and rise of the percent sign, the size of a unit in words, and the tracking: all
# relative to the size of the numerals.
NUMERAL_HEIGHT, SIGN_SIZE, SIGN_RAISE, UNIT_SIZE, TRACKING = 0.67, 0.52, 0.58, 0.3, -0.02
LINE_HEIGHT = 1.3
BEFORE_STATUS = 30


@require_safe
def stat_card_image(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture of a live stat; redirects from the URL of a former slug."""
    stat = ImpactStat.objects.live().with_evidence().filter(slug=slug).first()
    if stat is None:
        # A temporary redirect, because the stat may get its former slug back.
        return redirect(f"{current_url(reverse('stat', args=[slug]))}card-{digest}.png")
    card = stat_card(stat, OrganizationSettings.shown(request))
    return card_response(card, digest, card_url(card, "stat_card", stat.slug))


def shared_stat(request: HttpRequest, stat: ImpactStat) -> SharedLink:
    """The link preview of a stat on other sites."""
    card = stat_card(stat, OrganizationSettings.shown(request))
    title = f"Withdrawn: {card.claim}" if stat.is_withdrawn else card.claim
    return shared_link(title, card.status_line, stat.get_absolute_url(), card, "stat_card", stat.slug)


def stat_card(stat: ImpactStat, organization: OrganizationSettings) -> "StatCard":
    """The card of a stat, whose evidence should be prefetched."""
    return StatCard(
        organization.name,
        number=stat.number,
        unit_sign=stat.unit_sign,
        weight=stat.weight,
        place=str(stat.place or "Place not recorded"),
        sentence=stat.whole_sentence,
        # The notice of a withdrawn stat includes the status, the day and the reason.
        status="" if stat.is_withdrawn else stat.status_words,
        notice=stat.notice,
    )


@dataclass(frozen=True)
class Layout:
    """Sizes and lines that fit together on one card."""

    numeral_size: int
    sentence: Lettering
    lines: list[str]
    below: list[tuple[Lettering, str, str]]

    @property
    def line_height(self) -> float:
        return self.sentence.size * LINE_HEIGHT

    @property
    def last_baseline(self) -> float:
        """The baseline of the last line of the sentence, in pixels from the top."""
        heights = [lettering.size * LINE_HEIGHT for lettering, _, _ in self.below]
        return FOOT_BASELINE - sum(heights) - BEFORE_STATUS

    @property
    def numeral_baseline(self) -> float:
        first_line = self.last_baseline - (len(self.lines) - 1) * self.line_height
        return first_line - self.sentence.size * 1.35 - PLACE.size * 1.75

    @property
    def fits(self) -> bool:
        return self.numeral_baseline - self.numeral_size * NUMERAL_HEIGHT >= TOP


@dataclass(frozen=True)
class StatCard(Card):
    """Number, place, the whole sentence, the status and the notice of a correction."""

    number: str
    unit_sign: str
    weight: int
    place: str
    sentence: str
    status: str
    notice: str = ""

    @property
    def claim(self) -> str:
        return f"{self.number}{self.unit_sign} {self.sentence}, {self.place}"

    @property
    def status_line(self) -> str:
        return ". ".join(part.rstrip(".") for part in (self.notice, self.status) if part) + "."

    @property
    def words(self) -> str:
        return f"{self.claim}. {self.status_line} {self.organization}"

    def draw_words(self, picture: ImageDraw.ImageDraw) -> None:
        layout = self._layout()
        self._draw_numeral(picture, layout)
        place = PLACE.shortened(self.place, ROOM)
        PLACE.draw(picture, MARGIN, layout.numeral_baseline + PLACE.size * 1.75, place, BAND_INK)
        baseline = layout.last_baseline - (len(layout.lines) - 1) * layout.line_height
        for line in layout.lines:
            layout.sentence.draw(picture, MARGIN, baseline, line, BAND_INK)
            baseline += layout.line_height
        baseline = FOOT_BASELINE
        for lettering, line, color in reversed(layout.below):
            lettering.draw(picture, MARGIN, baseline, line, color)
            baseline -= lettering.size * LINE_HEIGHT

    def _layout(self) -> Layout:
        """The largest layout that fits: a smaller sentence comes first, then a smaller numeral."""
        below = [(NOTICE, line, LAMP) for line in NOTICE.shortened_lines(self.notice, ROOM, NOTICE_LINES)]
        below += [(STATUS, line, BAND_SOFT) for line in STATUS.balanced(self.status, ROOM)]
        sizes = [(numeral, sentence) for numeral in NUMERAL_SIZES for sentence in SENTENCE_SIZES]
        sizes += [(NUMERAL_SIZES[-1], sentence) for sentence in SMALLEST_SENTENCE_SIZES]
        for numeral_size, sentence_size in sizes:
            lettering = Lettering(TEXT, sentence_size)
            layout = Layout(numeral_size, lettering, lettering.lines(self.sentence, ROOM), below)
            if layout.fits and self._numeral_width(numeral_size) <= ROOM:
                break
        return replace(layout, lines=lettering.balanced(self.sentence, ROOM))

    def _numeral_width(self, size: int) -> float:
        numeral = Lettering(numerals(self.weight), size)
        spaced = sum(numeral.width(letter) + size * TRACKING for letter in self.number)
        return spaced + self._sign(size).width(self.unit_sign)

    def _draw_numeral(self, picture: ImageDraw.ImageDraw, layout: Layout) -> None:
        size, baseline = layout.numeral_size, layout.numeral_baseline
        numeral = Lettering(numerals(self.weight), size)
        # Aligns the first stroke with the margin, not the side bearing before it.
        x: float = MARGIN - numeral.ink_left(self.number[0])
        for letter in self.number:
            numeral.draw(picture, x, baseline, letter, BAND_INK)
            x += numeral.width(letter) + size * TRACKING
        sign = self._sign(size)
        raised = SIGN_RAISE * sign.size if self.unit_sign == "%" else 0
        sign.draw(picture, x, baseline - raised, self.unit_sign, BAND_INK)

    def _sign(self, size: int) -> Lettering:
        """The lettering of the unit: the percent sign in the face of the numerals, a word in the display face."""
        if self.unit_sign == "%":
            return Lettering(numerals(self.weight), round(size * SIGN_SIZE))
        return Lettering(DISPLAY, round(size * UNIT_SIZE))
