"""A list of news, its items and their publishers: the fields and blocks of ours, with nothing of ours behind them."""

from typing import ClassVar

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

KINDS = ("places", "initiatives", "strategies", "components")


@register_snippet
class Publisher(index.Indexed, models.Model):
    """The newspaper of an article."""

    name = models.CharField(max_length=255)
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    def __str__(self) -> str:
        return self.name


class Term(TagBase):
    """A tag."""

    free_tagging = False


class TaggedItem(ItemBase):
    """The tie between an item and a tag."""

    tag = models.ForeignKey(Term, related_name="%(class)s_items", on_delete=models.CASCADE)

    class Meta:
        abstract = True


class ItemPlace(TaggedItem):
    """A place of an item."""

    content_object = ParentalKey("ItemPage", related_name="place_ties", on_delete=models.CASCADE)


class ItemInitiative(TaggedItem):
    """An initiative of an item."""

    content_object = ParentalKey("ItemPage", related_name="initiative_ties", on_delete=models.CASCADE)


class ItemStrategy(TaggedItem):
    """A strategy of an item."""

    content_object = ParentalKey("ItemPage", related_name="strategy_ties", on_delete=models.CASCADE)


class ItemComponent(TaggedItem):
    """A component of an item."""

    content_object = ParentalKey("ItemPage", related_name="component_ties", on_delete=models.CASCADE)


def _words(*names: str) -> list[tuple[str, blocks.Block]]:
    return [(name, blocks.CharBlock(required=False)) for name in names]


def _list_of(*names: str) -> blocks.ListBlock:
    return blocks.ListBlock(blocks.StructBlock(_words(*names)))


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """As many kinds of blocks as a news item of ours has, of the same shapes."""
    return [
        ("heading", blocks.CharBlock()),
        ("text", blocks.RichTextBlock()),
        ("steps", _list_of("heading", "text")),
        ("diagram", blocks.StructBlock([*_words("note"), ("steps", _list_of("who", "what", "place"))])),
        ("timeline", _list_of("date", "text", "source")),
        ("quote", blocks.StructBlock(_words("text", "speaker", "source"))),
        ("picture", blocks.StructBlock([("image", ImageChooserBlock()), *_words("caption")])),
        ("documents", blocks.StructBlock([*_words("heading"), ("all", blocks.ListBlock(DocumentChooserBlock()))])),
        ("call_to_action", blocks.StructBlock([*_words("text", "url"), ("page", blocks.PageChooserBlock())])),
        ("press_contact", blocks.StaticBlock()),
        ("general_contact", blocks.StaticBlock()),
        ("help_lines", blocks.StaticBlock()),
        ("open_questions", blocks.ListBlock(blocks.CharBlock())),
        ("impact", blocks.StructBlock([*_words("heading"), ("stats", blocks.ListBlock(blocks.CharBlock()))])),
        ("before_after", _list_of("what", "place", "before", "after", "period", "source")),
    ]


class IndexPage(Page):
    """The list of news."""


class ItemPage(Page):
    """A news item."""

    link = models.URLField(blank=True)
    publisher = models.ForeignKey(Publisher, null=True, blank=True, on_delete=models.SET_NULL, related_name="items")
    date = models.DateField(null=True, blank=True)
    item_type = models.CharField(max_length=20, default="news", choices=[("news", "News"), ("opinion", "Opinion")])
    author = models.CharField(max_length=255, blank=True)
    summary = models.TextField(blank=True)
    body = StreamField(body_blocks(), blank=True, max_num=40)
    places = ClusterTaggableManager(through=ItemPlace, blank=True, related_name="place_items")
    initiatives = ClusterTaggableManager(through=ItemInitiative, blank=True, related_name="initiative_items")
    strategies = ClusterTaggableManager(through=ItemStrategy, blank=True, related_name="strategy_items")
    components = ClusterTaggableManager(through=ItemComponent, blank=True, related_name="component_items")

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel(name) for name in ("link", "publisher", "date", *KINDS, "summary")]),
        MultiFieldPanel([FieldPanel("item_type"), FieldPanel("author")]),
        FieldPanel("body"),
    ]
    settings_panels = [PublishingPanel()]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
