"""Pilots and test cycles as they go their way."""

from datetime import date, time

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.messages.models import Message
from coprod.outcomes import services as outcomes
from coprod.pilots import queries, rules, services
from coprod.pilots.models import BoardAnswer, Compared, Feedback, PilotState, StepKind, TestCycleState, Touched
from coprod.recommendations.models import State
from coprod.steering.models import ItemKind, ItemState, Meeting, MeetingState, Verdict
from coprod.steering.services import agenda as meetings
from coprod.steering.services import meetings as meetings_of
from tests.factories import a_membership, a_person, a_professional, keep
from tests.outcomes.builders import an_indicator
from tests.pilots.builders import KEPT, PLAN, PROPOSAL, a_decision, a_pilot, a_test_cycle

STUDY = {"result": "52 in 100", "compared": Compared.WORSE, "surprised": "Cards get lost"}


def verbs() -> set[str]:
    return {entry.verb for entry in db.session.scalars(db.select(Entry))}


def finished(pilot, times: int) -> None:
    for _ in range(times):
        a_test_cycle(pilot, TestCycleState.ADAPT)


def test_the_chair_proposes_what_was_accepted_and_the_owner_keeps_its_readings(table) -> None:
    indicator = an_indicator(table.recommendation)
    made = services.propose(
        table.recommendation, by=table.alex, owner=table.kim, funding_board="Better Start", **PROPOSAL
    )
    assert (made.state, made.owner) == (PilotState.PROPOSED, table.kim)
    assert [(one.board, one.asked_on, one.answer) for one in made.asks] == [("Better Start", date(2025, 11, 17), None)]
    assert queries.pilot_of(table.recommendation) == made
    assert table.recommendation.state == State.REPLIED
    assert verbs() == {"proposed", "keeper of readings appointed", "board asked"}
    outcomes.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.kim)


@pytest.mark.parametrize(
    ("who", "changed", "reason"),
    [
        ("sam", {}, "Only the chair"),
        ("alex", {"site": ""}, "Say where it is tried."),
        ("alex", {"ends": date(2025, 1, 1)}, "cannot end before"),
    ],
)
def test_a_proposal_that_may_not_be_is_refused(table, who, changed, reason) -> None:
    with pytest.raises(Refused, match=reason):
        services.propose(table.recommendation, by=getattr(table, who), **PROPOSAL | {"owner": table.kim} | changed)


def test_its_owner_sits_at_one_of_the_tables(table) -> None:
    with pytest.raises(Refused, match="Its owner sits in the group"):
        services.propose(table.recommendation, by=table.alex, owner=table.cyd, **PROPOSAL)


def test_the_latest_verdict_counts(table) -> None:
    a_decision(table.recommendation, Verdict.DECLINE, number=2)
    with pytest.raises(Refused, match="Only what was accepted"):
        services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)


def test_there_is_one_pilot_of_a_recommendation(table) -> None:
    services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)
    with pytest.raises(Refused, match="It has a pilot already"):
        services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)


def test_a_pilot_goes_all_the_way_and_its_recommendation_follows(table) -> None:
    pilot = services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)
    services.move(pilot, "funded", by=table.alex, granted="£18,000")
    assert (pilot.granted, table.recommendation.state) == ("£18,000", State.IN_PILOT)
    for name in ("set up", "baseline begun", "testing begun"):
        services.move(pilot, name, by=table.kim)
    finished(pilot, 1)
    services.move(pilot, "reviewed", by=table.kim)
    services.move(pilot, "adapted", by=table.alex, reason="The card gets lost")
    assert (pilot.state, table.recommendation.state) == (PilotState.ADAPTED, State.ADAPTED)
    services.move(pilot, "testing begun", by=table.kim)
    finished(pilot, 1)
    services.move(pilot, "reviewed", by=table.kim)
    services.move(pilot, "adopted", by=table.alex, **KEPT)
    assert (pilot.state, table.recommendation.state, pilot.override_reason) == (PilotState.ADOPTED, State.ADOPTED, "")


def test_without_money_the_recommendation_stays_where_it_is(table) -> None:
    pilot = services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)
    services.move(pilot, "not funded", by=table.alex)
    assert (pilot.state, table.recommendation.state) == (PilotState.NOT_FUNDED, State.REPLIED)


def test_an_override_keeps_its_reason(table, pilot) -> None:
    services.move(pilot, "reviewed", by=table.kim)
    with pytest.raises(Refused, match="Two finished test cycles"):
        services.move(pilot, "adopted", by=table.alex, **KEPT)
    said = KEPT | {"reason": "", "override_reason": "Parents ask for it now"}
    services.move(pilot, "adopted", by=table.alex, **said)
    assert (pilot.state, pilot.override_reason) == (PilotState.ADOPTED, "Parents ask for it now")
    assert pilot.reason == "Parents ask for it now"
    assert table.recommendation.state == State.ADOPTED


