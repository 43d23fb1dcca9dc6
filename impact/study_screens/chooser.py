"""The dialog that chooses a study for a stat. Editors also add one there, Authors only choose."""

from django.forms import ModelForm
from wagtail.log_actions import log
from wagtail.snippets.views.chooser import SnippetCreateView

from impact.studies import Study
from site_core.admin.views_off import ChoosingViewSet


class StudyCreateView(SnippetCreateView):
    """Adds a study and chooses it. Wagtail refuses whoever may not add one, and logs nothing."""

    def save_form(self, form: ModelForm[Study]) -> Study:
        study: Study = super().save_form(form)
        log(study, "wagtail.create", content_changed=True)
        return study


class StudyChooserViewSet(ChoosingViewSet):
    """The boxes of the dialog are those of a study's own screen."""

    create_view_class = StudyCreateView
    form_fields = [
        *("short_name", "described_as", "authors", "year", "title", "container", "locator", "url", "design"),
    ]
    creation_tab_label = "New study"
    create_action_label = "Add and choose this study"
