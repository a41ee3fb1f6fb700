"""A9: leaving and signing out, and what the Back button shows after."""

import pytest

from coprod.core.db import db
from coprod.people.models import SignedIn
from coprod.people.views import leaving
from coprod.people.views.gate import SESSION
from tests.chromium import FLAGS, chromium
from tests.conftest import sign_in
from tests.factories import a_person

HERS = "How you sign in"
WEATHER = "https://www.bbc.co.uk/weather"


def test_leaving_works_for_everybody_and_needs_no_form_key(client, app):
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post("/leave")
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0; url=/left"' in answer.text
    assert "browser’s history" in answer.text


def test_leaving_ends_the_session(as_):
    visitor = as_(a_person())
    visitor.post("/leave")
    assert db.session.scalars(db.select(SignedIn)).all() == []
    assert visitor.get_cookie(SESSION) is None


@pytest.mark.parametrize(("address", "then"), [("/left", WEATHER), ("/signed-out", "/sign-in")])
def test_the_page_after_clears_what_the_browser_keeps(client, query_count, address, then):
    query_count.clear()
    answer = client.get(address)
    assert (answer.status_code, answer.location) == (303, then)
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Set-Cookie"].startswith("left=1;")
    assert query_count == []


def test_opening_leave_by_address_does_nothing(as_):
    """GET never changes anything."""
    visitor = as_(a_person())
    assert visitor.get("/leave").status_code == 405
    assert visitor.get("/my-sessions").status_code == 200


@pytest.fixture
def keeping_browser(playwright, browser_type_launch_args):
    """Chromium as people have it: it keeps whole pages for Back, which playwright otherwise turns off."""
    browser = playwright.chromium.launch(
        executable_path=chromium(), args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield browser
    browser.close()


@pytest.fixture
def robin_at_her_page(app, live, keeping_browser, monkeypatch):
    """A page of Robin's, open in such a browser, with scripts off; the weather is played by another site."""
    weather = live.replace("localhost", "127.0.0.1") + "/accessibility"
    monkeypatch.setattr(leaving, "LEAVE_TO", weather)
    visitor = sign_in(app.test_client(), a_person("Robin"))
    context = keeping_browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sid", "value": visitor.get_cookie("sid").value, "url": live}])
    page = context.new_page()
    page.goto(f"{live}/what-we-keep-private")
    page.goto(f"{live}/my-sessions")
    assert page.locator("h1").inner_text() == HERS
    yield page, weather
    context.close()


def _press_back(page):
    devtools = page.context.new_cdp_session(page)
    history = devtools.send("Page.getNavigationHistory")
    entry = history["entries"][history["currentIndex"] - 1]
    devtools.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
    page.wait_for_timeout(700)
    document = devtools.send("DOM.getDocument")
    return devtools.send("DOM.getOuterHTML", {"nodeId": document["root"]["nodeId"]})["outerHTML"]


@pytest.mark.browser
@pytest.mark.parametrize("button", ["Leave this page", "Sign out here"])
def test_back_does_not_show_the_page_after_leaving(live, robin_at_her_page, button):
    page, weather = robin_at_her_page
    page.get_by_role("button", name=button).click()
    page.wait_for_url(weather if button.startswith("Leave") else f"{live}/sign-in")
    assert HERS not in _press_back(page)
    assert HERS not in _press_back(page)
    assert "sid" not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.browser
def test_back_would_show_the_page_without_leaving(robin_at_her_page):
    """The control: this browser does keep pages, though the session behind them has ended."""
    page, weather = robin_at_her_page
    page.goto(weather)
    db.session.execute(db.delete(SignedIn))
    db.session.commit()
    assert HERS in _press_back(page)
