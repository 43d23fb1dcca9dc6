"""Something in the admin for every address below /admin/ to be about."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, Site, UploadedFile, Workflow

from news.archive.models import ArchiveImport, State
from site_core.feedback.models import Answer
from site_core.link_checks.models import LinkCheck
from site_core.mail.models import UnsentMail
from site_core.media.documents import SiteDocument
from site_core.media.images import SiteImage
from site_core.organization.models import OrganizationSettings
from site_core.publishing.approval_rules import ApprovalRules
from site_core.publishing.events import Change
from site_core.publishing.ledger.publications import Publication
from site_core.publishing.review.approval import ReviewTask
from site_core.publishing.runner.failures import FailedEvent
from site_core.publishing.trash.trashing import move_to_trash
from site_core.tagging.models import TagChange
from tests import factories
from tests.contracts.rights.script_forms import forms_filled_by_scripts

LATER = datetime(2037, 1, 7, 14, 0, tzinfo=UTC)


@dataclass(frozen=True)
class AdminStock:
    """The values that the parts of an address take, by the namespace of the address and the name of the part."""

    values: dict[str, dict[str, Any]]
    forms: dict[str, dict[str, Any]]

    def arguments(self, namespace: str, name: str, parts: list[str]) -> dict[str, Any]:
        """A value for each part: of this very address, of its namespace, or the one that holds everywhere."""
        wanted = [self.values.get(f"{namespace}:{name}", {}), self.values.get(namespace, {}), self.values[""]]
        return {part: next(values[part] for values in wanted if part in values) for part in parts}

    def posted(self, line: str) -> dict[str, Any]:
        """What the form at an address does not hold by itself, because a script fills it in or none shows it."""
        return self.forms.get(line, {})

    def number_of(self, app: str, model: str) -> Any:
        """The number of the one object of this model that an action is tried on."""
        elsewhere = {
            "page": self.values[""].get("page_id"),
            "siteimage": self.values["wagtailimages"]["image_id"],
            "sitedocument": self.values["wagtaildocs"]["document_id"],
            "user": self.values["wagtailusers_users"]["pk"],
        }
        return elsewhere.get(model) or self.values[f"wagtailsnippets_{app}_{model}"]["pk"]


def in_review(obj: Any, author: Any) -> Any:
    """What is public, with a newer draft that the author submitted; gives the review's state."""
    obj.save_revision(user=author)
    obj.get_workflow().start(obj, author)
    return obj.current_workflow_task_state


def scheduled(obj: Any) -> Any:
    """What goes live later; gives the revision."""
    obj.go_live_at = LATER
    revision = obj.save_revision()
    revision.publish()
    return revision


def admin_stock(tree: factories.SiteTree) -> AdminStock:
    """Everything, made by an author who is none of those who try the addresses."""
    # The site makes its settings when they are first looked for.
    OrganizationSettings.load()
    author = factories.UserFactory(role="Author")
    item = factories.NewsItemPageFactory(parent=tree.news)
    review = in_review(item, author)
    later = scheduled(factories.NewsItemPageFactory(parent=tree.news, draft=True))
    stat, alert = factories.ImpactStatFactory(), factories.AlertFactory()
    values = {
        "": _everywhere(tree, item, review),
        "wagtailsearchpromotions": {"query_id": factories.SearchPromotionFactory(page=tree.about).query_id},
        **_of_pages(tree, item, review, later),
        **_of_our_screens(tree, item, author, later),
        **_of_reviewed_snippet("impact_impactstat", stat, author),
        **_of_reviewed_snippet("organization_alert", alert, author),
        **_of_plain_things(author),
    }
    tags = _of_tags(tree)
    return AdminStock(values | tags.values, forms_filled_by_scripts(tree, values) | tags.forms)


def locked(obj: Any, by: Any) -> Any:
    """Something that somebody keeps for themselves."""
    obj.locked, obj.locked_by, obj.locked_at = True, by, timezone.now()
    obj.save()
    return obj


def _everywhere(tree: factories.SiteTree, item: Any, review: Any) -> dict[str, Any]:
    site, workflow = Site.objects.get(), Workflow.objects.get()
    return {
        "pk": 1,
        "page_id": item.pk,
        "parent_page_id": tree.news.pk,
        "task_state_id": review.pk,
        "task_id": review.task_id,
        "workflow_state_id": review.workflow_state_id,
        "collection_id": Collection.get_first_root_node().add_child(name="Example collection").pk,
        "app_label": "news",
        "model_name": "newsitempage",
        "app_name": "publishing",
        "object_id": str(item.pk),
        "site_pk": site.pk,
        "workflow_pk": workflow.pk,
        "action_name": "approve",
        "filter_spec": "original",
        "uidb64": "MQ",
        "token": "set-password",
    }


