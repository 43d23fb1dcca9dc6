"""What the edit screen asks about the words in a box, and how a person says that marked words may stay."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST
from wagtail.models import Page

from site_core.admin.refusal import refuse
from site_core.pages.content_checks.wording.of_pages import keep_words, kept_in, kept_words
from site_core.pages.content_checks.wording.reading import Finding, findings_in
from site_core.pages.content_checks.wording.report import report_urls
from site_core.pages.content_checks.wording.rules import RULES
from site_core.publishing.permissions import may_see

NOT_YOURS = "You can’t change this page, so you can’t say what may stay on it."
NO_REASON = "Say in one sentence why the words are right here."
KEPT_AS_IT_IS = "“{words}” stays as it is on this page. The page’s history keeps your reason."


class ReasonForm(forms.Form):
    """The marked words, and why they may stay on a page."""

    rule = forms.ChoiceField(choices=[(rule.id, rule.name) for rule in RULES.values()], widget=forms.HiddenInput)
    words = forms.CharField(max_length=500, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why it is right here",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": NO_REASON},
        help_text="One sentence for your colleagues, such as “That is the name of the unit.” Visitors do not see it.",
    )


@require_POST
def marked_in_box(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules mark in the text of a box. A page that is not made yet has the pk 0."""
    kept = kept_in(())
    if pk:
        page = get_object_or_404(Page, pk=pk)
        if not may_see(request.user, page):
            return refuse(request, NOT_YOURS)
        kept = kept_words(page)
    defined = request.POST.get("defined", "").split()
    findings = findings_in(request.POST.get("text", ""), defined)
    return JsonResponse({"findings": [_shown(finding) for finding in findings if not kept.has(finding)]})


def _shown(finding: Finding) -> dict[str, object]:
    rule = finding.rule
    return {
        "start": finding.start,
        "end": finding.end,
        "words": finding.words,
        "write": finding.write,
        "rule": rule.id,
        "name": rule.name,
        "why": rule.why if finding.write else f"{rule.why} {rule.remedy}".strip(),
    }


def not_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason and keeps it. A script of the edit screen sends it, too."""
    page = get_object_or_404(Page, pk=pk).specific
    if not hasattr(page, "repeats"):
        raise Http404("This page has no checks.")
    if not page.permissions_for_user(request.user).can_edit():
        return refuse(request, NOT_YOURS)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=request.GET.dict())
    is_script = request.headers.get("accept") == "application/json"
    if request.method == "POST" and form.is_valid():
        answer = form.cleaned_data
        keep_words(page, answer["rule"], answer["words"], answer["reason"], request.user)
        if is_script:
            return JsonResponse({})
        messages.success(request, KEPT_AS_IT_IS.format(words=answer["words"]))
        return redirect("wording_report")
    if is_script:
        errors = form.errors.get("reason")
        return JsonResponse({"error": str(errors[0]) if errors else NO_REASON}, status=400)
    asked = request.POST if request.method == "POST" else request.GET
    rule = RULES.get(asked.get("rule", ""))
    if rule is None or not asked.get("words"):
        return redirect("wording_report")
    context = {"form": form, "page": page, "rule": rule, "words": asked["words"]}
    return render(request, "pages/not_here.html", context | {"back": reverse("wording_report")})


def wording_urls() -> list[URLPattern]:
    return [
        path("wording/<int:pk>/", marked_in_box, name="wording_in_box"),
        path("wording/<int:pk>/not-here/", not_here, name="wording_not_here"),
        *report_urls(),
    ]
