"""Takes the answers of readers. No cookie is set, so the site cannot use Django's protection against other sites."""

import logging
from urllib.parse import urlencode

import django.db
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from site_core.accounts.networks import network_of
from site_core.feedback.forms import AnswerForm, path_in
from site_core.feedback.models import Answer
from site_core.page_cache.headers import PUBLIC, policy_header
from site_core.page_cache.request_origin import is_from_this_site
from site_core.page_cache.shared_count import increment

LOGGER = logging.getLogger(__name__)

FROM_ELSEWHERE = "This form can be sent only from a page of this site.\n"
OUT_OF_DATE = "This form is out of date. Go back, load the page again, and send your answer once more."
LOOK_AGAIN = "Please check your answer."
TOO_MANY = "Too many answers came from your network in the past hour. Please try again later."
NOT_STORED = "We could not save your answer. The fault is ours. Please try again another day."
SEE_OTHER, BAD_REQUEST, TOO_MANY_REQUESTS, UNAVAILABLE = 303, 400, 429, 503


class NotTaken(Exception):
    """An answer that is not stored: the sentence that the reader sees, and the status."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


@csrf_exempt
@require_POST
@never_cache
def give_answer(request: HttpRequest) -> HttpResponse:
    """Store an answer and lead on to the thanks. What is not taken is shown again, with the reason."""
    if not is_from_this_site(request):
        return HttpResponseForbidden(FROM_ELSEWHERE, content_type="text/plain; charset=utf-8")
    signed = request.POST.get("page", "")
    path, form = path_in(signed), AnswerForm(request.POST)
    try:
        _store(request, path, form)
    except NotTaken as refused:
        context = {"sentence": refused.sentence, "path": path, "signed_page": signed if path else "", "form": form}
        response = render(request, "feedback/not_taken.html", context, status=refused.status)
        # By default, a server error has no stylesheet.
        response.headers["Content-Security-Policy"] = policy_header(PUBLIC)
        return response
    return HttpResponseRedirect(f"{reverse('feedback_thanks')}?{urlencode({'page': signed})}", status=SEE_OTHER)


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    """Say thank you, with a link back to the page that was signed."""
    return render(request, "feedback/thanks.html", {"path": path_in(request.GET.get("page", ""))})


def _store(request: HttpRequest, path: str, form: AnswerForm) -> None:
    """Store an answer. Raises NotTaken. A program that has filled in the field for programs is told nothing."""
    if not path:
        raise NotTaken(OUT_OF_DATE, BAD_REQUEST)
    if not form.is_valid():
        raise NotTaken(LOOK_AGAIN, BAD_REQUEST)
    answer = form.cleaned_data
    if answer["website"]:
        return
    try:
        if not _is_within_limit(request):
            raise NotTaken(TOO_MANY, TOO_MANY_REQUESTS)
        is_stored = Answer.objects.store(path.partition("?")[0], answer["useful"] == "yes", answer["missing"])
    except django.db.Error:
        LOGGER.warning("The answer of a reader could not be stored.", exc_info=True)
        raise NotTaken(NOT_STORED, UNAVAILABLE) from None
    if not is_stored:
        LOGGER.warning("There is no room for more answers of readers.")
        raise NotTaken(NOT_STORED, UNAVAILABLE)


def _is_within_limit(request: HttpRequest) -> bool:
    """Count the answers of a network. Without the secret key nobody can tell the network from its digest."""
    most, seconds = settings.FEEDBACK_LIMIT
    digest = salted_hmac("site_core.feedback", network_of(request), algorithm="sha256").hexdigest()
    return increment(f"feedback:{digest}", seconds) <= most
