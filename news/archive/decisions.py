"""What is to be done with each name that is not on file: made, taken for another name of what is, or left out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from news.archive.items import name_key
from news.archive.models import ArchiveImport
from news.publishers import Publisher
from site_core.publishing.deletion.uses import uses_of
from site_core.publishing.trashed_page import is_in_trash
from site_core.taxonomy.models import TERM_MODELS, Term
from site_core.taxonomy.vocabulary import NamesOnFile

ASK, MAKE, ALIAS, LEAVE = "ask", "make", "alias", "leave"
TAG, PUBLISHER = "tag", "publisher"


def unknown_names(archive: ArchiveImport) -> list[tuple[str, str, int]]:
    """What each name is (a tag or a publisher), the name, and in how many rows it stands."""
    kinds = ((TAG, "tags"), (PUBLISHER, "publishers"))
    return [(what, name, count) for what, stored in kinds for name, count in archive.unknown.get(stored, [])]


def choice(what: str, name: str, do: str, other: str = "") -> dict[str, Any]:
    """A decision to store. `other` is the kind of a tag to be made, or the name on file of which it is another name.

    Raises ValidationError for a name that is not on file.
    """
    stored: dict[str, Any] = {"what": what, "name": name, "do": do}
    if do == MAKE and what == TAG:
        stored["kind"] = other
    if do == ALIAS:
        entry = _on_file(what).find(other)
        if entry is None:
            raise ValidationError(f"“{other}” is not on file, so “{name}” cannot be another name for it.")
        stored["pk"] = entry.pk
    return stored


def key_of(stored: dict[str, Any]) -> str:
    return name_key(stored["what"], stored["name"])


def carry_out(archive: ArchiveImport) -> None:
    """Make the names and other names that were chosen, and note them, so that they can be taken back.

    Raises ValidationError with a sentence for one that cannot be made, and then makes none.
    """
    with transaction.atomic():
        for stored in archive.choices.values():
            if _on_file(stored["what"]).find(stored["name"]):
                continue
            if stored["do"] == MAKE:
                entry = _model(stored)(name=stored["name"])
                archive.made.append({"what": stored["what"], "pk": _saved(entry, "wagtail.create")})
            elif stored["do"] == ALIAS:
                entry = _of(stored["what"]).get(pk=stored["pk"])
                entry.aliases = "\n".join([*entry.other_names, stored["name"]])
                alias = {"what": stored["what"], "pk": _saved(entry, "wagtail.edit"), "alias": stored["name"]}
                archive.made.append(alias)
        archive.save(update_fields=["made"])


def take_names_back(archive: ArchiveImport) -> None:
    """Delete what `carry_out` has made and nothing outside the trash uses, and the other names."""
    for made in archive.made:
        entry = _of(made["what"]).filter(pk=made["pk"]).first()
        if entry is None:
            continue
        if "alias" in made:
            entry.aliases = "\n".join(name for name in entry.other_names if name != made["alias"])
            _saved(entry, "wagtail.edit")
        elif not _is_used(entry):
            log(entry, "wagtail.delete")
            entry.delete()
    archive.made = []


def _model(stored: dict[str, Any]) -> Any:
    return Publisher if stored["what"] == PUBLISHER else TERM_MODELS[stored["kind"]]


def _of(what: str) -> Any:
    return Publisher.objects.all() if what == PUBLISHER else Term.objects.all()


def _on_file(what: str) -> NamesOnFile[Any]:
    return NamesOnFile(_of(what))


def _saved(entry: Any, action: str) -> int:
    entry.full_clean()
    entry.save()
    log(entry, action, content_changed=True)
    return int(entry.pk)


def _is_used(entry: Any) -> bool:
    """Whether anything outside the trash uses it."""
    return any(not (isinstance(use.user, Page) and is_in_trash(use.user)) for use in uses_of(entry))
