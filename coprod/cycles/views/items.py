"""What happens in an evening, item by item."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.core.words import day
from coprod.cycles import queries, services
from coprod.cycles.forms import ItemForm, MinutesForm, MoveForm, PlaceForm
from coprod.cycles.models import AgendaItem, ItemState, Session
from coprod.cycles.rules import agenda, moves
from coprod.cycles.views.blueprint import bp
from coprod.cycles.views.evenings import build


@bp.get("/sessions/<uuid:key>/items/new")
def new_item(key: UUID) -> str:
    """Ask what to add."""
    found = queries.one_session_seen_by(me(), key)
    require(moves.may_change(me(), found))
    return _ask_what(found, ItemForm())


@bp.post("/sessions/<uuid:key>/items/new")
def add_item(key: UUID) -> Response | tuple[str, int]:
    """Add it."""
    found, form = queries.one_session_seen_by(me(), key), ItemForm()
    require(moves.may_change(me(), found))
    if not form.validate_on_submit():
        return _ask_what(found, form), 422
    services.add_item(found, by=me(), **form.words)
    flash("Added.")
    return redirect(url_for(".session", key=key))


def _ask_what(found: Session, form: ItemForm) -> str:
    return render_template("cycles/new_item.html", session=found, form=form, what=agenda.called(found))


@bp.get("/agenda-items/<uuid:key>")
def item(key: UUID) -> str:
    """Show an item to be changed."""
    found = queries.one_item_seen_by(me(), key)
    require(moves.may_change(me(), found.session))
    return _ask(found, ItemForm(obj=found))


@bp.post("/agenda-items/<uuid:key>")
def change_item(key: UUID) -> Response | tuple[str, int]:
    """Keep the change."""
    found, form = queries.one_item_seen_by(me(), key), ItemForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return _ask(found, form), 422
    services.change_item(found, by=me(), **form.words)
    flash("Kept.")
    return _back_to(found)


def _ask(found: AgendaItem, form: ItemForm) -> str:
    may_take_off, what = moves.may_take_off(me(), found), agenda.called(found.session)
    return render_template("cycles/item.html", item=found, form=form, may_take_off=may_take_off, what=what)


@bp.post("/agenda-items/<uuid:key>/minutes")
def give_minutes(key: UUID) -> Response | tuple[str, int]:
    """Make it longer or shorter."""
    found, form = queries.one_item_seen_by(me(), key), MinutesForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return build(found.session, faults={found.id: form.minutes.errors}), 422
    services.change_item(found, by=me(), minutes=form.minutes.data)
    return _back_to(found)


@bp.post("/agenda-items/<uuid:key>/place")
def place_item(key: UUID) -> Response | tuple[str, int]:
    """Move it up or down."""
    found, form = queries.one_item_seen_by(me(), key), PlaceForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return build(found.session, faults={found.id: form.position.errors}), 422
    services.place_item(found, form.position.data, by=me())
    return _back_to(found)


@bp.post("/agenda-items/<uuid:key>/remove")
def remove_item(key: UUID) -> Response:
    """Take it off."""
    found = queries.one_item_seen_by(me(), key)
    back = _back_to(found)
    services.remove_item(found, by=me())
    flash("Taken off.")
    return back


@bp.post("/agenda-items/<uuid:key>/moves")
def move_item(key: UUID) -> Response:
    """Say what became of it."""
    found, form = queries.one_item_seen_by(me(), key), MoveForm()
    services.move_item(found, form.name.data or "", by=me())
    if found.state == ItemState.CARRIED_OVER:
        coming = moves.coming_after(found.session)[0]
        flash(f"It goes to session {coming.number}, {day(coming.on)}.")
    return _back_to(found)


def _back_to(found: AgendaItem) -> Response:
    return redirect(url_for(".session", key=found.session_id, _anchor=f"item-{found.id}"))
