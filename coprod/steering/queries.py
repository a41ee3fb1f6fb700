"""Reading the steering group's meetings, decisions, replies and action log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from coprod.actions import queries as action_queries
from coprod.actions.models import Action
from coprod.actions.rules import Status, first_due, status
from coprod.core.db import db
from coprod.people.models import Person
from coprod.programmes.models import Holiday
from coprod.programmes.queries import bank_holidays
from coprod.recommendations.models import Recommendation, State
from coprod.recommendations.queries import waiting_for
from coprod.steering import rules
from coprod.steering.models import Decision, DecisionState, Meeting, MeetingState, Presence, Verdict, decision_action
from coprod.workstreams.models import Kind, Membership, MembershipState, Workstream

LONGEST_HOLIDAY = timedelta(30)
PUT_OFF = {State.DEFERRED, State.REPLIED}


@dataclass(frozen=True)
class OwedReply:
    """A decision whose group has not been told yet, by when it should be, and how that stands today."""

    decision: Decision
    due: date
    status: Status


@dataclass(frozen=True)
class Line:
    """One action as the log shows it."""

    action: Action
    status: Status
    source: Decision | None

    @property
    def first_due(self) -> date:
        """Answer the day it was first promised for."""
        return first_due(self.action)


@dataclass
class Log:
    """The actions a person may see, in the order they need them: their own late ones first."""

    mine_late: list[Line] = field(default_factory=list)
    mine_soon: list[Line] = field(default_factory=list)
    others_late: list[Line] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    owners: list[Person] = field(default_factory=list)
    """Everybody who has something to do, whatever is filtered out, by name."""

    @property
    def lines(self) -> list[Line]:
        """List them all, in order."""
        return [*self.mine_late, *self.mine_soon, *self.others_late, *self.rest]


@dataclass(frozen=True)
class ChairView:
    """What the home page of somebody on the steering group begins with."""

    log: Log
    next_meeting: Meeting | None
    to_decide: Sequence[Recommendation]
    put_off: Sequence[Decision]
    owed: list[OwedReply]


# --- Tables and meetings.


def _tables_of(person: Person) -> Select[UUID]:
    return select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED
    )


def steering_of(person: Person) -> Workstream:
    """Find the steering group this person sits on."""
    found = select(Workstream).where(Workstream.kind == Kind.STEERING, Workstream.id.in_(_tables_of(person)))
    found = found.options(selectinload(Workstream.memberships).joinedload(Membership.person))
    return db.session.scalars(found.order_by(Workstream.name, Workstream.id).limit(1)).one()


def _meetings_seen_by(person: Person) -> Select[Meeting]:
    return (
        select(Meeting)
        .where(Meeting.workstream_id.in_(_tables_of(person)))
        .options(
            joinedload(Meeting.workstream).selectinload(Workstream.memberships).joinedload(Membership.person),
            selectinload(Meeting.present).joinedload(Presence.membership),
        )
    )


def meetings_seen_by(person: Person) -> Sequence[Meeting]:
    """List the meetings of this person's steering group, the latest first."""
    return db.session.scalars(_meetings_seen_by(person).order_by(Meeting.on.desc(), Meeting.id)).all()


def meeting_seen_by(person: Person, key: UUID) -> Meeting:
    """Find one meeting, with who is there, if this person sits at its table."""
    return db.session.scalars(_meetings_seen_by(person).where(Meeting.id == key)).one()


def next_meeting(steering: Workstream) -> Meeting | None:
    """Find the meeting that is open, or is to come first."""
    found = select(Meeting).where(Meeting.workstream_id == steering.id, Meeting.state != MeetingState.CLOSED)
    order = (Meeting.state == MeetingState.PLANNED, Meeting.on, Meeting.id)
    return db.session.scalars(found.order_by(*order).limit(1)).one_or_none()


