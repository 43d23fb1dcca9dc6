"""The forms of the admin's import: the file, its columns, and what to do with names that are not on file."""

import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from news.archive.columns import HEADINGS, LABELS, UnknownColumn, fields_named, matched
from news.archive.decisions import ALIAS, ASK, LEAVE, MAKE, TAG, choice, key_of, unknown_names
from news.archive.models import ArchiveImport
from news.archive.reading import ArchiveError
from news.archive.uploading import take_in
from site_core.publishing.types import Actor
from site_core.taxonomy.models import Kind

# Names for which the page asks. Those after them are asked for in the drafts.
MOST_NAMES = 200


class FileForm(forms.Form):
    """The file of an archive."""

    file = forms.FileField(
        help_text="CSV, an Excel workbook, JSON, a feed (RSS, Atom, JSON Feed), or the list of news of the old site, "
        "saved as a web page or as text. Nothing is imported yet."
    )

    def take_in(self, user: Actor) -> ArchiveImport | None:
        """Store the rows of the file. None with an error at the field if that cannot be."""
        uploaded: Any = self.cleaned_data["file"]
        name = Path(uploaded.name or "file").name
        with tempfile.NamedTemporaryFile() as stored:
            for chunk in uploaded.chunks():
                stored.write(chunk)
            stored.flush()
            try:
                return take_in(Path(stored.name), name, user)
            except ArchiveError as error:
                self.add_error("file", str(error))
        return None


class ColumnsForm(forms.Form):
    """The column of each field."""

    def __init__(self, data: QueryDict | None, *, archive: ArchiveImport) -> None:
        super().__init__(data)
        self.archive = archive
        initial = remembered(archive)
        columns = [("", "Not in the file"), *((column, column) for column in archive.columns)]
        for name in HEADINGS:
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name], choices=columns, required=False, initial=initial.get(name, "")
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.matched = matched(self.archive.columns, cleaned)
        except UnknownColumn:
            raise ValidationError("Choose the column with the headlines.") from None
        return cleaned


def remembered(archive: ArchiveImport) -> dict[str, str]:
    """The columns that were matched for the last file that had them all, or else those whose names tell."""
    if archive.matched:
        return dict(archive.matched)
    earlier = ArchiveImport.objects.exclude(pk=archive.pk).exclude(matched={}).values_list("matched", flat=True)
    for columns in earlier[:50]:
        if set(columns.values()) <= set(archive.columns):
            return dict(columns)
    return fields_named(archive.columns)


class NameForm(forms.Form):
    """What to do with one name that is not on file."""

    do = forms.ChoiceField()
    other = forms.CharField(label="Name on file", required=False, max_length=255)

    def __init__(self, data: QueryDict | None, *, what: str, name: str, count: int, number: int) -> None:
        super().__init__(data, prefix=f"name-{number}", initial={"do": ASK})
        self.what, self.name, self.count = what, name, count
        make = (
            [(f"{MAKE} {kind}", f"Add it as {_with_article(str(label))}") for kind, label in Kind.choices]
            if what == TAG
            else [(MAKE, "Add it as a publisher")]
        )
        field: Any = self.fields["do"]
        field.label = f"{'Tag' if what == TAG else 'Publisher'} “{name}”"
        field.help_text = f"In {count:,} row{'' if count == 1 else 's'}."
        field.choices = [
            (ASK, "Ask for it in drafts"),
            *make,
            (ALIAS, "It is another name for the one below"),
            (LEAVE, "Leave it out"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        do, _, kind = cleaned.get("do", "").partition(" ")
        try:
            self.choice = choice(self.what, self.name, do, cleaned.get("other", "") if do == ALIAS else kind)
        except ValidationError as error:
            self.add_error("other", error)
        return cleaned


class StartForm(forms.Form):
    """How the new rows are imported, with what to do with each name."""

    as_what = forms.ChoiceField(
        label="Import them",
        choices=[("draft", "as drafts"), ("live", "and publish them at once")],
        initial="draft",
        widget=forms.RadioSelect,
        help_text="A row that lacks its date, or has a name that is asked for, becomes a draft in any case.",
    )

    def __init__(self, data: QueryDict | None, *, archive: ArchiveImport) -> None:
        super().__init__(data)
        names = unknown_names(archive)[:MOST_NAMES]
        self.names = [
            NameForm(data, what=what, name=name, count=count, number=number)
            for number, (what, name, count) in enumerate(names)
        ]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.names]
        return super().is_valid() and all(valid)

    @property
    def choices(self) -> dict[str, dict[str, Any]]:
        return {key_of(form.choice): form.choice for form in self.names if form.choice["do"] != ASK}


def _with_article(word: str) -> str:
    word = word.lower()
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
