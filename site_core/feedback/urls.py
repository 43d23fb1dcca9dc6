"""Where readers send their answers."""

from django.urls import path

from site_core.feedback.views import give_answer, thanks

urlpatterns = [
    path("feedback/", give_answer, name="feedback"),
    path("feedback/thanks/", thanks, name="feedback_thanks"),
]
