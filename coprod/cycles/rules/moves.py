"""Who may plan, publish, hold and move what, and the lifecycles of cycles, sessions and agenda items."""

from collections.abc import Container, Sequence
from datetime import date
from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.core.words import day
from coprod.cycles.models import AgendaItem, Cycle, CycleState, ItemState, Part, Session, SessionState
from coprod.cycles.rules.agenda import is_ready, is_sound
from coprod.cycles.rules.schedule import is_on_the_clock, why_free
from coprod.library.rules.templates import FEWEST_WEEKS, MOST_ITEMS
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_facilitator, may_plan_weeks

OVER = {SessionState.HELD, SessionState.CANCELLED}
TOLD = frozenset({SessionState.PUBLISHED, SessionState.MOVED})
STAYS = frozenset({Part.ARRIVE, Part.CHECK_IN, Part.BREAK, Part.CHECK_OUT})


def _runs_cycle(person: Person, cycle: Cycle) -> Answer:
    return is_facilitator(person, cycle.workstream)


def _runs_cycle_to_its_end(person: Person, cycle: Cycle) -> Answer:
    left = sum(session.state not in OVER for session in cycle.sessions)
    over = no(f"{left} of its sessions are still to come. Hold them or cancel them first.") if left else YES
    return _runs_cycle(person, cycle) & over


def runs(person: Person, session: Session) -> Answer:
    """Facilitators of its stream may."""
    return is_facilitator(person, session.cycle.workstream)


def _may_publish(person: Person, session: Session) -> Answer:
    return runs(person, session) & is_sound(session)


def _runs_item(person: Person, item: AgendaItem) -> Answer:
    out = no("Its session is not published yet.") if item.session.state == SessionState.DRAFT else YES
    return runs(person, item.session) & out


def _carries(person: Person, item: AgendaItem) -> Answer:
    every = no("Every evening has this part, so it is not carried over.") if item.part != Part.WORK else YES
    return _runs_item(person, item) & every & has_next(item.session)


def _drops(person: Person, item: AgendaItem) -> Answer:
    stays = no("Check-in, the break and check-out stay.") if item.part in STAYS else YES
    return _runs_item(person, item) & stays


CYCLE = Lifecycle[Cycle](
    [
        Move("scheduled", frozenset({CycleState.DRAFT}), CycleState.SCHEDULED, _runs_cycle, "Accept these dates"),
        Move("begun", frozenset({CycleState.SCHEDULED}), CycleState.RUNNING, _runs_cycle, "Begin these weeks"),
        Move(
            "brought to its report",
            frozenset({CycleState.RUNNING}),
            CycleState.REPORTING,
            _runs_cycle_to_its_end,
            "Finish these weeks",
        ),
        Move("closed", frozenset({CycleState.REPORTING}), CycleState.CLOSED, _runs_cycle, "Close this cycle"),
    ]
)

SESSION = Lifecycle[Session](
    [
        Move(
            "published",
            frozenset({SessionState.DRAFT, SessionState.MOVED}),
            SessionState.PUBLISHED,
            _may_publish,
            "Publish",
        ),
        Move("held", TOLD, SessionState.HELD, runs, "Mark as held"),
        Move("moved", TOLD, SessionState.MOVED, runs, "Move to another day"),
        Move("cancelled", TOLD | {SessionState.DRAFT}, SessionState.CANCELLED, runs, "Cancel this session"),
    ]
)

ITEM = Lifecycle[AgendaItem](
    [
        Move("done", frozenset({ItemState.PLANNED}), ItemState.DONE, _runs_item, "Done"),
        Move("carried over", frozenset({ItemState.PLANNED}), ItemState.CARRIED_OVER, _carries, "Carry over"),
        Move("dropped", frozenset({ItemState.PLANNED}), ItemState.DROPPED, _drops, "Drop"),
    ]
)


def may_plan(person: Person, stream: Workstream) -> Answer:
    """Facilitators may, while the stream is neither paused nor closed, and where it meets more than once."""
    return may_plan_weeks(person, stream)


def has_phases(stream: Workstream) -> Answer:
    """The programme must have its three phases, for each session to belong to one."""
    return YES if len(stream.programme.phases) >= 3 else no("The programme has no three phases yet. Import its record.")


def may_keep_plan(person: Person, cycle: Cycle) -> Answer:
    """Facilitators may keep their weeks as a template; one day alone is no plan of weeks."""
    one_day = no("This is one day, and no plan of weeks. Keep its agenda.")
    return _runs_cycle(person, cycle) & (YES if len(cycle.sessions) >= FEWEST_WEEKS else one_day)


