"""Who came to a session: seen and ticked by its facilitators alone."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles import queries, services
from coprod.cycles.forms import TickForm
from coprod.cycles.models import How, Session
from coprod.cycles.rules import register as ticking
from coprod.cycles.views.blueprint import bp
from coprod.workstreams.forms import key_of
from coprod.workstreams.queries import place_of


@bp.get("/sessions/<uuid:key>/register")
def register(key: UUID) -> str:
    """Show who came, with four buttons for each."""
    found = queries.one_session_run_by(me(), key)
    require(ticking.may_register(me(), found, today()))
    return _register(found)


@bp.post("/sessions/<uuid:key>/register")
def tick(key: UUID) -> Response | tuple[str, int]:
    """Keep how one person is here."""
    found, form = queries.one_session_run_by(me(), key), TickForm()
    require(ticking.may_register(me(), found, today()))
    if not form.validate():
        flash("Press one of the buttons.", "look")
        return _register(found), 422
    place = place_of(key_of(form.person.data), found.cycle.workstream)
    services.tick(found, place.person, How(form.how.data), by=me())
    return redirect(url_for(".register", key=key, _anchor=f"line-{place.id}"), 303)


def _register(found: Session) -> str:
    told = ticking.lines(found, queries.register_of(found))
    return render_template(
        "cycles/register.html", session=found, stream=found.cycle.workstream, lines=told, tally=ticking.tally(told)
    )
