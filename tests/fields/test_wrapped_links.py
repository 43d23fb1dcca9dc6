"""A link that a mail scanner, a search engine or a network has wrapped is taken as the link inside."""

import json

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from site_core.fields.web_url import canonical_link
from site_core.fields.wrapped_links import unwrapped

pytestmark = pytest.mark.unit
SAFELINK = (
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fstory%3Fid%3D7"
    "&data=05%7C01%7Csomebody%40example.org%7Cabc&sdata=x&reserved=0"
)


@pytest.mark.parametrize(
    ("wrapped", "inside"),
    [
        (SAFELINK, "https://example.org/story?id=7"),
        ("https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa&sa=D&usg=x", "https://example.org/a"),
        ("https://www.google.co.uk/url?sa=t&url=https://example.org/a", "https://example.org/a"),
        (
            "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fb%3Ffbclid%3Dz&h=x",
            "https://example.org/b?fbclid=z",
        ),
        ("https://lm.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fb", "https://example.org/b"),
        ("https://urldefense.com/v3/__https://example.org/c__;!!x!y$", "https://example.org/c"),
        ("https://urldefense.com/v3/__https:/example.org/a*b__;Iw!!x!y$", "https://example.org/a#b"),
        ("https://urldefense.com/v3/__https://example.org/**A__;JiM!!x", "https://example.org/&#"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-2Db&d=x&c=y",
            "https://example.org/a-b",
        ),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fexample.org%2F&rut=x", "https://example.org/"),
        ("https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.org%2fd&c=E,1", "https://example.org/d"),
        ("https://secure-web.cisco.com/1abc/https%3A%2F%2Fexample.org%2Fe", "https://example.org/e"),
        ("https://www.linkedin.com/redir/redirect?url=https%3A%2F%2Fexample.org", "https://example.org"),
        (
            f"https://www.google.com/url?q={SAFELINK.replace('%', '%25').replace('&', '%26')}",
            "https://example.org/story?id=7",
        ),
    ],
)
def test_the_link_inside_is_taken(wrapped: str, inside: str) -> None:
    assert unwrapped(wrapped) == inside
    assert canonical_link(wrapped) == canonical_link(inside)
    assert forms.CharField().clean(wrapped) == inside
    assert forms.URLField(assume_scheme="https").clean(f" {wrapped} ") == inside


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/?url=https://example.com/",
        "https://www.google.com/search?q=https://example.org",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://nam02.safelinks.protection.outlook.com/?data=x",
        "https://notfacebook.com/l.php?u=https://example.org/",
        "https://web.archive.org/web/2018/https://example.org/",
        "http://[",
        "A headline, not a link",
        "",
    ],
)
def test_another_link_stays(link: str) -> None:
    assert unwrapped(link) == link


@given(st.text())
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    unwrapped(text)
    unwrapped(f"https://urldefense.com/v3/__{text}__;{text}")
    unwrapped(f"https://www.google.com/url?q={text}")


def test_a_link_in_rich_text_is_taken_from_its_wrapper() -> None:
    typed = {
        "blocks": [{"text": "a story", "type": "unstyled", "entityRanges": [{"offset": 0, "length": 7, "key": 0}]}],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": SAFELINK}}},
    }
    stored = ContentstateConverter(features=["link"]).to_database_format(json.dumps(typed))
    assert '<a href="https://example.org/story?id=7">a story</a>' in stored
