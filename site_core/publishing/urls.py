"""The URLs of publishing below /admin/."""

from django.urls import path

from site_core.publishing.deletion import media_views as media
from site_core.publishing.editing.conflict_view import conflict_view
from site_core.publishing.editing.sign_in_check import sign_in_check
from site_core.publishing.history import comparison_views, undo_views
from site_core.publishing.history import views as history
from site_core.publishing.review.views import review, review_side
from site_core.publishing.runner.failure_panel import try_now
from site_core.publishing.schedule import calendar_views, change_views
from site_core.publishing.schedule import views as schedule
from site_core.publishing.trash import views as trash

urlpatterns = [
    path("publishing/failures/<int:number>/", try_now, name="try_failed_event"),
    path("publications/", history.publications, name="publications"),
    path("publications/<int:pk>/", history.publication, name="publication"),
    path("publications/<int:pk>/changes/", comparison_views.publication_changes, name="publication_changes"),
    path("publications/<int:pk>/look/", history.publication_look, name="publication_look"),
    path("publications/<int:pk>/put-back/", undo_views.put_back_view, name="put_back_publication"),
    path("publications/<str:label>/<str:object_id>/", history.publication_history, name="publication_history"),
    path("review/<int:number>/", review, name="review"),
    path("review/<int:number>/public/", review_side, {"side": "public"}, name="review_public"),
    path("review/<int:number>/draft/", review_side, {"side": "draft"}, name="review_draft"),
    path("schedule/", schedule.schedule, name="schedule"),
    path("schedule/month/", calendar_views.month, name="schedule_month"),
    path("schedule/week/", calendar_views.week, name="schedule_week"),
    path("schedule/export.csv", schedule.export, name="schedule_export"),
    path("schedule/address/", change_views.new_feed_url, name="schedule_new_url"),
    path("schedule/<str:event>/<int:number>/<str:action>/", change_views.change, name="schedule_change"),
    path("scheduled-update/<int:revision_id>/", conflict_view, name="scheduled_update_question"),
    path("sign-in-check/", sign_in_check, name="sign_in_check"),
    path("trash/", trash.trash_view, name="trash"),
    path("trash/<int:pk>/put-back/", trash.put_back_page, name="put_back_page"),
    path("trash/<int:pk>/delete/", trash.delete_page_forever, name="delete_page_forever"),
    path("undo/<str:label>/<str:object_id>/", undo_views.undo_view, name="undo"),
    # These take the place of Wagtail's URLs. `reverse` still uses the names of those.
    path("images/<int:image_id>/delete/", media.DeleteImage.as_view()),
    path("images/multiple/<int:image_id>/delete/", media.DeleteUploadedImage.as_view()),
    path("documents/delete/<int:document_id>/", media.DeleteDocument.as_view()),
    path("documents/multiple/<int:doc_id>/delete/", media.DeleteUploadedDocument.as_view()),
]
