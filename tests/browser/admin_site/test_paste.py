"""Text from Google Docs and Word is pasted with its weight, and the editor says what it leaves out."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin
from tests.factories import SiteTree, TextPageFactory, UserFactory

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-0"><h2 dir="ltr">'
    '<span style="font-weight:400">What a call-in is</span></h2><p dir="ltr">'
    '<span style="font-weight:400">Plain words, then </span><span style="font-weight:700">bold ones</span>'
    '<span style="font-weight:400"> and </span><span style="font-weight:400;font-style:italic">slanted</span></p>'
    "<table><tbody><tr><td><p><span>City</span></p></td></tr></tbody></table></b>"
)
WORD = (
    "<html><body><!--StartFragment--><h1>A heading<o:p></o:p></h1><p class=MsoNormal>Text with <b>bold</b>.<o:p></o:p>"
    '</p><table class=MsoTableGrid><tr><td><p class=MsoNormal>City</p></td></tr></table><p><img src="file:///C:/1.png">'
    "</p><!--EndFragment--></body></html>"
)
PASTE = """([node, html]) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", node.ownerDocument.createRange().createContextualFragment(html).textContent);
  node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def editor(page: Page, site_tree: SiteTree, settings: Any) -> Page:
    """The edit screen of a page with one empty text block."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    text_page = TextPageFactory(parent=site_tree.home, body=[("text", "<p></p>")])
    admin.log_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    expect(page.locator(".public-DraftEditor-content").first).to_be_visible()
    return page


def pasted(editor: Page, html: str) -> Any:
    """The blocks of the editor after something is pasted into it."""
    box = editor.locator("[data-contentpath=body] .public-DraftEditor-content").first
    box.click()
    box.evaluate(f"(node, html) => ({PASTE})([node, html])", html)
    stored = editor.locator("input[name=body-0-value-text], input[name=body-0-value]")
    expect(stored).not_to_have_value("null")
    editor.wait_for_function("input => input.value.includes('old')", arg=stored.element_handle())
    return json.loads(stored.input_value())["blocks"]


def styled(blocks: Any, style: str) -> list[str]:
    """The words in one style."""
    return [
        block["text"][part["offset"] : part["offset"] + part["length"]]
        for block in blocks
        for part in block["inlineStyleRanges"]
        if part["style"] == style
    ]


def test_google_docs_keeps_what_is_bold_and_says_what_is_lost(editor: Page) -> None:
    blocks = pasted(editor, GOOGLE)
    assert styled(blocks, "BOLD") == ["bold ones"]
    assert styled(blocks, "ITALIC") == ["slanted"]
    assert "Plain words, then bold ones and slanted" in [block["text"] for block in blocks]
    expect(editor.get_by_text("could not be pasted as it was: 1 heading, 1 table.")).to_be_visible()


def test_word_says_what_is_lost_and_the_next_paste_says_it_no_more(editor: Page) -> None:
    assert styled(pasted(editor, WORD), "BOLD") == ["bold"]
    expect(editor.get_by_text("could not be pasted as it was: 1 heading, 1 table, 1 picture.")).to_be_visible()
    pasted(editor, "<p>More bold words</p>")
    expect(editor.locator(".paste-note")).to_have_count(0)
