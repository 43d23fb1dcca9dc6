"""Text from Word and Google Docs is pasted whole. Headings and tables become blocks; a note says what is left out."""

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from home.text_page import TextPage
from site_core.media.images import SiteImage
from tests.browser import admin
from tests.factories import SiteTree, TextPageFactory, UserFactory, drawn_picture

SAMPLES = Path(__file__).parent / "pasted"
PASTE = """(node, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", node.ownerDocument.createRange().createContextualFragment(html).textContent);
  node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""

IN_THE_FORM = """words => {
  const values = [...document.querySelectorAll("[data-contentpath=body] input[type=hidden]")].map(({value}) => value);
  return words.every(one => values.some(value => value.includes(one)));
}"""
PASTE_A_FILE = """node => {
  const data = new DataTransfer();
  data.items.add(new File(["A picture"], "image.png", {type: "image/png"}));
  node.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def text_page(site_tree: SiteTree) -> TextPage:
    made: TextPage = TextPageFactory(parent=site_tree.home, summary="They met.", body=[("text", "<p></p>")])
    return made


@pytest.fixture
def editor(page: Page, text_page: TextPage, settings: Any) -> Page:
    """The edit screen of a page with one empty text block."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    admin.sign_in(page, UserFactory(role="Author"))
    page.goto(f"/admin/pages/{text_page.pk}/edit/")
    expect(boxes(page).first).to_be_visible()
    return page


def boxes(editor: Page) -> Locator:
    return editor.locator("[data-contentpath=body] .public-DraftEditor-content:visible")


def paste(editor: Page, html: str, keys: str = "Control+End") -> None:
    """Into the first text, where the keys put the caret."""
    box = boxes(editor).first
    box.click()
    box.press(keys)
    box.evaluate(PASTE, html)


def sample(name: str) -> str:
    return (SAMPLES / f"{name}.html").read_text(encoding="utf-8")


def saved_body(editor: Page, text_page: TextPage, *words: str) -> list[tuple[str, Any]]:
    """The blocks of the draft, saved once the words have come from the editors into the form."""
    editor.wait_for_function(IN_THE_FORM, arg=words)
    editor.get_by_role("button", name="Save draft").click()
    admin.expect_message(editor, "updated")
    body = TextPage.objects.get(pk=text_page.pk).get_latest_revision_as_object().body
    return [(block.block_type, without_keys(block.block.get_prep_value(block.value))) for block in body]


def without_keys(value: Any) -> Any:
    """Rich text without the keys that the editor gives its lines."""
    return re.sub(r' data-block-key="\w+"', "", value) if isinstance(value, str) else value


def test_google_docs_and_word_become_blocks(editor: Page, text_page: TextPage) -> None:
    paste(editor, sample("google-docs"))
    expect(boxes(editor)).to_have_count(1)
    expect(boxes(editor)).to_contain_text("Plain words, then bold ones and a link.")
    expect(editor.locator(".paste-note")).to_have_count(0)
    paste(editor, sample("word"))
    expect(boxes(editor)).to_have_count(3)
    expect(editor.locator(".paste-note")).to_contain_text("Kept as text: 1 footnote.")
    expect(editor.locator(".paste-note")).to_contain_text("1 picture stayed in the document")
    assert saved_body(editor, text_page, "bold ones", "and a note", "The note.") == [
        ("heading", "What a call-in is"),
        (
            "text",
            '<p>Plain words, then <b>bold ones</b> and a <a href="https://example.org/">link</a>.</p>'
            "<ul><li>first</li><li>second</li></ul>",
        ),
        ("heading", "A heading"),
        ("text", "<p>Text with <b>bold</b>, <i>italic</i> and a note[1].</p><ul><li>A point in a list</li></ul>"),
        ("table", {"caption": "", "rows": "City | Murders\nOakland | 74"}),
        ("text", "<p>[1] The note.</p>"),
        ("table", {"caption": "", "rows": "City | Year\nOakland | 2012"}),
    ]


def test_a_long_word_document_keeps_its_lists_and_says_what_is_left_out(editor: Page, text_page: TextPage) -> None:
    paste(editor, sample("word-long"))
    expect(editor.locator(".paste-note")).to_have_text(
        "Left out: 1 deleted word of tracked changes, 1 underlined part, 1 comment, 1 link in tables, 2 merged cells."
    )
    paste(editor, "<h2>In the middle</h2><p>Words</p>", keys="Control+Home")
    expect(editor.locator(".paste-note")).to_have_count(0)
    body = saved_body(editor, text_page, "In the middle", "The end.")
    assert [kind for kind, _ in body] == ["heading", "text", "heading", "table", "text"]
    assert body[1][1].startswith("<h3>In the middle</h3><p>Words")
    link = '<a href="https://example.org/report">link</a>'
    assert f"<b>Bold</b>, <i>slanted</i>, underlined and a {link}.</p>" in body[1][1]
    assert "<ol><li>First<ol><li>Below the first</li></ol></li><li>Second</li></ol>" in body[1][1]
    assert [value for kind, value in body if kind != "text"] == [
        *("The year in Oakland", "Counts"),
        {"caption": "", "rows": "Year / homicides |  | Source\n2012 | 126 | "},
    ]
    assert body[4][1] == "<h3>Smaller</h3><p>The end.</p>"


def test_pictures_are_offered_for_upload(editor: Page, text_page: TextPage) -> None:
    code = base64.b64encode(drawn_picture().read()).decode()
    paste(editor, f'<p>Before</p><img src="data:image/png;base64,{code}"><img src="file:///C:/1.png"><p>After</p>')
    expect(editor.locator(".paste-note")).to_contain_text("1 picture stayed in the document")
    editor.get_by_role("button", name="Upload to a picture block").press("Enter")
    expect(editor.get_by_text("Uploaded. Describe what it shows in the picture block below.")).to_be_visible()
    editor.get_by_role("button", name="Add a picture block").press("Enter")
    picture = SiteImage.objects.get()
    editor.locator("[data-streamfield-child]:visible").nth(1).get_by_role("button", name="Delete").click()
    boxes(editor).first.evaluate(PASTE_A_FILE)
    expect(editor.locator(".paste-note")).to_have_text(re.compile("1 picture came along"))
    text, shown = saved_body(editor, text_page, "Before")
    assert text == ("text", "<p>Before</p><p>After</p>")
    assert shown[0] == "picture" and shown[1]["image"]["image"] == picture.pk
