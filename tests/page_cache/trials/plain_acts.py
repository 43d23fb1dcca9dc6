"""Acts that visitors see at once: on models without drafts, redirects and view restrictions."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from site_core.media.images import SiteRendition
from site_core.organization.crisis_help import CrisisHelpSettings
from site_core.organization.models import OrganizationSettings
from tests import factories
from tests.page_cache.trials.acts import Act, Acts

act = ACTS = Acts()


@act
def save_a_setting(tree: factories.SiteTree) -> Act:
    organization = OrganizationSettings.load()
    organization.phone = "212-555-0100"
    return organization.save


@act
def save_the_help_lines(tree: factories.SiteTree) -> Act:
    return CrisisHelpSettings.load().save


@act
def make_a_term(tree: factories.SiteTree) -> Act:
    return lambda: factories.PlaceTermFactory()


@act
def rename_a_term(tree: factories.SiteTree) -> Act:
    term = factories.StrategyTermFactory()
    term.name, term.slug = f"{term.name} renamed", f"{term.slug}-renamed"
    return term.save


@act
def delete_a_term(tree: factories.SiteTree) -> Act:
    return factories.ComponentTermFactory().delete


@act
def rename_a_publisher(tree: factories.SiteTree) -> Act:
    publisher = factories.PublisherFactory()
    publisher.name += " renamed"
    return publisher.save


@act
def save_a_study(tree: factories.SiteTree) -> Act:
    return factories.StudyFactory().save


@act
def upload_a_picture(tree: factories.SiteTree) -> Act:
    return lambda: factories.SiteImageFactory()


@act
def replace_a_picture(tree: factories.SiteTree) -> Act:
    picture = factories.SiteImageFactory()
    picture.file = factories.drawn_picture(name="other.jpg", ground="darkred")
    return picture.save


@act
def take_away_a_size_of_a_picture(tree: factories.SiteTree) -> Act:
    factories.SiteImageFactory().get_rendition("width-100")
    return lambda: SiteRendition.objects.filter(filter_spec="width-100").delete()


@act
def delete_a_picture(tree: factories.SiteTree) -> Act:
    return factories.SiteImageFactory().delete


@act
def upload_a_document(tree: factories.SiteTree) -> Act:
    return lambda: factories.SiteDocumentFactory()


@act
def rename_a_document(tree: factories.SiteTree) -> Act:
    document = factories.SiteDocumentFactory()
    document.title = "Another guide"
    return document.save


@act
def make_a_redirect(tree: factories.SiteTree) -> Act:
    return lambda: Redirect.objects.create(old_path=f"/old-{Redirect.objects.count()}", redirect_link="/")


@act
def delete_a_redirect(tree: factories.SiteTree) -> Act:
    return Redirect.objects.create(old_path=f"/older-{Redirect.objects.count()}", redirect_link="/").delete


@act
def withdraw_an_database_url(tree: factories.SiteTree) -> Act:
    return lambda: factories.WithdrawnAddressFactory()


@act
def save_the_site(tree: factories.SiteTree) -> Act:
    return Site.objects.get().save


@act
def make_a_page_private(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return lambda: PageViewRestriction.objects.create(page=page, restriction_type="login")


@act
def make_a_private_page_public(tree: factories.SiteTree) -> Act:
    page = factories.TextPageFactory(parent=tree.home)
    return PageViewRestriction.objects.create(page=page, restriction_type="login").delete


@act
def make_a_collection_private(tree: factories.SiteTree) -> Act:
    collection = Collection.get_first_root_node().add_child(name="Example")
    return lambda: CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")


@act
def promote_a_result(tree: factories.SiteTree) -> Act:
    return lambda: factories.SearchPromotionFactory(page=tree.about)


@act
def take_a_promoted_result_away(tree: factories.SiteTree) -> Act:
    return factories.SearchPromotionFactory(page=tree.about).delete
