"""Who may move an evening on, let an item go, and say how warm the room was."""

from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.core.words import day
from coprod.cycles.models import AgendaItem, Session, SessionState
from coprod.cycles.rules.moves import ITEM, TOLD, runs
from coprod.people.models import Person
from coprod.room.models import Temperature
from coprod.room.rules.clock import Now, Phase, is_on_its_day

WARMTH = {
    Temperature.WARM: "Warm",
    Temperature.GOOD: "Good",
    Temperature.MIXED: "Mixed",
    Temperature.HEAVY: "Heavy",
}


def may_run(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may, from the session's day on, once people have been told and until it is held."""
    out = YES if session.state in TOLD else no(f"This session is {session.state}, so nothing is on in it.")
    early = no(f"It is on {day(session.on)}. Begin on the day.") if today < session.on else YES
    return runs(person, session) & out & early


def may_stay_on(now: Now) -> Answer:
    """A screen may be left on for an evening on its own day, until it is over."""
    over = YES if now.phase in (Phase.BEFORE, Phase.ON) else no("Nothing more is on in this session.")
    day_of_it = YES if is_on_its_day(now) else no(f"It is on {day(now.session.on)}. Leave the screen on that day.")
    return over & day_of_it


def may_let_go(person: Person, item: AgendaItem, today: date) -> Answer:
    """What is not done yet may be carried over or dropped; check-in, the break and check-out stay."""
    return may_run(person, item.session, today) & ITEM.may(person, "dropped", item)


def may_feel(person: Person, session: Session, today: date) -> Answer:
    """Facilitators may note how warm the room was on the day and after."""
    fine = session.state in TOLD | {SessionState.HELD}
    out = YES if fine else no(f"This session is {session.state}.")
    early = no(f"It is on {day(session.on)}.") if today < session.on else YES
    return runs(person, session) & out & early
