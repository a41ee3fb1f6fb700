"""F26: nothing that somebody writes into a link, a form or a header leads a browser off the site (A7)."""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid4

from flask import Flask, redirect, request
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright
from werkzeug.routing import AnyConverter, BaseConverter, Rule, UUIDConverter
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from bench.prove import Figure
from bench.prove.stage import installation
from coprod.core.db import db
from coprod.core.headers import LEAVE_TO
from coprod.people.models import Person
from tests.chromium import FLAGS, chromium
from tests.conftest import sign_in
from tests.factories import a_person, an_admin
from tests.redirects import HEADERS, NAMES, Watch, forms, is_plain, raw

LEAST = 80
# Where the Leave button leads on purpose.
MEANT = {LEAVE_TO}
SITE = "http://localhost"


@dataclass(frozen=True)
class Place:
    """Somewhere the site redirects: an address, a method and who asks."""

    address: str
    method: str
    who: UUID | None


def measure(seed: int) -> Figure:
    """Try every form at every place that redirects, then at a planted one that checks as many applications do."""
    tried = forms()
    with installation("sqlite") as app, _chromium() as browser:
        found = _try(app, browser, tried)
    with installation("sqlite") as app, _chromium() as browser:
        _plant(app)
        planted = _try_planted(app, browser, tried)
    holds = len(tried) >= LEAST and not found["left"] and found["places"] > LEAST
    counts = {"forms": len(tried), **found, "planted, left": len(planted)}
    return Figure("F26", holds, "/\t/evil.example" in planted, counts, seed)


def _try(app: Flask, browser: Browser, tried: list[str]) -> Counter[str]:
    found: Counter[str] = Counter(left=0)
    with app.app_context():
        people = [None, a_person().id, an_admin().id]
        db.session.commit()
    places = [place for who in people for place in _places(app, who)]
    found["places"] = len(places)
    with _served(app) as site:
        odd = _odd_in_answers(app, places, tried, found) | _odd_in_paths(app, site, tried, found)
        addresses = [*sorted(odd), *(site + address for address in _paths(app, tried))]
        found["odd"], found["opened in Chromium"] = len(odd), len(addresses)
        found["left"] = len(Watch(browser, site).follow(addresses))
    return found


def _places(app: Flask, who: UUID | None) -> Iterator[Place]:
    """Find what redirects without anything filled in."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            place = Place(_address(app, rule), method, who)
            if _ask(app, place, "").status_code in range(300, 400):
                yield place


def _address(app: Flask, rule: Rule) -> str:
    values = {name: _value(converter) for name, converter in rule._converters.items()}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def _value(converter: BaseConverter) -> object:
    known = {UUIDConverter: uuid4(), AnyConverter: min(getattr(converter, "items", {"1"}))}
    return known.get(type(converter), 1)


def _ask(app: Flask, place: Place, form: str) -> Response:
    everywhere = dict.fromkeys(NAMES.split(), form) if form else {}
    # A header holds no control signs; the rest goes as it is.
    value = quote(form, safe="".join(map(chr, range(33, 127))))
    headers = dict.fromkeys(HEADERS, value) if form else {}
    return _visitor(app, place.who).open(
        place.address, method=place.method, query_string=everywhere, headers=headers, data=everywhere or None
    )


def _visitor(app: Flask, who: UUID | None) -> FlaskClient:
    visitor = app.test_client()
    if who is not None:
        with app.app_context():
            sign_in(visitor, db.session.get_one(Person, who))
    return visitor


def _odd_in_answers(app: Flask, places: list[Place], tried: list[str], found: Counter[str]) -> set[str]:
    """Collect every Location that is more than a plain path, or is another one than without the form."""
    odd: set[str] = set()
    for place in places:
        usual = (_ask(app, place, "").location or "").partition("?")[0]
        for form in tried:
            location = (_ask(app, place, form).location or "").partition("?")[0]
            found["asked"] += 1
            if location not in MEANT and (location != usual or not is_plain(location, SITE)):
                odd.add(location)
    return odd


def _paths(app: Flask, tried: list[str]) -> list[str]:
    """List addresses that hold a form in their path, before and after what the site knows."""
    slashed = sorted({rule.rule for rule in app.url_map.iter_rules() if rule.rule.endswith("/")})
    known = ["", *slashed[:2], "/people", "/workstreams"]
    return [start + ("" if form.startswith("/") else "/") + form for form in tried for start in known]


def _odd_in_paths(app: Flask, site: str, tried: list[str], found: Counter[str]) -> set[str]:
    """Ask with the path as it is, and with a Host that claims to be another."""
    odd: set[str] = set()
    name = urlsplit(site).netloc
    hosts = ("", f"{name}@evil.example", "evil.example", f"evil.example#{name}", f"{name}.evil.example")
    for address in _paths(app, tried):
        # A raw line holds no line breaks and no space, or it would be another line.
        target = quote(address, safe="".join(map(chr, (9, *range(33, 127)))))
        for host in hosts:
            status, location = raw(site, target, host=host)
            found["asked by path"] += 1
            if status in range(300, 400) and not is_plain(location, site):
                odd.add(location)
    return odd


def _plant(app: Flask) -> None:
    """The planted fault: a free address with the check that is copied most; Werkzeug then takes the tab out."""

    def onwards() -> Response:
        there = request.args.get("next", "")
        return redirect(there if there.startswith("/") and not there.startswith("//") else "/")

    onwards.is_public = True  # type: ignore[attr-defined]
    app.add_url_rule("/onwards", "onwards", onwards)


def _try_planted(app: Flask, browser: Browser, tried: list[str]) -> list[str]:
    with _served(app) as site:
        asked = {f"{site}/onwards?next={quote(form)}": form for form in tried}
        return [asked[first] for first, _ in Watch(browser, site).follow(list(asked))]


@contextmanager
def _served(app: Flask) -> Iterator[str]:
    logging.getLogger("werkzeug").disabled = True
    server = make_server("localhost", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()
