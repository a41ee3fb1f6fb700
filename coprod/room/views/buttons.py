"""What the run sheet's buttons do; what a script kept while there was no signal comes in here as well, once."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from coprod.actions import rules as actions
from coprod.actions import services as action_services
from coprod.actions.forms import ActionForm
from coprod.core import security_log
from coprod.core.answers import Refused
from coprod.core.forms import Form
from coprod.core.web import me
from coprod.cycles import queries as cycles
from coprod.cycles import services as cycle_services
from coprod.cycles.forms import TickForm
from coprod.cycles.models import How, Session
from coprod.notes import services as notes
from coprod.recommendations import services as recommendations
from coprod.room import services
from coprod.room.forms import IdeaForm, LetGoForm, NoteForm, PersonForm, TemperatureForm, TurnForm
from coprod.room.views.blueprint import bp
from coprod.room.views.sheet import NOTES, NOW, PEOPLE, draw
from coprod.wellbeing import services as wellbeing
from coprod.workstreams.forms import key_of
from coprod.workstreams.queries import place_of

ELSEWHERE = "Somebody moved it on already. Here is where it stands."
NOT_HERS = "Somebody else is signed in here now."
Page = Response | str | tuple[str, int] | tuple[FlaskResponse, int]
View = Callable[[UUID], Page]

# --- A script asks for few words back: 204, or why not.


def _also_by_script(view: View) -> View:
    """Let a script send what waited in the browser: by whom it was typed, and a reason in words where it is refused."""

    @wraps(view)
    def answer(key: UUID) -> Page:
        if not _by_script():
            return view(key)
        if request.form.get("writer", "") not in ("", str(me().id)):
            return jsonify(reason=NOT_HERS), 409
        try:
            return view(key)
        except Refused as error:
            security_log.note_refusal("refused", me())
            return jsonify(reason=str(error)), 403

    return answer


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _done(key: UUID, tab: str, words: str = "", kind: str = "message", anchor: str | None = None) -> Response:
    """Lead back to the tab; a script is told where that is, and nothing more."""
    back = url_for(".sheet", key=key, tab=tab, _anchor=anchor)
    if _by_script():
        return FlaskResponse(status=204, headers={"Location": back})
    if words:
        flash(words, kind)
    return redirect(back, 303)


def _mend(found: Session, tab: str, form: Form, **forms: Form) -> Page:
    """Show again what does not fit, with what was typed."""
    if _by_script():
        return jsonify(reason=next(str(fault) for faults in form.errors.values() for fault in faults)), 422
    return draw(found, tab, form=form, **forms), 422


@bp.post("/sessions/<uuid:key>/run-sheet/next")
@_also_by_script
def go_on(key: UUID) -> Page:
    """Begin, or go on to the next item."""
    return _turn(key, services.go_on)


@bp.post("/sessions/<uuid:key>/run-sheet/back")
@_also_by_script
def go_back(key: UUID) -> Page:
    """Take the item before up again."""
    return _turn(key, services.go_back)


def _turn(key: UUID, move: Callable[..., bool]) -> Page:
    found, form = cycles.one_session_run_by(me(), key), TurnForm()
    if not form.validate():
        return _mend(found, NOW, form)
    moved = move(found, form.turn.data, by=me())
    return _done(key, NOW) if moved else _done(key, NOW, ELSEWHERE, "look")


@bp.post("/sessions/<uuid:key>/run-sheet/let-go")
@_also_by_script
def let_go(key: UUID) -> Page:
    """Carry an item over, or drop it."""
    found, form = cycles.one_session_run_by(me(), key), LetGoForm()
    if not form.validate():
        return _mend(found, NOW, form)
    item = next((item for item in found.items if item.id == key_of(form.item.data)), None)
    if item is None:
        raise Refused("This item is not on the agenda of this session.")
    if form.how.data == "drop":
        services.drop(item, by=me())
        return _done(key, NOW, f"Dropped: {item.title}.")
    services.carry_over(item, by=me())
    return _done(key, NOW, f"Carried over: {item.title}.")


@bp.post("/sessions/<uuid:key>/run-sheet/temperature")
@_also_by_script
def temperature(key: UUID) -> Page:
    """Keep how warm the room was."""
    found, form = cycles.one_session_run_by(me(), key), TemperatureForm()
    if not form.validate():
        return _mend(found, NOW, form)
    services.take_temperature(found, form.temperature.data, by=me())
    return _done(key, NOW, "Kept.", anchor="temperature")


@bp.post("/sessions/<uuid:key>/run-sheet/tick")
@_also_by_script
def tick(key: UUID) -> Page:
    """Keep how one person is here."""
    found, form = cycles.one_session_run_by(me(), key), TickForm()
    if not form.validate():
        return _mend(found, PEOPLE, form)
    place = place_of(key_of(form.person.data), found.cycle.workstream)
    cycle_services.tick(found, place.person, How(form.how.data), by=me())
    return _done(key, PEOPLE, anchor=f"line-{place.id}")


@bp.post("/sessions/<uuid:key>/run-sheet/call")
@_also_by_script
def offer_call(key: UUID) -> Page:
    """Offer somebody a call on the next day."""
    found, form = cycles.one_session_run_by(me(), key), PersonForm()
    if not form.validate():
        return _mend(found, PEOPLE, form)
    place = place_of(key_of(form.person.data), found.cycle.workstream)
    wellbeing.offer_call(found, place.person, by=me())
    return _done(key, PEOPLE, anchor=f"line-{place.id}")


@bp.post("/sessions/<uuid:key>/run-sheet/note")
@_also_by_script
def note(key: UUID) -> Page:
    """Add a line to an item's note."""
    found = cycles.one_session_run_by(me(), key)
    form = NoteForm(found, None)
    if not form.validate():
        return _mend(found, NOTES, form, note_form=form)
    notes.append(found, form.chosen, form.words.data, by=me())
    return _done(key, NOTES, "Kept.")


@bp.post("/sessions/<uuid:key>/run-sheet/action")
@_also_by_script
def action(key: UUID) -> Page:
    """Give somebody something to do by a day."""
    found = cycles.one_session_run_by(me(), key)
    form = ActionForm(actions.may_own(found.cycle.workstream))
    if not form.validate():
        return _mend(found, NOTES, form, action_form=form)
    owner = form.people[form.owner.data]
    table = found.cycle.workstream
    action_services.open_action(table, form.what.data, owner, form.due.data, by=me(), session=found)
    return _done(key, NOTES, "It is in the log.")


@bp.post("/sessions/<uuid:key>/run-sheet/idea")
@_also_by_script
def idea(key: UUID) -> Page:
    """Keep an idea as the start of a recommendation."""
    found, form = cycles.one_session_run_by(me(), key), IdeaForm()
    if not form.validate():
        return _mend(found, NOTES, form, idea_form=form)
    recommendations.draft(found.cycle.workstream, form.title.data, by=me())
    return _done(key, NOTES, "The idea is among the group’s recommendations.")
