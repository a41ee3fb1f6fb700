"""The monthly access review, and removing the demonstration."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.administration import queries, rules, services
from coprod.administration.forms import RemoveDemonstrationForm
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import drop_cookie, leaves_no_event, me
from coprod.people.doors import SESSION

bp = Blueprint("administration", __name__)
Page = str | Response | tuple[str, int]


@bp.get("/access-review")
def review() -> Page:
    """Show everybody with an account by role and place, and who is still to be looked at."""
    look = queries.seen_by(me())
    return render_template(
        "administration/review.html",
        look=look,
        beginning=rules.may_begin(me(), look.last, today()),
        next_due=rules.next_due(look.last),
        is_due=rules.is_due(look.last, today()),
    )


@bp.post("/access-review")
def begin_review() -> Page:
    """Begin this month's."""
    queries.seen_by(me())
    services.begin(by=me())
    flash("Go through the list. For each person, choose keep or remove.")
    return _back()


@bp.post("/access-review/<uuid:key>/keep")
def keep(key: UUID) -> Page:
    """Let somebody keep their account."""
    line = queries.one_seen_by(me(), key)
    services.keep(line.person, by=me())
    flash(f"{line.person.alias} keeps their account.")
    return _back()


@bp.get("/access-review/<uuid:key>/remove")
def removing(key: UUID) -> Page:
    """Say what removing does, and ask once more."""
    line = queries.one_seen_by(me(), key)
    return render_template("administration/removing.html", line=line)


@bp.post("/access-review/<uuid:key>/remove")
def remove(key: UUID) -> Page:
    """Close somebody's account and end their places."""
    line = queries.one_seen_by(me(), key)
    services.remove(line.person, by=me())
    flash(f"{line.person.alias} can no longer sign in, and has no place at any table.")
    return _back()


def _back() -> Response:
    if queries.open_review() is None:
        flash("Everybody is looked at. The review is finished.")
    return redirect(url_for(".review"), 303)


@bp.get("/remove-demonstration")
def remove_demonstration() -> Page:
    """Say what goes, and ask for the words that confirm it."""
    _only_in_the_demonstration()
    return render_template("administration/remove_demonstration.html", form=RemoveDemonstrationForm())


@bp.post("/remove-demonstration")
@leaves_no_event
def demonstration_removed() -> Page:
    """Empty everything, and show the words for the first account this once."""
    _only_in_the_demonstration()
    form = RemoveDemonstrationForm()
    if not form.validate():
        return render_template("administration/remove_demonstration.html", form=form), 422
    words = services.remove_demonstration(by=me(), demonstration=current_app.config["DEMONSTRATION"])
    drop_cookie(SESSION)
    return render_template("administration/demonstration_removed.html", words=words)


def _only_in_the_demonstration() -> None:
    if not current_app.config["DEMONSTRATION"]:
        raise NoResultFound
    require(rules.may_remove_demonstration(me(), True))
