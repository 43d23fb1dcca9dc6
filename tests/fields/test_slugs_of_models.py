"""Whatever has a slug gets one from a name in any script, its own and never an empty one."""

from typing import Any

import pytest
from django.apps import apps
from django.core.validators import validate_slug
from django.db import models
from django.test import Client
from taggit.models import Tag
from wagtail.models import Page

from home.models import TextPage
from impact.models import ImpactStat
from news.models import Publisher
from site_core.taxonomy.models import TERM_MODELS, FormerSlug, PlaceTerm, Term
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = ["Київ", "北京", "نيويورك", "🙂", "!!!", "Київ!", "Example"]


def page(name: str) -> Page:
    about = TextPage.objects.filter(title="About").first() or factories.site_tree().about
    return about.add_child(instance=TextPage(title=name, summary="Example", slug=""))


MAKERS: dict[type[models.Model], Any] = {
    Page: page,
    Publisher: lambda name: Publisher.objects.create(name=name),
    ImpactStat: lambda name: factories.ImpactStatFactory(outcome=name, place__name="東京"),
    Tag: lambda name: Tag.objects.create(name=name),
    **{model: model.objects.create for model in TERM_MODELS.values()},
}
# A copy of what a term had, and the table of the four kinds.
OTHERS = {FormerSlug, Term}


def test_everything_with_a_slug_is_tried() -> None:
    have_slugs = {
        model
        for model in apps.get_models()
        if any(isinstance(field, models.SlugField) for field in model._meta.local_concrete_fields)
    }
    assert have_slugs - OTHERS == {model for model in MAKERS if not issubclass(model, Term)}


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_a_slug_is_made_from_any_name_and_is_its_own(model: Any) -> None:
    make = MAKERS[model]
    if issubclass(model, Term):
        slugs = [make(name=name).slug for name in NAMES]
    else:
        slugs = [make(name).slug for name in NAMES]
    assert len(set(slugs)) == len(NAMES)
    for slug in slugs:
        if model is not Tag:
            validate_slug(slug)
        assert slug


def test_a_page_called_as_what_the_site_answers_itself_gets_another_address(site_tree: factories.SiteTree) -> None:
    page = site_tree.home.add_child(instance=TextPage(title="Search", summary="Example", slug=""))
    assert page.slug == "search-2"


@pytest.mark.parametrize("slug", ["", "Київ", "two words"])
def test_a_place_and_a_stat_without_a_slug_take_no_page_down(
    client: Client, site_tree: factories.SiteTree, slug: str
) -> None:
    place = factories.PlaceTermFactory(latitude="35.956", longitude="-80.005")
    stat = factories.ImpactStatFactory(place=place)
    strategy = factories.StrategyPageFactory(parent=site_tree.strategies, term=stat.strategy)
    factories.NewsItemPageFactory(parent=site_tree.news, places=[place], strategies=[stat.strategy])
    PlaceTerm.objects.filter(pk=place.pk).update(slug=slug)
    ImpactStat.objects.filter(pk=stat.pk).update(slug=slug)
    urls = [page.url for page in (site_tree.home, site_tree.places, site_tree.impact, site_tree.news, strategy)]
    for url in [*urls, "/sitemap.xml", "/changes/feed.atom", "/impact/figures.csv", "/search/?q=example"]:
        assert client.get(url, follow=True).status_code == 200, url
