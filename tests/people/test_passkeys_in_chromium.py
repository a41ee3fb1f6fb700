"""A4: the whole way with a passkey, in a real browser with a device of its own."""

import pytest

from coprod.core.db import db
from coprod.people.models import Passkey
from tests.conftest import sign_in
from tests.factories import a_professional

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def sams_browser(app, live, context, monkeypatch):
    """Sam at /my-sessions, forms guarded by their token as in production, with a device that can keep passkeys."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    visitor = sign_in(app.test_client(), a_professional())
    context.add_cookies([{"name": "sid", "value": visitor.get_cookie("sid").value, "url": live}])
    page = context.new_page()
    page.devtools = context.new_cdp_session(page)
    page.devtools.send("WebAuthn.enable")
    page.device = page.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]
    page.goto(f"{live}/my-sessions")
    return page


@pytest.mark.browser
def test_a_passkey_is_made_used_and_removed(live, sams_browser):
    page = sams_browser
    page.get_by_label("Name of this passkey").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Your passkey is added.").wait_for()
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url(f"{live}/sign-in")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{live}/")
    page.goto(f"{live}/my-sessions")
    page.get_by_role("button", name="Remove").click()
    page.get_by_text("The passkey is removed.").wait_for()
    assert db.session.scalars(db.select(Passkey)).all() == []


@pytest.mark.browser
def test_a_device_that_is_not_unlocked_makes_none_and_the_page_says_so(sams_browser):
    page = sams_browser
    page.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": page.device, "isUserVerified": False})
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("Your device gave no passkey.").wait_for()
    assert db.session.scalars(db.select(Passkey)).all() == []


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_without_a_script_or_a_name_no_passkey_is_offered_and_codes_are(live, browser, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.goto((live.replace("localhost", "127.0.0.1") if scripts else live) + "/sign-in")
    page.wait_for_load_state("load")
    assert page.locator("main").get_by_role("button").all_inner_texts() == ["Go on"]
    context.close()
