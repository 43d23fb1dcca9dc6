"""What the privacy page says, held against what the site does: each of its claims has a check."""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test import Client
from django.utils.timezone import localdate, localtime
from wagtail.models import PageLogEntry

from home.models import TextPage, UnansweredSearch
from home.search.unanswered import RETENTION_DAYS
from site_core.chores.running import do_due
from site_core.feedback.models import Answer
from site_core.ops.json_log import JsonFormatter
from site_core.page_cache.headers import PUBLIC
from site_core.page_cache.invalidation.private_writes import CACHE_TABLE
from tests import factories
from tests.ops.test_log_secrets import masked_by_nginx

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("loaded")]

UNLISTED = ("/search/", "/search/?q=oakland", "/search/?q=nothinglikeit", "/no-such-page/")
LOADING_RELATIONS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}
VISITOR = {
    "headers": {"Sec-Fetch-Site": "same-origin", "User-Agent": "Visitorsbrowser"},
    "REMOTE_ADDR": "203.0.113.77",
}
# Comments, and the name of SVG, which nobody looks up.
ELSEWHERE_BUT_NOT_LOADED = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$|http://www\.w3\.org/2000/svg", re.S | re.M)
DEPLOY = settings.BASE_DIR / "deploy"
NGINX = "\n".join(file.read_text() for file in sorted((DEPLOY / "nginx").glob("*.conf")))


class Seen(NamedTuple):
    """A page as a visitor gets it."""

    response: Any
    soup: BeautifulSoup


Pages = dict[str, Seen]


@pytest.fixture(scope="module")
def pages(loaded: None, django_db_blocker: Any) -> Pages:
    """The page at each address of the sitemap, and at some that it leaves out."""
    client = Client()
    with django_db_blocker.unblock(), transaction.atomic():
        sitemap = client.get("/sitemap-pages-1.xml").getvalue().decode()
        paths = [urlsplit(found).path for found in re.findall("<loc>(.*?)</loc>", sitemap)]
        responses = {address: client.get(address) for address in (*paths, *UNLISTED)}
        transaction.set_rollback(True)
    return {
        address: Seen(response, BeautifulSoup(response.content, "html.parser"))
        for address, response in responses.items()
    }


def loaded_by(page: BeautifulSoup) -> Iterator[str]:
    """Every address that a browser asks for by itself to show the page."""
    for tag in page.find_all(True):
        if tag.name == "link" and LOADING_RELATIONS.isdisjoint(tag.get("rel") or ()):
            continue
        names = ("src", "srcset", "poster", "data", "action") + (("href",) if tag.name in ("link", "use") else ())
        for name in names:
            if value := tag.get(name):
                yield from (part.split()[0] for part in str(value).split(","))
        yield from re.findall(r"url\(([^)]+)\)", str(tag.get("style") or ""))


def files_of(pages: Pages, ending: str) -> dict[str, Path]:
    """The files of the site with this ending that its pages load."""
    addresses = {address for seen in pages.values() for address in loaded_by(seen.soup)}
    names = {address.removeprefix(settings.STATIC_URL) for address in addresses if address.endswith(ending)}
    return {name: Path(str(finders.find(name))) for name in names}


def no_cookies(pages: Pages) -> None:
    assert [address for address, seen in pages.items() if seen.response.cookies] == []
    for name, file in files_of(pages, ".js").items():
        assert not re.search(r"cookie|localStorage|sessionStorage|indexedDB", file.read_text()), name


def nothing_from_anybody_else(pages: Pages) -> None:
    assert {word for part in PUBLIC.values() for word in part.split()} == {"'self'", "'none'", "data:"}
    for address, seen in pages.items():
        foreign = [found for found in loaded_by(seen.soup) if not re.match(r"/(?!/)|data:|\?|#", found)]
        assert foreign == [], address
        assert "http" not in seen.response["Content-Security-Policy"]
    for ending in (".css", ".js"):
        files = files_of(pages, ending)
        assert files
        for name, file in files.items():
            assert "//" not in ELSEWHERE_BUT_NOT_LOADED.sub("", file.read_text()), name