@pytest.mark.parametrize(
    ("left_out", "sentence"),
    [
        ({"reason": ""}, "Say why."),
        ({"scaled_to": ""}, "Say where it goes, or who gets it."),
        ({"scaled_by": None}, "Say by when."),
        ({"scaled_by": date(2025, 11, 16)}, "That day is over."),
        ({"reason": "word " * 61}, "Use 60 words at most. This has 61."),
    ],
)
def test_adopting_says_why_and_where_it_goes_and_by_when(table, pilot, left_out, sentence) -> None:
    finished(pilot, 2)
    services.move(pilot, "reviewed", by=table.kim)
    with pytest.raises(Refused) as refused:
        services.move(pilot, "adopted", by=table.alex, **KEPT | left_out)
    assert (str(refused.value), pilot.state) == (sentence, PilotState.REVIEWED)


def test_where_an_adopted_pilot_goes_is_kept_and_told_to_those_who_asked(table, pilot) -> None:
    finished(pilot, 2)
    services.move(pilot, "reviewed", by=table.kim)
    services.move(pilot, "adopted", by=table.alex, **KEPT)
    assert (pilot.reason, pilot.scaled_to, pilot.scaled_by) == tuple(KEPT.values())
    assert pilot.milestones[-1].words == (
        "It stays for good. Why: Parents know whom to ask. It goes to: All six clinics, by 31 March 2026."
    )


def test_who_may_not_decide_is_told_that_first(table, pilot) -> None:
    services.move(pilot, "reviewed", by=table.kim)
    with pytest.raises(Refused, match="Only the chair"):
        services.move(pilot, "adapted", by=table.kim)


def test_pilot_is_on_the_next_agenda_as_soon_as_the_testing_is_done_and_off_it_when_it_is_decided(table, pilot) -> None:
    meeting = meetings_of.plan_meeting(table.steering, date(2025, 12, 1), time(10), by=table.alex)
    services.move(pilot, "reviewed", by=table.kim)
    assert [one.title for one in meeting.items if one.kind == ItemKind.PILOT] == [
        "One named midwife: adopt, adapt or stop"
    ]
    services.move(pilot, "adapted", by=table.alex, reason="The card gets lost")
    assert [one.title for one in meeting.items if one.kind == ItemKind.PILOT] == []


def test_stopping_keeps_what_was_learned(table, pilot) -> None:
    services.move(pilot, "reviewed", by=table.kim)
    with pytest.raises(Refused, match="Say what was learned"):
        services.move(pilot, "abandoned", by=table.alex, reason="It does not help")
    with pytest.raises(Refused, match="Say why"):
        services.move(pilot, "abandoned", by=table.alex, learning="Cards get lost")
    services.move(pilot, "abandoned", by=table.alex, reason="It does not help", learning="Cards get lost")
    assert (pilot.state, pilot.learning) == (PilotState.ABANDONED, "Cards get lost")
    assert table.recommendation.state == State.ABANDONED


def test_the_owner_plans_a_test_cycle(table, pilot) -> None:
    made = services.plan(pilot, table.measures, by=table.kim, owner=table.lou, **PLAN)
    assert (made.number, made.state, made.owner, made.change) == (1, TestCycleState.PLANNED, table.lou, PLAN["change"])
    assert {one.name for one in made.measures} == {"Knew her name", "Days to wait"}
    assert verbs() == {"planned"}


def test_a_plan_is_refused_to_others_and_while_it_lacks_something(table, pilot) -> None:
    with pytest.raises(Refused, match="Only the pilot's owner"):
        services.plan(pilot, table.measures, by=table.alex, owner=table.kim, **PLAN)
    with pytest.raises(Refused, match="balancing measure"):
        services.plan(pilot, table.measures[:1], by=table.kim, owner=table.kim, **PLAN)


def test_a_plan_is_changed_until_it_begins(table, pilot) -> None:
    made = services.plan(pilot, table.measures, by=table.kim, owner=table.kim, **PLAN)
    other = an_indicator(table.recommendation, "Felt heard")
    words = PLAN | {"change": "A phone call", "owner": table.lou}
    services.replan(made, [other, table.measures[1]], by=table.kim, **words)
    assert (made.change, made.owner) == ("A phone call", table.lou)
    assert {one.name for one in made.measures} == {"Felt heard", "Days to wait"}
    with pytest.raises(Refused, match="balancing measure"):
        services.replan(made, [other], by=table.lou, **words)
    services.begin(made, by=table.lou)
    with pytest.raises(Refused, match="is at: doing"):
        services.replan(made, table.measures, by=table.lou, **words)


