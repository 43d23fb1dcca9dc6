"""The one review workflow, for every page and every snippet with drafts."""

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from site_core.accounts.roles import REVIEWERS
from site_core.publishing.review.approval import ReviewTask

REVIEW = "Review"
# Created by Wagtail's migrations.
_STOCK_WORKFLOW = "Moderators approval"


def sync_workflow() -> None:
    """Create the review, by any of the roles that may publish. Running it again changes nothing."""
    Workflow.objects.filter(name=_STOCK_WORKFLOW).delete()
    GroupApprovalTask.objects.filter(name=_STOCK_WORKFLOW).delete()
    workflow, _ = Workflow.objects.get_or_create(name=REVIEW)
    task, _ = ReviewTask.objects.get_or_create(name=REVIEW)
    task.groups.set(Group.objects.filter(name__in=REVIEWERS))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": workflow})
    for model in apps.get_models():
        if issubclass(model, WorkflowMixin) and not issubclass(model, Page):
            content_type = ContentType.objects.get_for_model(model)
            WorkflowContentType.objects.update_or_create(content_type=content_type, defaults={"workflow": workflow})
