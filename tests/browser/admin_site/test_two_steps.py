"""Two-step sign-in in a real browser: with a passkey, with the codes of an app, and with a recovery code."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pyotp import TOTP

from site_core.accounts.models import SecondStep
from tests.browser.admin import expect_message, log_in
from tests.factories import PASSWORD, SiteTree, UserFactory

pytestmark = pytest.mark.sweep

SETTINGS = "/admin/account/sign-in/"


def with_authenticator(window: Page) -> Page:
    """Give the browser an authenticator as laptops and phones have it built in, where a finger is always there."""
    devices = window.context.new_cdp_session(window)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return window


def enter_password(window: Page, person: Any) -> None:
    window.goto("/admin/")
    window.get_by_label("Email").fill(person.email)
    window.locator("input[name=password]").fill(PASSWORD)
    window.get_by_role("button", name="Sign in").click()


def sign_out(window: Page) -> None:
    window.context.clear_cookies()


def expect_home(window: Page) -> None:
    expect(window).to_have_url("/admin/")
    expect(window.get_by_role("heading", name="Site summary")).to_be_visible()


def recovery_codes(window: Page) -> list[str]:
    """The codes that are shown once. They are kept, as the screen asks."""
    expect(window.get_by_role("heading", name="Recovery codes")).to_be_visible()
    codes = window.locator("main li code").all_inner_texts()
    window.get_by_role("link", name="I saved them").click()
    return codes


@pytest.fixture
def editor(site_tree: SiteTree) -> Any:
    return UserFactory(role="Editor")


def test_a_passkey(page: Page, editor: Any) -> None:
    with_authenticator(page)
    log_in(page, editor)
    page.goto("/admin/account/")
    page.get_by_role("tab", name="Signing in").click()
    page.get_by_role("link", name="Second step, email address").click()

    section = page.locator("#passkey-section, section:has(form[data-passkey])").first
    section.get_by_label("Name of this passkey").fill("My laptop")
    section.get_by_label("Your password").fill(PASSWORD)
    section.get_by_role("button", name="Add a passkey").click()
    assert len(recovery_codes(page)) == 10
    expect(page.get_by_text("My laptop (Passkey)")).to_be_visible()

    sign_out(page)
    enter_password(page, editor)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    expect_home(page)
    assert SecondStep.objects.get(kind="passkey").last_used_at


def test_a_browser_without_the_passkey_says_so(page: Page, editor: Any, open_window: Callable[..., Page]) -> None:
    with_authenticator(page)
    log_in(page, editor)
    page.goto(SETTINGS)
    section = page.locator("form[data-passkey]")
    section.get_by_label("Name of this passkey").fill("My laptop")
    section.get_by_label("Your password").fill(PASSWORD)
    section.get_by_role("button", name="Add a passkey").click()
    codes = recovery_codes(page)

    other = with_authenticator(open_window())
    enter_password(other, editor)
    other.get_by_role("button", name="Use your passkey").click()
    expect(other.get_by_text("Your browser could not use the passkey")).to_be_visible()
    other.get_by_label("Code from your authenticator app").fill(codes[0])
    other.get_by_role("button", name="Use the code").click()
    expect_home(other)


def test_the_codes_of_an_app(page: Page, editor: Any) -> None:
    log_in(page, editor)
    page.goto(SETTINGS)
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_attached()
    app = TOTP(page.locator("#app-section code").inner_text())
    section = page.locator("form:has(input[value=app])")
    section.get_by_label("Code that the app shows").fill("000000")
    section.get_by_label("Your password").fill(PASSWORD)
    section.get_by_role("button", name="Add this app").click()
    expect(page.get_by_text("That code is wrong.")).to_be_visible()

    section.get_by_label("Code that the app shows").fill(app.now())
    section.get_by_label("Your password").fill(PASSWORD)
    section.get_by_role("button", name="Add this app").click()
    codes = recovery_codes(page)

    sign_out(page)
    enter_password(page, editor)
    expect(page.get_by_role("button", name="Use your passkey")).to_have_count(0)
    page.get_by_label("Code from your authenticator app").fill("000000")
    page.get_by_role("button", name="Use the code").click()
    expect(page.get_by_text("That code is wrong, or it was used before.")).to_be_visible()
    # The code of the next half minute, as the present one was used to add the app.
    page.get_by_label("Code from your authenticator app").fill(app.at(time.time(), counter_offset=1))
    page.get_by_role("button", name="Use the code").click()
    expect_home(page)

    sign_out(page)
    enter_password(page, editor)
    page.get_by_label("Code from your authenticator app").fill(codes[0])
    page.get_by_role("button", name="Use the code").click()
    expect_home(page)

    page.goto(SETTINGS)
    expect(page.get_by_text("9 recovery codes left.")).to_be_visible()
    removal = page.locator("form:has(input[value=remove])")
    removal.get_by_label("What to remove").select_option(label="Authenticator app")
    removal.get_by_label("Your password").fill(PASSWORD)
    removal.get_by_role("button", name="Remove").click()
    expect_message(page, "Authenticator app removed.")


def test_signing_out_elsewhere(page: Page, editor: Any, open_window: Callable[..., Page]) -> None:
    log_in(page, editor)
    other = open_window()
    log_in(other, editor)
    page.goto(SETTINGS)
    expect(page.get_by_role("row").filter(has_text="on Linux")).to_have_count(2)
    page.get_by_role("button", name="Sign out there").click()
    expect_message(page, "Signed out there.")
    other.goto("/admin/account/")
    expect(other.get_by_role("button", name="Sign in")).to_be_visible()
