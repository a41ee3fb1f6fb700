"""The very first account, and, in the demonstration alone, signing in as anybody in it."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, session, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.db import here
from coprod.core.web import leaves_no_event, public
from coprod.people import queries, rules, services
from coprod.people.doors import sign_in_here, way_back
from coprod.people.forms import SetUpForm
from coprod.people.views.blueprint import bp
from coprod.people.views.sign_in import Page, place

WRONG_WORDS = "Those are not the set-up words. The server prints them when it starts."


@bp.get("/set-up")
@public
def set_up() -> Page:
    """Ask who makes the first account; once there is one, this page is not here."""
    _only_while_nobody_is_here()
    return render_template("people/set_up.html", form=SetUpForm())


@bp.post("/set-up")
@public
@leaves_no_event
def make_first_admin() -> Page:
    """Make the first account for whoever holds the set-up words."""
    allowed = services.within_limits((rules.FROM_ONE_PLACE, place()))
    _only_while_nobody_is_here()
    form = SetUpForm()
    fine = form.validate()
    if fine and not (allowed and services.words_are_right(here().keys, form.words.data)):
        form.words.errors = [WRONG_WORDS]
        fine = False
    if not fine:
        return render_template("people/set_up.html", form=form), 422
    services.first_admin(form.alias.data, form.email.data)
    services.forget_set_up_secret(here().keys)
    flash("Your account is made. Now sign in with your e-mail address.")
    return redirect(url_for("people.sign_in"), 303)


@bp.get("/sign-in-as")
@public
def sign_in_as() -> Page:
    """List the demonstration's people; anywhere else this page is not here."""
    _only_in_the_demonstration()
    return render_template("people/sign_in_as.html", people=queries.demonstration_people(), demonstration=True)


@bp.post("/sign-in-as")
@public
@leaves_no_event
def become() -> Response:
    """Sign in as one of the demonstration's people."""
    _only_in_the_demonstration()
    person = queries.demonstration_person(_key(request.form.get("person", "")))
    session.clear()
    sign_in_here(person, "demonstration")
    return redirect(way_back(person), 303)


def _only_while_nobody_is_here() -> None:
    if not queries.nobody_is_here():
        raise NoResultFound


def _only_in_the_demonstration() -> None:
    if not current_app.config["DEMONSTRATION"]:
        raise NoResultFound


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise NoResultFound from error
