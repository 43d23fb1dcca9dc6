"""A form that was opened before the newest draft was saved overwrites nothing.

Wagtail compares what a form was opened with for autosave alone. Here it is compared for every save: as a draft, to
publish, to schedule, to send for review and to decide. What the other person changed is merged into the form, and what
both changed is shown side by side. Nothing is saved until the user has seen that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import DraftStateMixin, Revision

from site_core.publishing.differences.changed_fields import changed_fields
from site_core.publishing.differences.normalized import normalized, shape_of
from site_core.publishing.eastern import written_out
from site_core.publishing.editing.conflict_choices import Choice, choices_for
from site_core.publishing.editing.merge import Merge, merge
from site_core.publishing.editing.rebase import update_at_risk
from site_core.publishing.field_labels import label_of_field
from site_core.publishing.types import Content, User

NOT_SAVED_YET = (
    "Nothing is saved yet. {by} saved a newer version while you were editing: compare them, then save again."
)
# A fix and a scheduled update each have their own. Two versions of one draft share them.
_MERGED = {"go_live_at", "expire_at", "change_note"}


@dataclass(frozen=True)
class NewerVersion:
    """What another window saved while a form was open, in words for the form's user."""

    by: str
    at: str
    labels: list[str]
    choices: list[Choice]


class StaleFormMixin(WagtailAdminTemplateMixin):
    """Goes before Wagtail's edit views."""

    shows_newest_draft = True
    newer_version: NewerVersion | None = None
    latest_revision: Revision

    @property
    def stored_object(self) -> DraftStateMixin:
        raise NotImplementedError

    def make_form(self, instance: DraftStateMixin, *posted: object, **options: object) -> WagtailAdminModelForm:
        raise NotImplementedError

    def show(self, instance: DraftStateMixin) -> None:
        """Set what the form is about."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if self.is_stale and not self.expects_json_response and not self.locked_for_user:
            instance, content = self.opened_version()
            form = self.make_form(instance, request.POST, request.FILES)
            form.defer_required_fields()
            # What is invalid even as a draft is not saved either way.
            if form.is_valid() and (response := self.merge_newer(form, content)):
                return response
        return super().post(request, *args, **kwargs)

    @property
    def is_stale(self) -> bool:
        return bool(self.shows_newest_draft and self.is_out_of_date)

    def opened_version(self) -> tuple[DraftStateMixin, Content]:
        """What the form shows and its content, {} if that is not known any more."""
        opened = self.opened_revision()
        return (opened or self.latest_revision).as_object(), opened.content if opened else {}

    def opened_revision(self) -> Revision | None:
        """The newest draft when the form was opened. None if autosave has overwritten it since."""
        pk = self.request.POST.get("loaded_revision_id", "")
        opened = self.stored_object.revisions.filter(pk=pk).first() if pk.isdecimal() else None
        is_as_it_was = opened and opened.created_at.isoformat() == self.request.POST.get("loaded_revision_created_at")
        return opened if is_as_it_was else None

    def merge_newer(self, form: WagtailAdminModelForm, base: Content) -> HttpResponse | None:
        """Show both versions. None if saving what was typed loses nothing, or asks about the newer version itself."""
        typed = form.save(commit=False).serializable_data()
        if update_at_risk(self.stored_object, typed, is_the_update=False) == self.latest_revision:
            return None
        model = type(self.stored_object)
        merged, labels = merge_versions(model, base, typed, self.latest_revision.content)
        if not labels and not merged.conflicts:
            return None
        by = name_of(self.latest_revision.user, self.request.user)
        at = written_out(self.latest_revision.created_at)
        self.newer_version = NewerVersion(by, at, labels, choices_for(model, merged.conflicts, {}))
        messages.warning(self.request, NOT_SAVED_YET.format(by=by))
        return self.show_again(merged.content, form.cleaned_data)

    def show_again(self, content: Content, typed: Mapping[str, object]) -> HttpResponse:
        """The form with other content. What was typed into boxes that belong to no field of the model stays."""
        merged = self.stored_object.with_content_json(content)
        self.show(merged)
        names = {field.name for field in merged._meta.get_fields()}
        self.form = self.make_form(merged, initial={name: typed[name] for name in typed if name not in names})
        self.has_unsaved_changes, self.errors_debug = True, None
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if self.newer_version:
            context["newer_version"] = self.newer_version
        elif self.is_stale:
            # It is shown again with a mistake, and is as old as before.
            context["loaded_revision_created_at"] = self.request.POST.get("loaded_revision_created_at", "")
        return context


def merge_versions(
    model: type[DraftStateMixin], base: Content, typed: Content, newest: Content
) -> tuple[Merge, list[str]]:
    """The newest draft merged into what was typed, which stands in conflicts; the labels of the fields it changes."""
    shape = shape_of(model)
    shape = replace(shape, unmerged=shape.unmerged - _MERGED)
    before, mine, theirs = (normalized(model, content) for content in (base, typed, newest))
    merged = merge(before, theirs, mine, shape)
    return merged, [label_of_field(model, name) for name in changed_fields(mine, merged.content, shape)]


def name_of(editor: User | None, user: User) -> str:
    if editor is None:
        return "The site"
    return "You" if editor == user else str(editor)
