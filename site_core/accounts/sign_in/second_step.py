"""The second step of signing in: who needs one, and the codes of authenticator apps and recovery codes."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from pyotp import TOTP, random_base32
from pyotp.exceptions import OTPVerificationError

from site_core.accounts.models import SecondStep, User
from site_core.accounts.permissions import role_names
from site_core.accounts.roles import Role

# In the data of a session: the kind of second step that was taken.
TAKEN = "second_step"
RECOVERY_CODES = 10


def is_required_of(user: User) -> bool:
    """Whether the user's role needs a second step. SECOND_STEP_REQUIRED_FROM names the lowest role that does."""
    lowest = settings.SECOND_STEP_REQUIRED_FROM
    if not lowest:
        return False
    required = list(Role)[list(Role).index(Role(lowest)) :]
    return user.is_superuser or not role_names(user).isdisjoint(required)


def due_at(user: User) -> datetime:
    """When the user must have a second step. The time of grace begins when this is first asked."""
    if user.second_step_due_at is None:
        user.second_step_due_at = timezone.now() + settings.SECOND_STEP_GRACE
        user.save(update_fields=["second_step_due_at"])
    return user.second_step_due_at


def new_app_secret() -> str:
    return random_base32()


def app_address(user: User, secret: str) -> str:
    """What the QR code for an authenticator app says."""
    return TOTP(secret).provisioning_uri(name=user.email, issuer_name=settings.WAGTAIL_SITE_NAME)


def add_app(user: User, secret: str, code: str) -> SecondStep | None:
    """Add the authenticator app that shows this code for the secret. It replaces an earlier one. None if wrong."""
    app = SecondStep(user=user, kind=SecondStep.Kind.APP, name="Authenticator app", secret=secret)
    if not _accept_app_code(app, code):
        return None
    user.second_steps.filter(kind=SecondStep.Kind.APP).delete()
    app.save()
    return app


def new_recovery_codes(user: User) -> list[str]:
    """New codes, which are stored as digests only. The earlier ones no longer work."""
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    digests = "\n".join(_digest(user, code) for code in codes)
    user.second_steps.filter(kind=SecondStep.Kind.CODES).delete()
    user.second_steps.create(kind=SecondStep.Kind.CODES, name="Recovery codes", secret=digests)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


@transaction.atomic
def use_code(user: User, typed: str) -> SecondStep | None:
    """The step that takes this code, from the app or from the recovery codes. Each code works once."""
    code = typed.replace(" ", "").replace("-", "").lower()
    for step in user.second_steps.select_for_update().exclude(kind=SecondStep.Kind.PASSKEY):
        accepts = _accept_app_code if step.kind == SecondStep.Kind.APP else _accept_recovery_code
        if accepts(step, code):
            step.last_used_at = timezone.now()
            step.save()
            return step
    return None


def _accept_app_code(app: SecondStep, code: str) -> bool:
    """Takes the code of this half minute, and those before and after it, as clocks differ."""
    try:
        timecode = TOTP(app.secret).verify_and_get_timecode(code.replace(" ", ""), valid_window=1)
    except OTPVerificationError:
        return False
    is_new = timecode > app.last_timecode
    app.last_timecode = max(timecode, app.last_timecode)
    return is_new


def _accept_recovery_code(codes: SecondStep, code: str) -> bool:
    digest = _digest(codes.user, code)
    left = codes.secret.split()
    used = next((one for one in left if constant_time_compare(one, digest)), None)
    if used is None:
        return False
    left.remove(used)
    codes.secret = "\n".join(left)
    return True


def _digest(user: User, code: str) -> str:
    return salted_hmac(f"recovery code of {user.pk}", code, algorithm="sha256").hexdigest()
