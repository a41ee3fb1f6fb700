"""Pages about the person a member chose to help her, and that person’s own page.

For a supporter nothing else is there: a page of any other feature, every vote among them, answers as if it did not
exist (journey 23).
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.agreements.rules import HEADINGS
from coprod.core.clock import today
from coprod.core.web import leaves_no_event, me
from coprod.cycles.rules import evening
from coprod.needs.queries import is_in_a_group
from coprod.needs.rules import to_arrange
from coprod.people.models import Side
from coprod.supporters import queries, rules, services
from coprod.supporters.forms import SupporterForm
from coprod.supporters.models import Share

bp = Blueprint("supporters", __name__)


@bp.before_app_request
def _only_what_is_there_for_supporters() -> None:
    # A public page asks nobody's name: its tries are counted before anything is looked up (A8).
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "is_public", False):
        return
    if not current_user.is_authenticated or me().side != Side.SUPPORTER:
        return
    if not rules.may_open(request.endpoint or ""):
        raise NoResultFound


# --- The member's own pages.


@bp.get("/who-helps-me")
def mine() -> str:
    """List who helps this member, what each may see, and the way to end it."""
    helpers = _helpers()
    return render_template(
        "supporters/mine.html",
        helpers=[(support, rules.shared(support)) for support in helpers],
        shares=list(Share),
        may_choose=rules.may_choose(me(), me(), helpers, is_in_a_group(me())),
    )


@bp.get("/who-helps-me/new")
def new() -> str:
    """Ask whom a member chooses."""
    _helpers()
    return render_template("supporters/new.html", form=SupporterForm(formdata=None))


@bp.post("/who-helps-me/new")
def choose() -> Response | tuple[str, int]:
    """Let that person help."""
    _helpers()
    form = SupporterForm()
    if not form.validate_on_submit():
        return render_template("supporters/new.html", form=form), 422
    support = services.choose(me(), form.alias.data, form.email.data or None, by=me())
    flash(f"{support.called} can help you now.")
    return redirect(url_for(".mine"), 303)


@bp.post("/helping/<uuid:key>/share")
def share(key: UUID) -> Response:
    """Share one thing, or share it no longer."""
    support = queries.own(me(), key)
    what = next((each for each in Share if each.name == request.form.get("what")), None)
    if what is None:
        raise NoResultFound
    on = request.form.get("on") == "yes"
    services.share(support, what, on, by=me())
    told = "can see" if on else "no longer sees"
    flash(f"{support.called} {told} {what}.")
    return redirect(url_for(".mine"), 303)


@bp.post("/helping/<uuid:key>/card")
@leaves_no_event
def make_card(key: UUID) -> str:
    """Make a card for somebody who helps, and show its words this once."""
    support, words = services.draw_card(queries.own(me(), key), by=me())
    return render_template("supporters/make_card.html", support=support, words=words)


@bp.post("/helping/<uuid:key>/end")
def end(key: UUID) -> Response:
    """End it, in one tap, from either side."""
    support = queries.own(me(), key)
    helped = support.member_id == me().id
    services.end(support, by=me())
    if not helped:
        return redirect(url_for("people.sign_in"), 303)
    flash(f"{support.called} no longer helps you. They see nothing of yours now.")
    return redirect(url_for(".mine"), 303)


def _helpers() -> Any:
    if not me().is_lived:
        raise NoResultFound
    return queries.helpers_of(me())


# --- The supporter's own page.


@bp.get("/who-i-help")
def home() -> str:
    """Show a supporter when, where to, and what each member she helps has ticked; and nothing else."""
    if me().side != Side.SUPPORTER:
        raise NoResultFound
    return render_template(
        "supporters/home.html",
        person=me(),
        blocks=queries.blocks(me(), today()),
        share=Share,
        headings=HEADINGS,
        hours=evening.hours,
        lines_of=evening.lines,
        to_arrange=to_arrange,
    )
