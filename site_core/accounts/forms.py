"""The forms that invite a person and change one. Nobody sets a password for somebody else in them."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from site_core.accounts.models import User
from site_core.accounts.permissions import assignable_roles


class PersonForm(UserForm):
    """Offers what `editor` may give: roles up to the own rank, superuser only from a superuser."""

    error_messages = {
        "duplicate_username": "Somebody with this e-mail address has an account already. Change that one instead.",
    }

    def __init__(self, *args: Any, editor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = assignable_roles(editor)
        self.fields["groups"].label = "Roles"
        self.fields["groups"].help_text = "What the person may do. Choose at least one."
        if editor.is_superuser and "is_superuser" in self.fields:
            self.fields["is_superuser"].label = "Superuser"
            self.fields["is_superuser"].help_text = "May do everything, even to Administrators. No role is needed."
        else:
            self.fields.pop("is_superuser", None)

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        has_role = bool(cleaned.get("groups")) or cleaned.get("is_superuser", self.instance.is_superuser)
        if "groups" in self.fields and "groups" not in self.errors and not has_role:
            self.add_error("groups", "Choose at least one role: without one the person cannot enter the admin.")
        return cleaned


class PersonCreationForm(PersonForm, UserCreationForm):
    """Invites a person, who then chooses the password."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


class PersonEditForm(PersonForm, UserEditForm):
    """Changes a person. Nobody changes the own roles, so nobody can lock himself out."""

    def __init__(self, *args: Any, editor: User, **kwargs: Any) -> None:
        super().__init__(*args, editor=editor, **kwargs)
        if self.instance == editor:
            del self.fields["groups"]

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_active", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean_groups(self) -> QuerySet[Group]:
        """The chosen roles, and those of the person's groups that the editor was not offered."""
        offered = self.fields["groups"].queryset
        kept = self.instance.groups.exclude(pk__in=offered)
        return Group.objects.filter(Q(pk__in=self.cleaned_data["groups"]) | Q(pk__in=kept))
