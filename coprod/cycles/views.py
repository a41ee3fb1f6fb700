"""Pages about ten-week cycles and their sessions."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.agreements.queries import has_agreed
from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.core.words import clock_plain, day
from coprod.cycles import queries, services
from coprod.cycles.forms import CycleForm, DayForm, ItemForm, MinutesForm, MoveForm, PlaceForm
from coprod.cycles.models import AgendaItem, Session
from coprod.cycles.rules import agenda, moves, preview, schedule, weeks
from coprod.cycles.rules import evening as telling
from coprod.cycles.rules.hints import Hint
from coprod.cycles.rules.schedule import Schedule
from coprod.drawings.ten_weeks import draw_ten_weeks
from coprod.people.models import Side
from coprod.programmes.queries import holidays
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator, on_side, seated, voters

bp = Blueprint("cycles", __name__)


# --- Planning ten weeks.


@bp.get("/workstreams/<uuid:key>/cycles/new")
def new(key: UUID) -> str:
    """Ask when the ten weeks start."""
    stream = one_seen_by(me(), key)
    require(moves.may_plan(me(), stream))
    return _ask(stream, CycleForm(request.args or None, meta={"csrf": False}))


@bp.get("/workstreams/<uuid:key>/cycles/dates")
def dates(key: UUID) -> str | tuple[str, int]:
    """Show the ten dates before they are accepted."""
    stream, form = one_seen_by(me(), key), CycleForm(request.args, meta={"csrf": False})
    require(moves.may_plan(me(), stream))
    placed = _placed(form)
    if placed is None:
        return _ask(stream, form), 422
    known = holidays(*schedule.span(placed.days[0]))
    names = [phase.name for phase in stream.programme.phases]
    return render_template(
        "cycles/dates.html",
        stream=stream,
        form=CycleForm(data=form.data),
        schedule=placed,
        ends_at=schedule.ends_at(form.starts_at.data, form.minutes.data),
        title=preview.title(placed),
        months=preview.months(placed, known),
        rows=preview.rows(placed, names),
        hints=preview.hints(placed, form.starts_at.data, known),
    )


@bp.post("/workstreams/<uuid:key>/cycles/new")
def accept(key: UUID) -> Response | tuple[str, int]:
    """Schedule the ten dates."""
    stream, form = one_seen_by(me(), key), CycleForm()
    require(moves.may_plan(me(), stream))
    if _placed(form) is None:
        return _ask(stream, form), 422
    cycle = services.plan(
        stream,
        form.first_day,
        form.starts_at.data,
        by=me(),
        minutes=form.minutes.data,
        place=form.place.data or "",
        skips_school_holidays=form.skip_school,
    )
    flash("The ten dates stand. Nobody is told until you publish a session.")
    return redirect(url_for(".show", key=cycle.id))


def _placed(form: CycleForm) -> Schedule | None:
    """Place the ten sessions, or say beside the field why they cannot be."""
    if not form.validate():
        return None
    placed = queries.place(form.first_day, skip_school=form.skip_school)
    whole = schedule.is_whole(placed)
    if not whole:
        form.starts_on.errors = [whole.reason]
    return placed if whole else None


def _ask(stream: Workstream, form: CycleForm) -> str:
    return render_template("cycles/new.html", stream=stream, form=form)


# --- A cycle.


@bp.get("/workstreams/<uuid:key>/cycles")
def index(key: UUID) -> str:
    """List a group's runs of ten weeks, for everybody who sits there."""
    stream = one_seen_by(me(), key)
    return render_template(
        "cycles/index.html", stream=stream, group_name=stream.neutral_name, cycles=queries.cycles_of(stream)
    )


