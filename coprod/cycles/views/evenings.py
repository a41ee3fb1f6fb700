"""One evening: as it is built, and the card a member reads."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.agreements.queries import has_agreed
from coprod.core.answers import Answer, require
from coprod.core.clock import now, today
from coprod.core.web import me
from coprod.core.words import clock_plain, day
from coprod.cycles import queries, services
from coprod.cycles.forms import DayForm, DialInForm, OutlineForm, SettleForm, outline_form, settle_form
from coprod.cycles.models import Session
from coprod.cycles.rules import agenda, moves, register
from coprod.cycles.rules import evening as telling
from coprod.cycles.rules.hints import Hint
from coprod.cycles.views.blueprint import bp
from coprod.library import queries as library
from coprod.library.models import TemplateKind
from coprod.people.models import Side
from coprod.programmes.queries import holidays
from coprod.workstreams.rules import on_side, seated, voters

RAISED = {Side.LIVED: "Parents and carers asked for it.", Side.PROFESSIONAL: "Professionals asked for it."}


@bp.get("/sessions/<uuid:key>")
def session(key: UUID) -> str | Response:
    """Show the evening as it is built; a member with lived experience has her own card."""
    found = queries.one_session_seen_by(me(), key)
    if me().is_lived and not moves.runs(me(), found):
        return redirect(url_for(".evening", key=key))
    return build(found)


def build(found: Session, **more: Any) -> str:
    """Draw the evening with its hints, its buttons and what each of them refuses."""
    stream = found.cycle.workstream
    agreed = has_agreed(stream)
    hints = agenda.checks(found)
    return render_template(
        "cycles/session.html",
        **{
            "session": found,
            "stream": stream,
            "bar": _bar(found, hints),
            "let_go": agenda.let_go(found.items),
            "what": agenda.called(found),
            "hints": [*hints, agenda.lived_hint(len(on_side(voters(stream), Side.LIVED)))],
            "taken": agenda.minutes(found.items),
            "limit": agenda.limit(found),
            "hours": telling.hours(found),
            "ends": telling.at(found, agenda.minutes(found.items)),
            "break_by": agenda.break_by(found),
            "publish_by": agenda.publish_by(found),
            "may_change": moves.may_change(me(), found),
            "may_publish": moves.may_publish(me(), found, agreed=agreed, today=today()),
            "may_hold": moves.may_hold(me(), found, today()),
            "may_reschedule": moves.may_reschedule(me(), found),
            "may_cancel": moves.SESSION.may(me(), "cancelled", found),
            "runs_it": moves.runs(me(), found),
            "may_register": register.may_register(me(), found, today()),
            "day_form": DayForm(),
            "dial_form": DialInForm(obj=found) if moves.may_say_how_to_dial_in(me(), found) else None,
            "outline_form": _outlines() if moves.may_lay_out(me(), found) else None,
            "unsettled": moves.to_settle(found),
            "is_told": found.state in moves.TOLD,
            "item_moves": {item.id: moves.ITEM.open_to(me(), item) for item in found.items},
            "faults": {},
        }
        | more,
    )


def _bar(found: Session, hints: list[Hint]) -> list[dict[str, Any]]:
    runs_it = moves.runs(me(), found)
    broken = {hint.item.id for hint in hints if hint.kind == "mend" and hint.item}
    return [
        {
            "item": entry.item,
            "starts": clock_plain(telling.at(found, entry.starts)),
            "title": entry.item.title,
            "minutes": entry.item.minutes,
            "raised": RAISED[entry.item.raised_by] if entry.item.raised_by and runs_it else "",
            "kind": "broken" if entry.item.id in broken else telling.kind_of(entry.item),
            "hints": [hint for hint in hints if hint.kind == "mend" and hint.item is entry.item],
        }
        for entry in agenda.timed(found.items)
    ]


def _outlines() -> OutlineForm:
    return outline_form(library.of_kind(me(), TemplateKind.SESSION))


@bp.post("/sessions/<uuid:key>/template")
def lay_out(key: UUID) -> Response | tuple[str, int]:
    """Start the evening anew from a template."""
    found = queries.one_session_seen_by(me(), key)
    require(moves.may_lay_out(me(), found))
    form = _outlines()
    if not form.validate():
        return build(found, outline_form=form, form=form), 422
    outline = library.one_seen_by(me(), UUID(form.outline.data))
    services.lay_out(found, outline, by=me())
    flash(f"The {agenda.called(found)} starts from “{outline.name}” now.")
    return redirect(url_for(".session", key=key))


@bp.post("/sessions/<uuid:key>/phone")
def dial_in(key: UUID) -> Response | tuple[str, int]:
    """Say how to take part by phone."""
    found, form = queries.one_session_seen_by(me(), key), DialInForm()
    require(moves.may_say_how_to_dial_in(me(), found))
    if not form.validate():
        return build(found, dial_form=form, form=form), 422
    services.say_how_to_dial_in(found, form.dial_in.data or "", by=me())
    flash("Kept. It stands on the card and on the agenda.")
    return redirect(url_for(".session", key=key))


@bp.post("/sessions/<uuid:key>/publish")
def publish(key: UUID) -> Response:
    """Let the group see it."""
    found = queries.one_session_seen_by(me(), key)
    services.publish(found, by=me())
    flash(f"Session {found.number} is published. The group can read it now.")
    return redirect(url_for(".session", key=key))


@bp.get("/sessions/<uuid:key>/hold")
def settle(key: UUID) -> str:
    """Ask what became of the work that nobody has spoken of yet, all of it in one go."""
    found = queries.one_session_run_by(me(), key)
    require(moves.may_hold(me(), found, today()))
    return _settle(found, _settling(found))


@bp.post("/sessions/<uuid:key>/hold")
def hold(key: UUID) -> Response | tuple[str, int]:
    """Note that it was held, and what became of its work."""
    found = queries.one_session_seen_by(me(), key)
    require(moves.may_hold(me(), found, today()))
    form = _settling(found)
    if not form.validate():
        return _settle(found, form), 422
    services.wrap_up(found, form.became, by=me())
    flash(f"Session {found.number} was held.")
    return redirect(url_for(".session", key=key))


def _settling(found: Session) -> SettleForm:
    return settle_form(moves.to_settle(found), can_carry=bool(moves.coming_after(found)))


def _settle(found: Session, form: SettleForm) -> str:
    coming = moves.coming_after(found)
    return render_template("cycles/settle.html", session=found, form=form, coming=coming[0] if coming else None)


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
        return build(found, day_form=form, form=form), 422
    services.move_session(found, form.day, by=me())
    flash(f"Session {found.number} is on {day(found.on)} now.")
    return redirect(url_for(".session", key=key))


def _stands(found: Session, form: DayForm) -> Answer:
    answer = moves.may_stand_on(found, form.day, holidays(form.day, form.day), today())
    if not answer:
        form.on.errors = [answer.reason]
    return answer


# --- The card a member reads.


@bp.get("/evenings/<uuid:key>")
def evening(key: UUID) -> str:
    """Tell one evening: when, where, who, what, what may be hard, and what is good to know for its reader."""
    found = queries.one_session_seen_by(me(), key)
    sit, card = seated(found.cycle.workstream), queries.card_for(me(), found, now())
    return render_template(
        "cycles/evening.html",
        session=found,
        group_name=found.cycle.workstream.neutral_name,
        facts=telling.basics(found, sit),
        laid=telling.laid(found, sit, card),
        lines=telling.lines(found),
        hard_topics=telling.hard_topics(found),
        ways=card.ways,
    )