def _of_pages(tree: factories.SiteTree, item: Any, review: Any, later: Any) -> dict[str, dict[str, Any]]:
    alias = factories.TextPageFactory(parent=tree.home).create_alias(update_slug="example-alias")
    return {
        "wagtailadmin_pages": {
            "content_type_app_name": "news",
            "content_type_model_name": "newsitempage",
            "page_to_move_id": item.pk,
            "destination_id": tree.news.pk,
            "pk": item.pk,
            "revision_id": item.live_revision_id,
            "revision_id_a": "live",
            "revision_id_b": str(item.latest_revision_id),
        },
        "wagtailadmin_pages:convert_alias": {"page_id": alias.pk},
        "wagtailadmin_pages:unlock": {
            "page_id": locked(factories.TextPageFactory(parent=tree.home), item.latest_revision.user).pk
        },
        "wagtailadmin_pages:revisions_unschedule": {"page_id": later.content_object.pk, "revision_id": later.pk},
        "wagtailadmin_api:pages": {"pk": item.pk, "action_name": "publish"},
    }


def _of_our_screens(tree: factories.SiteTree, item: Any, author: Any, later: Any) -> dict[str, dict[str, Any]]:
    Answer.objects.store("/about/", False, "An example of a line.")
    UnsentMail.objects.create(content={}, recipients="example@example.org", subject="Example")
    deleted = factories.TextPageFactory(parent=tree.home)
    move_to_trash(deleted, None)
    row = {"pk": Publication.objects.of(item).get().pk}
    obj = {"label": "news.NewsItemPage", "object_id": str(item.pk)}
    review = {"number": item.current_workflow_task_state.pk}
    archive = ArchiveImport.objects.create(
        file_name="example.csv", columns=["Title"], matched={"title": "Title"}, state=State.READY, user=author
    )
    now = timezone.now()
    failed = FailedEvent.objects.create(
        change=Change.EXPIRY,
        model_label="wagtailcore.Page",
        object_pk=item.pk,
        title="Example",
        due_at=now,
        last_tried_at=now,
        next_try_at=now,
        reason="An example.",
    )
    return {
        ":term_suggestions": {"kind": "place"},
        ":term_names": {"kind": "place"},
        ":wagtail_bulk_action": {"app_label": "wagtailcore", "model_name": "page", "action": "delete"},
        ":wagtailadmin_tag_model_autocomplete": {"app_name": "taxonomy", "model_name": "placeterm"},
        ":undo": obj,
        ":content_checks": {"pk": item.pk},
        ":wording_in_box": {"pk": item.pk},
        ":wording_not_here": {"pk": item.pk},
        ":publication_history": obj,
        ":put_back_publication": row,
        ":publication": row,
        ":publication_look": row,
        ":publication_changes": row,
        ":put_back_page": {"pk": deleted.pk},
        ":delete_page_forever": {"pk": deleted.pk},
        ":reset_second_step": {"pk": author.pk},
        ":delete_answer": {"pk": Answer.objects.get().pk},
        ":handbook_page": {"name": "press-mention"},
        ":handbook_picture": {"name": "home.png"},
        ":archive_import": {"pk": archive.pk},
        ":broken_link": {"pk": LinkCheck.objects.create(url="http://link.example/").pk},
        ":check_stat": {"pk": factories.ImpactStatFactory().pk},
        ":archive_refused_rows": {"pk": archive.pk},
        ":outbox_mail": {"name": "20260101-000000-1", "number": 0},
        ":schedule_change": {"event": "go-live", "number": later.pk, "action": "cancel"},
        ":review": review,
        ":review_public": review,
        ":review_draft": review,
        ":try_failed_event": {"number": failed.pk},
        ":scheduled_update_question": {"revision_id": item.latest_revision_id},
    }


def _of_reviewed_snippet(name: str, obj: Any, author: Any) -> dict[str, dict[str, Any]]:
    review = in_review(obj, author)
    revision = {
        "revision_id": obj.live_revision_id,
        "revision_id_a": "live",
        "revision_id_b": str(review.revision_id),
    }
    states = {"task_state_id": review.pk, "task_id": review.task_id, "workflow_state_id": review.workflow_state_id}
    unscheduled = scheduled(another(obj))
    return {
        f"wagtailsnippets_{name}": {"pk": obj.pk, **revision, **states},
        f"wagtailsnippets_{name}:revisions_unschedule": {
            "pk": unscheduled.content_object.pk,
            "revision_id": unscheduled.pk,
        },
        f"wagtailsnippets_{name}:unlock": {"pk": locked(another(obj), author).pk},
        f"wagtailsnippetchoosers_{name}": {"pk": obj.pk},
    }


