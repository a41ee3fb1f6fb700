"""Every answer carries the headers, and every cookie its marks, in production (F37, A1, O9)."""

from uuid import uuid4

import pytest

from coprod.core.db import Root, db, here
from tests.conftest import make_app

HOME = "https://localhost"
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31556926; includeSubDomains",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    folder = tmp_path_factory.mktemp("production")
    made = make_app(
        folder, f"sqlite:///{folder / 'coprod.db'}", mode="production", NOW=None, WTF_CSRF_ENABLED=True, TESTING=False
    )
    with made.app_context():
        Root.metadata.create_all(db.engines[here().name])
    yield made
    with made.app_context():
        db.engines[here().name].dispose()


def _address(app, rule):
    values = {name: 1 if type(kind).__name__ == "Number" else uuid4() for name, kind in rule._converters.items()}
    if rule.endpoint == "static":
        values = {"filename": "built/staff.css"}
    return app.url_map.bind("localhost").build(rule.endpoint, values)


def _every_answer(app):
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            yield rule, client.open(_address(app, rule), method=method, base_url=HOME)
    yield "nothing there", client.get("/no-such-page", base_url=HOME)
    yield "a wrong method", client.put("/", base_url=HOME)
    yield "an unknown host", client.get("/", base_url="https://elsewhere.example")


def test_every_answer_carries_the_headers(production):
    lacking = []
    for asked, answer in _every_answer(production):
        lacking += [
            (str(asked), name, answer.headers.get(name)) for name in ALWAYS if answer.headers.get(name) != ALWAYS[name]
        ]
    assert lacking == []


def test_every_answer_carries_the_content_policy(production):
    lacking = []
    for asked, answer in _every_answer(production):
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        lacking += [(str(asked), name, policy.get(name)) for name in POLICY if policy.get(name) != POLICY[name]]
        lacking += [(str(asked), policy) for value in policy.values() if "unsafe" in value]
    assert lacking == []


def test_no_page_is_stored_and_every_built_file_is(production):
    odd = []
    for asked, answer in _every_answer(production):
        static = getattr(asked, "endpoint", "") == "static" and answer.status_code == 200
        wanted = "max-age=31536000" if static else "no-store"
        if wanted not in answer.headers.get("Cache-Control", ""):
            odd.append((str(asked), answer.headers.get("Cache-Control")))
    assert odd == []


def test_every_cookie_is_marked(production):
    cookies = [cookie for _, answer in _every_answer(production) for cookie in answer.headers.getlist("Set-Cookie")]
    assert cookies != []
    for cookie in cookies:
        name, *marks = (part.strip().lower() for part in cookie.split(";"))
        assert name.startswith("__host-"), cookie
        assert {"secure", "httponly", "path=/"} <= set(marks), cookie
        assert {"samesite=lax", "samesite=strict"} & set(marks), cookie
        assert not any(mark.startswith("domain") for mark in marks), cookie


def test_a_page_asked_for_without_https_is_led_to_it(production):
    answer = production.test_client().get("/", base_url="http://localhost")
    assert (answer.status_code, answer.location) == (302, "https://localhost/")


def test_no_form_is_taken_without_its_token(production):
    client, exempt = production.test_client(), production.extensions["csrf"]._exempt_views
    taken = []
    for rule in production.url_map.iter_rules():
        view = production.view_functions[rule.endpoint]
        if "POST" in rule.methods and f"{view.__module__}.{view.__name__}" not in exempt:
            answer = client.post(_address(production, rule), data={"a": "b"}, base_url=HOME)
            if answer.status_code != 400:
                taken.append((rule.rule, answer.status_code))
    assert taken == []
