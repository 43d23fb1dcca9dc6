"""The admin's screens for news: the list of items, publishers, and the quick way to a new press mention."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from news.models import NewsIndexPage, NewsItemPage, Publisher


class NewsListingView(IndexView):
    """The list's view: publishers come with the items, in the same query."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("publisher")


class NewsListing(PageListingViewSet):
    """All news items in one flat list, the last edited first."""

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


class PublisherViewSet(SnippetViewSet):
    """Publishers, by name."""

    model = Publisher
    icon = "site"
    menu_label = "Publishers"
    menu_order = 270
    add_to_admin_menu = True
    list_display = ["name", "website"]
    list_per_page = 50


register_snippet(PublisherViewSet)


@hooks.register("register_admin_viewset")
def news_listing() -> NewsListing:
    return NewsListing("news_items")


class NewPressMention(Component):
    """The quick way to the screen on which most of the week's work is done."""

    name = "new_press_mention"
    order = 50
    template_name = "news/admin/new_press_mention.html"

    def __init__(self, address: str) -> None:
        self.address = address

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"address": self.address}


def url_of_new_mention(user: AbstractBaseUser | AnonymousUser) -> str:
    """Where the user adds a news item, or "" where there is no news list or no permission."""
    parent = NewsIndexPage.objects.first()
    if parent is None or not parent.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["news", "newsitempage", parent.pk])


@hooks.register("construct_homepage_panels")
def offer_new_press_mention(request: HttpRequest, panels: list[Any]) -> None:
    if address := url_of_new_mention(request.user):
        panels.insert(0, NewPressMention(address))
