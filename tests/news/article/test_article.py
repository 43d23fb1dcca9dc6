"""What is read from the pages of articles: what they state, and nothing else."""

from news.article.article import BY_SCHEMA, Article, read_article
from news.article.fill_in import SENTENCES
from news.item_types import ItemType
from site_core.outgoing.trouble import Trouble
from tests.news.article.conftest import SITE
from tests.news.article.pages import samples
from tests.outgoing.web import Web


def found(newspaper: Web, path: str) -> Article:
    return read_article(newspaper.guard().fetch(f"http://{SITE}/{path}"))


def test_headline_publisher_and_date_are_what_the_page_states(newspaper: Web) -> None:
    wrong: dict[str, object] = {}
    for path, sample in samples().items():
        article = found(newspaper, path)
        read = (article.headline, article.site_name, str(article.date or ""))
        if read != sample.states:
            wrong[path] = read
        more = {name: str(getattr(article, name)) for name in sample.more}
        if more != sample.more:
            wrong[path] = more
    assert wrong == {}
    assert len(samples()) >= 40


def test_every_type_and_every_trouble_has_its_words() -> None:
    assert set(BY_SCHEMA) < set(ItemType.values)
    assert set(SENTENCES) == set(Trouble)
