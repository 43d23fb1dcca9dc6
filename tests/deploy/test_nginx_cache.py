"""What nginx keeps, for how long, and what visitors get of it when the site behind it fails."""

import time
from collections.abc import Iterator

import pytest

from tests.deploy.scripted_site import KEPT, Saying, ScriptedSite, scripted_site

# Seconds. nginx counts in whole ones, so what is kept for one is kept for up to two.
A_SECOND = 2.1


@pytest.fixture(scope="module")
def behind_nginx() -> Iterator[ScriptedSite]:
    with scripted_site() as running:
        yield running


@pytest.fixture
def site(behind_nginx: ScriptedSite) -> Iterator[ScriptedSite]:
    """Both processes answer, and nothing has been asked yet."""
    behind_nginx.asked.clear()
    yield behind_nginx
    for process in {1, 2} - behind_nginx.servers.keys():
        behind_nginx.come(process)


def test_what_may_be_kept_is_kept_for_a_second_and_the_word_for_it_is_not_handed_on(site: ScriptedSite) -> None:
    site.says["/kept/"] = Saying(b"first")
    first = site.get("/kept/")
    site.says["/kept/"] = Saying(b"second")
    assert [first.body, site.get("/kept/").body] == [b"first", b"first"]
    assert site.times_asked("/kept/") == 1
    assert "X-Accel-Expires" not in first.headers
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    time.sleep(A_SECOND)
    assert site.get("/kept/").body == b"second"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache-Control": "public, max-age=600"},
        {"Expires": "Thu, 31 Dec 2099 00:00:00 GMT"},
        {"Cache-Control": "private, no-store"},
        KEPT | {"Set-Cookie": "one=two"},
        KEPT | {"X-Accel-Expires": "0"},
    ],
)
def test_nothing_else_is_kept(site: ScriptedSite, headers: dict[str, str]) -> None:
    site.says["/not-kept/"] = Saying(headers=headers)
    site.get("/not-kept/")
    site.get("/not-kept/")
    assert site.times_asked("/not-kept/") == 2


@pytest.mark.parametrize("status", [301, 404, 410])
def test_a_redirect_and_what_is_not_there_are_kept_as_well(site: ScriptedSite, status: int) -> None:
    site.says[f"/{status}/"] = Saying(status=status)
    assert [site.get(f"/{status}/").status for _ in range(2)] == [status, status]
    assert site.times_asked(f"/{status}/") == 1


def test_a_rarely_read_page_never_comes_back_as_it_was(site: ScriptedSite) -> None:
    """Whoever comes while it is asked for anew waits as well, and does not get the copy of hours ago."""
    site.says["/rare/"] = Saying(b"old")
    site.get("/rare/")
    time.sleep(A_SECOND)
    site.says["/rare/"] = Saying(b"new", seconds=0.3)
    assert {answer.body for answer in site.at_once(6, lambda: site.get("/rare/"))} == {b"new"}


def test_visitors_who_ask_for_a_new_page_together_are_one_to_the_site(site: ScriptedSite) -> None:
    site.says["/burst/"] = Saying(seconds=0.1)
    assert [answer.status for answer in site.at_once(8, lambda: site.get("/burst/"))] == [200] * 8
    assert site.times_asked("/burst/") == 1


def test_what_may_not_be_kept_is_not_waited_for_in_turn(site: ScriptedSite) -> None:
    site.says["/each/"] = Saying(headers={}, seconds=0.5)
    begun = time.monotonic()
    site.at_once(8, lambda: site.get("/each/"))
    assert site.times_asked("/each/") == 8
    # One after the other they would take four seconds.
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("header", [{"Cookie": "theme=dark; __Host-sessionid=abc"}, {"Authorization": "Basic abc"}])
def test_who_is_known_gets_nothing_kept_and_leaves_nothing(site: ScriptedSite, header: dict[str, str]) -> None:
    site.says["/known/"] = Saying(b"for one person")
    assert site.request("GET", "/known/", header).body == b"for one person"
    site.says["/known/"] = Saying(b"for everybody")
    assert site.get("/known/").body == b"for everybody"
    site.says["/known/"] = Saying(b"for one person")
    assert site.request("GET", "/known/", header).body == b"for one person"
    time.sleep(A_SECOND)


def test_another_cookie_is_nobody(site: ScriptedSite) -> None:
    site.says["/cookie/"] = Saying()
    site.get("/cookie/")
    site.get("/cookie/", Cookie="other=abc; sessionid=1; not__Host-sessionid=1")
    assert site.times_asked("/cookie/") == 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate, br", "br"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("deflate,BR", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.0 , gzip", "gzip"),
        ("br;q=0.5", "br"),
        ("x-br, gzipped", None),
        ("identity", None),
        ("gzip;q=0", None),
        ("", None),
    ],
)
def test_encodings_come_down_to_three(site: ScriptedSite, said: str, meant: str | None) -> None:
    site.says["/encoding/"] = Saying(headers={})
    site.get("/encoding/", Accept_Encoding=said)
    assert site.asked[-1].headers.get("Accept-Encoding") == meant


