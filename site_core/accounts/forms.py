"""The forms that invite and change a person. Nobody sets another person's password, nor their email address alone."""

from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from wagtail.users.forms import UserCreationForm, UserEditForm, UserForm

from site_core.accounts.models import User
from site_core.accounts.permissions import assignable_roles
from site_core.accounts.roles import explained


class PersonForm(UserForm):
    """Offers the roles that `editor` may assign. Only a superuser can make a superuser."""

    error_messages = {
        "duplicate_username": "Somebody with this email address already has an account. Change that account instead.",
    }

    def __init__(self, *args: object, editor: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = assignable_roles(editor)
        self.fields["groups"].label = "Roles"
        self.fields["groups"].label_from_instance = explained
        self.fields["groups"].help_text = "What the person may do. Choose at least one."
        if editor.is_superuser and "is_superuser" in self.fields:
            self.fields["is_superuser"].label = "Superuser"
            self.fields["is_superuser"].help_text = "May do everything, even change Administrators. Needs no role."
        else:
            self.fields.pop("is_superuser", None)

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        has_role = bool(cleaned.get("groups")) or cleaned.get("is_superuser", self.instance.is_superuser)
        if "groups" in self.fields and "groups" not in self.errors and not has_role:
            self.add_error("groups", "Choose at least one role. Without a role the person cannot use the admin.")
        return cleaned


class PersonCreationForm(PersonForm, UserCreationForm):
    """Invites a person, who chooses a password later."""

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        person: User = super().save(commit)
        return person


class PersonEditForm(PersonForm, UserEditForm):
    """Changes a person. Nobody can change their own roles, so nobody can lock themselves out.

    A new email address is in `requested_email`. It holds once it is confirmed.
    """

    requested_email = ""

    def __init__(self, *args: object, editor: User, **kwargs: object) -> None:
        super().__init__(*args, editor=editor, **kwargs)
        if self.instance == editor:
            del self.fields["groups"]
            self.fields["email"].disabled = True
            self.fields["email"].help_text = "Change your own address under Account, Signing in."
        else:
            self.fields["email"].help_text = "A new address takes effect once the person opens the link emailed to it."

    class Meta:
        model = User
        fields = ["email", "first_name", "last_name", "groups", "is_active", "is_superuser"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def clean_email(self) -> str:
        email = super().clean_email()
        if email != self.initial["email"]:
            self.requested_email = email
        return email

    def save(self, commit: bool = True) -> User:
        """Save only what was changed here. The person may change the rest meanwhile, such as the password."""
        self.instance.email = self.initial["email"]
        person: User = super().save(commit=False)
        if commit:
            fields = {field.name for field in person._meta.concrete_fields} - {"email"}
            person.save(update_fields=fields & set(self.changed_data))
            self.save_m2m()
        return person

    def clean_groups(self) -> QuerySet[Group]:
        """The chosen roles, and the person's groups that the editor may not assign."""
        offered = self.fields["groups"].queryset
        other_groups = self.instance.groups.exclude(pk__in=offered)
        return Group.objects.filter(Q(pk__in=self.cleaned_data["groups"]) | Q(pk__in=other_groups))