def test_notes_are_dated_and_stay(table, pilot, clock) -> None:
    test_cycle = a_test_cycle(pilot)
    with pytest.raises(Refused, match="is at: planned"):
        services.note(test_cycle, "Too soon", by=table.kim)
    services.begin(test_cycle, by=table.kim)
    services.note(test_cycle, "Three cards given", by=table.kim)
    clock(2025, 11, 18, 9)
    services.note(test_cycle, "Two more", by=table.kim)
    assert test_cycle.did == "17 November 2025: Three cards given\n18 November 2025: Two more"


def test_a_study_needs_the_comparison(table, pilot) -> None:
    test_cycle = a_test_cycle(pilot, TestCycleState.DOING)
    with pytest.raises(Refused, match="is at: doing"):
        services.study(test_cycle, **STUDY, by=table.kim)
    services.finish_doing(test_cycle, by=table.kim)
    for left_out, reason in (("result", "came out"), ("compared", "compares"), ("surprised", "surprised us")):
        nothing = None if left_out == "compared" else ""
        with pytest.raises(Refused, match=reason):
            services.study(test_cycle, **STUDY | {left_out: nothing}, by=table.kim)
    with pytest.raises(Refused, match="First study it"):
        services.act(test_cycle, "adopted", by=table.kim)
    services.study(test_cycle, **STUDY, by=table.kim)
    assert (test_cycle.result, test_cycle.compared) == ("52 in 100", Compared.WORSE)
    with pytest.raises(Refused, match="This is the first"):
        services.act(test_cycle, "adopted", by=table.kim)
    assert verbs() == {"done", "studied"}


def test_a_second_test_cycle_is_adopted_and_the_first_only_by_an_override_with_a_reason(table, pilot) -> None:
    first = a_test_cycle(pilot, TestCycleState.STUDYING, **STUDY)
    with pytest.raises(Refused, match="Only the chair"):
        services.override(first, "Parents ask for it now", by=table.kim)
    with pytest.raises(Refused, match="Say why"):
        services.override(first, "", by=table.alex)
    services.override(first, "Parents ask for it now", by=table.alex)
    assert services.act(first, "adopted", by=table.kim) is None
    assert (first.state, first.override_reason) == (TestCycleState.ADOPT, "Parents ask for it now")
    with pytest.raises(Refused, match="is at: adopt"):
        services.override(first, "Again", by=table.alex)
    second = a_test_cycle(pilot, TestCycleState.STUDYING, **STUDY)
    services.act(second, "adopted", by=table.kim)
    assert (second.state, second.override_reason) == (TestCycleState.ADOPT, "")


def test_adapting_opens_the_next_test_cycle_filled_in(table, pilot) -> None:
    first = services.plan(pilot, table.measures, by=table.kim, owner=table.lou, **PLAN)
    services.begin(first, by=table.lou)
    services.finish_doing(first, by=table.lou)
    services.study(first, **STUDY, by=table.lou)
    following = services.act(first, "adapted", "Bigger letters", by=table.lou)
    assert following is not None
    assert (following.number, following.state, following.owner) == (2, TestCycleState.PLANNED, table.lou)
    assert (following.change, following.prediction, following.aim) == (first.change, first.prediction, first.aim)
    assert (following.begins, following.ends) == (date(2025, 5, 1), date(2025, 6, 30))
    assert (following.measures, following.result, following.did) == (first.measures, "", "")
    assert (first.learning, following.follows_id) == ("Bigger letters", first.id)


def test_abandoning_keeps_what_was_learned(table, pilot) -> None:
    test_cycle = a_test_cycle(pilot, TestCycleState.STUDYING, result="52", compared=Compared.WORSE, surprised="Loss")
    with pytest.raises(Refused, match="Say what was learned"):
        services.act(test_cycle, "abandoned", by=table.kim)
    assert services.act(test_cycle, "abandoned", "Cards get lost", by=table.kim) is None
    assert (test_cycle.state, test_cycle.learning) == (TestCycleState.ABANDON, "Cards get lost")


# --- What a steering group looks at.