def no_script_of_others(pages: Pages) -> None:
    files = files_of(pages, ".js")
    assert files
    packages = settings.BASE_DIR / ".venv"
    for name, file in files.items():
        assert file.is_relative_to(settings.BASE_DIR) and not file.is_relative_to(packages), name


def no_form_that_asks_who(pages: Pages) -> None:
    for address, seen in pages.items():
        fields = seen.soup.select("form input, form textarea, form select")
        asked = {str(field.get(name, "")) for field in fields for name in ("type", "name", "autocomplete")}
        assert asked.isdisjoint({"email", "tel", "password", "name", "phone", "address"}), address


def a_way_to_leave(pages: Pages) -> None:
    page = pages["/strategies/intimate-partner-violence-intervention/"].soup
    assert page.select_one("#leave-page[rel~=noreferrer]")


def no_stored_results(pages: Pages) -> None:
    client = Client()
    searches = ("/search/?q=oakland", "/search/?q=nothinglikeit", "/search/suggestions?q=oak", "/news/?q=oakland")
    assert {client.get(address)["Cache-Control"] for address in searches} == {"private, no-store"}


def look_for(words: str, times: int) -> None:
    for _ in range(times):
        assert Client().get("/search/", {"q": words}, **VISITOR).status_code == 200  # type: ignore[arg-type]


def nothing_about_the_visitor(pages: Pages) -> None:
    look_for("nothinglikeit", 3)
    (row,) = UnansweredSearch.objects.values()
    assert set(row) == {"id", "digest", "words", "times", "last_on"}
    assert "203.0" not in str(row) and "Visitorsbrowser" not in str(row)


def words_from_the_third_search_on(pages: Pages) -> None:
    look_for("nothinglikeit", 2)
    assert "nothinglikeit" not in str(UnansweredSearch.objects.values())
    look_for("nothinglikeit", 1)
    assert "nothinglikeit" in str(UnansweredSearch.objects.values())


def deleted_after_ninety_days(pages: Pages) -> None:
    assert RETENTION_DAYS == 90
    look_for("nothinglikeit", 3)
    UnansweredSearch.objects.update(last_on=localdate() - timedelta(days=91))
    do_due()
    assert not UnansweredSearch.objects.exists()


def no_email_and_no_phone_number(pages: Pages) -> None:
    look_for("jo@example.org", 3)
    look_for("(555) 010-0199", 3)
    assert not UnansweredSearch.objects.exists()


def no_whole_network_address(pages: Pages) -> None:
    assert [masked_by_nginx("$remote_addr", address) for address in ("203.0.113.77", "2001:db8:1:2::3")] == [
        "203.0.113.0",
        "2001:db8:1::",
    ]
    # What nginx writes of a request that fails has the address as it is.
    assert set(re.findall(r"^\s*error_log (.*);", NGINX, re.M)) == {"/var/log/nginx/error.log alert", "/dev/null"}
    (line,) = re.findall(r"log_format (.*?);\n", NGINX, re.S)
    assert "$remote_addr" not in line and "$proxy_add_x_forwarded_for" not in line


def no_searched_words_in_a_log(pages: Pages) -> None:
    (line,) = re.findall(r"log_format (.*?);\n", NGINX, re.S)
    assert {"$network", "$logged_path", "$referrer", "$http_user_agent"} < set(re.findall(r"\$\w+", line))
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer|arg_\w+)\b", line)
    assert masked_by_nginx("$http_referer", "https://www.example.org/search/?q=shelter").endswith("/search/")
    starts = [file.read_text() for file in DEPLOY.rglob("*") if file.suffix in (".service", ".yaml")]
    starts.append((settings.BASE_DIR / "site_core" / "ops" / "supervisor.py").read_text())
    commands = [each for text in starts for each in text.split("\n") if "--workers-kill-timeout" in each]
    assert len(commands) >= 4
    assert all("--no-access-log" in command for command in commands)
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger("django.request").addHandler(handler)
    try:
        assert Client().get("/search/?q=shelter&page=99").status_code == 404
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "/search/" in written.getvalue()
    assert "shelter" not in written.getvalue()