def open_meeting(steering: Workstream) -> Meeting | None:
    """Find the meeting that is going on, if there is one."""
    found = select(Meeting).where(Meeting.workstream_id == steering.id, Meeting.state == MeetingState.OPEN)
    return db.session.scalars(found.order_by(Meeting.on, Meeting.id).limit(1)).one_or_none()


def is_planned(steering: Workstream, on: date) -> bool:
    """Answer whether the group has a meeting on this day already."""
    return bool(db.session.scalar(select(Meeting.id).where(Meeting.workstream_id == steering.id, Meeting.on == on)))


# --- Decisions and replies.


def _decisions(*where: ColumnElement[bool]) -> Select[Decision]:
    return (
        select(Decision)
        .where(*where)
        .options(
            joinedload(Decision.recommendation).joinedload(Recommendation.workstream),
            joinedload(Decision.meeting).joinedload(Meeting.workstream).selectinload(Workstream.memberships),
            joinedload(Decision.recorded_by),
            joinedload(Decision.corrects),
            joinedload(Decision.reply),
            selectinload(Decision.actions).joinedload(Action.owner),
        )
    )


def _visible_to(person: Person) -> ColumnElement[bool]:
    tables = _tables_of(person)
    asked = Decision.recommendation.has(Recommendation.workstream_id.in_(tables))
    return asked | Decision.meeting.has(Meeting.workstream_id.in_(tables))


def decisions_seen_by(person: Person, words: str = "", verdict: Verdict | None = None) -> Sequence[Decision]:
    """List the register, the newest first: all of it for the steering group, a group's own answers for its people."""
    found = _decisions(_visible_to(person)).join(Decision.recommendation)
    if words:
        said = (Recommendation.title, Decision.reason, Decision.changes, Decision.question, Decision.would_change)
        found = found.where(func.concat(*_apart(said)).icontains(words, autoescape=True))
    if verdict:
        found = found.where(Decision.verdict == verdict)
    return db.session.scalars(found.order_by(Decision.number.desc())).all()


def _apart(columns: Iterable[InstrumentedAttribute[str]]) -> list[InstrumentedAttribute[str] | str]:
    return [part for column in columns for part in (column, "\n")]


def decision_seen_by(person: Person, key: UUID) -> Decision:
    """Find one decision, if this person's table asked for it or took it."""
    return db.session.scalars(_decisions(_visible_to(person), Decision.id == key)).one()


def decisions_of(recommendation: Recommendation) -> Sequence[Decision]:
    """List every decision on one recommendation, the first one first; the caller may see the recommendation."""
    return decisions_on([recommendation.id])


def decisions_on(recommendations: Sequence[UUID]) -> Sequence[Decision]:
    """List every decision on several recommendations the reader may see, the first one first."""
    found = _decisions(Decision.recommendation_id.in_(recommendations))
    return db.session.scalars(found.order_by(Decision.number)).all()


def corrected_by(decision: Decision) -> Decision | None:
    """Find the later decision that stands in this one's place."""
    return db.session.scalars(_decisions(Decision.corrects_id == decision.id)).one_or_none()


def decisions_at(meeting: Meeting) -> Sequence[Decision]:
    """List what one meeting decided, in its order."""
    return db.session.scalars(_decisions(Decision.meeting_id == meeting.id).order_by(Decision.number)).all()


