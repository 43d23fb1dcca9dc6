"""Examples of the picture and document blocks. They use no stored files: the picture is drawn here."""

from base64 import b64encode
from io import BytesIO
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from PIL import Image, ImageDraw

from home.patterns.pattern import Example
from site_core.media.documents import DocumentRow, SiteDocument
from site_core.media.images import SiteImage

DESCRIPTION = "A light square on a dark ground, as an example of a picture."


def media_examples() -> dict[str, list[Example]]:
    """Return the examples, by the template of their block."""
    caption, credit = "An example of a caption.", "Photo: Name of a Person"
    return {
        "blocks/picture.html": [
            Example(_picture(1600, 1066, caption, credit), "With caption and credit"),
            Example(_picture(1600, 1066), "With neither"),
            Example(_picture(600, 800, caption), "The whole picture, and narrower than its place"),
        ],
        "blocks/documents.html": [
            Example({"value": {"heading": "Guides"}, "rows": rows}, state)
            for state, rows in {
                "All that can be recorded, or only the file": [
                    DocumentRow(_guide(publisher="Example Press", year=2016, pages=64), []),
                    DocumentRow(_guide("An example of another guide", file_size=90_000), []),
                ],
                "With earlier versions": [
                    DocumentRow(
                        _guide(publisher="Example Press", year=2020, pages=72), [_guide(year=2016, pages=64), _guide()]
                    )
                ],
            }.items()
        ],
    }


def _picture(width: int, height: int, caption: str = "", credit: str = "") -> dict[str, Any]:
    """Return the context of the picture block."""
    value = {"image": SiteImage(credit=credit), "caption": caption}
    return {"value": value, "picture": _drawn(width, height)}


def _drawn(width: int, height: int) -> SafeString:
    picture = Image.new("P", (width, height))
    picture.putpalette([15, 50, 47, 250, 187, 65])
    side = min(width, height) // 3
    left, top = (width - side) // 2, (height - side) // 2
    ImageDraw.Draw(picture).rectangle((left, top, left + side, top + side), fill=1)
    file = BytesIO()
    picture.save(file, "PNG", bits=1)
    source = f"data:image/png;base64,{b64encode(file.getvalue()).decode()}"
    return format_html('<img src="{}" alt="{}" width="{}" height="{}">', source, DESCRIPTION, width, height)


def _guide(title: str = "An example of a guide", file_size: int = 2_200_000, **fields: Any) -> SiteDocument:
    return SiteDocument(pk=0, title=title, file="example.pdf", file_size=file_size, **fields)
