"""The run sheet: one evening for one hand, in three tabs."""

from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import render_template, request
from werkzeug.wrappers import Response

from coprod.actions import queries as action_queries
from coprod.actions import rules as actions
from coprod.actions.forms import ActionForm
from coprod.actions.models import ActionState
from coprod.agreements import queries as agreement_queries
from coprod.agreements import rules as agreements
from coprod.core.clock import now, today
from coprod.core.web import asked_by_itself, comes_back, me
from coprod.cycles import queries as cycles
from coprod.cycles.models import AgendaItem, Part, Session
from coprod.cycles.rules import moves as cycle_moves
from coprod.cycles.rules import register
from coprod.notes import queries as note_queries
from coprod.notes import rules as note_rules
from coprod.room import queries
from coprod.room.forms import IdeaForm, NoteForm
from coprod.room.rules import moves
from coprod.room.rules.clock import Now, Phase, name_of
from coprod.room.views.blueprint import bp, told
from coprod.rsvp.models import ComingAnswer
from coprod.rsvp.queries import answers_of
from coprod.wellbeing import queries as wellbeing_queries
from coprod.wellbeing import rules as wellbeing
from coprod.workstreams.queries import days_off

NOW, PEOPLE, NOTES = "now", "people", "notes"
TABS = {NOW: "Now", PEOPLE: "People", NOTES: "Notes"}
LAST_LINES = 5
SAID = {
    ComingAnswer.YES: "Said yes",
    ComingAnswer.NO: "Said no",
    ComingAnswer.NOT_SURE: "Is not sure",
}
IS_OPEN = (ActionState.OPEN, ActionState.SAID_DONE)


@bp.get("/sessions/<uuid:key>/run-sheet")
@comes_back(lambda person, key: cycles.one_session_run_by(person, UUID(key)))
def sheet(key: UUID) -> str:
    """Show it to those who run the session, on the tab they asked for."""
    found = cycles.one_session_run_by(me(), key)
    tab = request.args.get("tab", NOW)
    return draw(found, tab if tab in TABS else NOW)


@bp.get("/sessions/<uuid:key>/run-sheet/now")
@asked_by_itself
def sheet_part(key: UUID) -> Response:
    """Answer what is on now, where that has changed."""
    light = queries.one_run_by(me(), key, now())
    if request.args.get("seen") == light.mark:
        return FlaskResponse(status=204)
    return FlaskResponse(render_template("room/_now.html", **_now(cycles.one_session_run_by(me(), key))))


def draw(found: Session, tab: str, **forms: Any) -> str:
    """Draw all three tabs, this one in front; `forms` are those that have something to mend."""
    on_now = _now(found)
    stream, item = found.cycle.workstream, on_now["now"].item
    return render_template(
        "room/sheet.html",
        **{
            "tab": tab,
            "tabs": TABS,
            "stream": stream,
            "note_form": NoteForm(found, item, formdata=None),
            "action_form": ActionForm(actions.may_own(stream), formdata=None),
            "idea_form": IdeaForm(formdata=None),
            "may_note": note_rules.may_open(me(), found, today()),
        }
        | on_now
        | _people(found)
        | _lines(found, item)
        | forms,
    )


def _now(found: Session) -> dict[str, Any]:
    on_now, stream = Now(found, queries.room_of(found), now()), found.cycle.workstream
    versions = agreement_queries.versions_of(stream) if on_now.at_the_start else []
    return told(on_now) | {
        "may_run": moves.may_run(me(), found, today()),
        "may_feel": moves.may_feel(me(), found, today()),
        "may_hold": cycle_moves.may_hold(me(), found, today()),
        "may_carry": cycle_moves.has_next(found),
        "to_let_go": [item for item in _not_done(on_now) if moves.may_let_go(me(), item, today())],
        "warmth": moves.WARMTH,
        "agreement": agreements.shown(versions),
        "headings": agreements.HEADINGS,
        "open_actions": action_queries.in_states(stream, *IS_OPEN) if _is_about_actions(on_now) else [],
        "today": today(),
        "status": actions.status,
        "Phase": Phase,
        "name_of": name_of,
    }


def _not_done(on_now: Now) -> list[AgendaItem]:
    return [*([on_now.item] if on_now.item else []), *on_now.to_come]


def _is_about_actions(on_now: Now) -> bool:
    return on_now.item is not None and on_now.item.part == Part.ACTIONS


def _people(found: Session) -> dict[str, Any]:
    told_lines = register.lines(found, cycles.register_of(found))
    people, holidays = [line.place.person for line in told_lines], days_off(today())
    return {
        "lines": told_lines,
        "tally": register.tally(told_lines),
        "coming": {key: SAID[answer.answer] for key, answer in answers_of(found).items()},
        "calls": set(wellbeing_queries.calls_of(found)),
        "call_on": wellbeing.said_on(wellbeing.day_after(found), today(), holidays),
        "may_be_rung": {one.id for one in people if wellbeing.may_offer(me(), found, one, today(), holidays)},
        "may_register": register.may_register(me(), found, today()),
    }


def _lines(found: Session, item: AgendaItem | None) -> dict[str, Any]:
    """List the last lines of each item's note, the item that is on first."""
    kept = note_queries.notes_of(found)
    parts = [part for part in (kept.parts if kept else []) if part.words]
    parts.sort(key=lambda part: (part.item_id != (item.id if item else None), -part.item.position))
    return {"noted": [(part.item.title, part.words.split("\n")[-LAST_LINES:]) for part in parts]}