def only_the_site_is_named_to_others(pages: Pages) -> None:
    assert {seen.response["Referrer-Policy"] for seen in pages.values()} == {"strict-origin-when-cross-origin"}


def nothing_but_the_answer(pages: Pages) -> None:
    form = pages["/about/"].soup.select_one("form.useful")
    assert form
    typed = {str(field["name"]): str(field.get("value", "")) for field in form.select("input:not([type=radio])")}
    answer = typed | {"useful": "no", "missing": "The street"}
    assert Client().post(str(form["action"]), answer, **VISITOR).status_code == 303  # type: ignore[arg-type]
    (row,) = Answer.objects.values()
    assert set(row) == {"id", "path", "is_useful", "missing", "given_on"}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {CACHE_TABLE}")  # noqa: S608 (our name)
        keys = " ".join(key for (key,) in cursor.fetchall())
    assert "feedback:" in keys
    assert str(VISITOR["REMOTE_ADDR"]) not in keys
    Answer.objects.update(given_on=localdate() - timedelta(days=91))
    do_due()
    assert not Answer.objects.exists()


def cookies_and_a_record_for_those_who_edit(pages: Pages) -> None:
    author = factories.UserFactory(role="Author")
    client = Client()
    client.force_login(author)
    assert settings.SESSION_COOKIE_NAME in client.cookies
    before = localtime()
    TextPage.objects.get(slug="about").save_revision(user=author, log_action=True)
    assert PageLogEntry.objects.filter(user=author, timestamp__gte=before).exists()


def a_page_of_contacts(pages: Pages) -> None:
    assert pages["/privacy/"].soup.select('main a[href="/contact/"]')
    assert pages["/contact/"].response.status_code == 200


CHECKS: dict[str, Callable[[Pages], None]] = {
    "It sets no cookies.": no_cookies,
    "Its pages load nothing from anyone else: no fonts, maps, videos or buttons from other companies.": (
        nothing_from_anybody_else
    ),
    "It has no analytics and no advertising.": no_script_of_others,
    "It has no accounts to open and no forms that ask who you are.": no_form_that_asks_who,
    "On pages about intimate partner violence, “Leave this page” takes you to another site at once. It does not erase "
    "your browser’s history.": a_way_to_leave,
    "We use the words you type to find pages. No page of results is stored.": no_stored_results,
    "If nothing on the site has all the words, the search is counted so that we learn what is missing. Nothing about "
    "you is kept with the count.": nothing_about_the_visitor,
    "The words themselves are kept only after they have been searched for three times. Before that, the site keeps a "
    "code made from the words.": words_from_the_third_search_on,
    "A count and its words are deleted 90 days after the last such search.": deleted_after_ninety_days,
    "Anything that looks like an email address or a phone number is never counted or kept.": (
        no_email_and_no_phone_number
    ),
    "To send you a page, the server has to learn the network address of your device, as any web server does. Its log "
    "leaves out the last part of that address.": no_whole_network_address,
    "The log holds the time, the page, the page you came from and the kind of browser. It never holds the words you "
    "searched for.": no_searched_words_in_a_log,
    "The other site learns that you came from this one. It has its own rules, so check its privacy policy.": (
        only_the_site_is_named_to_others
    ),
    "For 90 days, the site keeps the page, your answer, the date and anything you write. Only people who work on the "
    "site can read them. To prevent abuse, the site counts answers by a code made from your network address. It does "
    "not keep the address.": nothing_but_the_answer,
    "People who log in to write and edit get cookies that keep them logged in. The site records what they change, and "
    "when.": cookies_and_a_record_for_those_who_edit,
    "Check the contact page for ways to reach us.": a_page_of_contacts,
}


def test_each_claim_has_a_check(pages: Pages) -> None:
    main = pages["/privacy/"].soup.main
    assert main
    assert [" ".join(claim.get_text().split()) for claim in main.select(".rich-text :is(li, p)")] == list(CHECKS)


@pytest.mark.parametrize("claim", CHECKS)
def test_what_is_claimed_is_so(pages: Pages, claim: str) -> None:
    CHECKS[claim](pages)
