"""Pilots and test cycles, tried from every state by every kind of person. No database."""

import itertools
from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest

from coprod.outcomes.models import Direction, HowOften, Indicator, MeasureKind, Reading, Unit
from coprod.people.models import Person, Side
from coprod.pilots import rules
from coprod.pilots.models import (
    BoardAnswer,
    Compared,
    CycleNumber,
    FundingAsk,
    Pilot,
    PilotState,
    PilotStep,
    Spending,
    TestCycle,
    TestCycleState,
)
from coprod.pilots.rules.on_paper import sheet_of
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Verdict
from coprod.workstreams.models import Kind, Membership, MembershipState, Role, Seat, Workstream
from tests.pilots.builders import PLAN, PROPOSAL

P, T = PilotState, TestCycleState
EVERYBODY = ("chair", "owner", "steering member", "lived-experience member", "facilitator", "stranger")
ALLOWED = {
    ("funded", P.PROPOSED, "chair"),
    ("not funded", P.PROPOSED, "chair"),
    ("set up", P.FUNDED, "owner"),
    ("baseline begun", P.SET_UP, "owner"),
    ("testing begun", P.BASELINE, "owner"),
    ("testing begun", P.ADAPTED, "owner"),
    ("reviewed", P.CYCLING, "owner"),
    ("adopted", P.REVIEWED, "chair"),
    ("adapted", P.REVIEWED, "chair"),
    ("abandoned", P.REVIEWED, "chair"),
}
ALLOWED_TEST_CYCLE = {
    (name, state, who)
    for who in ("owner", "owner of the test cycle")
    for name, state in (
        ("begun", T.PLANNED),
        ("done", T.DOING),
        ("adopted", T.STUDYING),
        ("adapted", T.STUDYING),
        ("abandoned", T.STUDYING),
    )
}


def a_seat(stream: Workstream, person: Person, role: Role = Role.MEMBER, seat: Seat = Seat.MANAGER) -> None:
    Membership(
        workstream=stream, person=person, person_id=person.id, role=role, seat=seat, state=MembershipState.JOINED
    )


@pytest.fixture
def around() -> SimpleNamespace:
    return a_pilot_in_its_place()


def a_pilot_in_its_place() -> SimpleNamespace:
    """Everybody, in memory, and a pilot."""
    people = {who: Person(id=uuid4(), alias=who, side=Side.PROFESSIONAL) for who in EVERYBODY}
    people["owner of the test cycle"] = Person(id=uuid4(), alias="Mia", side=Side.PROFESSIONAL)
    stream, steering = Workstream(name="Mapping"), Workstream(name="Steering group", kind=Kind.STEERING)
    a_seat(steering, people["chair"], Role.CHAIR)
    a_seat(steering, people["owner"])
    a_seat(steering, people["steering member"])
    a_seat(stream, people["lived-experience member"], seat=Seat.MOTHER)
    a_seat(stream, people["facilitator"], Role.FACILITATOR, Seat.TEAM)
    recommendation = Recommendation(workstream=stream, steering=steering, state=State.REPLIED)
    pilot = Pilot(id=uuid4(), recommendation=recommendation, owner_id=people["owner"].id, state=P.CYCLING, **PROPOSAL)
    pilot.override_reason, pilot.learning = "", ""
    return SimpleNamespace(people=people, pilot=pilot, recommendation=recommendation)


def a_cycle(pilot: Pilot, state: TestCycleState, **fields: object) -> TestCycle:
    made = TestCycle(id=uuid4(), number=len(pilot.test_cycles) + 1, state=state, owner_id=pilot.owner_id)
    for name, value in (PLAN | {"result": "", "surprised": "", "learning": ""} | fields).items():
        setattr(made, name, value)
    pilot.test_cycles.append(made)
    return made


def a_measure(kind: MeasureKind, *values: float, name: str = "A measure", **fields: object) -> Indicator:
    made = Indicator(id=uuid4(), name=name, kind=kind, unit=Unit.DAYS, better=Direction.DOWN, **fields)
    made.readings = [
        Reading(month=date(2025, month, 1), value=value, denominator=None) for month, value in enumerate(values, 1)
    ]
    return made