@bp.get("/cycles/<uuid:key>")
def show(key: UUID) -> str:
    """Show the ten weeks; to a member with lived experience, on a page of her own."""
    cycle = queries.one_seen_by(me(), key)
    runs_it = is_facilitator(me(), cycle.workstream)
    page = "cycles/evenings.html" if me().is_lived and not runs_it else "cycles/show.html"
    return render_template(
        page,
        cycle=cycle,
        group_name=cycle.workstream.neutral_name,
        weeks=draw_ten_weeks(weeks.ten_weeks(cycle, today())),
        coming=weeks.next_of(cycle, today()),
        runs_it=runs_it,
        open_moves=moves.CYCLE.open_to(me(), cycle),
        told=moves.TOLD | moves.OVER,
        ended=schedule.ends_at(cycle.starts_at, cycle.minutes),
    )


@bp.post("/cycles/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Move a cycle on."""
    cycle, form = queries.one_seen_by(me(), key), MoveForm()
    services.move(cycle, form.name.data or "", by=me())
    flash(f"The cycle is {cycle.state}.")
    return redirect(url_for(".show", key=key))


# --- A session, for those who build it.


@bp.get("/sessions/<uuid:key>")
def session(key: UUID) -> str | Response:
    """Show the evening as it is built; a member with lived experience has her own card."""
    found = queries.one_session_seen_by(me(), key)
    if me().is_lived and not moves.runs(me(), found):
        return redirect(url_for(".evening", key=key))
    return _build(found)


def _build(found: Session, **more: Any) -> str:
    stream = found.cycle.workstream
    agreed = has_agreed(stream)
    hints = agenda.checks(found)
    return render_template(
        "cycles/session.html",
        **{
            "session": found,
            "stream": stream,
            "bar": _bar(found, hints),
            "hints": [*hints, agenda.lived_hint(len(on_side(voters(stream), Side.LIVED)))],
            "taken": agenda.minutes(found.items),
            "limit": agenda.limit(found),
            "hours": telling.hours(found),
            "ends": telling.at(found, agenda.minutes(found.items)),
            "break_by": agenda.BREAK_BY,
            "publish_by": agenda.publish_by(found),
            "may_change": moves.may_change(me(), found),
            "may_publish": moves.may_publish(me(), found, agreed=agreed, today=today()),
            "may_hold": moves.may_hold(me(), found, today()),
            "may_reschedule": moves.may_reschedule(me(), found),
            "may_cancel": moves.SESSION.may(me(), "cancelled", found),
            "runs_it": moves.runs(me(), found),
            "day_form": DayForm(),
            "item_moves": {item.id: moves.ITEM.open_to(me(), item) for item in found.items},
            "faults": {},
        }
        | more,
    )


def _bar(found: Session, hints: list[Hint]) -> list[dict[str, Any]]:
    broken = {hint.item.id for hint in hints if hint.kind == "mend" and hint.item}
    return [
        {
            "item": entry.item,
            "starts": clock_plain(telling.at(found, entry.starts)),
            "title": entry.item.title,
            "minutes": entry.item.minutes,
            "kind": "broken" if entry.item.id in broken else telling.kind_of(entry.item),
            "hints": [hint for hint in hints if hint.kind == "mend" and hint.item is entry.item],
        }
        for entry in agenda.timed(found.items)
    ]


@bp.post("/sessions/<uuid:key>/publish")
def publish(key: UUID) -> Response:
    """Let the group see it."""
    found = queries.one_session_seen_by(me(), key)
    services.publish(found, by=me())
    flash(f"Session {found.number} is published. The group can read it now.")
    return redirect(url_for(".session", key=key))


@bp.post("/sessions/<uuid:key>/hold")
def hold(key: UUID) -> Response:
    """Note that it was held."""
    found = queries.one_session_seen_by(me(), key)
    services.hold(found, by=me())
    flash(f"Session {found.number} was held.")
    return redirect(url_for(".session", key=key))


@bp.post("/sessions/<uuid:key>/cancel")
def cancel(key: UUID) -> Response:
    """Call it off."""
    found = queries.one_session_seen_by(me(), key)
    services.cancel(found, by=me())
    flash(f"Session {found.number} is cancelled.")
    return redirect(url_for(".session", key=key))


@bp.post("/sessions/<uuid:key>/day")
def change_day(key: UUID) -> Response | tuple[str, int]:
    """Put it on another day."""
    found, form = queries.one_session_seen_by(me(), key), DayForm()
    require(moves.may_reschedule(me(), found))
    if not form.validate_on_submit() or not _stands(found, form):
        return _build(found, day_form=form, form=form), 422
    services.move_session(found, form.day, by=me())
    flash(f"Session {found.number} is on {day(found.on)} now.")
    return redirect(url_for(".session", key=key))


def _stands(found: Session, form: DayForm) -> Answer:
    answer = moves.may_stand_on(found, form.day, holidays(form.day, form.day), today())
    if not answer:
        form.on.errors = [answer.reason]
    return answer


# --- The items of an evening.


@bp.get("/sessions/<uuid:key>/items/new")
def new_item(key: UUID) -> str:
    """Ask what to add."""
    found = queries.one_session_seen_by(me(), key)
    require(moves.may_change(me(), found))
    return render_template("cycles/new_item.html", session=found, form=ItemForm())


@bp.post("/sessions/<uuid:key>/items/new")
def add_item(key: UUID) -> Response | tuple[str, int]:
    """Add it."""
    found, form = queries.one_session_seen_by(me(), key), ItemForm()
    require(moves.may_change(me(), found))
    if not form.validate_on_submit():
        return render_template("cycles/new_item.html", session=found, form=form), 422
    services.add_item(found, by=me(), **form.words)
    flash("Added.")
    return redirect(url_for(".session", key=key))


@bp.get("/agenda-items/<uuid:key>")
def item(key: UUID) -> str:
    """Show an item to be changed."""
    found = queries.one_item_seen_by(me(), key)
    require(moves.may_change(me(), found.session))
    form = ItemForm(obj=found)
    return render_template("cycles/item.html", item=found, form=form)


@bp.post("/agenda-items/<uuid:key>")
def change_item(key: UUID) -> Response | tuple[str, int]:
    """Keep the change."""
    found, form = queries.one_item_seen_by(me(), key), ItemForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return render_template("cycles/item.html", item=found, form=form), 422
    services.change_item(found, by=me(), **form.words)
    flash("Kept.")
    return _back_to(found)


@bp.post("/agenda-items/<uuid:key>/minutes")
def give_minutes(key: UUID) -> Response | tuple[str, int]:
    """Make it longer or shorter."""
    found, form = queries.one_item_seen_by(me(), key), MinutesForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return _build(found.session, faults={found.id: form.minutes.errors}), 422
    services.change_item(found, by=me(), minutes=form.minutes.data)
    return _back_to(found)


@bp.post("/agenda-items/<uuid:key>/place")
def place_item(key: UUID) -> Response | tuple[str, int]:
    """Move it up or down."""
    found, form = queries.one_item_seen_by(me(), key), PlaceForm()
    require(moves.may_change(me(), found.session))
    if not form.validate_on_submit():
        return _build(found.session, faults={found.id: form.position.errors}), 422
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
    return _back_to(found)


def _back_to(found: AgendaItem) -> Response:
    return redirect(url_for(".session", key=found.session_id, _anchor=f"item-{found.id}"))


# --- The card a member reads.


@bp.get("/evenings/<uuid:key>")
def evening(key: UUID) -> str:
    """Tell one evening: when, where, who, what, and what may be hard."""
    found = queries.one_session_seen_by(me(), key)
    people, (place, way) = seated(found.cycle.workstream), telling.where(found)
    return render_template(
        "cycles/evening.html",
        session=found,
        group_name=found.cycle.workstream.neutral_name,
        facts=[
            {"icon": "clock", "label": "When", "answer": telling.hours(found), "more": telling.break_at(found)},
            {"icon": "pin", "label": "Where", "answer": place, "more": way},
            {
                "icon": "people",
                "label": "Who will be there",
                "answer": telling.who_comes(people) or "We will tell you",
                "more": telling.who_runs_it(people),
            },
        ],
        lines=telling.lines(found),
        hard_topics=telling.hard_topics(found),
    )
