"""The screens “Stats to check” and “Check”, for everybody who may change impact stats."""

from django.contrib.auth.models import AbstractUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.models import Page, ReferenceIndex

from impact.checking.check_form import CheckForm
from impact.checking.conflicts import conflicts_of
from impact.checking.publishing import CannotCheck, publish_check
from impact.checking.queue import Waiting, Want, stats_to_check
from impact.stats import ImpactStat
from site_core.publishing.permissions import may_publish
from site_core.publishing.runner.failure_reasons import labeled_messages

MAY_CHECK = "impact.change_impactstat"
NOBODY = "none"


def _require_right(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_CHECK):
        raise PermissionDenied


@require_safe
def stats_to_check_view(request: HttpRequest) -> HttpResponse:
    """The queue, filtered by a reason and by an owner."""
    _require_right(request)
    everything = stats_to_check(timezone.localdate())
    want, owner = request.GET.get("want", ""), request.GET.get("owner", "")
    lines = [one for one in everything if _is_wanted(one, want, owner)]
    owners: dict[str, AbstractUser] = {str(one.owner.pk): one.owner for one in everything if one.owner}
    context = {
        "lines": lines,
        "wants": [(value, label, sum(value in one.wants for one in everything)) for value, label in Want.choices],
        "owners": sorted(((pk, str(user)) for pk, user in owners.items()), key=lambda one: one[1].casefold()),
        "want": want,
        "owner": owner,
        "total": len(everything),
    }
    return render(request, "impact/checking/queue.html", context)


def _is_wanted(one: Waiting, want: str, owner: str) -> bool:
    if want and want not in one.wants:
        return False
    return not owner or owner == (str(one.owner.pk) if one.owner else NOBODY)


@require_http_methods(["GET", "HEAD", "POST"])
def check_stat(request: HttpRequest, pk: int) -> HttpResponse:
    """One stat with its studies and the pages that show it, and the form that confirms, corrects or withdraws it."""
    _require_right(request)
    stat = get_object_or_404(ImpactStat.objects.standing().with_everything(), pk=pk)
    form = CheckForm(request.POST if request.method == "POST" else None, stat)
    if request.method == "POST" and form.is_valid() and _carry_out(request, form, stat):
        return redirect("stats_to_check")
    context = {
        "stat": stat,
        "form": form,
        "conflicts": conflicts_of(_beside(stat)).get(stat.pk, []),
        "pages": _pages_with(stat),
        "checks": stat.checks.select_related("checked_by")[:10],
        "is_public_at_once": may_publish(request.user, stat),
    }
    return render(request, "impact/checking/check.html", context)


def _carry_out(request: HttpRequest, form: CheckForm, stat: ImpactStat) -> bool:
    """Whether the check was made. If not, the form says why."""
    user = request.user
    try:
        with transaction.atomic():
            seen = form.cleaned_data["seen"]
            changed = publish_check(stat.pk, seen, lambda current: form.apply(current, user), user)
            form.record(changed, user, is_public=may_publish(user, changed))
    except CannotCheck as refused:
        form.add_error(None, str(refused))
        return False
    except ValidationError as error:
        form.add_error(None, labeled_messages(error, stat))
        return False
    if may_publish(user, changed):
        edit = messages.button(reverse("wagtailsnippets_impact_impactstat:edit", args=[stat.pk]), "Edit")
        messages.success(request, f"“{changed}” is checked. The public page says so.", buttons=[edit])
    else:
        messages.success(request, f"Your check of “{changed}” is sent for review.")
    return True


def _beside(stat: ImpactStat) -> list[ImpactStat]:
    """The stat with those that may contradict it."""
    return list(ImpactStat.objects.standing().filter(place=stat.place_id).with_evidence())


def _pages_with(stat: ImpactStat) -> list[Page]:
    """The public pages that show the stat because somebody chose it there, and that of its strategy."""
    pages = ContentType.objects.get_for_model(Page)
    sources = ReferenceIndex.get_references_to(stat).filter(base_content_type=pages)
    pks = {int(pk) for pk in sources.values_list("object_id", flat=True)}
    chosen = list(Page.objects.live().filter(pk__in=pks).order_by("title").specific())
    of_strategy = stat.strategy_page
    return [*chosen, *([of_strategy] if of_strategy and of_strategy not in chosen else [])]


class StatsToCheckItem(MenuItem):
    """The queue in the menu, for those who may check."""

    def __init__(self) -> None:
        super().__init__("Stats to check", reverse("stats_to_check"), icon_name="tasks", order=0)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_CHECK))


def checking_urls() -> list[URLPattern]:
    return [
        path("stats-to-check/", stats_to_check_view, name="stats_to_check"),
        path("stats-to-check/<int:pk>/", check_stat, name="check_stat"),
    ]