def test_every_move_of_a_pilot_from_every_state_by_everybody() -> None:
    answers = {}
    for name, state, who in itertools.product(rules.LIFECYCLE.moves, P, EVERYBODY):
        around = a_pilot_in_its_place()
        a_cycle(around.pilot, T.ADAPT)
        a_cycle(around.pilot, T.ADOPT)
        around.pilot.state, around.pilot.learning = state, "Cards get lost"
        answers[name, state, who] = rules.LIFECYCLE.may(around.people[who], name, around.pilot)
    assert {tried for tried, answer in answers.items() if answer} == ALLOWED
    assert [tried for tried, answer in answers.items() if bool(answer.reason) == bool(answer)] == []


def test_every_move_of_a_test_cycle_from_every_state_by_everybody() -> None:
    answers = {}
    for name, state, who in itertools.product(rules.TEST_CYCLE.moves, T, (*EVERYBODY, "owner of the test cycle")):
        around = a_pilot_in_its_place()
        a_cycle(around.pilot, T.ADAPT)
        test_cycle = a_cycle(around.pilot, state, result="52", surprised="Nothing", learning="Cards get lost")
        test_cycle.compared = Compared.WORSE
        test_cycle.owner_id = around.people["owner of the test cycle"].id
        answers[name, state, who] = rules.TEST_CYCLE.may(around.people[who], name, test_cycle)
    assert {tried for tried, answer in answers.items() if answer} == ALLOWED_TEST_CYCLE
    assert [tried for tried, answer in answers.items() if bool(answer.reason) == bool(answer)] == []


@pytest.mark.parametrize(
    ("who", "state", "verdict", "reason"),
    [
        ("chair", State.REPLIED, Verdict.ACCEPT, ""),
        ("chair", State.REPLIED, Verdict.ACCEPT_WITH_CHANGES, ""),
        ("owner", State.REPLIED, Verdict.ACCEPT, "Only the chair can do this."),
        ("chair", State.ACCEPTED, Verdict.ACCEPT, "First send the group its reply."),
        ("chair", State.REPLIED, Verdict.DECLINE, "Only what was accepted can be put into a pilot."),
        ("chair", State.REPLIED, Verdict.DEFER, "Only what was accepted can be put into a pilot."),
        ("chair", State.REPLIED, None, "Only what was accepted can be put into a pilot."),
    ],
)
def test_only_the_chair_proposes_what_was_accepted_and_answered(around, who, state, verdict, reason) -> None:
    around.recommendation.state = state
    assert rules.may_propose(around.people[who], around.recommendation, verdict).reason == reason


def test_who_sits_at_either_table_may_own_a_pilot(around) -> None:
    assert [person.alias for person in rules.may_own(around.recommendation)] == sorted(set(EVERYBODY) - {"stranger"})


def test_who_may_own_is_shown_to_those_who_know_them(around) -> None:
    """P2: a chair is shown who sits with her, who runs the group, and who owns a part of the pilot already."""
    chair, member = around.people["chair"], around.people["lived-experience member"]

    def shown(person, pilot=None):
        return [one.alias for one in rules.owners_known_to(person, around.recommendation, pilot)]

    assert shown(chair) == ["chair", "facilitator", "owner", "steering member"]
    assert shown(member) == ["facilitator", "lived-experience member"]
    around.pilot.owner_id = member.id
    assert shown(chair, around.pilot) == ["chair", "facilitator", "lived-experience member", "owner", "steering member"]


def test_adopting_needs_two_finished_test_cycles_or_an_override_with_a_reason(around) -> None:
    pilot, chair = around.pilot, around.people["chair"]
    pilot.state = P.REVIEWED
    a_cycle(pilot, T.ADOPT)
    a_cycle(pilot, T.PLANNED)
    refused = rules.LIFECYCLE.may(chair, "adopted", pilot)
    assert refused.reason == "Two finished test cycles are needed. So far: 1."
    pilot.override_reason = "Parents ask for it now"
    assert rules.LIFECYCLE.may(chair, "adopted", pilot)
    pilot.override_reason, pilot.test_cycles[1].state = "", T.ABANDON
    assert rules.LIFECYCLE.may(chair, "adopted", pilot)


