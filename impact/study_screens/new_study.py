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
        if not request.POST.get(PASTED, "").strip():
            response: HttpResponse = super().post(request, *args, **kwargs)
            return response
        self.object = None
        form = self.get_form()
        try:
            reference, left_open = reference_in(request.POST[PASTED])
        except CannotRead as reason:
            return self._refuse(form, str(reason))
        self._tell(reference, left_open)
        shown = type(form)(initial=_with_free_name(form.filled_in(reference), reference), for_user=request.user)
        return self._show(shown)

    def _refuse(self, form: StudyForm, reason: str) -> HttpResponse:
        """Nothing else is wrong yet: the boxes below may still be empty."""
        form.full_clean()
        form.errors.clear()
        form.add_error(PASTED, reason)
        return self._show(form)

    def _tell(self, reference: Reference, left_open: str) -> None:
        messages.success(self.request, FILLED)
        if left_open:
            messages.warning(self.request, left_open)
        for study in on_file(reference):
            edit = reverse("wagtailsnippets_impact_study:edit", args=[study.pk])
            messages.warning(
                self.request,
                format_html('This study seems to be on file already: <a href="{}">{}</a>.', edit, study.short_name),
            )

    def _show(self, form: StudyForm) -> HttpResponse:
        self.form, self.has_unsaved_changes = form, True
        return self.render_to_response(self.get_context_data())


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