def test_each_encoding_is_kept_for_itself_whatever_browsers_call_it(site: ScriptedSite) -> None:
    site.says["/variants/"] = Saying(headers=KEPT | {"Vary": "Accept-Encoding"})
    for said in ("gzip, deflate, br", "br", "br, gzip", "gzip", "gzip, deflate", "identity", ""):
        site.get("/variants/", Accept_Encoding=said)
    assert site.times_asked("/variants/") == 3


def test_the_query_and_the_host_without_its_port_belong_to_the_page(site: ScriptedSite) -> None:
    site.says["/query/"] = Saying()
    for path in ("/query/", "/query/?page=2", "/query/?page=2"):
        site.get(path)
    for host in ("localhost:1", "LOCALHOST:8443", "localhost."):
        site.get("/query/", Host=host)
    site.get("/query/", Host="other.example.org")
    assert [one.path for one in site.asked] == ["/query/", "/query/?page=2", "/query/"]
    assert site.asked[-1].headers["Host"] == "other.example.org"


def test_an_unchanged_page_is_asked_for_by_its_tag_and_kept_for_another_second(site: ScriptedSite) -> None:
    site.says["/tagged/"] = Saying(b"tagged", headers=KEPT | {"ETag": '"one"'})
    site.get("/tagged/")
    time.sleep(A_SECOND)
    assert site.get("/tagged/").body == b"tagged"
    assert site.asked[-1].headers["If-None-Match"] == '"one"'
    asked = len(site.asked)
    assert site.get("/tagged/").body == b"tagged"
    assert len(site.asked) == asked
    unchanged = site.get("/tagged/", If_None_Match='"one"')
    assert (unchanged.status, unchanged.body, len(site.asked)) == (304, b"", asked)


@pytest.mark.parametrize("failure", [Saying(status=500), Saying(status=503), Saying(breaks_off=True)])
def test_the_last_copy_is_there_while_the_site_fails(site: ScriptedSite, failure: Saying) -> None:
    site.says["/failing/"] = Saying(b"a copy")
    site.get("/failing/")
    time.sleep(A_SECOND)
    failure.headers = {}
    site.says["/failing/"] = failure
    answer = site.get("/failing/")
    assert (answer.status, answer.body) == (200, b"a copy")
    site.says["/failing/"] = Saying(b"well again")
    assert site.get("/failing/").body == b"well again"
    time.sleep(A_SECOND)


def test_with_nobody_behind_it_nginx_serves_copies_and_says_sorry_for_the_rest(site: ScriptedSite) -> None:
    site.says["/alone/"] = Saying(b"a copy")
    site.get("/alone/")
    site.go_away(1)
    site.go_away(2)
    time.sleep(A_SECOND)
    assert site.get("/alone/").body == b"a copy"
    fallback_response = site.get("/never-asked-for/")
    assert (
        fallback_response.status,
        fallback_response.headers["Retry-After"],
        fallback_response.headers["Cache-Control"],
    ) == (503, "10", "no-store")
    assert b"Back in a time" in fallback_response.body
    assert fallback_response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in fallback_response.headers["Content-Security-Policy"]
    admin = site.get("/admin/")
    assert (admin.status, admin.headers["Retry-After"]) == (503, "10")


@pytest.mark.parametrize("seconds", [0, A_SECOND])
@pytest.mark.parametrize("failure", ["none", "500", "away"])
def test_after_a_withdrawal_no_copy_from_before_is_served(site: ScriptedSite, failure: str, seconds: float) -> None:
    asked = [
        ({"Host": host} if host else {}) | ({"Accept-Encoding": encoding} if encoding else {})
        for host in ("", "localhost:1", "other.example.org")
        for encoding in ("", "gzip", "br")
    ]
    site.says["/withdrawn/"] = Saying(b"withdrawn")
    for headers in asked:
        assert site.request("GET", "/withdrawn/", headers).body == b"withdrawn"
    site.withdraw()
    site.says["/withdrawn/"] = Saying(b"", 500 if failure == "500" else 404, {})
    if failure == "away":
        site.go_away(1)
        site.go_away(2)
    time.sleep(seconds)
    for headers in asked:
        assert site.request("GET", "/withdrawn/", headers).status == {"none": 404, "500": 500, "away": 503}[failure]


def test_nothing_is_kept_where_the_site_cannot_say_what_it_withdraws(site: ScriptedSite) -> None:
    site.says["/unlinked/"] = Saying()
    latest = site.withdrawals / "latest"
    latest.rename(site.withdrawals / "aside")
    try:
        for _ in range(2):
            assert site.get("/unlinked/").status == 200
        assert site.times_asked("/unlinked/") == 2
    finally:
        (site.withdrawals / "aside").rename(latest)


def test_one_process_that_is_away_costs_nobody_an_answer(site: ScriptedSite) -> None:
    site.says["/either/"] = Saying(headers={})
    site.go_away(1)
    assert {site.get("/either/").status for _ in range(6)} == {200}
    assert {site.request("POST", "/either/", body=b"a form").status for _ in range(6)} == {200}


def test_what_changes_something_is_never_sent_twice(site: ScriptedSite) -> None:
    site.says["/form/"] = Saying(breaks_off=True)
    assert site.request("POST", "/form/", body=b"a form").status == 503
    assert site.times_asked("/form/") == 1
