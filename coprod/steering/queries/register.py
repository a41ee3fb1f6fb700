"""Reading the register of decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload, selectinload

from coprod.actions.models import Action
from coprod.core.db import db
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, Meeting, Verdict
from coprod.steering.queries.meetings import tables_of
from coprod.workstreams.models import Membership, Workstream

ON_A_PAGE = 50
LONGEST_NUMBER = 6
PUT_OFF = {State.DEFERRED, State.REPLIED}


def decisions_where(*where: ColumnElement[bool]) -> Select[Decision]:
    """Begin to find decisions, with all that a page says about them."""
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


def is_newest() -> ColumnElement[bool]:
    """Say which decisions are the newest on what they answer: only such a one owes a reply, or is looked at again."""
    newest = select(func.max(Decision.number)).group_by(Decision.recommendation_id)
    return Decision.number.in_(newest)


def visible_to(person: Person) -> ColumnElement[bool]:
    """Say which decisions somebody may read: those their table asked for, and those it took."""
    tables = tables_of(person)
    asked = Decision.recommendation.has(Recommendation.workstream_id.in_(tables))
    return asked | Decision.meeting.has(Meeting.workstream_id.in_(tables))


@dataclass(frozen=True)
class Wanted:
    """Which decisions to list."""

    words: str = ""
    verdict: Verdict | None = None
    year: int | None = None
    stream: UUID | None = None
    page: int = 1


@dataclass(frozen=True)
class Register:
    """One page of the register, how many pages there are, and what it can be narrowed down to."""

    decisions: Sequence[Decision]
    total: int
    page: int
    years: list[int]
    streams: Sequence[Workstream]

    @property
    def pages(self) -> int:
        """Answer how many pages there are."""
        return max(1, -(-self.total // ON_A_PAGE))


def register_seen_by(person: Person, wanted: Wanted) -> Register:
    """List one page of the register, the newest first, in a fixed number of statements."""
    which = _which(person, wanted)
    total = db.session.scalar(select(func.count(Decision.id)).join(Decision.recommendation).where(*which)) or 0
    page = min(wanted.page, max(1, -(-total // ON_A_PAGE)))
    found = _newest_first(which).limit(ON_A_PAGE).offset((page - 1) * ON_A_PAGE)
    return Register(db.session.scalars(found).all(), total, page, _years(person), _streams(person))


def decisions_seen_by(person: Person, wanted: Wanted = Wanted()) -> Sequence[Decision]:
    """List the register, the newest first: all of it for the steering group, a group's own answers for its people."""
    return db.session.scalars(_newest_first(_which(person, wanted))).all()


def _newest_first(which: list[ColumnElement[bool]]) -> Select[Decision]:
    return decisions_where(*which).join(Decision.recommendation).order_by(Decision.number.desc())


def _which(person: Person, wanted: Wanted) -> list[ColumnElement[bool]]:
    which = [visible_to(person)]
    if wanted.words:
        which.append(_says(wanted.words))
    if wanted.verdict:
        which.append(Decision.verdict == wanted.verdict)
    if wanted.year:
        which.append(Decision.on.between(date(wanted.year, 1, 1), date(wanted.year, 12, 31)))
    if wanted.stream:
        which.append(Recommendation.workstream_id == wanted.stream)
    return which


def _says(words: str) -> ColumnElement[bool]:
    said = (Recommendation.title, Decision.reason, Decision.changes, Decision.question, Decision.would_change)
    found: ColumnElement[bool] = func.concat(*_apart(said)).icontains(words, autoescape=True)
    number = words.lower().removeprefix("decision").strip()
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    return found | (Decision.number == int(number)) if is_number else found


def _years(person: Person) -> list[int]:
    first, last = db.session.execute(
        select(func.min(Decision.on), func.max(Decision.on)).where(visible_to(person))
    ).one()
    return list(range(last.year, first.year - 1, -1)) if first else []


def _streams(person: Person) -> Sequence[Workstream]:
    asked = select(Recommendation.workstream_id).join(Decision, Decision.recommendation_id == Recommendation.id)
    found = select(Workstream).where(Workstream.id.in_(asked.where(visible_to(person))))
    return db.session.scalars(found.order_by(Workstream.name, Workstream.id)).all()


def _apart(columns: Iterable[InstrumentedAttribute[str]]) -> list[InstrumentedAttribute[str] | str]:
    return [part for column in columns for part in (column, "\n")]


def decision_seen_by(person: Person, key: UUID) -> Decision:
    """Find one decision, if this person's table asked for it or took it."""
    return db.session.scalars(decisions_where(visible_to(person), Decision.id == key)).one()


def decisions_of(recommendation: Recommendation) -> Sequence[Decision]:
    """List every decision on one recommendation, the first one first; the caller may see the recommendation."""
    return decisions_on([recommendation.id])


def decisions_on(recommendations: Sequence[UUID]) -> Sequence[Decision]:
    """List every decision on several recommendations the reader may see, the first one first."""
    found = decisions_where(Decision.recommendation_id.in_(recommendations))
    return db.session.scalars(found.order_by(Decision.number)).all()


def corrected_by(decision: Decision) -> Decision | None:
    """Find the later decision that stands in this one's place."""
    return db.session.scalars(decisions_where(Decision.corrects_id == decision.id)).one_or_none()


def decisions_at(meeting: Meeting) -> Sequence[Decision]:
    """List what one meeting decided, in its order."""
    takers = selectinload(Decision.takers).joinedload(Membership.person)
    found = decisions_where(Decision.meeting_id == meeting.id).options(takers)
    return db.session.scalars(found.order_by(Decision.number)).all()


def put_off_until(steering: Workstream, last: date) -> Sequence[Decision]:
    """List what the group said “not now” to and looks at again by this day, the first one first (domain rule 24)."""
    found = decisions_where(
        is_newest(),
        Decision.verdict == Verdict.DEFER,
        Decision.until <= last,
        Decision.recommendation.has(Recommendation.state.in_(PUT_OFF)),
        Decision.meeting.has(Meeting.workstream_id == steering.id),
    )
    return db.session.scalars(found.order_by(Decision.until, Decision.number)).all()