def test_stopping_needs_what_was_learned(around) -> None:
    around.pilot.state = P.REVIEWED
    assert rules.LIFECYCLE.may(around.people["chair"], "abandoned", around.pilot).reason == "Say what was learned."


@pytest.mark.parametrize(
    ("state", "reason"), [(T.DOING, "First finish test cycle 1."), (T.STUDYING, "First finish test cycle 1.")]
)
def test_a_pilot_is_reviewed_when_no_test_runs(around, state, reason) -> None:
    a_cycle(around.pilot, state)
    assert rules.LIFECYCLE.may(around.people["owner"], "reviewed", around.pilot).reason == reason


def test_a_planned_test_cycle_does_not_hold_the_review_back(around) -> None:
    a_cycle(around.pilot, T.PLANNED)
    assert rules.LIFECYCLE.may(around.people["owner"], "reviewed", around.pilot)


def test_balancing_measures_are_found_once(around) -> None:
    outcome, waiting = a_measure(MeasureKind.OUTCOME), a_measure(MeasureKind.BALANCING, 10, 90, 200)
    for _ in range(2):
        a_cycle(around.pilot, T.ADOPT).measures = [outcome, waiting]
    assert rules.balancing_of(around.pilot) == [waiting]


def test_harm_counts_in_every_balancing_measure_of_what_was_recommended_watched_or_not(around) -> None:
    """A measure that the next plan leaves out still speaks."""
    left_out = a_long_measure(51, 53, 62)
    around.pilot.state, around.pilot.measures = P.REVIEWED, [left_out]
    last = a_cycle(around.pilot, T.STUDYING, result="52", compared=Compared.WORSE, surprised="Nothing")
    a_cycle(around.pilot, T.ADOPT)
    assert rules.balancing_of(around.pilot) == [left_out]
    assert rules.has_earned_adoption(around.pilot).reason.startswith("Two finished test cycles")
    last.number = 2
    assert rules.has_earned_adopting(last).reason == (
        "A balancing measure shows a concern. Days to wait: March 2025 (outside)."
    )


@pytest.mark.parametrize(
    ("how_often", "begins", "concern"),
    [
        (HowOften.WEEK, date(2025, 3, 12), "Week from 10 March 2025 (outside)"),
        (HowOften.WEEK, date(2025, 3, 17), ""),
        (HowOften.QUARTER, date(2025, 5, 1), "April to June 2025 (outside)"),
        (HowOften.QUARTER, date(2025, 7, 1), ""),
    ],
)
def test_a_sign_counts_when_its_week_or_quarter_reaches_into_the_testing(how_often, begins, concern) -> None:
    first = date(2024, 12, 9) if how_often == HowOften.WEEK else date(2022, 1, 1)
    measure = a_measure(MeasureKind.BALANCING, how_often=how_often)
    for place, value in enumerate((*ORDINARY, 51, 62)):
        weekly, year, quarter = first + timedelta(7 * place), first.year + place // 4, place % 4
        month = weekly if how_often == HowOften.WEEK else date(year, 1 + 3 * quarter, 1)
        measure.readings.append(Reading(month=month, value=value, denominator=None))
    assert [*rules.concerns(measure, begins), ""][0] == concern


def test_a_test_cycle_lies_over_the_weeks_it_ran_in(around) -> None:
    measure = a_measure(MeasureKind.OUTCOME, how_often=HowOften.WEEK)
    measure.readings = [Reading(month=date(2025, 3, 3) + timedelta(7 * place), value=50) for place in range(6)]
    a_cycle(around.pilot, T.ADAPT, begins=date(2025, 3, 12), ends=date(2025, 3, 26))
    assert [(one.first, one.last) for one in rules.spans(around.pilot, measure)] == [(1, 3)]


