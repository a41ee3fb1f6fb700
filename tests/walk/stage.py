"""The same beginning twice: in a database, and in the model; and what both of them say now, laid side by side."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from coprod.actions.models import Action, DueChange, Repeat
from coprod.core.clock import HERE, now
from coprod.core.db import db
from coprod.outcomes.models import MeasureKind, Unit
from coprod.people.models import Person
from coprod.pilots.models import Compared, Pilot, PilotState, TestCycle, TestCycleState
from coprod.principles.models import Priority
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation, State, Version
from coprod.steering.models import (
    Contest,
    ContestState,
    Decision,
    DecisionState,
    GroupAccepts,
    GroupQuestion,
    Meeting,
    MeetingItem,
    MeetingState,
    Presence,
    Reply,
    Verdict,
)
from coprod.steering.services import plan_meeting
from coprod.voting import services as voting
from coprod.voting.models import Poll, Result, Worry
from coprod.workstreams.models import CaseCheck, Membership, MembershipState, Role, Seat, Workstream
from tests import factories as make
from tests.outcomes.builders import an_indicator
from tests.pilots.builders import PLAN, PROPOSAL
from tests.recommendations.written import WORDS
from tests.walk.model import asking, meetings
from tests.walk.model import world as model
from tests.walk.model.world import LIVED, PROFESSIONAL, STEERING, STREAM, World

FIRST_DAY = date(2025, 11, 17)
PARENTS = {STREAM: ("Robin", "Ria", "Ron"), STEERING: ("Dee", "Eve", "Lou")}
WORKERS = {STREAM: ("Mo", "Meg"), STEERING: ("Max", "Kim")}
COMING = {"Ida": LIVED, "Ivo": PROFESSIONAL}
STATES = {
    "idea": State.IDEA,
    "bare idea": State.IDEA,
    "draft": State.DRAFTED,
    "draft too": State.DRAFTED,
    "worried": State.DRAFTED,
    "agreed": State.AGREED,
    "not agreed": State.NOT_AGREED,
    "sent": State.SUBMITTED,
    "sent too": State.SUBMITTED,
    "accepted": State.ACCEPTED,
    "answered": State.REPLIED,
    "put off": State.REPLIED,
    "tried": State.IN_PILOT,
    "tried out": State.IN_PILOT,
    "contested once": State.REPLIED,
    "corrected": State.ACCEPTED,
}
VERDICTS = {
    "accepted": Verdict.ACCEPT,
    "answered": Verdict.ACCEPT_WITH_CHANGES,
    "put off": Verdict.DEFER,
    "tried": Verdict.ACCEPT,
    "tried out": Verdict.ACCEPT,
    "contested once": Verdict.DECLINE,
    "corrected": Verdict.DECLINE,
}
DECIDED_ON = FIRST_DAY - timedelta(12)
AGAIN_ON = FIRST_DAY + timedelta(20)
PILOT_ENDS = date(2025, 12, 19)
Row = tuple[str, str, str, str, str]


class Stage:
    """A database with everybody in it; walks go off from here, and are taken back."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ids: dict[str, UUID] = {}
        self.called: dict[str, str] = {}
        self.world = World(FIRST_DAY, admin="Ada")
        with app.app_context():
            self._people()
            self._tables()
            self._asked()
            self._answered()
            self._tried()
            self._to_do()
            self._open_vote()
            self._planned()
            db.session.commit()

    @contextmanager
    def walk(self) -> Iterator[World]:
        """Go off from the beginning; afterwards nothing of it is left."""
        known = dict(self.ids), dict(self.called)
        with self.app.app_context():
            self.set_day(FIRST_DAY)
            try:
                yield deepcopy(self.world)
            finally:
                db.session.rollback()
                db.session.remove()
                self.ids, self.called = known
                self.set_day(FIRST_DAY)

    def set_day(self, day: date) -> None:
        self.app.config["NOW"] = datetime.combine(day, time(9), tzinfo=HERE)

    # --- Short names and rows.

    def learn(self, name: str, thing: Any) -> None:
        self.ids[name] = thing.id
        self.called |= {thing.id.hex: name, str(thing.id): name}

    def person(self, alias: str) -> Person:
        return db.session.get_one(Person, self.ids[alias])

    def table(self, name: str) -> Workstream:
        return db.session.get_one(Workstream, self.ids[name])

    def place(self, table: str, who: str) -> Membership:
        found = select(Membership).where(Membership.workstream_id == self.ids[table])
        return db.session.scalars(found.where(Membership.person_id == self.ids[who])).one()

    def one(self, kind: type, name: str) -> Any:
        return db.session.get_one(kind, self.ids[name])

    def decision(self, number: int) -> Decision:
        return db.session.scalars(select(Decision).where(Decision.number == number)).one()

    def action(self, key: str) -> Action:
        table, number = key.split()
        found = select(Action).where(Action.workstream_id == self.ids[table], Action.number == int(number))
        return db.session.scalars(found).one()

    def item(self, meeting: str, item: model.Item) -> MeetingItem:
        found = select(MeetingItem).where(MeetingItem.meeting_id == self.ids[meeting], MeetingItem.kind == item.kind)
        about = self._thing(item)
        found = found.where(MeetingItem.thing_id == about if about else MeetingItem.title == item.thing)
        return db.session.scalars(found.options(joinedload(MeetingItem.meeting))).one()

    def _thing(self, item: model.Item) -> UUID | None:
        if item.kind == "something else":
            return None
        if item.thing.isdigit():
            return self.decision(int(item.thing)).id
        return self.ids[f"pilot of {item.thing}" if item.kind == "a pilot to look at" else item.thing]

    def pilot(self, key: str) -> Pilot:
        return self.one(Pilot, f"pilot of {key}")

    # --- The beginning.

    def _people(self) -> None:
        names = {who: LIVED for table in PARENTS for who in PARENTS[table]}
        names |= {who: PROFESSIONAL for table in WORKERS for who in WORKERS[table]} | COMING
        names |= dict.fromkeys(("Sam", "Alex", "Fay", "Zoe"), PROFESSIONAL)
        for alias, side in names.items():
            build = make.a_person if side == LIVED else make.a_professional
            self.learn(alias, build(alias))
        self.learn("Ada", make.an_admin("Ada"))

    def _tables(self) -> None:
        programme = make.a_programme()
        at = {
            STREAM: make.a_stream(programme, facilitator=self.person("Sam")),
            STEERING: make.a_steering_group(programme, chair=self.person("Alex")),
        }
        make.a_membership(at[STEERING], self.person("Fay"), Role.FACILITATOR, Seat.TEAM)
        runs = {(STREAM, "Sam"): "facilitator", (STEERING, "Fay"): "facilitator", (STEERING, "Alex"): "chair"}
        self.world.places = {key: model.Place(PROFESSIONAL, role) for key, role in runs.items()}
        for name, table in at.items():
            self.learn(name, table)
            for who in (*PARENTS[name], *WORKERS[name]):
                make.a_membership(table, self.person(who))
                self.world.places[name, who] = model.Place(LIVED if who in PARENTS[name] else PROFESSIONAL)
        for who, side in COMING.items():
            make.looked_at(make.a_membership(at[STREAM], self.person(who), state=MembershipState.INVITED))
            self.world.places[STREAM, who] = model.Place(side, state="invited")
        make.keep(Priority(programme=programme, number=4, wording="One person who stays"))
        self._check()

    def _check(self) -> None:
        """Nobody here works on a case of anybody here; of Ivo that is still to be confirmed."""
        for table in (STREAM, STEERING):
            sides = {who: place.side for (at, who), place in self.world.places.items() if at == table}
            workers = [who for who, side in sides.items() if side == PROFESSIONAL and who != "Ivo"]
            pairs = {(one, other) for one in workers for other, side in sides.items() if side == LIVED}
            self.world.checked |= pairs
            ids = [{"professional_id": self.ids[one], "lived_id": self.ids[other]} for one, other in sorted(pairs)]
            make.keep(*(CaseCheck(confirmed_on=FIRST_DAY, confirmed_by_id=self.ids["Ada"], **both) for both in ids))

    def _asked(self) -> None:
        priority = db.session.scalars(select(Priority)).one()
        for number, (name, state) in enumerate(STATES.items(), 1):
            bare = name == "bare idea"
            words = WORDS | {"title": f"{name.capitalize()}, please", "said": "" if bare else f"We ask for the {name}."}
            words |= {"problem": ""} if bare else {}
            made = Recommendation(
                workstream=self.table(STREAM), steering=self.table(STEERING), number=number, state=state, **words
            )
            made.priorities = [priority]
            made.submitted_on = FIRST_DAY - timedelta(30) if state not in _BEFORE_SENDING else None
            made.contested_on = FIRST_DAY - timedelta(20) if name == "contested once" else None
            make.keep(made)
            make.keep(Version(recommendation=made, number=1, on=FIRST_DAY - timedelta(40), words={"title": made.title}))
            self.learn(name, made)
            self.world.asked[name] = model.Asked(str(state), not bare, not bare, contested=name == "contested once")

    def _answered(self) -> None:
        """A meeting that is over, with minutes nobody has approved."""
        steering = self.table(STEERING)
        held = Meeting(workstream=steering, on=DECIDED_ON, starts_at=time(10), state=MeetingState.CLOSED)
        held.closed_on = DECIDED_ON
        make.keep(held)
        self.learn("meeting 1", held)
        self.world.meetings["meeting 1"] = model.Meeting(DECIDED_ON, "closed")
        for number, (name, verdict) in enumerate(VERDICTS.items(), 1):
            self._decided(number, name, verdict)
        last = len(VERDICTS)
        self.decision(last).state, self.world.decisions[last].state = DecisionState.REVERSED, "reversed"
        self._decided(last + 1, "corrected", Verdict.ACCEPT, corrects=last)
        self._contested(list(VERDICTS).index("contested once") + 1)
        self._decided(last + 2, "contested once", Verdict.DECLINE)

    def _decided(self, number: int, name: str, verdict: Verdict, corrects: int = 0) -> None:
        replied = name not in ("accepted", "corrected")
        until = AGAIN_ON if verdict == Verdict.DEFER else None
        review_on = AGAIN_ON if name == "answered" else None
        made = Decision(number=number, recommendation_id=self.ids[name], verdict=verdict, until=until)
        made.reason, made.changes, made.would_change = "It is right.", "Sooner.", "More money."
        made.meeting_id, made.on, made.review_on = self.ids["meeting 1"], DECIDED_ON, review_on
        made.recorded_by_id, made.members, made.members_present, made.lived_present = self.ids["Alex"], 7, 7, 3
        made.corrects = self.decision(corrects) if corrects else None
        make.keep(made)
        if replied:
            make.keep(Reply(decision=made, words="You asked.", sent_on=DECIDED_ON, by_id=self.ids["Alex"]))
        both = {"until": until, "review_on": review_on, "replied": replied, "corrects": corrects}
        self.world.decisions[number] = model.Decision(name, str(verdict), DECIDED_ON, "meeting 1", 7, 7, 3, **both)

    def _contested(self, number: int) -> None:
        """Two of the group asked for another look, and the answer came again."""
        both = {"raised_by_id": self.ids["Robin"], "sent_by_id": self.ids["Ria"], "state": ContestState.SENT}
        sent = Contest(decision=self.decision(number), words="Ask us.", speaker="Robin", on=DECIDED_ON, **both)
        sent.sent_on = DECIDED_ON
        make.keep(sent)
        self.learn(f"contest {number}/0", sent)
        self.world.decisions[number].contests.append(["sent", "Robin"])

    def _tried(self) -> None:
        """One pilot is being tested, and the next test is planned; of another the testing is done."""
        for name in ("answered", "accepted", "put off", "tried", "tried out"):
            asked = self.one(Recommendation, name)
            self.learn(f"outcome of {name}", an_indicator(asked, "Knew her name"))
            waiting = {"kind": MeasureKind.BALANCING, "unit": Unit.DAYS, "people": None}
            self.learn(f"balance of {name}", an_indicator(asked, "Days to wait", **waiting))
        for name, state, rounds in (("tried", PilotState.CYCLING, 1), ("tried out", PilotState.REVIEWED, 2)):
            words = PROPOSAL | {"ends": PILOT_ENDS, "owner": self.person("Kim")}
            pilot = Pilot(recommendation_id=self.ids[name], state=state, **words)
            make.keep(pilot)
            self.learn(f"pilot of {name}", pilot)
            for number in range(1, rounds + 1):
                done = TestCycle(number=number, state=TestCycleState.ADOPT, owner=self.person("Kim"), **PLAN)
                done.result, done.compared, done.surprised, done.pilot = "52", Compared.WORSE, "Nothing", pilot
                make.keep(done)
            cycles = [model.Cycle("adopt", studied=True) for _ in range(rounds)]
            self.world.pilots[name] = model.Pilot("Kim", PILOT_ENDS, str(state), cycles=cycles)
        following = TestCycle(number=2, owner=self.person("Kim"), pilot=self.pilot("tried"), **PLAN)
        make.keep(following)
        self.world.pilots["tried"].cycles.append(model.Cycle())

    def _to_do(self) -> None:
        """Zoe sits at no table any more, and what she does comes again."""
        for table, owner, days, repeats in (
            (STREAM, "Mo", 3, Repeat.ONCE),
            (STREAM, "Robin", -2, Repeat.ONCE),
            (STREAM, "Zoe", 4, Repeat.WEEKLY),
            (STEERING, "Max", -1, Repeat.ONCE),
            (STEERING, "Dee", 5, Repeat.ONCE),
        ):
            due = FIRST_DAY + timedelta(days)
            said = {"due": due, "repeats": repeats, "opened_on": DECIDED_ON}
            made = make.an_action(self.table(table), self.person(owner), **said)
            weekly = repeats == Repeat.WEEKLY
            self.world.actions[f"{table} {made.number}"] = model.Action(table, owner, [due], weekly=weekly)

    def _open_vote(self) -> None:
        """One vote is open; of another that came to nothing a worry still waits."""
        self._put_to_the_vote("draft too", "vote 1")
        poll = self._put_to_the_vote("worried", "vote 2")
        voting.raise_worry(poll, "Worry 0", by=self.person("Robin"))
        asking.worry(self.world, "Robin", "vote 2")
        recommendations.count_vote(self.one(Recommendation, "worried"), by=self.person("Sam"))
        asking.count(self.world, "Sam", "worried")

    def _put_to_the_vote(self, name: str, vote: str) -> Poll:
        sam = self.person("Sam")
        poll = recommendations.open_vote(self.one(Recommendation, name), now() + timedelta(50), by=sam)
        self.learn(vote, poll)
        asking.open_vote(self.world, "Sam", name, vote)
        return poll

    def _planned(self) -> None:
        on = FIRST_DAY + timedelta(14)
        self.learn("meeting 2", plan_meeting(self.table(STEERING), on, time(10), by=self.person("Alex")))
        meetings.plan(self.world, "Alex", "meeting 2", 14)

    # --- What both say now.

    def rows(self) -> set[Row]:
        """Read from the database how everything stands, in one statement."""
        db.session.flush()
        return set(map(self._named, db.session.execute(_EVERYTHING)))

    def _named(self, row: Any) -> Row:
        return tuple(self.called.get(cell, cell) for cell in row)  # type: ignore[return-value]


