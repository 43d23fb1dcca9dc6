"""The publisher on file that an article is by."""

from urllib.parse import urlsplit

from news.article.article import Article
from news.publishers import Publisher
from site_core.taxonomy.vocabulary import NamesOnFile


def publisher_name(article: Article) -> str:
    """The name on file: by the name of the site or an alias, otherwise by its domain. Else the name stated."""
    publishers = list(Publisher.objects.all())
    if article.site_name and (found := NamesOnFile(publishers).find(article.site_name)):
        return found.name
    host = _host(article.link)
    # The longest domain is that of a newspaper's own part of a larger site.
    by_domain = sorted(publishers, key=lambda publisher: -len(_host(publisher.website)))
    for publisher in by_domain:
        domain = _host(publisher.website)
        if domain and (host == domain or host.endswith(f".{domain}")):
            return publisher.name
    return article.site_name


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