def another(obj: Any) -> Any:
    """Another of the same kind, not public."""
    return {"ImpactStat": factories.ImpactStatFactory, "Alert": factories.AlertFactory}[type(obj).__name__](draft=True)


def _of_tags(tree: factories.SiteTree) -> AdminStock:
    """A tagged item, another tag, and an act that can be undone, with what is posted to change them."""
    place, other = factories.PlaceTermFactory(), factories.PlaceTermFactory()
    item = factories.NewsItemPageFactory(parent=tree.news, places=[place])
    change = TagChange.objects.create(sentence="An example", kind="place", changed={"rows": [], "contents": []})
    return AdminStock(
        {":rename_tag": {"pk": place.pk}, ":split_tag": {"pk": place.pk}},
        {
            "merge_tags": {"term": [place.pk], "into": other.pk, "merge": "1"},
            "archive_tags": {"term": [place.pk], "archive": "1"},
            "tag_changes": {"change": change.pk},
            "untagged": {"one": f"{item.pk}-{other.pk}"},
            "rename_tag": {"name": "Another name"},
            "split_tag": {"into": other.pk, "page": [item.pk]},
        },
    )


def _of_plain_things(author: Any) -> dict[str, dict[str, Any]]:
    values: dict[str, dict[str, Any]] = {}
    terms: list[Any] = [factories.PlaceTermFactory(), factories.InitiativeTermFactory()]
    terms += [factories.StrategyTermFactory(), factories.ComponentTermFactory()]
    for obj in [*terms, factories.PublisherFactory(), factories.StudyFactory(), factories.WithdrawnAddressFactory()]:
        name = f"{obj._meta.app_label}_{obj._meta.model_name}"
        values |= {f"wagtailsnippets_{name}": {"pk": obj.pk}, f"wagtailsnippetchoosers_{name}": {"pk": obj.pk}}
    image, document = factories.SiteImageFactory().pk, factories.SiteDocumentFactory().pk
    redirect = Redirect.objects.create(old_path="/example", redirect_link="/")
    rules, session = (
        ApprovalRules.load(),
        EditingSession.objects.create(user=author, content_type_id=1, object_id="1", last_seen_at=timezone.now()),
    )
    return values | {
        "wagtailimages": {"image_id": image, "uploaded_file_id": upload_of(author, SiteImage)},
        ":original_picture": {"image_id": image},
        "wagtailimages_chooser": {"image_id": image, "pk": image},
        "wagtaildocs": {
            "document_id": document,
            "doc_id": document,
            "uploaded_file_id": upload_of(author, SiteDocument),
        },
        "wagtaildocs_chooser": {"pk": document},
        "wagtailadmin_api:images": {"pk": image},
        "wagtailadmin_api:documents": {"pk": document},
        "wagtailredirects": {"redirect_id": redirect.pk},
        "wagtailsettings": {"model_name": "approvalrules", "pk": rules.pk},
        "wagtailadmin_collections": {"pk": Collection.objects.last().pk},
        "wagtailadmin_workflows": {"pk": Workflow.objects.get().pk},
        "wagtailadmin_workflows:remove": {"page_pk": Page.get_first_root_node().pk},
        "wagtailadmin_workflows:add_task": {"app_label": "publishing", "model_name": "reviewtask"},
        **{f"wagtailadmin_workflows:{name}": {"pk": ReviewTask.objects.get().pk} for name in _TASK_ADDRESSES},
        "wagtailadmin_editing_sessions": {"session_id": session.pk},
        "wagtailusers_users": {"pk": author.pk},
        "wagtailusers_groups": {"pk": Group.objects.get(name="Author").pk},
        "wagtailsites": {"pk": Site.objects.get().pk},
    }


def upload_of(person: Any, model: type[Any]) -> int:
    """A file that waits for its title."""
    kind = ContentType.objects.get_for_model(model)
    file = SimpleUploadedFile("example.txt", b"An example.")
    upload = UploadedFile.objects.create(for_content_type=kind, file=file, uploaded_by_user=person)
    return int(upload.pk)


_TASK_ADDRESSES = ("edit_task", "disable_task", "enable_task")
