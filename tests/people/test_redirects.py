"""A7, F26: nothing that somebody writes into an address, a form or a header leads off the site."""

import ast
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import redirect, request

import coprod
from tests.redirects import HEADERS, NAMES, Watch, forms, is_plain

CODE = sorted(Path(coprod.__file__).parent.rglob("*.py"))
# What may stand in the brackets of a redirect beside an address made of one of our own routes.
OURS = {
    "HOME": "the first page",
    "way_back(person)": "one of the few routes that may be come back to, by its name, in people/doors.py",
    "back": "the run sheet, on the tab its button stands on, in room/views/buttons.py",
    "then": "one of two addresses of ours, in people/views/leaving.py",
    "db.session.scalars(select(Once.answer).where(Once.key == key)).one() or request.path": "where a form led before",
}


def _redirects():
    written = ((path, path.read_text(encoding="utf-8")) for path in CODE)
    for path, words in ((path, words) for path, words in written if "redirect(" in words):
        for node in ast.walk(ast.parse(words)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "redirect":
                yield path, node.args[0]


def test_every_redirect_goes_to_a_route_of_ours():
    found = list(_redirects())
    free = [
        (path.name, ast.unparse(there))
        for path, there in found
        if not ast.unparse(there).startswith("url_for(") and ast.unparse(there) not in OURS
    ]
    assert free == []
    assert len(found) > 50


@pytest.mark.parametrize("address", ["/sign-in/code", "/people", "/workstreams", "/left"])
def test_a_redirect_is_the_same_whatever_is_written_beside_it(client, address):
    """What was asked for may go on in the query, never in the path."""
    usual, found = client.get(address).location, set()
    for form in forms():
        everywhere = dict.fromkeys(NAMES.split(), form)
        header = quote(form, safe="".join(map(chr, range(33, 127))))
        answer = client.get(address, query_string=everywhere, headers=dict.fromkeys(HEADERS, header))
        found.add(answer.location.partition("?")[0])
    assert found == {usual}


@pytest.fixture
def watch(live, browser):
    watching = Watch(browser, live)
    yield watching
    watching.context.close()


@pytest.mark.browser
def test_no_path_leads_a_browser_off_the_site(watch):
    """F26: the forms themselves as the path, opened in Chromium."""
    assert len(forms()) >= 80
    paths = [watch.site + ("" if form.startswith("/") else "/") + form for form in forms()]
    assert watch.follow(paths) == []


@pytest.mark.browser
def test_a_free_address_would_lead_off_the_site(app, watch, monkeypatch):
    """The control: the check that is copied most lets some through, and this browser shows it."""

    def onwards():
        there = request.args.get("next", "")
        return redirect(there if there.startswith("/") and not there.startswith("//") else "/sign-in")

    onwards.is_public = True
    monkeypatch.setitem(app.view_functions, "people.accessibility", onwards)
    asked = f"{watch.site}/accessibility?next=/%09/evil.example"
    assert watch.follow([asked]) == [(asked, "http://evil.example/")]


def test_a_plain_address_is_told_from_an_odd_one():
    site = "http://localhost:1"
    assert [is_plain(there, site) for there in ("/people", f"{site}/people", "/", "/a?b=%20#c")] == [True] * 4
    assert [is_plain(there, site) for there in ("", "//evil", "/\\evil", f"{site}.evil/", f"{site}@evil/")] == [
        False
    ] * 5
