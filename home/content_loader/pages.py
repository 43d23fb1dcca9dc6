"""The pages. All of them are created before any is filled, so that they can link to one another."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail.models import Page, Site

from home.content_loader.bodies import Body
from home.content_loader.entries import Entry, Refers, Shape
from home.content_loader.family import Family, publish
from home.models import HomePage, PlaceIndexPage, TextPage
from impact.models import ImpactPage
from news.models import NewsIndexPage, NewsItemPage
from strategies.models import StrategyIndexPage, StrategyPage
from strategies.uses import StrategyUse

PAGE_FIELDS = {"slug": str, "title": str, "summary": str}
# The page types, by value of the field “type”.
PAGE_TYPES: dict[str, type[Page]] = {
    str(model._meta.verbose_name): model
    for model in (HomePage, StrategyIndexPage, PlaceIndexPage, ImpactPage, NewsIndexPage, TextPage)
}
HOME_TYPE = str(HomePage._meta.verbose_name)


class PageFamily(Family):
    """The base class for pages, which are named by their slugs."""

    name = "page"
    name_field = "slug"
    model: ClassVar[type[Page]] = Page
    parent: ClassVar[str] = ""

    def model_of(self, entry: Entry) -> type[Page]:
        return self.model

    def parent_of(self, entry: Entry) -> Page:
        parent = self.record.find(entry, "parent", "page", entry.values.get("parent", self.parent))
        if parent is None:
            raise entry.error("parent", "an editor has deleted that page. Choose another.")
        return parent

    def make(self, entry: Entry) -> Page:
        """Create an empty draft below its parent."""
        model, parent = self.model_of(entry), self.parent_of(entry)
        if not model.can_create_at(parent):
            raise entry.error("parent", f"no {model._meta.verbose_name} may be added below “{parent}”.")
        page: Page = model(title=entry.values["title"], slug=entry.name, live=False)
        with entry.validation_errors():
            parent.add_child(instance=page)
        return page

    def fill(self, target: Page, entry: Entry) -> None:
        super().fill(target, entry)
        if "body" in self.shape.fields and hasattr(target, "body"):
            stream = target._meta.get_field("body").stream_block
            target.body = Body(self.record, entry, "body").build(stream, entry.values.get("body", []))

    def save(self, target: Page, entry: Entry) -> None:
        target.full_clean()
        publish(target)


class Pages(PageFamily):
    """The home page, the index pages and the text pages."""

    file, section = "pages.yaml", "pages"
    parent = "home"
    shape = Shape(
        {
            **PAGE_FIELDS,
            "type": str,
            "parent": str,
            "show_in_menus": bool,
            "caution": str,
            "body": [dict],
        },
        required=("slug", "type", "title", "summary"),
    )

    def model_of(self, entry: Entry) -> type[Page]:
        kind = entry.values["type"]
        if kind not in PAGE_TYPES:
            raise entry.error("type", f"there is no such type. Use {', '.join(PAGE_TYPES)}.")
        return PAGE_TYPES[kind]

    def parent_of(self, entry: Entry) -> Page:
        return prepared_root() if entry.values["type"] == HOME_TYPE else super().parent_of(entry)

    def make(self, entry: Entry) -> Page:
        page = super().make(entry)
        if isinstance(page, HomePage):
            Site.objects.filter(is_default_site=True).update(root_page=page)
        return page

    def fill(self, target: Page, entry: Entry) -> None:
        model = self.model_of(entry)
        if not isinstance(target, model):
            raise entry.error("type", f"the page is a {target._meta.verbose_name}, and a page cannot change its type.")
        for field in entry.values:
            if field not in (*fields_of(model, self.shape), "type", "parent"):
                raise entry.error(field, f"a {entry.values['type']} has no such field.")
        super().fill(target, entry)
        if isinstance(target, ImpactPage):
            target.caution = Body(self.record, entry, "caution").rich_text(entry.values.get("caution", ""), "caution")

    def fill_fields(
        self, target: Page, entry: Entry, values: Mapping[str, Any], shape: Shape, where: str = ""
    ) -> None:
        super().fill_fields(target, entry, values, Shape(fields_of(type(target), shape)), where)


def fields_of(model: type[Page], shape: Shape) -> dict[str, Any]:
    """Return the fields of a shape that a page type has. Some types have no body."""
    names = {field.name for field in model._meta.get_fields()}
    return {field: kind for field, kind in shape.fields.items() if field in names}


def prepared_root() -> Page:
    """Return the root of the tree. Deletes Wagtail's welcome page if nobody has changed it."""
    root: Page = Page.get_first_root_node()
    welcome = Page.objects.child_of(root).exact_type(Page).filter(slug="home", latest_revision=None, numchild=0)
    for page in welcome:
        # A site is deleted with its root page, so the root of the tree becomes its root page for now.
        Site.objects.filter(root_page=page).update(root_page=root)
        page.delete()
    root.refresh_from_db()
    return root


USE = Shape(
    {
        "place": Refers("place"),
        "kind": str,
        "since": str,
        "source": str,
        "news_item": Refers("page"),
        "url": str,
    },
    required=("place", "kind", "source"),
)


class PagesOfTerms(PageFamily):
    """The base class for pages of strategies, initiatives and components, each of which has a term."""

    file = "strategies.yaml"
    parent = "strategies"
    model = StrategyPage
    kind: ClassVar[str]

    def __init_subclass__(cls) -> None:
        in_short = {"abbreviation": str, "who_takes_part": str, "where_it_began": str}
        fields = {**PAGE_FIELDS, **in_short, "term": Refers(cls.kind), "uses": [dict], "body": [dict]}
        cls.shape = Shape(fields, required=("slug", "title", "summary", "term"))

    def fill(self, target: StrategyPage, entry: Entry) -> None:
        super().fill(target, entry)
        target.uses = self.parts(StrategyUse, USE, entry, "uses", "page")


class StrategyPages(PagesOfTerms):
    """The strategies."""

    section = "strategies"
    kind = "strategy"


class InitiativePages(PagesOfTerms):
    """The initiatives."""

    section = "initiatives"
    kind = "initiative"


class ComponentPages(PagesOfTerms):
    """The components of strategies."""

    section = "components"
    kind = "component"


class NewsItems(PageFamily):
    """News items, in the file in the order of the list, newest first.

    Of items with the same date, the list shows the last in the tree first, so the last entry is created first. It is
    also published first, because feeds show the last published first.
    """

    file, section = "news.yaml", "items"
    parent = "news"
    model = NewsItemPage
    reversed_order = True
    CLUSTERS: ClassVar[dict[str, str]] = {
        "places": "place",
        "initiatives": "initiative",
        "strategies": "strategy",
        "components": "component",
    }
    shape = Shape(
        {
            **PAGE_FIELDS,
            "link": str,
            "publisher": Refers("publisher"),
            "date": str,
            "item_type": str,
            "author": str,
            **{field: [Refers(family)] for field, family in CLUSTERS.items()},
            "body": [dict],
        },
        required=("slug", "title", "date", "summary"),
    )

    def fill(self, target: NewsItemPage, entry: Entry) -> None:
        super().fill(target, entry)
        for field, family in self.CLUSTERS.items():
            terms = [self.record.find(entry, field, family, name) for name in entry.values.get(field, [])]
            getattr(target, field).set([term for term in terms if term])
