"""The forms of the screens about tags."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from wagtail.models import Page

from site_core.fields.text import clean_text
from site_core.taxonomy.models import TERM_MODELS, Kind, Term
from site_core.taxonomy.vocabulary import NamesOnFile, split_aliases

MOST_TERMS = 50
# The items that the form of a split lists.
MOST_PAGES = 200


class SelectionForm(forms.Form):
    """The terms that are checked in the list. All of them are of one kind."""

    term = forms.ModelMultipleChoiceField(
        Term.objects.order_by("name", "pk"),
        error_messages={"required": "Check at least one tag.", "invalid_choice": "One of these tags is gone."},
    )

    def clean_term(self) -> list[Term]:
        terms = list(self.cleaned_data["term"])
        if len({term.kind for term in terms}) > 1:
            raise ValidationError("Choose tags of one kind.")
        if len(terms) > MOST_TERMS:
            raise ValidationError(f"Choose at most {MOST_TERMS} tags at a time.")
        return terms


class IntoForm(forms.Form):
    """Which term stays. Any term of the kind that authors can choose may be the one."""

    def __init__(self, *args: Any, selected: list[Term]) -> None:
        super().__init__(*args)
        kind = selected[0].kind
        name = TERM_MODELS[kind]._meta.verbose_name
        article = "an" if kind == Kind.INITIATIVE else "a"
        self.selected = selected
        self.fields["into"] = forms.ModelChoiceField(
            Term.objects.of_kind(kind).in_use().order_by("name", "pk"),
            label="The tag that stays",
            empty_label=f"Choose {article} {name}",
            help_text="The others disappear. Their names become other names of this one.",
            error_messages={"required": "Choose the tag that stays.", "invalid_choice": "Choose one of the tags."},
        )

    def clean_into(self) -> Term:
        into: Term = self.cleaned_data["into"]
        if [term.pk for term in self.selected] == [into.pk]:
            raise ValidationError(f"“{into}” cannot be merged into itself. Choose another tag.")
        return into


class RenameForm(forms.Form):
    """Another name for a term."""

    name = forms.CharField(max_length=100, label="New name")
    keep = forms.BooleanField(
        label="Keep the old name as another name",
        required=False,
        initial=True,
        help_text="Authors who type the old name, and visitors who search for it, still find the tag.",
    )

    def clean_name(self) -> str:
        return " ".join(clean_text(self.cleaned_data["name"], one_line=True).split())


class SplitForm(forms.Form):
    """Which items of a term get another one in its place."""

    def __init__(self, *args: Any, term: Term, pages: QuerySet[Page]) -> None:
        super().__init__(*args)
        self.fields["into"] = forms.ModelChoiceField(
            Term.objects.of_kind(term.kind).in_use().exclude(pk=term.pk).order_by("name", "pk"),
            label="The tag that they get in its place",
            empty_label="Choose a tag",
            help_text="If it is not on file yet, add it under Places and tags first.",
            error_messages={"required": "Choose a tag.", "invalid_choice": "Choose one of the tags."},
        )
        self.fields["page"] = forms.ModelMultipleChoiceField(
            pages,
            label="Items",
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Check at least one item.", "invalid_choice": "One of these items is gone."},
        )


class TagPagesForm(forms.Form):
    """The tags that many items get or lose: names or other names, one on each line."""

    added = forms.CharField(
        label="Add these tags",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Names of tags on file, one on each line.",
    )
    removed = forms.CharField(
        label="Remove these tags",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Names of tags on file, one on each line.",
    )

    def clean_added(self) -> list[Term]:
        return _terms_named(self.cleaned_data["added"], Term.objects.in_use())

    def clean_removed(self) -> list[Term]:
        return _terms_named(self.cleaned_data["removed"], Term.objects.all())

    def clean(self) -> None:
        super().clean()
        added, removed = self.cleaned_data.get("added"), self.cleaned_data.get("removed")
        if added == [] and removed == []:
            raise ValidationError("Enter at least one tag.")
        for term in added or []:
            if term in (removed or []):
                self.add_error("removed", f"“{term}” is to be added, too. Enter it in one of the boxes.")


def _terms_named(text: str, terms: QuerySet[Term]) -> list[Term]:
    """The terms with these names. A name that two kinds share means both.

    Raises ValidationError for a name that none has.
    """
    by_kind = [NamesOnFile[Term](terms.filter(kind=kind)) for kind in Kind.values]
    found: list[Term] = []
    for name in split_aliases(clean_text(text, one_line=False)):
        meant = [term for names in by_kind if (term := names.find(name))]
        if not meant:
            nearest = next((near for names in by_kind if (near := names.nearest(name))), "")
            hint = f" Did you mean “{nearest}”?" if nearest else ""
            raise ValidationError(f"“{name}” is not on file.{hint}")
        found += [term for term in meant if term not in found]
    return found
