"""Tags many items at once, from the list of news or any other list of pages: form, preview, and undo afterwards."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from site_core.tagging.acts import carry_out
from site_core.tagging.drafts import Owners
from site_core.tagging.merging import CannotBeChanged
from site_core.tagging.retagging import TagEdit, plan_tagging
from site_core.tagging.screens.changed_message import done
from site_core.tagging.screens.forms import TagPagesForm
from site_core.tagging.screens.permissions import may_tend
from site_core.tagging.screens.preview import affected_objects
from site_core.tagging.ties import tie_tables
from site_core.tagging.wording import items, quoted_names


class TagPages(PageBulkAction):
    """Adds tags to pages and takes tags away. Shows what changes before it does."""

    display_name = "Tags"
    aria_label = "Add or remove tags of the selected pages"
    action_type = "tag"
    template_name = "tagging/bulk.html"
    action_priority = 15
    form_class = TagPagesForm
    classes: ClassVar[set[str]] = set()

    def check_perm(self, page: Page) -> bool:
        has_tags = any(issubclass(page.specific_class or Page, table.page_model) for table in tie_tables())
        return (
            has_tags and may_tend(self.request.user) and bool(page.permissions_for_user(self.request.user).can_edit())
        )

    def prepare_action(self, objects: Iterable[Page], objects_without_access: Any) -> HttpResponse | None:
        """Every request is answered here: the preview, or the act itself."""
        form = self.cleaned_form
        added, removed = form.cleaned_data["added"], form.cleaned_data["removed"]
        terms = [*added, *removed]
        edit = TagEdit(tuple(term.pk for term in added), frozenset(term.pk for term in removed))
        edits = {page.pk: edit for page in objects}
        if "confirmed" in self.request.POST:
            sentence = _sentence(added, removed, len(edits))
            refusal = done(
                self.request,
                lambda: carry_out(lambda now: plan_tagging(edits, now), terms, sentence, self.request.user),
            )
            if not refusal:
                return redirect(self.next_url)
            form.add_error(None, refusal)
            return self.render_to_response(self.get_context_data(form=form))
        try:
            changes, owners = plan_tagging(edits, terms)
        except CannotBeChanged as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data(form=form))
        return self._preview(form, owners, len(changes.contents))

    def _preview(self, form: TagPagesForm, owners: Owners, drafts: int) -> HttpResponse:
        context = {
            **self.get_context_data(form=form),
            "added": form.cleaned_data["added"],
            "removed": form.cleaned_data["removed"],
            "affected": affected_objects(owners),
            "drafts": drafts,
        }
        return render(self.request, self.template_name, context)


def _sentence(added: list[Any], removed: list[Any], number: int) -> str:
    parts = []
    if added:
        parts.append(f"added {quoted_names(added)} to")
    if removed:
        parts.append(f"removed {quoted_names(removed)} from")
    sentence = f"{' and '.join(parts)} {items(number)}"
    return sentence[0].upper() + sentence[1:]
