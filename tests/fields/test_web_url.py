"""URLs that people enter are complete and safe, and an article has one canonical URL."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.forms.choosers import ExternalLinkChooserForm

from site_core.fields.web_url import WHOLE_URL, WebURLField, canonical_link, check_url, check_web_url, with_scheme
from site_core.organization.blocks import SocialLinkBlock
from site_core.pages.blocks import LinkBlock

REFUSED = [
    "example.org",
    "www.example.org/page",
    "//example.org/page",
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,example",
    "file:///etc/passwd",
    "ftp://example.org/file",
    "https://",
    "https://example.org/a page",
    "https://[",
]


@pytest.mark.parametrize("url", ["https://example.org", "http://example.org/page?key=value#part"])
def test_full_urls_are_accepted(url: str) -> None:
    check_web_url(url)
    check_url(url)


@pytest.mark.parametrize("url", REFUSED)
def test_anything_else_is_refused_with_what_to_enter(url: str) -> None:
    for check in (check_web_url, check_url):
        with pytest.raises(ValidationError) as refused:
            check(url)
        assert refused.value.messages == [WHOLE_URL]


@pytest.mark.parametrize("typed", ["example.org", "www.example.org/page?a=b#c", " example.org/a ", "EXAMPLE.ORG/a"])
def test_a_link_without_a_scheme_gets_https_wherever_one_is_typed(typed: str) -> None:
    whole = f"https://{typed.strip()}"
    assert WebURLField(blank=True).formfield().clean(typed) == whole
    link = LinkBlock()
    assert link.clean(link.to_python({"text": "A link", "page": None, "url": typed}))["url"] == whole
    account = SocialLinkBlock()
    assert account.clean(account.to_python({"name": "A service", "url": typed}))["url"] == whole
    in_text = ExternalLinkChooserForm({"url": typed})
    assert in_text.is_valid()
    assert in_text.cleaned_data["url"].startswith("https://")


@pytest.mark.parametrize(
    "typed",
    ["", "https://example.org", "person@example.org", "tel:+1-212-555-0100", "/page/", "a page", "page", "3.14"],
)
def test_everything_else_stays_as_it_was_typed(typed: str) -> None:
    assert with_scheme(typed) == typed


@pytest.mark.parametrize("url", ["mailto:person@example.org", "tel:+1-212-555-0100"])
def test_mail_and_phone_links_are_urls_but_no_web_urls(url: str) -> None:
    check_url(url)
    with pytest.raises(ValidationError):
        check_web_url(url)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("https://example.org/story", "https://example.org/story"),
        (" HTTPS://Example.ORG/Story ", "https://example.org/Story"),
        ("https://example.org/story?utm_source=mail&UTM_Medium=x", "https://example.org/story"),
        ("https://example.org/story?id=7&utm_source=mail&fbclid=1", "https://example.org/story?id=7"),
        ("https://example.org/story?gclid=1&mc_cid=2&mc_eid=3", "https://example.org/story"),
        ("https://example.org/story?msclkid=1&igshid=2&_hsenc=3&mtm_source=4&id=7", "https://example.org/story?id=7"),
        ("https://example.org/story#comments", "https://example.org/story"),
        ("https://example.org/story?q=a%20b&empty=", "https://example.org/story?q=a%20b&empty="),
        ("https://example.org/?a-story", "https://example.org/?a-story"),
        ("https://example.org/story?path=/a/b", "https://example.org/story?path=/a/b"),
    ],
)
def test_an_article_has_one_canonical_link(typed: str, canonical: str) -> None:
    assert canonical_link(typed) == canonical


@given(
    st.lists(
        st.tuples(st.sampled_from(["id", "utm_source", "q", "fbclid"]), st.text("aé%&=+/", max_size=6)).map("=".join),
        max_size=4,
    )
)
def test_a_canonical_link_does_not_change_again(query: list[str]) -> None:
    once = canonical_link("https://example.org/story?" + "&".join(query))
    assert canonical_link(once) == once
    assert "utm_" not in once