def put_off_until(steering: Workstream, last: date) -> Sequence[Decision]:
    """List what the group said “not now” to and looks at again by this day, the first one first (domain rule 24)."""
    newest = select(func.max(Decision.number)).group_by(Decision.recommendation_id)
    found = _decisions(
        Decision.number.in_(newest),
        Decision.verdict == Verdict.DEFER,
        Decision.until <= last,
        Decision.recommendation.has(Recommendation.state.in_(PUT_OFF)),
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    return db.session.scalars(found.order_by(Decision.until, Decision.number)).all()


def owed_replies(steering: Workstream, today: date) -> list[OwedReply]:
    """List the decisions whose group has not been told yet, the first due first."""
    found = _decisions(
        ~Decision.reply.has(),
        Decision.state != DecisionState.REVERSED,
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    decisions = db.session.scalars(found.order_by(Decision.on, Decision.number)).all()
    known = holidays_after([decision.on for decision in decisions])
    return [_owed(decision, known, today) for decision in decisions]


def owed_to_groups_of(person: Person, today: date) -> list[OwedReply]:
    """List the decisions on what this person's groups asked for of which the groups have not been told yet."""
    asked = Decision.recommendation.has(Recommendation.workstream_id.in_(_tables_of(person)))
    found = _decisions(~Decision.reply.has(), Decision.state != DecisionState.REVERSED, asked)
    decisions = db.session.scalars(found.order_by(Decision.on, Decision.number)).all()
    known = holidays_after([decision.on for decision in decisions])
    return [_owed(decision, known, today) for decision in decisions]


def _owed(decision: Decision, holidays: list[Holiday], today: date) -> OwedReply:
    due = rules.reply_due(decision.on, holidays)
    return OwedReply(decision, due, rules.reply_status(due, today))


def holidays_after(days: Sequence[date]) -> list[Holiday]:
    """List the bank holidays that could matter to a reply to a decision of one of these days."""
    return bank_holidays(min(days), max(days) + LONGEST_HOLIDAY) if days else []


def reply_due(decision: Decision) -> date:
    """Answer by when the group has to hear of one decision."""
    return rules.reply_due(decision.on, holidays_after([decision.on]))


# --- The action log.


def _sources(person: Person, actions: Sequence[Action]) -> dict[UUID, Decision]:
    """Answer which decision each action came from, where this person may read the decision."""
    rows = db.session.execute(
        select(decision_action.c.action_id, Decision)
        .join(Decision, Decision.id == decision_action.c.decision_id)
        .where(decision_action.c.action_id.in_([action.id for action in actions]), _visible_to(person))
        .order_by(Decision.number)
    )
    return {action_id: decision for action_id, decision in rows}  # noqa: C416 - rows are not pairs to the type checker


def action_log(
    person: Person, today: date, *, show: str = "all", owner: str = "", table: Workstream | None = None
) -> Log:
    """Lay out the actions this person may see: mine late, mine due soon, everyone's late, the rest."""
    actions = [action for action in action_queries.seen_by(person) if table is None or action.workstream_id == table.id]
    sources = _sources(person, actions)
    log = Log(owners=_by_name({action.owner for action in actions}))
    for action in actions:
        line = Line(action, status(action, today), sources.get(action.id))
        if _is_wanted(line, person, show, owner):
            _place(log, line, person)
    log.rest.sort(key=lambda line: (_FOLDED.index(line.status), line.action.due))
    return log


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.alias.lower(), str(person.id)))


_FOLDED = [Status.WAITING, Status.DUE_SOON, Status.ON_TRACK, Status.DONE, Status.CANCELLED]


def _is_wanted(line: Line, person: Person, show: str, owner: str) -> bool:
    shown = {"mine": line.action.owner_id == person.id, "late": line.status == Status.LATE}
    return shown.get(show, True) and owner in ("", str(line.action.owner_id))


def _place(log: Log, line: Line, person: Person) -> None:
    mine = line.action.owner_id == person.id
    late, soon = line.status == Status.LATE, line.status == Status.DUE_SOON
    if late:
        (log.mine_late if mine else log.others_late).append(line)
    else:
        (log.mine_soon if mine and soon else log.rest).append(line)


# --- The home of somebody on the steering group.


def chair_view(person: Person, steering: Workstream, today: date) -> ChairView:
    """Gather what needs this person now, in a fixed number of statements."""
    meeting = next_meeting(steering)
    return ChairView(
        log=action_log(person, today),
        next_meeting=meeting,
        to_decide=waiting_for(steering),
        put_off=put_off_until(steering, rules.end_of_month(meeting.on if meeting else today)),
        owed=owed_replies(steering, today),
    )