_BEFORE_SENDING = {State.IDEA, State.DRAFTED, State.AGREED, State.NOT_AGREED}


def _rows(kind: str, *columns: Any, start: Any = None) -> Any:
    cells = [func.coalesce(cast(column, String), "") for column in columns]
    cells += [literal("")] * (4 - len(cells))
    chosen = select(literal(kind), *cells)
    return chosen.select_from(start) if start is not None else chosen


def _yes(condition: Any) -> Any:
    return case((condition, "yes"), else_="no")


def _joined(*columns: Any) -> Any:
    parts = [func.coalesce(cast(column, String), "") for column in columns]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + "/" + part
    return whole


_CORRECTED = select(Decision.number).where(Decision.id == Decision.corrects_id).scalar_subquery()
_EARLIER = Decision.__table__.alias("earlier")
_FOLLOWED = Action.__table__.alias("followed")
_EVERYTHING = union_all(
    _rows("place", Membership.workstream_id, Membership.person_id, Membership.state, _yes(Membership.said_yes)),
    _rows("asked", Recommendation.id, Recommendation.state, _yes(Recommendation.contested_on.is_not(None))),
    _rows(
        "vote",
        Poll.id,
        Poll.state,
        select(Result.outcome).where(Result.poll_id == Poll.id).scalar_subquery(),
        _joined(Poll.lived_on_roll, Poll.professionals_on_roll),
    ),
    _rows("worries", Worry.poll_id, Worry.state, func.count()).group_by(Worry.poll_id, Worry.state),
    _rows("meeting", Meeting.id, Meeting.on, Meeting.state, Meeting.minutes_state),
    _rows(
        "item",
        MeetingItem.meeting_id,
        MeetingItem.kind,
        func.coalesce(
            select(cast(Decision.number, String)).where(Decision.id == MeetingItem.thing_id).scalar_subquery(),
            select(cast(Pilot.recommendation_id, String)).where(Pilot.id == MeetingItem.thing_id).scalar_subquery(),
            cast(MeetingItem.thing_id, String),
            MeetingItem.title,
        ),
        MeetingItem.state,
    ),
    _rows(
        "here",
        Presence.meeting_id,
        Membership.person_id,
        start=Presence.__table__.join(Membership.__table__, Membership.id == Presence.membership_id),
    ),
    _rows(
        "decision",
        _joined(Decision.number, Decision.verdict, Decision.state, Decision.on, Decision.until, Decision.review_on),
        Decision.recommendation_id,
        Decision.meeting_id,
        _joined(
            Decision.members,
            Decision.members_present,
            Decision.lived_present,
            select(_EARLIER.c.number).where(_EARLIER.c.id == Decision.corrects_id).scalar_subquery(),
            _yes(select(Reply.id).where(Reply.decision_id == Decision.id).exists()),
            _yes(select(GroupAccepts.id).where(GroupAccepts.decision_id == Decision.id).exists()),
        ),
    ),
    _rows(
        "contest",
        Decision.number,
        Contest.state,
        Contest.raised_by_id,
        start=Contest.__table__.join(Decision.__table__),
    ),
    _rows(
        "question",
        Decision.number,
        GroupQuestion.number,
        _yes(GroupQuestion.answer != ""),
        start=GroupQuestion.__table__.join(Decision.__table__),
    ),
    _rows(
        "action",
        Action.workstream_id,
        _joined(
            Action.number,
            Action.state,
            Action.due,
            select(func.count()).where(DueChange.action_id == Action.id).scalar_subquery(),
            select(_FOLLOWED.c.number).where(_FOLLOWED.c.id == Action.follows_id).scalar_subquery(),
        ),
        Action.owner_id,
        Action.said_done_by_id,
    ),
    _rows("agreed", Action.workstream_id, Action.number, Action.agreed_by_id).where(Action.agreed_by_id.is_not(None)),
    _rows("pilot", Pilot.recommendation_id, Pilot.state, Pilot.owner_id),
    _rows(
        "cycle",
        Pilot.recommendation_id,
        TestCycle.number,
        TestCycle.state,
        _yes(TestCycle.compared.is_not(None)),
        start=TestCycle.__table__.join(Pilot.__table__, Pilot.id == TestCycle.pilot_id),
    ),
)


