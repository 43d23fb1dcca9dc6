"""Editor: changes the site in a trial of freshness. A seed determines all of it."""

from collections.abc import Callable
from random import Random
from typing import Any

from home.models import HomePage, TextPage
from impact.models import ImpactStat
from news.models import NewsIndexPage, NewsItemPage, Publisher
from site_core.accounts.models import User
from site_core.media.images import SiteImage
from site_core.organization.models import Alert
from site_core.taxonomy.models import PlaceTerm
from tests import factories


class Editor:
    """One user in the admin and one at the shell. Objects are read again for each action."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self._number = 0
        self.user = User.objects.create_superuser(f"trial-{seed}@example.org", None)
        news, about = NewsIndexPage.objects.get(), TextPage.objects.get(slug="about")
        fields = {"parent": news, "places": [self.place], "publisher": Publisher.objects.first()}
        self._item = factories.NewsItemPageFactory(title="Wandering", slug="wandering", **fields).pk
        self._trashed = factories.NewsItemPageFactory(title="Trashed", slug="trashed", **fields).pk
        picture = factories.SiteImageFactory(file=factories.drawn_picture(480, 320))
        picture.contextual_alt_text = "What it shows."
        contact = self.contact
        contact.body.append(("picture", {"image": picture, "caption": ""}))
        contact.save_revision().publish()
        self._guest = factories.TextPageFactory(parent=about, title="Guest", slug="guest").pk
        self._picture = picture.pk
        self._alert = factories.AlertFactory().pk
        self._stat = ImpactStat.objects.get(slug="boston-shootings").pk

    def words(self) -> str:
        """New words each time. A search for “lantern” finds about half of them."""
        self._number += 1
        return f"{self.random.choice(('Lantern', 'Orchard'))} {self._number}"

    @property
    def item(self) -> NewsItemPage:
        return NewsItemPage.objects.get(pk=self._item)

    @property
    def trashed(self) -> NewsItemPage:
        return NewsItemPage.objects.get(pk=self._trashed)

    @property
    def guest(self) -> TextPage:
        return TextPage.objects.get(pk=self._guest)

    @property
    def contact(self) -> TextPage:
        return TextPage.objects.get(slug="contact")

    @property
    def home(self) -> HomePage:
        return HomePage.objects.get()

    @property
    def picture(self) -> SiteImage:
        return SiteImage.objects.get(pk=self._picture)

    @property
    def alert(self) -> Alert:
        return Alert.objects.get(pk=self._alert)

    @property
    def stat(self) -> ImpactStat:
        return ImpactStat.objects.get(pk=self._stat)

    @property
    def place(self) -> PlaceTerm:
        return PlaceTerm.objects.get(slug__in=("boston", "old-boston"))


Action = Callable[[Editor], Any]
# By name, the actions that some visitor must see and those that none may see.
SEEN: dict[str, Action] = {}
UNSEEN: dict[str, Action] = {}


def seen(action: Action) -> Action:
    """Registers an action that changes the response of one of the URLs."""
    SEEN[action.__name__.replace("_", " ")] = action
    return action


def unseen(action: Action) -> Action:
    """Registers an action that changes no response."""
    UNSEEN[action.__name__.replace("_", " ")] = action
    return action
