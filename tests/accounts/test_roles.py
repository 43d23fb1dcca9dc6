"""Each role has its permissions in the admin, and syncing twice changes nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from news.models import NewsItemPage
from site_core.accounts.roles import Role, sync_roles
from site_core.publishing.trash.trashing import move_to_trash
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = [role.value for role in Role]


def everything_synced() -> dict[str, Any]:
    return {
        "permissions": {group.name: set(group.permissions.values_list("pk")) for group in Group.objects.all()},
        "pages": list(GroupPagePermission.objects.order_by("pk").values_list()),
        "collections": list(GroupCollectionPermission.objects.order_by("pk").values_list()),
        "workflows": list(Workflow.objects.values_list("pk", "name", "active")),
        "tasks": list(WorkflowTask.objects.values_list()),
        "pages in workflow": list(WorkflowPage.objects.values_list()),
        "models in workflow": list(WorkflowContentType.objects.values_list()),
    }


def test_the_groups_are_the_four_roles_only() -> None:
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(ROLES)
    assert list(Workflow.objects.values_list("name", flat=True)) == ["Review"]


def test_syncing_again_changes_nothing() -> None:
    before = everything_synced()
    sync_roles()
    assert everything_synced() == before


def test_syncing_removes_permissions_that_were_added_by_hand() -> None:
    author = Group.objects.get(name=Role.AUTHOR)
    author.permissions.add(Permission.objects.get(codename="delete_impactstat"))
    sync_roles()
    assert not author.permissions.filter(codename="delete_impactstat").exists()


def client_of(role: str) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=role))
    return client


@pytest.mark.parametrize(
    ("role", "may_publish"), [("Author", False), ("Editor", True), ("Managing editor", True), ("Administrator", True)]
)
def test_only_editors_and_above_publish_pages_stats_and_alerts(
    site_tree: factories.SiteTree, role: str, may_publish: bool
) -> None:
    user = factories.UserFactory(role=role)
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    assert item.permissions_for_user(user).can_publish() is may_publish
    assert item.permissions_for_user(user).can_edit()
    assert user.has_perm("impact.publish_impactstat") is may_publish
    assert user.has_perm("organization.publish_alert") is may_publish


@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_publishes_also_takes_down(site_tree: factories.SiteTree, role: str) -> None:
    user = factories.UserFactory(role=role)
    permissions = factories.NewsItemPageFactory(parent=site_tree.news).permissions_for_user(user)
    assert permissions.can_unpublish() is permissions.can_publish()
    assert permissions.can_delete() is permissions.can_publish()


@pytest.mark.parametrize(
    ("role", "status"), [("Author", 302), ("Editor", 302), ("Managing editor", 200), ("Administrator", 200)]
)
@pytest.mark.parametrize(
    "name", ["wagtailsnippets_taxonomy_placeterm:add", "wagtailusers_users:index", "organization settings"]
)
def test_only_managing_editors_and_above_reach_terms_people_and_settings(
    site_tree: factories.SiteTree, role: str, status: int, name: str
) -> None:
    url = (
        reverse("wagtailsettings:edit", args=["organization", "organizationsettings"])
        if name == "organization settings"
        else reverse(name)
    )
    response = client_of(role).get(url, follow=status == 200)
    assert response.status_code == status


def test_the_rights_of_a_state_hold_for_programs_too(site_tree: factories.SiteTree) -> None:
    author = factories.UserFactory(role="Author")
    of_another = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    for act in (DeletePageAction(of_another, author), MovePageAction(of_another, site_tree.news, user=author)):
        with pytest.raises(PermissionDenied):
            act.execute()
    with pytest.raises(PermissionDenied):
        move_to_trash(of_another, author)


def test_an_author_makes_no_alias(site_tree: factories.SiteTree) -> None:
    item = factories.NewsItemPageFactory(parent=site_tree.news)
    form = {"new_title": "x", "new_slug": "x", "new_parent_page": site_tree.news.pk, "alias": "on"}
    client_of("Author").post(reverse("wagtailadmin_pages:copy", args=[item.pk]), form)
    assert not Page.objects.filter(alias_of=item.pk).exists()


def test_an_author_submits_and_an_editor_approves(site_tree: factories.SiteTree) -> None:
    author, editor = factories.UserFactory(role="Author"), factories.UserFactory(role="Editor")
    item = factories.NewsItemPageFactory(parent=site_tree.news, draft=True)
    item.get_workflow().start(item, author)
    task = item.current_workflow_task_state
    task.task.specific.on_action(task, editor, "approve")
    assert NewsItemPage.objects.get(pk=item.pk).live


def test_stats_and_alerts_go_through_the_same_review() -> None:
    assert factories.ImpactStatFactory(draft=True).get_workflow() == Workflow.objects.get(name="Review")
    assert factories.AlertFactory(draft=True).get_workflow() == Workflow.objects.get(name="Review")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_finds_pictures_and_documents_to_choose(site_tree: factories.SiteTree, role: str) -> None:
    picture = factories.SiteImageFactory()
    response = client_of(role).get(reverse("wagtailimages_chooser:choose"))
    assert picture.title in response.content.decode()
