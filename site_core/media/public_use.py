"""Whether visitors see a picture or a document somewhere. Its files are for the public only as long as they do."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage, SiteRendition
from site_core.page_cache.memoize import memoized
from site_core.publishing.visibility import is_public


def is_in_public_use(media: SiteImage | SiteDocument) -> bool:
    """Whether something public shows it. With one version of a document, a page lists all others."""
    return is_shown(type(media), media.pk)


@memoized
def is_shown(model: type[SiteImage] | type[SiteDocument], pk: int) -> bool:
    """The same by pk. Every publication and every withdrawal begins a generation, and so has this asked again."""
    pks = SiteDocument.objects.versions_of(pk) if model is SiteDocument else [pk]
    types = ContentType.objects.get_for_models(SiteImage, SiteDocument)
    references = ReferenceIndex.objects.filter(to_content_type=types[model], to_object_id__in=[str(pk) for pk in pks])
    # A newer version refers to the one before. Neither is public by that alone.
    users = references.exclude(base_content_type__in=types.values()).group_by_source_object()
    return any(is_public(user.specific if isinstance(user, Page) else user) for user, _ in users)


def is_served(document_pk: str, name: str) -> bool:
    """Whether visitors get the document at a URL, which has its pk and the name of its file."""
    document = SiteDocument.objects.visible().filter(pk=document_pk).first()
    return document is not None and is_in_public_use(document)


@memoized
def public_names(image_pk: int) -> frozenset[str]:
    """The names of the files of a picture that something public shows, so that none of them costs a query."""
    if not is_shown(SiteImage, image_pk):
        return frozenset()
    return frozenset(SiteRendition.objects.filter(image_id=image_pk).values_list("file", flat=True))
