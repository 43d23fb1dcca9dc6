"""The screen of a new study, which a pasted DOI, BibTeX or RIS fills in."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin import messages
from wagtail.snippets.views.snippets import CreateView

from impact.citations.doi import doi_in
from impact.citations.pasted import reference_in
from impact.citations.reference import CannotRead, Reference
from impact.citations.study_form import PASTED, StudyForm
from impact.studies import Study
from site_core.fields.text import comparable

FILLED = "Filled in from the citation, and not saved yet. Compare each box with the study, then save."


class NewStudyView(CreateView):
    """Whatever button is pressed, a citation in the box is read first, so that it is not lost in silence."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not has_citation(request):
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        self.object, self.has_unsaved_changes = None, True
        self.form, notes = fill_in(self.get_form())
        for note in notes:
            say = messages.success if note == FILLED else messages.warning
            say(request, note)
        return self.render_to_response(self.get_context_data())


def has_citation(request: HttpRequest) -> bool:
    return bool(request.POST.get(PASTED, "").strip())


def fill_in(form: StudyForm) -> tuple[StudyForm, list[str]]:
    """The form to show in place of the one that was sent with a citation, and what to say about it."""
    try:
        reference, left_open = reference_in(form.data[PASTED])
    except CannotRead as reason:
        # Nothing else is wrong yet: the boxes below may still be empty.
        form.full_clean()
        form.errors.clear()
        form.add_error(PASTED, str(reason))
        return form, []
    shown = type(form)(initial=_with_free_name(form.filled_in(reference), reference), for_user=form.for_user)
    return shown, [FILLED, *filter(None, [left_open]), *map(_on_file_message, on_file(reference))]


def _on_file_message(study: Study) -> str:
    edit = reverse("wagtailsnippets_impact_study:edit", args=[study.pk])
    words = 'This study seems to be on file already: <a href="{}" target="_blank">{}</a>.'
    return format_html(words, edit, study.short_name)


def on_file(reference: Reference) -> list[Study]:
    """The studies with the same DOI or link, or of the same year with the same title."""
    url = reference.values.get("url", "")
    candidates = Study.objects.filter(
        Q(year=reference.year) | Q(year=None) | Q(url__icontains="doi.org/") | Q(url=url)
    )
    return [study for study in candidates if _is_same(study, reference, url)]


def _is_same(study: Study, reference: Reference, url: str) -> bool:
    if reference.doi and doi_in(study.url) == reference.doi:
        return True
    has_same_title = bool(reference.title) and comparable(study.title) == comparable(reference.title)
    is_same_year = None in (study.year, reference.year) or study.year == reference.year
    return bool(url and study.url == url) or (has_same_title and is_same_year)


def _with_free_name(values: dict[str, str], reference: Reference) -> dict[str, str]:
    """A short name from the citation that another study has gets a letter: “Braga 2018b.”"""
    name = values.get("short_name") or ""
    if name != reference.short_name:
        return values
    taken = {comparable(other) for other in Study.objects.values_list("short_name", flat=True)}
    free = next(one for one in _names(name, len(taken) + 2) if comparable(one) not in taken)
    return values | {"short_name": free}


def _names(name: str, count: int) -> Iterable[str]:
    yield name
    for number in range(1, count):
        yield f"{name}{chr(ord('a') + number)}" if number < 26 else f"{name}-{number}"