def said_by(world: World) -> set[Row]:
    """Say of the model what `Stage.rows` reads from the database."""
    return {tuple((*row, "", "", "", "")[:5]) for row in _said(world)}  # type: ignore[misc]


def _said(world: World) -> Iterator[tuple[str, ...]]:
    for (table, who), place in world.places.items():
        yield "place", table, who, place.state, _word(place.said_yes)
    for key, asked in world.asked.items():
        yield "asked", key, asked.state, _word(asked.contested)
    for part in (_said_of_votes, _said_of_meetings, _said_of_decisions, _said_of_actions, _said_of_pilots):
        yield from part(world)


def _said_of_votes(world: World) -> Iterator[tuple[str, ...]]:
    for key, vote in world.votes.items():
        lived = sum(side == LIVED for side in vote.roll.values())
        yield "vote", key, vote.state, vote.outcome, f"{lived}/{len(vote.roll) - lived}"
        for state in set(vote.worries.values()):
            yield "worries", key, state, str(sum(one == state for one in vote.worries.values()))


def _said_of_meetings(world: World) -> Iterator[tuple[str, ...]]:
    for key, meeting in world.meetings.items():
        yield "meeting", key, str(meeting.on), meeting.state, meeting.minutes
        yield from (("item", key, item.kind, item.thing, item.state) for item in meeting.items)
        yield from (("here", key, who) for who in meeting.here)


