"""The admin views of a snippet without drafts."""

from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from site_core.admin.unseen_changes import UnseenChangesMixin


class PlainSnippetEditView(UnseenChangesMixin, EditView):
    """Edits a snippet without drafts."""


class PlainSnippetViewSet(SnippetViewSet):
    """Every save of such a snippet is public at once."""

    edit_view_class = PlainSnippetEditView