def test_pilot_comes_on_the_agenda_when_testing_is_done_or_its_time_is_over(table) -> None:
    steering, day = table.recommendation.steering, date(2025, 12, 31)
    pilot = services.propose(table.recommendation, by=table.alex, owner=table.kim, **PROPOSAL)
    assert services.to_look_at(steering, day) == []
    services.move(pilot, "funded", by=table.alex, granted="£18,000")
    for name in ("set up", "baseline begun", "testing begun"):
        services.move(pilot, name, by=table.kim)
    assert services.to_look_at(steering, date(2025, 12, 30)) == []
    (over,) = services.to_look_at(steering, day)
    assert (over.kind, over.thing_id, over.speaker) == (ItemKind.PILOT, pilot.id, table.kim.alias)
    assert over.title == "One named midwife: its time is over"
    services.move(pilot, "reviewed", by=table.kim)
    assert [one.title for one in services.to_look_at(steering, day)] == ["One named midwife: adopt, adapt or stop"]
    assert services.to_look_at in meetings.SOURCES


def test_pilot_that_is_decided_in_a_meeting_is_done_with_there(table) -> None:
    pilot = a_pilot(table.recommendation, table.kim, PilotState.REVIEWED)
    db.session.execute(db.update(type(table.recommendation)).values(state=State.IN_PILOT))
    db.session.expire_all()
    meeting = Meeting(
        workstream=table.recommendation.steering, on=date(2025, 11, 17), starts_at=time(10), state=MeetingState.OPEN
    )
    keep(meeting)
    meetings.build_agenda(meeting, by=table.alex)
    services.move(pilot, "adapted", by=table.alex, reason="The card gets lost")
    (item,) = [item for item in meeting.items if item.kind == ItemKind.PILOT]
    assert (item.state, item.outcome) == (
        ItemState.TALKED_ABOUT,
        "It will be changed and tried again. Why: The card gets lost.",
    )


# --- Money.


def test_a_board_is_asked_and_its_answer_with_its_conditions_comes_before_the_money(table) -> None:
    pilot = services.propose(
        table.recommendation, by=table.alex, owner=table.kim, funding_board="Better Start", budget=18_000, **PROPOSAL
    )
    with pytest.raises(Refused, match="No board has said yes yet"):
        services.move(pilot, "funded", by=table.alex, granted="£18,000")
    (asked,) = pilot.asks
    with pytest.raises(Refused, match="Only the chair"):
        services.note_answer(asked, BoardAnswer.ALL, 18_000, by=table.kim)
    with pytest.raises(Refused, match="Say how much is granted"):
        services.note_answer(asked, BoardAnswer.ALL, by=table.alex)
    services.note_answer(asked, BoardAnswer.PART, 12_000, "A report after six months", by=table.alex)
    assert (asked.granted, asked.answered_on) == (12_000, date(2025, 11, 17))
    with pytest.raises(Refused, match="noted already"):
        services.note_answer(asked, BoardAnswer.NOTHING, by=table.alex)
    services.move(pilot, "funded", by=table.alex, granted="£12,000")
    assert pilot.milestones[0].words == (
        "Better Start was asked for money. It said: Yes, in part: £12,000. Its conditions: A report after six months."
    )


def test_money_is_spent_until_the_pilot_is_over(table, pilot) -> None:
    asked = services.ask(pilot, "Better Start", "A worker", 10_000, by=table.alex)
    services.note_answer(asked, BoardAnswer.ALL, 10_000, by=table.alex)
    services.spend(pilot, date(2025, 11, 1), 4_000, "Cards", by=table.kim)
    assert rules.left_words(pilot) == "£6,000 of £10,000 is left."
    for who, on, pounds, reason in (
        (table.robin, date(2025, 11, 1), 10, "Only the pilot's owner or the chair"),
        (table.kim, date(2025, 11, 18), 10, "has not come yet"),
        (table.kim, date(2025, 11, 1), 0, "Write whole pounds"),
    ):
        with pytest.raises(Refused, match=reason):
            services.spend(pilot, on, pounds, "Cards", by=who)
    pilot = a_pilot_at(pilot, PilotState.ABANDONED)
    with pytest.raises(Refused, match="Nothing is added"):
        services.spend(pilot, date(2025, 11, 1), 10, "Cards", by=table.kim)


def a_pilot_at(pilot, state):
    db.session.execute(db.update(type(pilot)).values(state=state))
    db.session.expire_all()
    return pilot


# --- Steps.


