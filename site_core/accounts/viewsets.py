"""The admin views that list, invite, change and delete people.

Managing editors manage authors, editors and managing editors. Only Administrators manage Administrators, and only
superusers manage superusers.
"""

import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.users.views import bulk_actions
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from site_core.accounts.forms import PersonCreationForm, PersonEditForm, PersonForm
from site_core.accounts.invitations import send_invitation
from site_core.accounts.log import record
from site_core.accounts.models import User
from site_core.accounts.networks import network_of
from site_core.accounts.permissions import assignable_roles, may_manage
from site_core.accounts.roles import explained
from site_core.accounts.sign_in import throttle
from site_core.accounts.sign_in.email_change import request_email_change
from site_core.admin.refusal import refuse
from site_core.admin.unseen_changes import UnseenChangesMixin

logger = logging.getLogger(__name__)


def role_of(person: User) -> str:
    """The roles of a person, as the list of people shows them."""
    roles = [group.name for group in person.groups.all()]
    return ", ".join([*(["Superuser"] if person.is_superuser else []), *roles])


class PersonIndexView(IndexView):
    """Lists people with their roles. Links only the people that the user may manage."""

    @cached_property
    def columns(self) -> list[Column]:
        """Wagtail's columns, with the roles in place of the access level, which tells superusers only."""
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
    """Creates an account and mails the person a link to choose a password."""

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "editor": self.request.user}

    def is_valid(self, form: PersonForm) -> bool:
        if form.is_valid():
            try:
                throttle.require_attempt("invitation", str(self.request.user.pk), network_of(self.request))
            except ValidationError as error:
                form.add_error(None, error)
        return bool(super().is_valid(form))

    def save_action(self) -> HttpResponse:
        record("invited", self.object, self.request)
        try:
            send_invitation(self.object, self.request.user)
        except OSError:
            logger.exception("The invitation to user %s was not sent", self.object.pk)
            messages.error(
                self.request,
                f"The account was created, but the mail to {self.object.email} could not be sent. "
                "Ask the person to choose “Forgot password?” on the login page.",
            )
            return redirect(self.get_success_url())
        response: HttpResponse = super().save_action()
        return response

    def get_success_message(self, instance: User) -> str:
        return f"An invitation has been sent to {instance.email}."


class ProtectedPersonView(View):
    """Refuses the request before it shows or changes anything if the user may not manage this person."""

    object: User

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_manage(request.user, self.object):
            return refuse(request, "Only an Administrator can change this person's account.")
        return super().dispatch(request, *args, **kwargs)


class PersonEditView(ProtectedPersonView, UnseenChangesMixin, EditView):
    """Changes a person. A new email address is asked for, not set."""

    def get_form_kwargs(self) -> dict[str, object]:
        return {**super().get_form_kwargs(), "editor": self.request.user}

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()
        if email := self.form.requested_email:
            self.request_email_change(email)
        return response

    def request_email_change(self, email: str) -> None:
        try:
            request_email_change(self.object, email, self.request)
        except (OSError, ValidationError) as error:
            reason = error.messages[0] if isinstance(error, ValidationError) else "The mail could not be sent."
            messages.error(self.request, f"The email address stays {self.object.email}. {reason}")
        else:
            messages.info(self.request, f"The email address changes once the link mailed to {email} is opened.")


class PersonDeleteView(ProtectedPersonView, DeleteView):
    """Deletes a person."""


class ProtectedBulkAction(UserBulkAction):
    """Refuses the whole selection if the user may not manage everybody in it."""

    def check_perm(self, person: User) -> bool:
        return super().check_perm(person) and may_manage(self.request.user, person)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        _, refused = self.get_actionable_objects()
        if not all(may_manage(request.user, person) for person in refused["items_with_no_access"]):
            return refuse(
                request,
                "Only an Administrator can change one of the accounts you chose. "
                "Go back, leave that person out and try again.",
            )
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class AssignRole(ProtectedBulkAction, bulk_actions.AssignRoleBulkAction):
    """Gives several people a role that the user may assign."""

    def get_form(self, form_class: type[RoleForm] | None = None) -> RoleForm:
        form: RoleForm = super().get_form(form_class)
        form.fields["role"].queryset = assignable_roles(self.request.user)
        form.fields["role"].label_from_instance = explained
        return form


class SetActiveState(ProtectedBulkAction, bulk_actions.SetActiveStateBulkAction):
    """Activates or deactivates several people, each by a save, which the log records."""

    @classmethod
    def execute_action(cls, objects: list[User], mark_as_active: bool = False, **kwargs: object) -> tuple[int, int]:
        for person in objects:
            person.is_active = mark_as_active
            person.save(update_fields=["is_active"])
        return len(objects), 0


class DeletePeople(ProtectedBulkAction, bulk_actions.DeleteBulkAction):
    """Deletes several people."""


class PersonViewSet(UserViewSet):
    """Wagtail's user views with the views above."""

    index_view_class = PersonIndexView
    add_view_class = InvitationView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView
    # One screen without tabs, so that nobody overlooks the roles.
    create_template_name = CreateView.template_name
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[PersonForm]:
        return PersonEditForm if for_update else PersonCreationForm

    def on_register(self) -> None:
        super().on_register()
        # The order puts them after Wagtail's actions, which they replace.
        for action in (AssignRole, SetActiveState, DeletePeople):
            hooks.register("register_bulk_action", action, order=1)
