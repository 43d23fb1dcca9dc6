"""The news in the admin: the list of items, the publishers, and the shortcut to a new press mention."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet

from news.archive.views import archive_urls, may_import
from news.article.views import article_urls
from news.asked_for import asked_for_lines
from news.items import NewsItemQuerySet
from news.models import NewsIndexPage, NewsItemPage, Publisher
from news.publisher_field import publisher_names
from site_core.admin.homepage import Lines, NewButton
from site_core.admin.snippet_views import PlainSnippetViewSet


class NewsListingView(IndexView):
    """Reads the publishers with the items, in one query."""

    def get_base_queryset(self) -> NewsItemQuerySet:
        return super().get_base_queryset().select_related("publisher")


class NewsListing(PageListingViewSet):
    """A flat list of all news items, the last edited first."""

    model = NewsItemPage
    index_view_class = NewsListingView
    icon = "doc-full"
    menu_label = "News"
    menu_order = 90
    add_to_admin_menu = True
    columns = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Headline", sort_key="title", classname="title"),
        Column("date", label="Date", sort_key="first_day", width="14%"),
        Column("publisher", label="Publisher", width="18%"),
        DateColumn("latest_revision_created_at", label="Updated", sort_key="latest_revision_created_at", width="12%"),
        PageStatusColumn("status", label="Status", sort_key="live", width="12%"),
    ]


class PublisherViewSet(PlainSnippetViewSet):
    """The publishers, by name."""

    model = Publisher
    icon = "site"
    menu_label = "Publishers"
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["name", "website"]
    list_per_page = 50


register_snippet(PublisherViewSet)


@hooks.register("register_admin_urls")
def news_urls() -> list[URLPattern]:
    """The screens of imports, and the URLs that the form requests while somebody works in it."""
    return [path("publishers/names/", publisher_names, name="publisher_names"), *article_urls(), *archive_urls()]


@hooks.register("register_admin_viewset")
def news_listing() -> NewsListing:
    return NewsListing("news_items")


def new_mention_url(user: AbstractBaseUser | AnonymousUser) -> str:
    """Return the URL at which the user adds a news item, or "" without a news list or the permission."""
    parent = NewsIndexPage.objects.first()
    if parent is None or not parent.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["news", "newsitempage", parent.pk])


@hooks.register("construct_homepage_panels")
def add_new_press_mention_button(request: HttpRequest, panels: list[Component]) -> None:
    if url := new_mention_url(request.user):
        panels.append(NewButton("new-press-mention", 48, "New press mention", url))


@hooks.register("construct_homepage_panels")
def add_tags_asked_for(request: HttpRequest, panels: list[Component]) -> None:
    if lines := asked_for_lines(NewsItemPage.objects.all(), request.user):
        panels.append(Lines("tags-asked-for", 56, "Tags that drafts ask for", lines))


class ImportMenuItem(MenuItem):
    """The import of archives, for those who may use it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


@hooks.register("register_settings_menu_item")
def import_menu_item() -> ImportMenuItem:
    return ImportMenuItem(
        "Import news", reverse("archive_imports"), name="import-news", icon_name="doc-full", order=900
    )