def test_a_pilot_waits_for_its_steps_and_its_safety_checks(table) -> None:
    pilot = a_pilot(table.recommendation, table.kim, PilotState.SET_UP)
    due = date(2025, 12, 1)
    train = services.add_step(pilot, StepKind.SET_UP, "Train four midwives", table.lou, due, by=table.kim)
    check = services.add_step(pilot, StepKind.SAFETY, "Ask three parents", table.kim, due, by=table.kim)
    with pytest.raises(Refused, match="First finish this set-up: Train four midwives"):
        services.move(pilot, "baseline begun", by=table.kim)
    with pytest.raises(Refused, match="Only who does this step"):
        services.finish_step(train, by=table.alex)
    services.finish_step(train, by=table.lou)
    services.move(pilot, "baseline begun", by=table.kim)
    with pytest.raises(Refused, match="First finish this safety check"):
        services.move(pilot, "testing begun", by=table.kim)
    with pytest.raises(Refused, match="Say what the check found"):
        services.finish_step(check, by=table.kim)
    services.finish_step(check, "All three are content", by=table.kim)
    with pytest.raises(Refused, match="done already"):
        services.finish_step(check, "Again", by=table.kim)
    services.move(pilot, "testing begun", by=table.kim)
    with pytest.raises(Refused, match="sits in the group"):
        services.add_step(pilot, StepKind.SAFETY, "Look again", table.cyd, due, by=table.kim)


# --- Those who asked hear of it.


def news():
    found = db.session.scalars(db.select(Message).where(Message.purpose == services.NEWS.name))
    return {(one.person_id, one.thing_id) for one in found}


def test_those_who_asked_are_told_of_each_milestone_and_nobody_else(table, pilot) -> None:
    a_test_cycle(pilot, TestCycleState.ADAPT)
    services.move(pilot, "reviewed", by=table.kim)
    services.move(pilot, "abandoned", by=table.alex, reason="It does not help", learning="Cards get lost")
    assert [one.words for one in pilot.milestones] == [
        "The trying is over. The steering group will say what becomes of it.",
        "It was stopped. Why: It does not help. What we learned: Cards get lost.",
    ]
    theirs = {table.sam.id, table.robin.id}
    assert news() == {(person, one.id) for person in theirs for one in pilot.milestones}
    milestone = pilot.milestones[0].id
    assert [queries.is_milestone_of(one, milestone) for one in (table.robin, table.alex)] == [True, False]


def test_the_end_of_a_test_cycle_is_a_milestone(table, pilot) -> None:
    first = a_test_cycle(pilot, TestCycleState.STUDYING, **STUDY)
    services.act(first, "adapted", by=table.kim)
    assert [one.words for one in pilot.milestones] == [
        "Test 1 is over: A card with her name and face. 52 in 100. That was worse than predicted. "
        "We change it and test again."
    ]


# --- Numbers on the way, and how it was.


def test_numbers_are_dated_and_belong_to_a_measure_that_is_watched(table, pilot) -> None:
    first = a_test_cycle(pilot, TestCycleState.DOING, measures=list(table.measures))
    services.note_number(first, table.measures[0], 52, 40, by=table.kim)
    services.note_number(first, table.measures[1], 9, by=table.kim)
    assert [(one.number, one.on, one.value) for one in first.numbers] == [
        (1, date(2025, 11, 17), 52),
        (2, date(2025, 11, 17), 9),
    ]
    other = an_indicator(table.recommendation, "Felt heard")
    with pytest.raises(Refused, match="Choose which measure"):
        services.note_number(first, other, 1, 40, by=table.kim)
    with pytest.raises(Refused, match="Only the owner"):
        services.note_number(first, table.measures[0], 1, 40, by=table.alex)


def test_words_of_those_it_touched_have_no_name_and_go_when_they_are_taken_back(table, pilot) -> None:
    """P4: who said what is in no journal."""
    first = a_test_cycle(pilot, TestCycleState.DOING)
    with pytest.raises(Refused, match="First the test is done"):
        services.say_how_it_was(first, Touched.PARENT, "She rang me.", by=table.robin)
    services.finish_doing(first, by=table.kim)
    said = services.say_how_it_was(first, Touched.PARENT, "She rang me.", by=table.robin)
    assert rules.parents_say(pilot) == [(first, ["“She rang me.”"])]
    stream = pilot.recommendation.workstream
    for number in range(5):
        a_membership(stream, a_person(f"Mum {number}"))
    db.session.expire(stream)
    assert rules.quoted(said) == "“She rang me.”", "of few workers the others would all be parents (B13)"
    for number in range(5):
        a_membership(stream, a_professional(f"Worker {number}"))
    db.session.expire(stream)
    assert rules.quoted(said) == "“She rang me.” (a parent)"
    assert verbs() == {"done"}
    with pytest.raises(Refused, match="can take it back"):
        services.take_back(said, by=table.alex)
    services.take_back(said, by=table.robin)
    assert db.session.scalars(db.select(Feedback)).all() == []
