"""A site of its own with a few pages made for these tests, on both databases."""

from uuid import UUID

import pytest
from flask import render_template_string, request
from sqlalchemy import insert

from coprod.core import web
from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.forms import Form
from coprod.core.once import Once
from coprod.people.models import Person, Side
from tests.conftest import KINDS, an_app, clean_slowly


@pytest.fixture(scope="session", params=KINDS)
def site(request, tmp_path_factory):
    with an_app(request, tmp_path_factory.mktemp(request.param)) as made:
        _add_pages(made)
        _add_a_page_for_two(made)
        _add_odd_pages(made)
        yield made


@pytest.fixture
def pages(site):
    """A stranger at this site, its database empty."""
    clean_slowly(site)
    with site.app_context():
        yield site.test_client()
        db.session.remove()


def _save(alias):
    db.session.add(Person(alias=alias, side=Side.LIVED))
    db.session.flush()


def _add_pages(app):
    @app.route("/open", methods=["GET", "POST"])
    @web.public
    def open_to_all():
        _save(request.form.get("alias", "Sneaky"))
        return "saved", int(request.form.get("status", 200))

    @app.get("/shut")
    def shut():
        return f"for {web.me().alias}"

    @app.post("/shut-form")
    def shut_form():
        return ""

    @app.get("/by-link")
    @web.by_link
    def by_link():
        return "by link"

    @app.post("/refused")
    @web.public
    def refused():
        _save("Sneaky")
        require(no("Only the chair can do this."))

    @app.post("/broken")
    @web.public
    def broken():
        _save("Sneaky")
        raise RuntimeError("an inner word")


def _add_a_page_for_two(app):
    looks = []

    @app.post("/taken/<int:sees_it>")
    @web.public
    def taken(sees_it):
        """Take a key unless it is seen to be taken, which it is from this look on (the first is look 0)."""
        looks.append(request.form["key"])
        if len(looks) > sees_it and db.session.get(Once, UUID(looks[0])):
            looks.clear()
            return f"{request.form['words']}: taken", 422
        db.session.execute(insert(Once).values(key=UUID(looks[0]), answer="", on=today()))
        return "kept"


def _add_odd_pages(app):
    @app.post("/quiet")
    @web.public
    @web.leaves_no_event
    def quiet():
        return "kept"

    @app.post("/cookies/<int:status>")
    @web.public
    def cookies(status):
        web.give_cookie("kept", "a")
        web.give_cookie("sure", "b", lasts=60, whatever=True)
        web.drop_cookie("old")
        return "", status

    @app.get("/slashed/")
    @web.public
    def slashed():
        return "here"

    @app.get("/form")
    @web.public
    def form():
        return render_template_string("{{ form.once() }}", form=Form())
