"""Passkeys (WebAuthn). A challenge is in the session between the two requests of a ceremony.

The library is imported when somebody uses a passkey, because it takes memory in each process.
"""

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from site_core.accounts.models import SecondStep, User

if TYPE_CHECKING:
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestedCredentialData

CHALLENGE = "passkey_challenge"


def begin_registration(request: HttpRequest, user: User) -> dict[str, object]:
    """What the browser needs to make a passkey."""
    from fido2.webauthn import PublicKeyCredentialUserEntity, ResidentKeyRequirement, UserVerificationRequirement

    options, request.session[CHALLENGE] = _server().register_begin(
        PublicKeyCredentialUserEntity(id=str(user.pk).encode(), name=user.email, display_name=str(user)),
        credentials=list(_credentials(user).values()),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options)


def complete_registration(request: HttpRequest, user: User, name: str, answer: str) -> SecondStep | None:
    """The passkey that the browser has made. None if its answer is wrong."""
    from fido2.utils import websafe_encode

    try:
        made = _server().register_complete(request.session.pop(CHALLENGE), json.loads(answer))
    except Exception:  # Of a malformed answer the library raises whatever comes.
        return None
    if made.credential_data is None:
        return None
    return user.second_steps.create(
        kind=SecondStep.Kind.PASSKEY, name=name, secret=websafe_encode(made.credential_data)
    )


def begin_authentication(request: HttpRequest, user: User) -> dict[str, object] | None:
    """What the browser needs to use a passkey of the user. None if there is no passkey."""
    from fido2.webauthn import UserVerificationRequirement

    credentials = list(_credentials(user).values())
    if not credentials:
        return None
    options, request.session[CHALLENGE] = _server().authenticate_begin(
        credentials, user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options)


def complete_authentication(request: HttpRequest, user: User, answer: str) -> SecondStep | None:
    """The passkey that the browser has used. None if its answer is wrong."""
    credentials = _credentials(user)
    try:
        used = _server().authenticate_complete(
            request.session.pop(CHALLENGE), list(credentials.values()), json.loads(answer)
        )
    except Exception:
        return None
    step = next(step for step, credential in credentials.items() if credential == used)
    step.last_used_at = timezone.now()
    step.save(update_fields=["last_used_at"])
    return step


def _server() -> "Fido2Server":
    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    return Fido2Server(PublicKeyCredentialRpEntity(id=settings.SITE_URL.host, name=settings.WAGTAIL_SITE_NAME))


def _credentials(user: User) -> "dict[SecondStep, AttestedCredentialData]":
    from fido2.utils import websafe_decode
    from fido2.webauthn import AttestedCredentialData

    passkeys = user.second_steps.filter(kind=SecondStep.Kind.PASSKEY)
    return {step: AttestedCredentialData(websafe_decode(step.secret)) for step in passkeys}
