"""The dialog that chooses a study for a stat. Editors also add one there, Authors only choose."""

from typing import ClassVar

from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from wagtail.log_actions import log
from wagtail.snippets.views.chooser import ChooseView, SnippetCreateView

from impact.citations.study_form import PASTED, StudyForm
from impact.studies import Study
from impact.study_screens.new_study import fill_in, has_citation
from site_core.admin.views_off import ChoosingViewSet

TEMPLATE = "impact/new_study_in_dialog.html"


class NewStudyForm(StudyForm):
    """The boxes of a study's own screen."""

    # Wagtail's script sends no form with an empty box that is required, and a citation is to fill in those.
    use_required_attribute = False
    field_order = (PASTED,)

    class Meta:
        model = Study
        fields: ClassVar = [
            *("short_name", "described_as", "authors", "year", "title", "container", "locator", "url", "design"),
        ]


class StudyChooseView(ChooseView):
    """The dialog."""

    creation_form_template_name = TEMPLATE


class StudyCreateView(SnippetCreateView):
    """Adds a study and chooses it. Wagtail refuses whoever may not add one, and logs nothing."""

    creation_form_template_name = TEMPLATE
    notes: tuple[str, ...] = ()

    def post(self, request: HttpRequest) -> HttpResponse:
        """A citation in the box is read first, as on a study's own screen."""
        if not has_citation(request):
            response: HttpResponse = super().post(request)
            return response
        self.form, notes = fill_in(self.get_creation_form())
        self.notes = tuple(notes)
        shown: HttpResponse = self.get_reshow_creation_form_response()
        return shown

    def save_form(self, form: ModelForm[Study]) -> Study:
        study: Study = super().save_form(form)
        log(study, "wagtail.create", content_changed=True)
        return study


class StudyChooserViewSet(ChoosingViewSet):
    """A new study is the second tab."""

    choose_view_class = StudyChooseView
    create_view_class = StudyCreateView
    creation_form_class = NewStudyForm
    creation_tab_label = "New study"
    create_action_label = "Add and choose this study"