def _said_of_actions(world: World) -> Iterator[tuple[str, ...]]:
    for key, action in world.actions.items():
        table, number = key.split()
        followed = action.follows.split()[-1] if action.follows else ""
        moved = f"{number}/{action.state}/{action.dues[-1]}/{len(action.dues) - 1}/{followed}"
        yield "action", table, moved, action.owner, action.said_by
        if action.agreed_by:
            yield "agreed", table, number, action.agreed_by


def _said_of_pilots(world: World) -> Iterator[tuple[str, ...]]:
    for key, pilot in world.pilots.items():
        yield "pilot", key, pilot.state, pilot.owner
        for number, cycle in enumerate(pilot.cycles, 1):
            yield "cycle", key, str(number), cycle.state, _word(cycle.studied)


def _said_of_decisions(world: World) -> Iterator[tuple[str, ...]]:
    for number, one in world.decisions.items():
        days = (day or "" for day in (one.on, one.until, one.review_on))
        what = "/".join(map(str, (number, one.verdict, one.state, *days)))
        room = (one.members, one.present, one.lived, one.corrects or "", _word(one.replied), _word(one.accepted))
        yield "decision", what, one.asked, one.meeting, "/".join(map(str, room))
        yield from (("contest", str(number), state, by) for state, by in one.contests)
        for place, answered in enumerate(one.questions, 1):
            yield "question", str(number), str(place), _word(answered)


def _word(yes: bool) -> str:
    return "yes" if yes else "no"