def test_two_points_are_said_and_never_called_a_change(around) -> None:
    twice = a_measure(MeasureKind.OUTCOME, 55, 76, how_often=HowOften.ONCE, target=80)
    assert rules.variation(twice).endswith("Two points show a difference. They are never a trend.")
    assert rules.assurance(twice) == "Target 80 days."
    line = a_measure(MeasureKind.OUTCOME, 1)
    assert rules.shown_first([twice, line]) is line
    assert (rules.shown_first([twice]), rules.shown_first([])) == (twice, None)


ORDINARY = (48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48)


def a_long_measure(*more: float, kind: MeasureKind = MeasureKind.BALANCING, **fields: object) -> Indicator:
    """Twelve ordinary months of 2024, and what came after; down is better."""
    made = a_measure(kind, name="Days to wait", **fields)
    months = [date(2024 + place // 12, place % 12 + 1, 1) for place in range(12 + len(more))]
    made.readings = [
        Reading(month=month, value=value, denominator=None)
        for month, value in zip(months, (*ORDINARY, *more), strict=True)
    ]
    return made


def test_adopting_is_refused_for_a_concern_on_a_balancing_measure_since_the_testing_began(around) -> None:
    """Journey 22: a sign of harm elsewhere, and the override with a reason."""
    pilot, chair = around.pilot, around.people["chair"]
    pilot.state = P.REVIEWED
    for _ in range(2):
        a_cycle(pilot, T.ADOPT).measures = [a_long_measure(51, 53, 62)]
    refused = rules.LIFECYCLE.may(chair, "adopted", pilot)
    assert refused.reason == "A balancing measure shows a concern. Days to wait: March 2025 (outside)."
    pilot.override_reason = "The ward was shut that month"
    assert rules.LIFECYCLE.may(chair, "adopted", pilot)


@pytest.mark.parametrize(
    ("measure", "free"),
    [
        (a_long_measure(51, 53, 62), False),
        (a_long_measure(51, 53, 38), True),
        (a_long_measure(51, 62, 50), True),
        (a_long_measure(51, 53, 50), True),
        (a_long_measure(51, 53, 62, kind=MeasureKind.OUTCOME), True),
        (a_measure(MeasureKind.BALANCING, 10, 90, 200), True),
    ],
    ids=["outside", "outside the good way", "before the testing", "ordinary", "no balancing measure", "too few"],
)
def test_only_a_sign_of_harm_elsewhere_since_then_is_a_concern(measure, free) -> None:
    assert bool(rules.concern_on_balancing([measure], date(2025, 3, 3))) == free


def test_the_first_test_cycle_is_not_adopted_without_an_override(around) -> None:
    said = {"result": "52", "compared": Compared.WORSE, "surprised": "Nothing"}
    first, owner = a_cycle(around.pilot, T.STUDYING, **said), around.people["owner"]
    assert rules.TEST_CYCLE.may(owner, "adopted", first).reason == "Two test cycles are needed. This is the first."
    first.override_reason = "Parents ask for it now"
    assert rules.TEST_CYCLE.may(owner, "adopted", first)
    first.state = T.ADOPT
    second = a_cycle(around.pilot, T.STUDYING, **said)
    assert rules.TEST_CYCLE.may(owner, "adopted", second)
    second.measures = [a_long_measure(51, 53, 62)]
    assert rules.TEST_CYCLE.may(owner, "adopted", second).reason.startswith("A balancing measure shows a concern")


def test_the_screen_says_variation_and_assurance_in_words() -> None:
    """Journey 22: target 60 is hit and miss, 65 fails, 35 passes."""
    up = {"better": Direction.UP, "unit": Unit.PERCENT}
    words = []
    for target in (60, 65, 35, None):
        measure = a_long_measure(51, 53, 58, 56, 59, 54, 57, 62, kind=MeasureKind.OUTCOME, target=target)
        measure.better, measure.unit = up["better"], Unit.DAYS
        words.append(rules.assurance(measure))
    assert [one.split(": ")[-1] for one in words[:2]] == ["hit and miss.", "it fails, as things are."]
    assert words[2].endswith("it passes, as things are.")
    assert words[3] == "No target is set."
    assert rules.variation(measure).startswith("It got better")
    few = a_measure(MeasureKind.OUTCOME, 48, 52, target=60)
    assert rules.assurance(few) == "Target 60 days: too early to tell."


# --- Money and steps.


def an_ask(pilot: Pilot, **fields: object) -> FundingAsk:
    made = FundingAsk(board="Better Start", number=len(pilot.asks) + 1, what_for="", conditions="", **fields)
    pilot.asks.append(made)
    return made


def test_what_is_left_is_said_in_a_sentence(around) -> None:
    pilot = around.pilot
    assert rules.left_words(pilot) == "No sum is granted."
    pilot.spendings.append(Spending(pounds=500))
    assert rules.left_words(pilot) == "No sum is granted. Spent: £500."
    an_ask(pilot, granted=18_000, answer=BoardAnswer.ALL)
    assert rules.left_words(pilot) == "£17,500 of £18,000 is left."
    pilot.spendings.append(Spending(pounds=18_000))
    assert rules.left_words(pilot) == "£500 more is spent than the £18,000 that was granted."


def test_an_ask_and_its_answer_in_words(around) -> None:
    asked = an_ask(around.pilot, pounds=18_000)
    assert (rules.asked_words(asked), rules.answer_words(asked)) == ("£18,000", "No answer yet.")
    asked.what_for, asked.answer, asked.granted = "half a post", BoardAnswer.ALL, 18_000
    assert (rules.asked_words(asked), rules.answer_words(asked)) == ("£18,000, for half a post", "Yes: £18,000.")
    asked.pounds, asked.granted, asked.answer, asked.conditions = None, None, BoardAnswer.NOTHING, "Ask next year."
    assert rules.answer_words(asked) == "No. Its conditions: Ask next year."
    asked.what_for = ""
    assert rules.asked_words(asked) == ""


@pytest.mark.parametrize(
    ("asked_for", "answer", "granted", "conditions", "faulty"),
    [
        (100, None, None, "", ["answer"]),
        (100, BoardAnswer.ALL, None, "", ["granted"]),
        (None, BoardAnswer.ALL, None, "", []),
        (100, BoardAnswer.ALL, 0, "", ["granted"]),
        (100, BoardAnswer.ALL, 100, "", []),
        (100, BoardAnswer.PART, None, "", ["granted"]),
        (100, BoardAnswer.PART, None, "A room", []),
        (100, BoardAnswer.NOTHING, 10, "", ["granted"]),
        (100, BoardAnswer.NOTHING, None, "", []),
    ],
)
def test_what_a_board_answers_fits_together(around, asked_for, answer, granted, conditions, faulty) -> None:
    asked = an_ask(around.pilot, pounds=asked_for)
    assert list(rules.answer_faults(asked, answer, granted, conditions)) == faulty


def test_a_step_is_late_after_its_day_until_it_is_done() -> None:
    step, day = PilotStep(due=date(2025, 3, 1)), date(2025, 3, 1)
    assert [rules.step_words(step, one) for one in (day, date(2025, 3, 2))] == ["open", "late"]
    step.done_on = date(2025, 3, 5)
    assert rules.step_words(step, date(2025, 4, 1)) == "done"


def test_small_numbers_on_the_way_are_not_said() -> None:
    measure = Indicator(name="Complaints", unit=Unit.COUNT)
    few, many = CycleNumber(indicator=measure, value=3), CycleNumber(indicator=measure, value=30)
    assert [rules.number_words(one) for one in (few, many)] == ["Complaints: fewer than 5", "Complaints: 30 people"]


def test_a_pilot_is_open_until_nothing_can_become_of_it(around) -> None:
    shut = []
    for state in P:
        around.pilot.state = state
        shut += [] if rules.is_open(around.pilot) else [state]
    assert shut == [P.NOT_FUNDED, P.ADOPTED, P.ABANDONED]


@pytest.mark.parametrize("left_out", ["result", "compared", "surprised"])
def test_there_is_no_acting_before_the_result_stands_beside_the_prediction(around, left_out) -> None:
    said = {"result": "52", "compared": Compared.WORSE, "surprised": "Nothing"} | {left_out: None}
    test_cycle = a_cycle(around.pilot, T.STUDYING, **said)
    owner = around.people["owner"]
    for name in ("adopted", "adapted", "abandoned"):
        assert rules.TEST_CYCLE.may(owner, name, test_cycle).reason.startswith("First study it")
    assert rules.missing(rules.STUDY_NEEDS, said) == {left_out: rules.STUDY_NEEDS[left_out]}


def test_abandoning_a_test_cycle_needs_what_was_learned(around) -> None:
    said = {"result": "52", "compared": Compared.WORSE, "surprised": "Nothing"}
    test_cycle = a_cycle(around.pilot, T.STUDYING, **said)
    owner = around.people["owner"]
    assert rules.TEST_CYCLE.may(owner, "abandoned", test_cycle).reason == "Say what was learned."
    assert rules.TEST_CYCLE.may(owner, "adapted", test_cycle)


def test_a_test_cycle_begins_only_while_its_pilot_is_tested(around) -> None:
    test_cycle = a_cycle(around.pilot, T.PLANNED)
    around.pilot.state = P.REVIEWED
    refused = rules.TEST_CYCLE.may(around.people["owner"], "begun", test_cycle)
    assert refused.reason == "The pilot is at: reviewed. Nothing is tested now."


@pytest.mark.parametrize(
    ("who", "state", "reason"),
    [
        ("owner", P.CYCLING, ""),
        ("chair", P.CYCLING, "Only the pilot's owner can do this."),
        ("owner", P.BASELINE, "The pilot is at: baseline. Nothing is tested now."),
    ],
)
def test_the_owner_plans_while_the_pilot_is_tested(around, who, state, reason) -> None:
    around.pilot.state = state
    assert rules.may_plan(around.people[who], around.pilot).reason == reason


def test_one_test_cycle_is_finished_before_the_next_is_planned(around) -> None:
    a_cycle(around.pilot, T.ADAPT)
    a_cycle(around.pilot, T.PLANNED)
    assert rules.may_plan(around.people["owner"], around.pilot).reason == "First finish test cycle 2."


def test_each_step_is_written_while_it_lasts(around) -> None:
    test_cycle, owner = a_cycle(around.pilot, T.DOING), around.people["owner"]
    assert rules.may_work_on(owner, test_cycle, T.DOING)
    assert rules.may_work_on(owner, test_cycle, T.PLANNED).reason == "Test cycle 1 is at: doing."
    refused = rules.may_work_on(around.people["chair"], test_cycle, T.DOING)
    assert refused.reason == "Only the owner of the test cycle or of the pilot can do this."


BOTH = [a_measure(MeasureKind.PROCESS), a_measure(MeasureKind.BALANCING)]


@pytest.mark.parametrize("left_out", [*PLAN, "owner"])
def test_each_thing_a_plan_lacks_is_a_sentence_beside_its_field(left_out) -> None:
    words = PLAN | {"owner": Person(alias="Kim")} | {left_out: None}
    assert rules.plan_faults(words, BOTH) == {left_out: rules.PLAN_NEEDS[left_out]}


@pytest.mark.parametrize(
    ("measures", "sentence"),
    [
        (BOTH[:1], "Choose a balancing measure: it shows harm elsewhere."),
        (BOTH[1:], "Choose an outcome or a process measure."),
        (
            [],
            "Choose an outcome or a process measure. Choose a balancing measure: it shows harm elsewhere.",
        ),
    ],
)
def test_a_plan_watches_the_change_and_harm_elsewhere(measures, sentence) -> None:
    faults = rules.plan_faults(PLAN | {"owner": Person(alias="Kim")}, measures)
    assert faults == {"measures": sentence}
    assert rules.is_sound(faults).reason == sentence


def test_a_whole_plan_has_no_faults() -> None:
    assert rules.is_sound(rules.plan_faults(PLAN | {"owner": Person(alias="Kim")}, BOTH))


def test_nothing_ends_before_it_begins() -> None:
    words = PLAN | {"owner": Person(alias="Kim"), "ends": date(2025, 2, 28)}
    assert rules.plan_faults(words, BOTH) == {"ends": "It cannot end before it begins."}


def test_a_test_cycle_lies_over_the_months_it_ran_in(around) -> None:
    measure = a_measure(MeasureKind.OUTCOME, *range(6))
    a_cycle(around.pilot, T.ADAPT, begins=date(2025, 2, 14), ends=date(2025, 3, 31))
    a_cycle(around.pilot, T.ADOPT, begins=date(2025, 4, 1), ends=date(2025, 9, 30))
    a_cycle(around.pilot, T.PLANNED, begins=date(2025, 10, 1), ends=date(2025, 12, 31))
    assert [(one.number, one.first, one.last) for one in rules.spans(around.pilot, measure)] == [(1, 1, 2), (2, 3, 5)]


def test_the_headline_says_the_answer_first() -> None:
    outcome = a_measure(MeasureKind.OUTCOME, 12, 10, name="Days to the first visit", baseline=14, target=7)
    waiting = a_measure(MeasureKind.BALANCING, 3, name="Days to wait", baseline=None, target=None)
    assert rules.headline([]) == []
    assert rules.headline([outcome, waiting]) == [
        ("Latest: 10 days", "Days to the first visit"),
        ("Target: 7 days", "Baseline: 14 days"),
        ("Harm elsewhere", "Days to wait: 3 days."),
    ]
    assert rules.headline([a_measure(MeasureKind.OUTCOME, baseline=None, target=None)]) == [
        ("Latest: No reading yet", "A measure"),
        ("Target: none set", "Baseline: not known"),
        ("Harm elsewhere", "No balancing measure yet."),
    ]


def test_the_stage_names_the_test_cycle_while_it_is_tested(around) -> None:
    assert rules.stage_words(around.pilot) == "cycling"
    a_cycle(around.pilot, T.PLANNED)
    assert rules.stage_words(around.pilot) == "cycling: cycle 1"
    around.pilot.state = P.REVIEWED
    assert rules.stage_words(around.pilot) == "reviewed"


def test_the_ramp_says_prediction_and_result(around) -> None:
    first = a_cycle(around.pilot, T.ADAPT, result="52 in 100.", compared=Compared.WORSE)
    second = a_cycle(around.pilot, T.PLANNED)
    assert rules.outcome_words(first) == (
        "Predicted: 55 in 100 will know it. Came out: 52 in 100. (worse than predicted)"
    )
    assert rules.outcome_words(second) == "Predicted: 55 in 100 will know it."
    steps = rules.ramp_of(around.pilot).steps
    assert [(step.number, step.closed) for step in steps] == [(1, True), (2, False)]


def test_an_aim_is_one_sentence() -> None:
    assert Pilot(**PROPOSAL).aim == (
        "By 31 December 2025: 60 in 100 know their midwife's name. For parents at two clinics."
    )


def test_a_sheet_keeps_the_last_and_cuts_what_is_long(around) -> None:
    short = a_cycle(around.pilot, T.DOING, did="One note", override_reason="")
    short.owner = around.people["owner"]
    sheet = sheet_of(short)
    assert (sheet.notes, sheet.numbers, sheet.heard, sheet.more) == (["One note"], [], [], False)
    assert ("Safety check", "Ask each parent whether the card is welcome") in sheet.plan
    assert ("What surprised us", None) in sheet.study
    long = a_cycle(around.pilot, T.ADAPT, did="\n".join(f"Note {one}" for one in range(5)), compared=Compared.WORSE)
    long.owner, long.override_reason, long.safety_check = around.people["owner"], "", "word " * 100
    sheet = sheet_of(long)
    assert (sheet.notes, sheet.more) == (["Note 2", "Note 3", "Note 4"], True)
    check = dict(sheet.plan)["Safety check"]
    assert (check[-6:], len(check) <= 160) == ("word …", True)
    assert ("That is", "Worse than predicted") in sheet.study
