"""Copying a page, and making an alias of one."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.generic.edit import FormView
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.views.pages.copy import CopyView
from wagtail.models import Page

from site_core.fields.slugs import free_slug


class PageCopyForm(CopyForm):
    """Wagtail's form with a slug that is free. A copy is a draft: it goes live once somebody publishes it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        taken = self.page.get_siblings().values_list("slug", flat=True)
        self.fields["new_slug"].initial = free_slug(self.page.slug, taken, max_length=255, otherwise="page")
        for name in ("title", "slug"):
            longest = MaxLengthValidator(Page._meta.get_field(name).max_length)
            self.fields[f"new_{name}"].validators.append(longest)


class PageCopyView(CopyView):
    """Copies a page. If the copy is not valid, the form says why."""

    def get_form_class(self) -> type[PageCopyForm]:
        return PageCopyForm

    def post(self, request: HttpRequest, page_id: int, *args: object, **kwargs: object) -> HttpResponse:
        parent = request.POST.get("new_parent_page", "")
        if parent.isdecimal() and Page.objects.filter(pk=parent).exists():
            response: HttpResponse = super().post(request, page_id, *args, **kwargs)
            return response
        # Wagtail's method fails without a parent. The form asks for one.
        return FormView.post(self, request, *args, **kwargs)

    def form_valid(self, form: PageCopyForm) -> HttpResponse:
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)
                return response
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
