"""What is open in each stage, in which order they close, and who may. No database."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.agreements.models import Agreement
from coprod.cycles.models import Cycle, CycleState, ItemState, Part, PlanStep, SessionState
from coprod.library.models import Stage
from coprod.notes.models import NotesState
from coprod.people.models import Person, Side
from coprod.recommendations.models import Recommendation, State
from coprod.stages import rules
from coprod.stages.models import Gate, GateState
from coprod.stages.rules import Facts
from coprod.steering.models import Decision, DecisionState, Reply, Verdict
from coprod.workstreams.models import Membership, MembershipState, Seat
from tests.cycles.build import ROLES, a_cycle, a_table, people

TODAY = date(2025, 11, 17)
GATE_ALLOWED = {("closed", GateState.OPEN, "facilitator")}


def the_weeks(folk: dict[str, Person] | None = None) -> Cycle:
    """Ten weeks in three phases, all held, everything in them settled."""
    cycle = a_cycle(a_table(folk or {}), state=CycleState.REPORTING)
    cycle.workstream.memberships[:] = [m for m in cycle.workstream.memberships if m.person.alias == "Facilitator"]
    for session in cycle.sessions:
        session.phase = cycle.workstream.programme.phases[(session.number > 3) + (session.number > 7)]
        put(session, SessionState.HELD)
        for item in session.items:
            put(item, ItemState.DONE)
    return cycle


def put(thing: object, state: object) -> None:
    setattr(thing, "state", state)  # noqa: B010 - the house's promise is about the code, not about what tests prepare


def all_agreed(cycle: Cycle, **more: object) -> Facts:
    """Nothing is open in these."""
    agreement = Agreement(number=1, agreed_on=TODAY, reviewed_on=None)
    notes = {session.id: NotesState.AGREED for session in cycle.sessions}
    return Facts(cycle=cycle, **{"agreement": agreement, "notes": notes} | more)


def told(facts: Facts, stage: Stage) -> list[tuple[str, str]]:
    return [(matter.words, matter.endpoint) for matter in rules.matters(facts, stage, TODAY)]


def closed(*stages: Stage) -> dict[Stage, Gate]:
    return {stage: Gate(stage=stage, state=GateState.CLOSED, closed_on=TODAY) for stage in stages}


def asked(state: State) -> Recommendation:
    return Recommendation(id=uuid4(), number=1, title="One midwife", state=state)


def test_every_move_of_a_gate_from_every_state_by_everybody() -> None:
    folk = people(*ROLES)
    stream = a_table(folk)
    gate = Gate(cycle=Cycle(workstream=stream), stage=Stage.BEFORE)
    found = set()
    for state in GateState:
        put(gate, state)
        found |= {
            (name, state, role)
            for role, person in folk.items()
            for name in rules.LIFECYCLE.moves
            if rules.LIFECYCLE.may(person, name, gate)
        }
    assert found == GATE_ALLOWED


def test_ten_weeks_where_all_is_done_have_nothing_open() -> None:
    facts = all_agreed(the_weeks())
    assert [told(facts, stage) for stage in Stage] == [[]] * 5


def test_before_week_1_waits_for_steps_agreement_and_checks() -> None:
    cycle = the_weeks()
    cycle.steps = [
        PlanStep(stage=Stage.BEFORE, position=1, title="A walk in the park", done_on=None),
        PlanStep(stage=Stage.BEFORE, position=2, title="A picnic", done_on=TODAY),
        PlanStep(stage=Stage.AFTER, position=1, title="The reply", done_on=None),
    ]
    for alias in ("Robin", "Kit")[:1]:
        person = Person(id=uuid4(), alias=alias, side=Side.LIVED)
        place = Membership(id=uuid4(), person=person, person_id=person.id, seat=Seat.MOTHER, checks=[])
        place.state, place.asked_on = MembershipState.INVITED, TODAY  # type: ignore[assignment]
        cycle.workstream.memberships.append(place)
    facts = all_agreed(cycle, agreement=None)

    assert told(facts, Stage.BEFORE) == [
        ("Not done yet: A walk in the park.", "cycles.steps"),
        ("How we work together is not agreed yet.", "agreements.show"),
        ("1 place waits for a check.", "workstreams.checks"),
    ]
    assert told(facts, Stage.AFTER) == [("Not done yet: The reply.", "cycles.steps")]
    cycle.workstream.memberships.append(
        Membership(id=uuid4(), person=person, person_id=uuid4(), seat=Seat.CARER, checks=[], asked_on=TODAY)
    )
    cycle.workstream.memberships[-1].state = MembershipState.THINKING
    assert told(facts, Stage.BEFORE)[-1][0] == "2 places wait for a check."


def test_phase_waits_for_sessions_items_and_notes() -> None:
    cycle = the_weeks()
    first, second, third, fourth = cycle.sessions[:4]
    put(first, SessionState.PUBLISHED)
    put(next(item for item in second.items if item.part == Part.WORK), ItemState.PLANNED)
    put(next(item for item in second.items if item.part == Part.BREAK), ItemState.PLANNED)
    facts = all_agreed(cycle)
    facts.notes.update({second.id: NotesState.DRAFT, third.id: NotesState.WITH_MEMBERS})  # type: ignore[attr-defined]
    facts.notes.pop(fourth.id)  # type: ignore[attr-defined]
    title = next(item for item in second.items if item.part == Part.WORK).title

    assert told(facts, Stage.UNDERSTAND) == [
        ("Session 1, Tuesday 14 October: neither held nor cancelled.", "cycles.session"),
        (f"Session 2: “{title}” is neither done, carried over nor dropped.", "cycles.session"),
        ("Session 2: its notes are a draft.", "notes.show"),
        ("Session 3: its notes are with the members.", "notes.show"),
    ]
    assert told(facts, Stage.EXPLORE) == [("Session 4: no notes yet.", "notes.show")]
    put(first, SessionState.CANCELLED)
    assert "Session 1" not in str(told(facts, Stage.UNDERSTAND))


def test_explore_waits_until_the_agreement_was_looked_at_from_week_5_on() -> None:
    cycle = the_weeks()
    fifth = cycle.sessions[4].on
    open_still = [("How we work together was not looked at again since week 5.", "agreements.show")]
    before, after = fifth - timedelta(1), fifth
    for agreed_on, reviewed_on, expected in (
        (before, None, open_still),
        (before, before, open_still),
        (before, after, []),
        (after, None, []),
    ):
        agreement = Agreement(number=1, agreed_on=agreed_on, reviewed_on=reviewed_on)
        assert told(all_agreed(cycle, agreement=agreement), Stage.EXPLORE) == expected
    assert told(all_agreed(cycle, agreement=None), Stage.EXPLORE) == open_still


def test_decide_waits_for_votes_and_sending_and_the_end_of_the_weeks() -> None:
    cycle = the_weeks()
    wanted = {
        State.DRAFTED: "Drafted, and not put to the vote: One midwife.",
        State.VOTING: "The vote is open: One midwife.",
        State.NEEDS_TALK: "It needs more talk: One midwife.",
        State.NO_RESULT: "The vote had no result: One midwife.",
        State.AGREED: "Agreed, and not sent: One midwife.",
    }
    for state in State:
        words = [(wanted[state], "recommendations.show")] if state in wanted else []
        assert told(all_agreed(cycle, recommendations=[asked(state)]), Stage.DECIDE) == words
    put(cycle, CycleState.RUNNING)
    assert told(all_agreed(cycle), Stage.DECIDE) == [
        ("The weeks are not brought to their end on their own page.", "cycles.show")
    ]
    assert told(all_agreed(cycle), Stage.EXPLORE) == []


def test_after_week_10_waits_for_decisions_replies_and_pilots() -> None:
    cycle = the_weeks()
    for state, words in (
        (State.SUBMITTED, "Sent, and no decision yet: One midwife."),
        (State.CONTESTED, "Contested, and not sent again: One midwife."),
        (State.REFERRED_BACK, "The steering group asked back: One midwife."),
    ):
        facts = all_agreed(cycle, recommendations=[asked(state)])
        assert told(facts, Stage.AFTER) == [(words, "recommendations.show")]

    one = asked(State.ACCEPTED)
    decision = Decision(
        recommendation=one, recommendation_id=one.id, number=2, verdict=Verdict.ACCEPT, wants_pilot=True
    )
    put(decision, DecisionState.RECORDED)
    gone = Decision(recommendation=one, recommendation_id=one.id, number=1, verdict=Verdict.ACCEPT, wants_pilot=True)
    put(gone, DecisionState.REVERSED)
    no_reply, no_pilot = "Decided, and no reply yet: One midwife.", "Accepted, and no pilot yet: One midwife."

    before = Decision(recommendation=one, recommendation_id=one.id, number=0, verdict=Verdict.DEFER)
    put(before, DecisionState.RECORDED)

    def left(**more: object) -> list[str]:
        return [words for words, _ in told(all_agreed(cycle, decisions=[before, gone, decision], **more), Stage.AFTER)]

    assert left() == [no_reply, no_pilot]
    assert left(piloted={one.id}) == [no_reply]
    decision.reply = Reply(words="We said yes.")
    assert left() == [no_pilot]
    decision.wants_pilot = False
    assert left() == []
    decision.wants_pilot, decision.verdict = True, Verdict.DECLINE
    assert left() == []


def test_stages_close_in_their_order_by_facilitators_once_nothing_is_open() -> None:
    folk = people("facilitator", "stranger")
    sam = folk["facilitator"]
    cycle = the_weeks(folk)
    facts = all_agreed(cycle)

    def reason(stage: Stage, given: Facts = facts, person: Person = sam) -> str:
        return rules.may_close(person, given, stage, TODAY).reason

    assert reason(Stage.BEFORE, person=folk["stranger"]) == "Only a facilitator can do this."
    assert reason(Stage.BEFORE) == ""
    assert reason(Stage.EXPLORE) == "Close “Before week 1” first."
    some = all_agreed(cycle, gates=closed(Stage.BEFORE))
    assert reason(Stage.BEFORE, some) == "This stage is closed already."
    assert reason(Stage.DECIDE, some) == "Close “Phase 1” first."
    waits = all_agreed(cycle, agreement=None)
    assert reason(Stage.BEFORE, waits) == "1 thing is still open. How we work together is not agreed yet."
    cycle.steps = [PlanStep(stage=Stage.BEFORE, position=1, title="A walk", done_on=None)]
    assert reason(Stage.BEFORE, waits).startswith("2 things are still open. Not done yet: A walk.")
    still_open = all_agreed(cycle, gates={Stage.BEFORE: Gate(stage=Stage.BEFORE, state=GateState.OPEN)})
    assert not rules.is_closed(still_open, Stage.BEFORE)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2025, 10, 13), Stage.BEFORE),
        (date(2025, 10, 14), Stage.UNDERSTAND),
        (date(2025, 11, 3), Stage.UNDERSTAND),
        (date(2025, 11, 4), Stage.EXPLORE),
        (date(2025, 12, 2), Stage.DECIDE),
        (date(2025, 12, 16), Stage.DECIDE),
        (date(2025, 12, 17), Stage.AFTER),
    ],
)
def test_group_is_in_the_stage_its_days_say(today: date, stage: Stage) -> None:
    assert rules.now(the_weeks(), today) == stage


def test_single_day_has_one_phase_alone() -> None:
    folk = people("facilitator")
    cycle = the_weeks(folk)
    cycle.sessions = cycle.sessions[:1]
    facts = all_agreed(cycle)

    assert [(step.name, step.first) for step in rules.steps(folk["facilitator"], facts, TODAY)] == [
        ("Before the day", None),
        ("Phase 1", date(2025, 10, 14)),
        ("After the day", None),
    ]
    assert rules.may_close(folk["facilitator"], facts, Stage.DECIDE, TODAY).reason == "This cycle has no such stage."
    put(cycle.sessions[0], SessionState.CANCELLED)
    assert rules.now(cycle, TODAY) == Stage.BEFORE


def test_steps_say_what_is_open_until_they_are_closed() -> None:
    folk = people("facilitator")
    facts = all_agreed(the_weeks(folk), agreement=None, gates=closed(Stage.BEFORE))
    before, understand, explore, *_ = rules.steps(folk["facilitator"], facts, TODAY)

    assert (before.is_closed, before.closed_on, before.matters, bool(before.may_close)) == (True, TODAY, [], False)
    assert (understand.first, understand.last, bool(understand.may_close)) == (
        date(2025, 10, 14),
        date(2025, 10, 28),
        True,
    )
    assert (explore.is_now, len(explore.matters)) == (True, 1)


def test_with_a_closed_cycle_every_stage_is_behind_the_group() -> None:
    cycle = the_weeks(folk := people(*ROLES))
    cycle.steps = [PlanStep(stage=Stage.AFTER, position=1, title="The reply")]
    put(cycle, CycleState.CLOSED)
    told = rules.steps(folk["facilitator"], all_agreed(cycle), TODAY)
    assert [(step.is_closed, step.matters) for step in told] == [(True, [])] * 5
