"""The organization's own rules for approving: who needs a second pair of eyes."""

from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="clipboard-list")
class ApprovalRules(BaseGenericSetting):
    """Whether whoever edited last may approve."""

    editors_need_another = models.BooleanField(
        "an Editor's own last edit needs somebody else's approval", default=True
    )
    managing_editors_need_another = models.BooleanField(
        "a Managing editor's own last edit needs somebody else's approval", default=False
    )

    class Meta:
        verbose_name = "approval rules"

    def __str__(self) -> str:
        return "Approval rules"
