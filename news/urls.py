"""URLs of the news feeds."""

from django.urls import path

from news.feeds import FORMATS, news_feed

urlpatterns = [path(f"news/feed.{form}", news_feed, {"form": form}, name=f"news_feed_{form}") for form in FORMATS]
