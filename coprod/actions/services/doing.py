"""Everything that changes an action."""

from datetime import date

from coprod.actions import queries, rules
from coprod.actions.models import Action, ActionNote, DueChange, Repeat
from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


def open_action(
    table: Workstream,
    what: str,
    owner: Person,
    due: date,
    *,
    by: Person,
    recommendation: Recommendation | None = None,
    session: Session | None = None,
    repeats: Repeat = Repeat.ONCE,
    opened_on: date | None = None,
) -> Action:
    """Give somebody something to do by a day (domain rule 25); the owner may be one without an account."""
    require(rules.leads(by, table))
    require(_can_own(owner, table, recommendation))
    action = Action(
        workstream=table,
        what=what,
        owner=owner,
        due=due,
        opened_on=opened_on or today(),
        recommendation=recommendation,
        session=session,
        repeats=repeats,
    )
    return _number(action, by=by)


def _can_own(owner: Person, table: Workstream, recommendation: Recommendation | None) -> Answer:
    choices = rules.may_own(table, recommendation)
    return rules.can_own(owner, choices, from_outside=queries.is_outside(owner))


def _number(action: Action, *, by: Person) -> Action:
    with db.session.no_autoflush:
        lock(action.workstream)
        action.number = next_number(Action.number, Action.workstream_id == action.workstream.id)
    db.session.add(action)
    db.session.flush()
    record(by, "opened", action)
    return action


def say_done(action: Action, *, by: Person, evidence: str = "") -> None:
    """Say it is done, and perhaps how anyone can tell; a second person has to agree."""
    _move(action, "said done", by=by)
    action.said_done_by = by
    action.evidence = evidence


def agree_done(action: Action, *, by: Person, evidence: str = "") -> Action | None:
    """Agree, as the second person, that it is done; answer its next turn, if it comes again.

    Where nobody has said yet how anyone can tell, the second person does.
    """
    lock(action)
    require(rules.LIFECYCLE.may(by, "agreed done", action) & rules.is_evident(action.evidence, evidence))
    _move(action, "agreed done", by=by)
    action.agreed_by = by
    action.evidence = action.evidence or evidence
    action.settled_on = today()
    db.session.flush()
    comes_again = action.repeats != Repeat.ONCE and queries.turn_after(action) is None
    return _open_next(action, by=by) if comes_again else None


def _open_next(action: Action, *, by: Person) -> Action:
    begins = action.series_from or rules.first_due(action)
    holidays = queries.days_off(min(action.due, today()), max(action.due, today()) + rules.LONGEST_TURN)
    following = Action(
        workstream=action.workstream,
        what=action.what,
        owner=_who_goes_on(action, by),
        due=rules.next_turn(action, today(), holidays),
        opened_on=today(),
        recommendation=action.recommendation,
        repeats=action.repeats,
        follows=action,
        series_from=begins,
    )
    return _number(following, by=by)


def _who_goes_on(action: Action, by: Person) -> Person:
    """Answer who does the next turn: its owner; else whoever agrees, if she leads the table, or who leads it."""
    if _can_own(action.owner, action.workstream, action.recommendation):
        return action.owner
    leads = [held.person for held in queries.leads_of([action.workstream_id])]
    return by if by in leads else min(leads, key=lambda one: (one.alias.lower(), str(one.id)), default=by)


def find_not_done(action: Action, *, by: Person, why: str = "") -> None:
    """Say, as the second person, that it is not done yet, and perhaps what is missing; it is open again."""
    _move(action, "found not done yet", by=by)
    _take_back_done(action)
    if why:
        _write(action, why, by=by)


def _take_back_done(action: Action) -> None:
    """Keep beside it what was said of how anyone could tell: nothing that was said is lost."""
    if action.evidence and action.said_done_by:
        _write(action, action.evidence, by=action.said_done_by)
    action.said_done_by = action.agreed_by = action.settled_on = None
    action.evidence = ""


def move_date(action: Action, due: date, reason: str, *, by: Person) -> None:
    """Give it a new date, and keep the old one with the reason."""
    lock(action)
    require(rules.may_move_date(by, action) & rules.moves_to(action, due))
    number = len(action.due_changes) + 1
    change = DueChange(number=number, was=action.due, now=due, reason=reason, on=today(), by_id=by.id)
    action.due_changes.append(change)
    action.due = due
    db.session.flush()
    record(by, "moved the date of", action)


def note(action: Action, words: str, *, by: Person) -> None:
    """Write something beside it."""
    require(rules.may_note(by, action))
    lock(action)
    _write(action, words, by=by)
    record(by, "wrote beside", action)


def _write(action: Action, words: str, *, by: Person) -> None:
    number = len(action.notes) + 1
    action.notes.append(ActionNote(number=number, words=words, on=today(), by=by))
    db.session.flush()


def hand_over(action: Action, owner: Person, *, by: Person) -> None:
    """Give it to somebody else to do."""
    lock(action)
    require(rules.may_hand_over(by, action) & rules.goes_to(action, owner))
    require(_can_own(owner, action.workstream, action.recommendation))
    action.owner = owner
    action.handed_on = today()
    record(by, "handed over", action)


def stop_repeating(action: Action, *, by: Person) -> None:
    """Say that it does not come again after this."""
    lock(action)
    require(rules.may_stop_repeating(by, action))
    action.repeats = Repeat.ONCE
    record(by, "ended the turns of", action)


def cancel(action: Action, *, by: Person) -> None:
    """Let it go: it will not be done, and does not come again."""
    _move(action, "cancelled", by=by)
    action.settled_on = today()


def reopen(action: Action, why: str, *, by: Person) -> None:
    """Open again what was done or cancelled, and write beside it why."""
    _move(action, "opened again", by=by)
    _take_back_done(action)
    _write(action, why, by=by)


def _move(action: Action, name: str, *, by: Person) -> None:
    lock(action)
    before, after = rules.LIFECYCLE.make(by, name, action)
    record(by, name, action, before=before, after=after)
