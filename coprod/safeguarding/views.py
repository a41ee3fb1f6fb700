"""Pages about concerns, for the one who raises one and for the leads alone."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.programmes.models import Programme
from coprod.safeguarding import queries, rules, services
from coprod.safeguarding.forms import TOLD, URGENCY, ConcernForm, PassOnForm
from coprod.safeguarding.models import Concern
from coprod.workstreams.queries import memberships_of

bp = Blueprint("safeguarding", __name__, url_prefix="/concerns")


@bp.get("/new")
def new() -> str | Response:
    """Say whom to ring now, then ask for as little as is needed; members have Get support instead."""
    if not me().is_professional:
        return redirect(url_for("wellbeing.support"))
    return _ask(_programme(), ConcernForm(formdata=None))


@bp.post("/new")
def raise_concern() -> Response | tuple[str, int]:
    """Send it to the lead; what was sent is not shown to its sender again."""
    programme, form = _programme(), ConcernForm()
    if not form.validate():
        return _ask(programme, form), 422
    services.raise_concern(programme, by=me(), **form.said)
    return redirect(url_for(".raised"), 303)


@bp.get("/raised")
def raised() -> str | Response:
    """Say that it has gone to the lead, and nothing more."""
    if not me().is_professional:
        return redirect(url_for("wellbeing.support"))
    return render_template("safeguarding/raised.html", told=rules.first_told(_programme()), local_line=_local_line())


def _programme() -> Programme:
    require(rules.may_raise(me(), memberships_of(me())))
    return queries.programme_of(me())


def _ask(programme: Programme, form: ConcernForm) -> str:
    return render_template(
        "safeguarding/new.html",
        form=form,
        told=rules.first_told(programme),
        may_send=rules.can_be_received(programme),
        agreed_words=queries.agreed_words(me()),
        local_line=_local_line(),
    )


def _local_line() -> str:
    line: str = current_app.config.get("SUPPORT_LINE", "")
    return line


# --- For the lead and the deputy; for everybody else these pages do not exist (P7).


@bp.get("/")
def index() -> str:
    """List the concerns that came to this person, those nobody has received first."""
    if not queries.receives_any(me()):
        raise NoResultFound
    return render_template("safeguarding/index.html", concerns=queries.seen_by(me()), urgency=URGENCY)


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show one: whom to ring, how soon, what is known."""
    return _show(queries.one_seen_by(me(), key), PassOnForm(formdata=None))


@bp.post("/<uuid:key>/receive")
def receive(key: UUID) -> Response:
    """Say that somebody has it in hand."""
    services.receive(queries.one_seen_by(me(), key), by=me())
    flash("You have it.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/pass-on")
def pass_on(key: UUID) -> Response | tuple[str, int]:
    """Say to whom it was passed on."""
    concern, form = queries.one_seen_by(me(), key), PassOnForm()
    require(rules.LIFECYCLE.may(me(), "passed on", concern))
    if not form.validate():
        return _show(concern, form), 422
    services.pass_on(concern, form.to.data, by=me())
    flash("Passed on.")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:key>/close")
def close(key: UUID) -> Response:
    """Say that nothing more is to be done."""
    services.close(queries.one_seen_by(me(), key), by=me())
    flash("Closed.")
    return redirect(url_for(".index"), 303)


def _show(concern: Concern, form: PassOnForm) -> str:
    return render_template(
        "safeguarding/show.html",
        concern=concern,
        form=form,
        urgency=URGENCY[concern.urgency],
        told=TOLD[concern.told],
        open_moves=[move.name for move in rules.LIFECYCLE.open_to(me(), concern)],
    )
