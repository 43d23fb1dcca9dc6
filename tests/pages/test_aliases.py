"""An alias shows its source, so while visitors do not see that, they see the alias nowhere: in no list or search."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from site_core.page_cache.memoize import cache_is_bypassed
from site_core.publishing.ledger.comparison import differences
from site_core.publishing.ledger.recording import was_public
from site_core.publishing.trash.trashing import move_to_trash
from site_core.publishing.visibility import is_public
from tests import factories
from tests.committed import counted_as_committed, undone

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WORD = "Zanzibarian"
LISTS = (
    *("/", "/news/", "/news/feed.rss", "/news/feed.atom", "/news/feed.json", "/sitemap-pages-1.xml"),
    *("/changes/feed.atom", f"/search/?q={WORD}", f"/search/suggestions?q={WORD}", "/strategies/", "/places/example/"),
)
# The lists that name a page of text. The others name news and strategies.
SHOWN_IN = ("/sitemap-pages-1.xml", f"/search/?q={WORD}", f"/search/suggestions?q={WORD}")


@dataclass
class Family:
    """A page below another, a page below that, and aliases of the three elsewhere, one of them of another alias."""

    parent: Page
    page: Page
    aliases: list[Page]

    @property
    def urls(self) -> list[str]:
        return [Page.objects.get(pk=one.pk).url for one in self.aliases]

    def read_again(self) -> "Family":
        parent, page, *aliases = (
            Page.objects.get(pk=one.pk).specific for one in (self.parent, self.page, *self.aliases)
        )
        return Family(parent, page, aliases)


@pytest.fixture
def family(site_tree: factories.SiteTree) -> Family:
    parent = factories.TextPageFactory(parent=site_tree.about, title="Parent")
    body = [("text", f"<p>{WORD} and secret words</p>")]
    page = factories.TextPageFactory(parent=parent, title=f"{WORD} page", show_in_menus=True, slug="page", body=body)
    factories.TextPageFactory(parent=page, title=f"{WORD} below", slug="below")
    alias = page.create_alias(parent=site_tree.home, update_slug="alias", recursive=True)
    other = alias.create_alias(parent=site_tree.home, update_slug="alias-of-alias")
    return Family(parent, page, [alias, alias.get_children().get(), other])


def restrict_it(family: Family) -> None:
    family.page.view_restrictions.create(restriction_type="login")


def restrict_its_parent(family: Family) -> None:
    family.parent.view_restrictions.create(restriction_type="login")


def unpublish_it(family: Family) -> None:
    family.page.unpublish()
    family.page.get_children().get().specific.unpublish()


def unpublish_it_past_the_site(family: Family) -> None:
    Page.objects.filter(path__startswith=family.page.path).update(live=False)


def let_it_expire(family: Family) -> None:
    for page in (family.page, family.page.get_children().get().specific):
        page.unpublish(set_expired=True)


def put_it_in_the_trash(family: Family) -> None:
    move_to_trash(Page.objects.get(pk=family.page.pk).specific, None)


WAYS: list[Callable[[Family], None]] = [
    *(restrict_it, restrict_its_parent, unpublish_it, unpublish_it_past_the_site, let_it_expire, put_it_in_the_trash),
]


@contextmanager
def in_the_transaction() -> Iterator[None]:
    assert cache_is_bypassed()
    yield


def text_of(client: Client, url: str) -> str:
    answer = client.get(url)
    return b"".join(answer).decode() if answer.status_code == 200 else ""


def shown(client: Client, family: Family) -> dict[str, str]:
    """What a visitor is shown of it: the lists that name it, and its own URLs with what is in their body."""
    found = {url: text_of(client, url) for url in (*LISTS, *family.urls, family.page.url)}
    return {url: text for url, text in found.items() if named(text)}


def named(text: str) -> bool:
    """Whether it is named, quoted or linked to. The page of a search repeats what is searched for."""
    return any(part in text for part in (f"{WORD} page", f"{WORD} below", "secret words", "/alias"))


@pytest.mark.parametrize("committed", [counted_as_committed, in_the_transaction])
def test_the_aliases_of_a_hidden_page_are_hidden_everywhere(
    client: Client, family: Family, committed: Callable[[], nullcontext[None]]
) -> None:
    with committed():
        before = shown(client, family)
    assert before.keys() >= {*family.urls, *SHOWN_IN}
    cards = [reverse("page_card", args=[alias.pk, "0"]) for alias in family.aliases]
    for hide in WAYS:
        with undone():
            hide(family.read_again())
            hidden = family.read_again()
            with committed():
                assert shown(client, hidden).keys() == set(), hide.__name__
                assert [client.get(card).status_code for card in cards] == [404] * 3, hide.__name__
                assert [is_public(alias) for alias in hidden.aliases] == [False] * 3, hide.__name__


def test_the_ledger_knows_it_of_each_alias(family: Family) -> None:
    for hide in WAYS:
        with undone():
            hide(family.read_again())
            found = {(one.object_id, one.state) for one in differences()}
            if hide is unpublish_it_past_the_site:
                assert {str(alias.pk) for alias in family.aliases} <= {pk for pk, _ in found}
            else:
                assert found == set(), hide.__name__
                public = [was_public(alias) for alias in family.read_again().aliases]
                assert public == [False] * 3, hide.__name__


def test_a_page_that_is_public_again_is_so_with_its_aliases(client: Client, family: Family) -> None:
    restriction = family.parent.view_restrictions.create(restriction_type="login")
    restriction.delete()
    assert set(family.urls) <= shown(client, family).keys()
    assert differences() == []
    assert [was_public(Page.objects.get(pk=alias.pk).specific) for alias in family.aliases] == [True] * 3


def test_an_alias_below_a_private_page_is_hidden_and_its_source_is_not(
    client: Client, site_tree: factories.SiteTree
) -> None:
    source = factories.TextPageFactory(parent=site_tree.home, title=f"{WORD} source", slug="source")
    private = factories.TextPageFactory(parent=site_tree.home, slug="private")
    alias = source.create_alias(parent=private)
    private.view_restrictions.create(restriction_type="login")
    with counted_as_committed():
        assert client.get(source.url).status_code == 200
        assert client.get(alias.url).status_code == 302
        assert text_of(client, "/sitemap-pages-1.xml").count("source/") == 1