def may_change(person: Person, session: Session) -> Answer:
    """Facilitators may build the evening until people have been told; then only to mend what was carried into it."""
    told = no(f"This session is {session.state}, so its agenda stays.") if not _is_still_built(session) else YES
    return runs(person, session) & told


def _is_still_built(session: Session) -> bool:
    mended = session.state in TOLD and _was_carried_into(session) and not is_sound(session)
    return session.state == SessionState.DRAFT or mended


def _was_carried_into(session: Session) -> bool:
    return any(item.carried_from_id and item.state == ItemState.PLANNED for item in session.items)


def may_take_off(person: Person, item: AgendaItem) -> Answer:
    """Facilitators may while the evening is built; where people have been told of it, what may be dropped."""
    drops = ITEM.may(person, "dropped", item) if item.session.state in TOLD else YES
    return may_change(person, item.session) & drops


def may_lay_out(person: Person, session: Session) -> Answer:
    """Facilitators may start an evening from another outline while nobody has been told of it."""
    told = no("People have been told of this evening.") if session.state != SessionState.DRAFT else YES
    return may_change(person, session) & told


def may_say_how_to_dial_in(person: Person, session: Session) -> Answer:
    """Facilitators may, until the session is over."""
    return runs(person, session) & (no(f"This session is {session.state}.") if session.state in OVER else YES)


def coming_after(session: Session) -> list[Session]:
    """List the sessions that come after this one and are not over, the next one first."""
    later = [other for other in session.cycle.sessions if other.number > session.number and other.state not in OVER]
    return sorted(later, key=lambda other: other.number)


def has_next(session: Session) -> Answer:
    """What was not finished needs an evening to go to."""
    if coming_after(session):
        return YES
    return no("No session of this cycle is left to carry it to. Say that it is done, or drop it.")


def still_takes(session: Session) -> Answer:
    """An evening that is over takes nothing from one before it."""
    over = session.state in OVER
    return no(f"Session {session.number} is {session.state} by now. Try once more.") if over else YES


def to_settle(session: Session) -> list[AgendaItem]:
    """List the work of an evening of which nobody has said what became of it."""
    return [item for item in session.items if item.part == Part.WORK and item.state == ItemState.PLANNED]


def are_settled(session: Session, said: Container[UUID]) -> Answer:
    """Somebody says of each piece of work what became of it before the evening is laid aside."""
    left = [item for item in to_settle(session) if item.id not in said]
    return no(f"Say what became of “{left[0].title}”.") if left else YES


def fit_in(items: Sequence[AgendaItem]) -> Answer:
    """An evening has only so many items."""
    return YES if len(items) <= MOST_ITEMS else no(f"An evening has {MOST_ITEMS} items at most.")


def may_publish(person: Person, session: Session, *, agreed: bool, today: date) -> Answer:
    """Facilitators may, once everything is ready (domain rules 17 and 18)."""
    return SESSION.may(person, "published", session) & is_ready(session, agreed=agreed, today=today)


def may_hold(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may say it was held, from its day on."""
    come = YES if today >= session.on else no(f"It is on {day(session.on)}. Mark it as held on the day or after.")
    return SESSION.may(person, "held", session) & come


def may_reschedule(person: Person, session: Session) -> Answer:
    """Facilitators may, until it is held or cancelled."""
    over = no(f"This session is {session.state}, so its day stays.") if session.state in OVER else YES
    return runs(person, session) & over


def may_stand_on(session: Session, on: date, holidays: Sequence[Holiday], today: date) -> Answer:
    """A session may go to a coming day between its neighbours that is no bank holiday; numbers never change."""
    free = why_free(on, holidays, skip_school=False)
    return (
        (no("It is on that day already.") if on == session.on else YES)
        & (no("That day is over. Choose a day to come.") if on < today else YES)
        & (no(f"That day is free: {free}. Choose another.") if free else YES)
        & _keeps_its_turn(session, on)
        & is_on_the_clock(on, session.starts_at, session.zone)
    )


def _keeps_its_turn(session: Session, on: date) -> Answer:
    others = [other for other in session.cycle.sessions if other.state != SessionState.CANCELLED]
    before = [other for other in others if other.number < session.number and other.on >= on]
    after = [other for other in others if other.number > session.number and other.on <= on]
    if before:
        return no(f"Session {before[0].number} is on {day(before[0].on)}. Choose a day after it.")
    if after:
        return no(f"Session {after[0].number} is on {day(after[0].on)}. Choose a day before it.")
    return YES
