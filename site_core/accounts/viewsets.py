"""The admin's screens for people: inviting, changing and removing those who work on the site.

A managing editor manages authors, editors and managing editors. An Administrator's account is beyond that rank on
every one of these screens, and so is a superuser's for anybody else.
"""

import logging
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users.views import bulk_actions
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from site_core.accounts.forms import PersonCreationForm, PersonEditForm
from site_core.accounts.invitations import send_invitation
from site_core.accounts.models import User
from site_core.accounts.permissions import assignable_roles, may_manage
from site_core.admin.refusal import refuse

logger = logging.getLogger(__name__)


def role_of(person: User) -> str:
    """How the list of people names what somebody may do."""
    roles = [group.name for group in person.groups.all()]
    return ", ".join([*(["Superuser"] if person.is_superuser else []), *roles])


class PersonIndexView(IndexView):
    """Lists everybody with their role; links lead only to those whom the reader may change."""

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's, with the role in the place of its level of access, which none of our roles has."""
        role = Column("role", accessor=role_of, label="Role", width="15%")
        return [role if column.name == "is_superuser" else column for column in super().columns]

    def get_base_queryset(self) -> QuerySet[User]:
        queryset: QuerySet[User] = super().get_base_queryset()
        return queryset.prefetch_related("groups")

    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if may_manage(self.request.user, instance) else None

    def get_delete_url(self, instance: User) -> str | None:
        return super().get_delete_url(instance) if may_manage(self.request.user, instance) else None


class InvitationView(CreateView):
    """Makes the account and mails the person a link to choose a password."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "editor": self.request.user}

    def save_action(self) -> HttpResponse:
        try:
            send_invitation(self.object, self.request.user)
        except OSError:
            logger.exception("The invitation to person %s was not sent", self.object.pk)
            messages.error(
                self.request,
                f"The account was made, but the mail to {self.object.email} could not be sent. "
                "Ask the person to choose “Forgotten password?” on the login page.",
            )
            return redirect(self.get_success_url())
        response: HttpResponse = super().save_action()
        return response

    def get_success_message(self, instance: User) -> str:
        return f"An invitation has been sent to {instance.email}."


class ProtectedPersonView(View):
    """Refuses, before anything is shown or written, whoever may not manage this person."""

    object: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage(request.user, self.object):
            return refuse(request, "Only an Administrator can change this person's account.")
        return super().dispatch(request, *args, **kwargs)


class PersonEditView(ProtectedPersonView, EditView):
    """Changes one person."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "editor": self.request.user}


class PersonDeleteView(ProtectedPersonView, DeleteView):
    """Removes one person."""


class ProtectedBulkAction(UserBulkAction):
    """Refuses the whole selection if it holds somebody whom the reader may not manage."""

    def check_perm(self, person: User) -> bool:
        return super().check_perm(person) and may_manage(self.request.user, person)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        _, refused = self.get_actionable_objects()
        if not all(may_manage(request.user, person) for person in refused["items_with_no_access"]):
            return refuse(
                request,
                "You chose somebody whose account only an Administrator can change. "
                "Go back, take that person out and try again.",
            )
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class AssignRole(ProtectedBulkAction, bulk_actions.AssignRoleBulkAction):
    """Gives several people a role that the reader may give."""

    def get_form(self, form_class: type[Form] | None = None) -> Form:
        form: Any = super().get_form(form_class)
        form.fields["role"].queryset = assignable_roles(self.request.user)
        return form


class SetActiveState(ProtectedBulkAction, bulk_actions.SetActiveStateBulkAction):
    """Lets several people in or keeps them out."""


class DeletePeople(ProtectedBulkAction, bulk_actions.DeleteBulkAction):
    """Removes several people."""


class PersonViewSet(UserViewSet):
    """Wagtail's user screens with these views. A person is invited, never copied from another."""

    index_view_class = PersonIndexView
    add_view_class = InvitationView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    copy_view_enabled = False
    # All fields on one screen: a role left out on a second tab goes unseen.
    create_template_name = CreateView.template_name
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return PersonEditForm if for_update else PersonCreationForm

    def on_register(self) -> None:
        super().on_register()
        # The order puts them after Wagtail's own, which they replace.
        for action in (AssignRole, SetActiveState, DeletePeople):
            hooks.register("register_bulk_action", action, order=1)
