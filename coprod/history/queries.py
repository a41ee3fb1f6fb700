"""Reading the journal as one person may: what each feature shows her, and names of those she sits with (P1, P2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, Uuid, and_, cast, false, literal, null, or_, select, union_all
from sqlalchemy.orm import aliased

from coprod.actions.models import Action
from coprod.agreements.models import Agreement
from coprod.core.clock import moment_of
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles.models import AgendaItem, Cycle, Session, SessionState
from coprod.evidence.models import Evidence, Review
from coprod.gatherings.models import Gathering
from coprod.handovers.models import Handover
from coprod.history import rules
from coprod.history.rules import For, Label
from coprod.messages.models import Wording
from coprod.notes.models import Notes
from coprod.outcomes.models import Indicator, Keeper, Reading
from coprod.outcomes.queries import recommendation_is_seen_by
from coprod.outputs.models import Output
from coprod.people.models import Person
from coprod.pilots.models import Pilot, TestCycle
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Holiday, Programme, Rate
from coprod.recommendations.models import Recommendation, Suggestion
from coprod.risks.models import Risk
from coprod.stages.models import Gate
from coprod.statements.models import Theme
from coprod.steering.models import Decision, Meeting
from coprod.stories.models import Story
from coprod.theories.models import Theory
from coprod.workstreams.models import Membership, MembershipState, Role, Workstream
from coprod.workstreams.queries import memberships_of

MIDNIGHT = time(0)


@dataclass(frozen=True)
class Reader:
    """Who reads, at which tables she sits, which of them she runs, and the one she wants to read about."""

    person: Person
    tables: list[UUID]
    run: list[UUID]
    group: UUID | None = None


@dataclass(frozen=True)
class Weeks:
    """Four weeks of the journal, and where the next entries before and after them are."""

    first: date
    last: date
    entries: Sequence[Entry]
    labels: dict[UUID, Label]
    names: dict[UUID, str]
    earlier: date | None
    later: date | None


def reader(person: Person, group: UUID | None = None) -> Reader:
    """Find out where this person sits; a table she does not sit at is not there for her (P2)."""
    seats = memberships_of(person)
    return Reader(
        person,
        [seat.workstream_id for seat in seats],
        [seat.workstream_id for seat in seats if seat.role == Role.FACILITATOR],
        group if group in {seat.workstream_id for seat in seats} else None,
    )


def weeks(asking: Reader, around: date) -> Weeks:
    """Read four weeks, in a fixed number of statements."""
    first, last = rules.weeks_to(around)
    begins, ends = moment_of(first, MIDNIGHT), moment_of(last + timedelta(1), MIDNIGHT)
    may = _may_read(asking)
    chosen = select(Entry).where(Entry.at >= begins, Entry.at < ends, may)
    entries = db.session.scalars(chosen.order_by(Entry.subject, Entry.verb, Entry.id)).all()
    labels = _labels(entries, Workstream.name if asking.person.is_professional else Workstream.neutral_name)
    named = {entry.by_id for entry in entries} | {label.whom for label in labels.values()}
    before = select(Entry.at).where(Entry.at < begins, may).order_by(Entry.at.desc(), Entry.id).limit(1)
    after = select(Entry.at).where(Entry.at >= ends, may).order_by(Entry.at, Entry.id).limit(1)
    return Weeks(first, last, entries, labels, _names(asking, {key for key in named if key}), _day(before), _day(after))


def latest(asking: Reader) -> date | None:
    """Answer the day of the newest entry this person may read."""
    return _day(select(Entry.at).where(_may_read(asking)).order_by(Entry.at.desc(), Entry.id).limit(1))


def _day(chosen: Select[Any]) -> date | None:
    found = db.session.scalars(chosen).one_or_none()
    return rules.local_day(found) if found else None


# --- What this person may read of.


def _may_read(asking: Reader) -> ColumnElement[bool]:
    return or_(false(), *_kinds(asking))


def _kinds(asking: Reader) -> Iterator[ColumnElement[bool]]:
    for (kind, seen), verbs in rules.said_to(_readers(asking)).items():
        keys = _keys(kind, seen, asking)
        yield and_(Entry.subject == kind, Entry.verb.in_(verbs), Entry.subject_id.in_(keys))


def _readers(asking: Reader) -> set[For]:
    own = {For.TABLE, For.ANSWERED, For.KEEPERS}
    if asking.group:
        return own
    return own | {For.EVERYBODY} | ({For.ADMINS} if asking.person.is_admin else set())


def _keys(kind: str, seen: For, asking: Reader) -> Select[Any]:
    chosen = KINDS[kind].select()
    if seen in {For.EVERYBODY, For.ADMINS}:
        return chosen
    if seen == For.ANSWERED:
        return chosen.where(_answered(asking))
    here = asking.run if seen == For.KEEPERS else asking.tables
    of = KINDS[kind].group
    wanted = of.in_([key for key in here if asking.group in (None, key)])
    if kind in {"session", "agenda_item"}:
        # A draft is its facilitators' alone.
        wanted = and_(wanted, or_(Session.state != SessionState.DRAFT, of.in_(asking.run)))
    return chosen.where(wanted)


def _answered(asking: Reader) -> ColumnElement[bool]:
    seen = recommendation_is_seen_by(asking.person)
    if not asking.group:
        return seen
    return and_(seen, or_(Recommendation.workstream_id == asking.group, Recommendation.steering_id == asking.group))


@dataclass(frozen=True)
class Kind:
    """One kind of thing the journal speaks of: what it is called, whom it is about, and whose table it is on."""

    model: Any
    what: Any
    joins: tuple[Any, ...] = ()
    group: Any = None
    whom: Any = None

    def select(self, *more: Any) -> Select[Any]:
        """Select the keys of this kind."""
        chosen = select(self.model.id, *more)
        for target, on in self.joins:
            chosen = chosen.join(target, on)
        return chosen


_NONE = literal("")
_SESSION = (Session, AgendaItem.session_id == Session.id)
_CYCLE = (Cycle, Session.cycle_id == Cycle.id)
_ASKED = Recommendation.workstream_id


def _of(model: Any) -> tuple[Any, Any]:
    return Recommendation, model.recommendation_id == Recommendation.id


KINDS: dict[str, Kind] = {
    "programme": Kind(Programme, Programme.name),
    "holiday": Kind(Holiday, Holiday.what),
    "rate": Kind(Rate, Rate.what),
    "principle": Kind(Principle, Principle.wording),
    "priority": Kind(Priority, Priority.wording),
    "person": Kind(Person, _NONE, whom=Person.id),
    "wording": Kind(Wording, Wording.purpose),
    "workstream": Kind(Workstream, Workstream.name, group=Workstream.id),
    "gathering": Kind(Gathering, cast(Gathering.kind, Text), group=Gathering.workstream_id),
    "membership": Kind(Membership, _NONE, group=Membership.workstream_id, whom=Membership.person_id),
    "theory": Kind(Theory, literal("version ").concat(cast(Theory.number, Text))),
    "agreement": Kind(
        Agreement, literal("version ").concat(cast(Agreement.number, Text)), group=Agreement.workstream_id
    ),
    "theme": Kind(Theme, Theme.name, group=Theme.workstream_id),
    "cycle": Kind(Cycle, literal("the weeks, round ").concat(cast(Cycle.number, Text)), group=Cycle.workstream_id),
    "session": Kind(
        Session, literal("session ").concat(cast(Session.number, Text)), (_CYCLE,), group=Cycle.workstream_id
    ),
    "gate": Kind(Gate, cast(Gate.stage, Text), ((Cycle, Gate.cycle_id == Cycle.id),), group=Cycle.workstream_id),
    "agenda_item": Kind(AgendaItem, AgendaItem.title, (_SESSION, _CYCLE), group=Cycle.workstream_id),
    "notes": Kind(
        Notes,
        literal("session ").concat(cast(Session.number, Text)),
        ((Session, Notes.session_id == Session.id), _CYCLE),
        group=Cycle.workstream_id,
    ),
    "recommendation": Kind(Recommendation, Recommendation.title, group=_ASKED),
    "suggestion": Kind(Suggestion, Recommendation.title, (_of(Suggestion),), group=_ASKED),
    "indicator": Kind(Indicator, Indicator.name, (_of(Indicator),), group=_ASKED),
    "reading": Kind(
        Reading, Indicator.name, ((Indicator, Reading.indicator_id == Indicator.id), _of(Indicator)), group=_ASKED
    ),
    "keeper": Kind(Keeper, Recommendation.title, (_of(Keeper),), group=_ASKED),
    "action": Kind(Action, Action.what, group=Action.workstream_id),
    "risk": Kind(Risk, Risk.what, group=Risk.workstream_id),
    "meeting": Kind(Meeting, cast(Meeting.on, Text), group=Meeting.workstream_id),
    "decision": Kind(Decision, Recommendation.title, (_of(Decision),), group=_ASKED),
    "pilot": Kind(Pilot, Pilot.title, (_of(Pilot),), group=_ASKED),
    "test_cycle": Kind(
        TestCycle,
        literal("test ").concat(cast(TestCycle.number, Text)).concat(literal(" of ")).concat(Pilot.title),
        ((Pilot, TestCycle.pilot_id == Pilot.id), _of(Pilot)),
        group=_ASKED,
    ),
    "evidence": Kind(Evidence, Evidence.title, group=Evidence.workstream_id),
    "output": Kind(Output, Output.name, group=Output.workstream_id),
    "evidence_review": Kind(Review, Review.question, group=Review.workstream_id),
    "story": Kind(Story, Recommendation.title, (_of(Story),), group=_ASKED),
    "handover": Kind(Handover, _NONE, group=Handover.workstream_id),
}


# --- In words.


def _labels(entries: Iterable[Entry], group_name: Any) -> dict[UUID, Label]:
    """Say what these entries are about, in one statement."""
    keys: dict[str, set[UUID]] = {kind: set() for kind in KINDS}
    for entry in entries:
        keys[entry.subject].add(entry.subject_id)
    parts = [_labelled(kind, keys[name]) for name, kind in KINDS.items()]
    every = union_all(*parts).subquery()
    found = select(every, group_name).outerjoin(Workstream, Workstream.id == every.c.group)
    return {row[0]: Label(row[1], row[2], row[4] or "") for row in db.session.execute(found)}


def _labelled(kind: Kind, keys: set[UUID]) -> Select[Any]:
    nobody = cast(null(), Uuid)
    whom = kind.whom if kind.whom is not None else nobody
    group = kind.group if kind.group is not None else nobody
    return kind.select(cast(kind.what, Text).label("what"), whom.label("whom"), group.label("group")).where(
        kind.model.id.in_(keys)
    )


def _names(asking: Reader, keys: set[UUID]) -> dict[UUID, str]:
    """Name those at the tables she sits at, everybody of those she runs, and all to who keeps the accounts (P2)."""
    mine, theirs = aliased(Membership), aliased(Membership)
    shared = (
        select(theirs.person_id)
        .join(mine, mine.workstream_id == theirs.workstream_id)
        .where(
            mine.person_id == asking.person.id,
            mine.state == MembershipState.JOINED,
            or_(theirs.state == MembershipState.JOINED, mine.role == Role.FACILITATOR),
        )
    )
    chosen = select(Person.id, Person.alias).where(Person.id.in_(keys), Person.erased_on.is_(None))
    if not asking.person.is_admin:
        chosen = chosen.where(or_(Person.id == asking.person.id, Person.id.in_(shared)))
    return {key: alias for key, alias in db.session.execute(chosen)}  # noqa: C416 - rows are not pairs to the type checker
