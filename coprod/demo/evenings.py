"""The groups' ten weeks: agreements, evenings held, tomorrow's with a hard topic, and next week's, which is stuck."""

from datetime import date, time, timedelta

from coprod.agreements import services as agreements
from coprod.agreements.models import Agreement
from coprod.agreements.rules import mark_of
from coprod.cycles import services
from coprod.cycles.models import Cycle, Purpose, Session
from coprod.demo.stage import Stage, at
from coprod.programmes.services import add_school_holiday
from coprod.workstreams.models import Workstream

SIX, EIGHT, FOUR = time(18), time(20), time(16)
PLACE = "Sea Room, Lighthouse Centre. Sam meets you at the door."
WEEK = timedelta(7)
NOTICE = timedelta(6)
TOMORROWS_NUMBER = 6
WARD_NOTE = "We talk about the maternity ward, and the day you leave it. Tea is next door."
CHANGED = "Notes: we read them to each other before they are kept."
NOTES_TOO = "We keep phones quiet. We take no photos. We post nothing online. We read our notes out first."


def agree(stage: Stage, table: str, day: date) -> Agreement:
    """Let a group agree how it works together, before its first evening."""
    with at(day, SIX):
        agreement = agreements.start(stage.tables[table], by=stage.facilitator)
        agreements.talk_through(agreement, by=stage.facilitator)
        agreements.agree(agreement, by=stage.facilitator)
    return agreement


def agree_again(stage: Stage, table: str, day: date) -> None:
    """Let it look at its agreement in week 5, and change one thing."""
    with at(day, EIGHT):
        agreement = agreements.start(stage.tables[table], by=stage.facilitator)
        words = agreement.words | {"phones": NOTES_TOO}
        agreements.write(agreement, words, CHANGED, read=mark_of(agreement), by=stage.facilitator)
        agreements.talk_through(agreement, by=stage.facilitator)
        agreements.agree(agreement, by=stage.facilitator)


def begin_again(stage: Stage, table: str, day: date) -> None:
    """Leave a next version of its agreement being written, beside the one that holds."""
    with at(day, FOUR):
        agreements.start(stage.tables[table], by=stage.facilitator)


def half_term(stage: Stage) -> None:
    """Put the autumn's invented school holiday into the calendar."""
    with at(date(2025, 9, 1)):
        add_school_holiday("Half term, example days", date(2025, 10, 27), date(2025, 10, 31), by=stage.admin)


def _plan(stage: Stage, group: Workstream, first: date) -> Cycle:
    with at(first - 2 * WEEK):
        return services.plan(group, first, SIX, by=stage.facilitator, place=PLACE)


def hold_all(stage: Stage, table: str, first: date) -> None:
    """Hold ten weeks from beginning to end."""
    cycle = _plan(stage, stage.tables[table], first)
    for session in cycle.sessions:
        _hold(stage, session)
    with at(cycle.sessions[-1].on + WEEK):
        services.move(cycle, "brought to its report", by=stage.facilitator)
        services.move(cycle, "closed", by=stage.facilitator)


def _hold(stage: Stage, session: Session) -> None:
    with at(session.on - NOTICE):
        services.publish(session, by=stage.facilitator)
    with at(session.on, EIGHT):
        services.hold(session, by=stage.facilitator)


def this_autumn(stage: Stage) -> None:
    """Hold five evenings, publish tomorrow's, and leave next week's a draft that cannot go out yet."""
    cycle = _plan(stage, stage.tables["tuesday"], date(2025, 10, 7))
    for session in cycle.sessions[: TOMORROWS_NUMBER - 1]:
        _hold(stage, session)
        _look_back(stage, session)
    _tomorrow(stage, cycle.sessions[TOMORROWS_NUMBER - 1])
    _next_week(stage, cycle.sessions[TOMORROWS_NUMBER])


def _look_back(stage: Stage, session: Session) -> None:
    with at(session.on, EIGHT):
        for item in session.items:
            services.move_item(item, "done", by=stage.facilitator)


def _tomorrow(stage: Stage, session: Session) -> None:
    with at(session.on - NOTICE, FOUR):
        share, explore = (item for item in session.items if item.method and item.outcome_wanted)
        hard = {"title": "The maternity ward", "is_hard": True, "content_note": WARD_NOTE}
        services.change_item(
            share,
            by=stage.facilitator,
            purpose=Purpose.SHARE,
            lead="Midwife Example",
            outcome_wanted="We know what the ward is like now",
            method="In pairs. Passing is fine.",
            papers="The plan of the ward",
            **hard,
        )
        services.change_item(explore, by=stage.facilitator, title="Who picks up the phone", lead="Robin")
        services.publish(session, by=stage.facilitator)


def _next_week(stage: Stage, session: Session) -> None:
    with at(date(2025, 11, 14), FOUR):
        _, work, jobs, _ = session.items[-4:]
        decide = {"title": "Choose our first three ideas", "purpose": Purpose.DECIDE, "method": "Dots on the wall."}
        services.change_item(work, by=stage.facilitator, minutes=30, outcome_wanted="We have three", **decide)
        services.change_item(jobs, by=stage.facilitator, minutes=5)
