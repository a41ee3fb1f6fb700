"""The facts the demonstration promises, whichever database it stands in."""

import re
from collections import Counter
from datetime import date, datetime, time

import pytest
from sqlalchemy import func, select

from coprod.action_import.models import Import
from coprod.action_log.models import SavedView
from coprod.action_log.queries import action_log
from coprod.actions.models import Action, ActionState, Repeat
from coprod.actions.rules import Status
from coprod.agreements.queries import has_agreed
from coprod.areas import queries as areas
from coprod.areas import rules as areas_rules
from coprod.assistance.models import Assisted
from coprod.core.clock import HERE, now, today
from coprod.core.db import Root, db
from coprod.core.words import has_court_number, has_nhs_number
from coprod.cycles import queries as cycles
from coprod.cycles.models import Attendance, How, SessionState
from coprod.demo import knowing, people, programme, promises
from coprod.evidence import queries as evidence
from coprod.evidence.models import Audience, EvidenceKind, Testimony, TestimonyState
from coprod.gatherings.models import Gathering, GatheringState
from coprod.interests.models import Interest
from coprod.library.models import Template
from coprod.my_data.models import DataAsk
from coprod.notes.models import Notes, NotesState
from coprod.outcomes import rules as outcomes
from coprod.outcomes.models import HowOften, Indicator, ProposalState
from coprod.outcomes.queries import indicators_of
from coprod.outputs.models import Output, OutputState
from coprod.payments.models import Expense, ExpenseState, Payment
from coprod.people.models import Person, Side
from coprod.pilots.models import BoardAnswer, FundingAsk, Pilot, PilotState, TestCycle, TestCycleState
from coprod.pilots.queries import pilot_of, ready_for_a_pilot
from coprod.principles.models import Principle, Priority
from coprod.programmes.queries import comparisons_of
from coprod.recommendations import queries as recommendations
from coprod.recommendations import rules
from coprod.recommendations.models import Recommendation, State, SuggestionState
from coprod.recommendations.rules import waits_for_the_room
from coprod.risks import rules as risks
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.safeguarding.models import Concern
from coprod.statements import queries as statements
from coprod.steering import queries as steering
from coprod.steering.models import (
    Contest,
    ContestState,
    Decision,
    GroupAccepts,
    GroupQuestion,
    ItemKind,
    MeetingState,
    MinutesState,
    Reply,
    Terms,
    Verdict,
)
from coprod.stories.models import Story, StoryState, Turn
from coprod.supporters.models import Share, Support
from coprod.theories import queries as theories
from coprod.theories.models import Standing as TheoryStanding
from coprod.theories.models import TheoryArrow, TheoryPart, TheoryState
from coprod.voting import models as voting_models
from coprod.voting import queries as voting
from coprod.voting.models import Outcome, PollState, Shown, Standing, Worry, WorryState
from coprod.wellbeing.models import CallBack, CallState
from coprod.workstreams.models import Kind, MembershipState, Workstream
from coprod.workstreams.rules import seated, to_confirm
from tests.house.reading import ENDS, grade, words_of

UNSPOKEN = {"care", "court", "child", "children", "baby", "babies", "social", "removed"}
AT_MOST = 25


def person(alias):
    return db.session.scalars(select(Person).where(Person.alias == alias)).one()


def table(name):
    return db.session.scalars(select(Workstream).where(Workstream.name == name)).one()


def tuesday():
    return table("Relationships and transitions")


def thursday():
    return db.session.scalars(select(Workstream).where(Workstream.neutral_name == "Thursday group")).one()


def asked(title):
    return db.session.scalars(select(Recommendation).where(Recommendation.title == title)).one()


def group():
    return db.session.scalars(select(Workstream).where(Workstream.kind == Kind.STEERING)).one()


def sides(stream):
    return Counter(membership.side.name for membership in seated(stream) if membership.role != "facilitator")


# --- The whole.


def test_loading_twice_is_loading_once(told):
    def rows():
        return {t.name: db.session.scalar(select(func.count()).select_from(t)) for t in Root.metadata.sorted_tables}

    before = rows()
    programme.load()
    assert rows() == before


def test_clock_is_put_back_to_the_demonstration_day(told):
    assert now() == datetime(2025, 11, 17, 9, 0, tzinfo=HERE)


def test_clock_is_put_back_when_a_scene_fails(told):
    from coprod.demo.stage import at

    with pytest.raises(ZeroDivisionError), at(date(2022, 1, 1)):
        1 / 0  # noqa: B018 - something that fails
    assert today() == date(2025, 11, 17)


def test_a_record_that_cannot_be_read_stops_the_telling(database, monkeypatch, tmp_path):
    monkeypatch.setattr(programme, "RECORD", tmp_path / "nothing.toml")
    with pytest.raises(ValueError, match="expected a file"):
        programme.load()


def test_steering_group_is_missed_when_the_record_names_none(database):
    from coprod.demo.stage import Stage
    from coprod.demo.tables import seat_steering_group
    from tests.factories import a_programme

    with pytest.raises(LookupError, match="names no steering group"):
        seat_steering_group(Stage(a_programme()))


# --- Who is there.


def test_nobody_is_named_but_the_invented(told):
    known = {people.ADMIN, *people.PARENTS, *people.BY_NAME, *people.PROFESSIONALS, *people.LEADS, people.PAYS, "Jo"}
    known.add("Kim from estates")
    assert {one.alias for one in db.session.scalars(select(Person))} == known


def test_nobody_invented_can_be_written_or_rung(told):
    """Ofcom keeps these numbers for drama, and example.org belongs to nobody."""
    found = db.session.execute(select(Person.email, Person.phone)).all()
    assert {email.rpartition("@")[2] for email, _ in found if email} == {"example.org"}
    assert all(phone.startswith("+4477009001") for _, phone in found if phone)
    assert {None} < {phone for _, phone in found}


def test_jo_helps_robin_and_sees_what_the_meetings_are_about(told):
    (support,) = db.session.scalars(select(Support))
    assert (support.member.alias, support.supporter.alias, support.supporter.side) == ("Robin", "Jo", Side.SUPPORTER)
    assert support.shares == [Share.AGENDA]


def test_the_autumns_evenings_have_their_register(told):
    ticked = Counter(db.session.scalars(select(Attendance.how)))
    assert ticked == {How.ARRIVED: 54, How.WITH_SUPPORTER: 4, How.NOT_HERE: 7}


def test_somebody_waits_for_a_call_an_answer_and_a_check(told):
    assert db.session.scalars(select(Interest.name)).all() == ["Ellis"]
    (asked,) = db.session.scalars(select(DataAsk))
    assert (asked.person.alias, asked.answer) == ("Kit", "")
    (done,) = db.session.scalars(select(Assisted))
    assert (done.member.alias, done.by.alias) == ("Kit", "Sam")


def test_one_concern_was_raised_and_received(told):
    (concern,) = db.session.scalars(select(Concern))
    assert (concern.raised_by.alias, concern.received_by.alias) == ("Sam", "Safeguarding Example")


def test_tuesday_group_is_large_enough_for_one_word_a_side(told):
    assert sides(tuesday()) == {"LIVED": 6, "PROFESSIONAL": 7}
    assert tuesday().neutral_name == "Tuesday group"


def test_one_stream_has_two_parents_and_one_has_none(told):
    assert sides(table("Systems and process mapping")) == {"LIVED": 2, "PROFESSIONAL": 4}
    assert sides(table("Legal")) == {"PROFESSIONAL": 5}


def test_steering_group_has_a_chair_and_three_parents(told):
    assert sides(group()) == {"LIVED": 3, "PROFESSIONAL": 11}
    assert [m.person.alias for m in group().memberships if m.role == "chair"] == ["Alex"]


def test_own_case_checks_are_confirmed_of_everybody_who_sits_there(told):
    """Domain rule 2: only the one who was asked last waits."""
    waiting = [m.person.alias for m in tuesday().memberships if m.state == MembershipState.INVITED]
    assert waiting == ["Fran"]
    for name in ("Systems and process mapping", "Legal", group().name):
        assert to_confirm(table(name)) == []


# --- The ten weeks.


def test_ten_weeks_stand_on_the_days_promised(told):
    cycle = cycles.cycles_of(tuesday())[-1]
    days = [7, 14, 21], [4, 11, 18, 25], [2, 9, 16]
    expected = [date(2025, month, day) for month, found in zip((10, 11, 12), days, strict=True) for day in found]
    assert [session.on for session in cycle.sessions] == expected
    assert [(week.on, week.why) for week in cycle.skipped] == [(date(2025, 10, 28), "Half term, example days")]
    assert [session.state for session in cycle.sessions] == [
        *[SessionState.HELD] * 5,
        SessionState.PUBLISHED,
        *[SessionState.DRAFT] * 4,
    ]
    assert has_agreed(tuesday())


def test_first_ten_weeks_come_out_as_the_worked_example(told):
    cycle = cycles.cycles_of(tuesday())[0]
    assert (cycle.sessions[0].on, cycle.sessions[-1].on) == (date(2022, 10, 4), date(2022, 12, 13))


def test_next_session_is_tomorrow_with_a_hard_topic(told):
    session = cycles.next_session_for(person("Robin"), today())
    assert (session.on, session.starts_at, session.number) == (date(2025, 11, 18), time(18), 6)
    assert session.place.startswith("Sea Room, Lighthouse Centre")
    hard = [item for item in session.items if item.is_hard]
    assert [item.title for item in hard] == ["The maternity ward"]
    assert hard[0].content_note != ""


def test_session_seven_is_stuck(told):
    (stuck,) = cycles.stuck(person("Sam"), today())
    assert stuck.session.number == 7
    assert stuck.reason.startswith("Deciding ends 5 minutes before check-out.")


# --- Votes.


def test_one_vote_is_open_until_friday(told):
    (poll,) = voting.open_to(person("Robin"), now())
    assert poll.closes_at == datetime(2025, 11, 21, 17, tzinfo=HERE)
    assert (poll.shown_of_lived, poll.shown_of_professionals) == (Shown.WORD, Shown.WORD)
    assert voting.turnout_word(poll) == "Not yet enough for a result"
    assert sum(len(envelopes) for envelopes in voting.sealed_parts(poll)) == 5


def test_two_parents_were_asked_in_the_room_and_are_to_be_asked_again(told):
    poll = asked("A map to keep").rounds[-1].poll
    assert (poll.state, poll.result.outcome) == (PollState.ASKED, Outcome.ASK_THE_ROOM)
    assert (poll.result.lived, poll.result.professionals) == ("", "")
    assert waits_for_the_room(asked("The map on a phone"))


def test_every_counted_vote_has_burnt_its_envelopes(told):
    """B5: nothing but the open vote's answers is left."""
    polls = [held.poll for one in db.session.scalars(select(Recommendation)) for held in one.rounds]
    left = {poll.state for poll in polls if any(voting.sealed_parts(poll))}
    assert left == {PollState.OPEN}


def test_worries_were_answered(told):
    worries = db.session.scalars(select(Worry)).all()
    assert {worry.state for worry in worries} == {WorryState.ANSWERED}
    assert len(worries) == 3


# --- Recommendations.


def test_recommendations_stand_where_they_were_promised(told):
    found = {one.title: one.state for one in db.session.scalars(select(Recommendation))}
    assert found == {
        "Tell it once": State.ACCEPTED,
        "One named midwife, all the way through": State.IN_PILOT,
        "A worker just for dads": State.REPLIED,
        "No meetings on Monday mornings": State.CONTESTED,
        "A name in big letters": State.REPLIED,
        "A map to keep": State.IN_PILOT,
        "Look at the ward’s numbers together": State.REPLIED,
        "A quiet room on the ward": State.ACCEPTED,
        "A call the day after a hard meeting": State.SUBMITTED,
        "Shorter letters": State.SUBMITTED,
        "A number someone picks up": State.VOTING,
        "A lift to every meeting": State.AGREED,
        "A hot meal after a hard meeting": State.DRAFTED,
        "The map on a phone": State.VOTING,
    }


def test_two_wait_for_the_steering_group(told):
    call, letters = recommendations.waiting_for(group())
    assert [held.poll.result.outcome for held in call.rounds] == [Outcome.NEEDS_TALK, Outcome.AGREED]
    assert [held.poll.result.lived for held in call.rounds] == ["Most for", ""]
    assert [worry.state for worry in call.rounds[0].poll.worries] == [WorryState.ANSWERED]
    assert (letters.submitted_as, letters.rounds[-1].poll.result.outcome) == ("no result", Outcome.NO_RESULT)
    assert letters.why_sent != ""


def test_two_lack_their_cost(told):
    for title in ("A lift to every meeting", "A hot meal after a hard meeting"):
        assert list(rules.missing(asked(title))) == ["cost"]


def test_one_was_declined_and_one_put_off(told):
    (declined,) = steering.decisions_of(asked("No meetings on Monday mornings"))
    (put_off,) = steering.decisions_of(asked("A worker just for dads"))
    assert (declined.verdict, declined.would_change[:17]) == (Verdict.DECLINE, "If the court agre")
    assert (put_off.verdict, put_off.until) == (Verdict.DEFER, date(2026, 5, 14))


def test_every_principle_and_priority_is_marked_as_an_example_and_linked(told):
    principles = db.session.scalars(select(Principle).order_by(Principle.number)).all()
    priorities = db.session.scalars(select(Priority)).all()
    assert (len(principles), len(priorities)) == (8, 12)
    assert all(one.is_example or one.wording.endswith("(example)") for one in (*principles, *priorities))
    assert [(bool(one.ratified_on), one.version) for one in principles[:3]] == [(True, 3), (False, 3), (False, 2)]
    assert all(priority.principles for priority in priorities)


# --- The pilot.


def test_midwife_is_in_a_pilot_since_the_decision_of_2022(told):
    wish = asked("One named midwife, all the way through")
    (decision,) = steering.decisions_of(wish)
    assert (decision.verdict, decision.on) == (Verdict.ACCEPT_WITH_CHANGES, date(2022, 12, 15))
    assert (decision.members, decision.members_present, decision.lived_present) == (14, 9, 3)
    assert decision.reply.sent_on == date(2022, 12, 23)
    pilot = pilot_of(wish)
    assert pilot.state == PilotState.CYCLING
    assert [one.state for one in pilot.test_cycles] == [
        TestCycleState.ABANDON,
        TestCycleState.ADAPT,
        TestCycleState.STUDYING,
    ]


def test_first_measure_has_the_twenty_months_of_the_worked_example(told):
    knew, *others = indicators_of(asked("One named midwife, all the way through"))
    expected = [48, 52, 50, 54, 49, 51, 47, 53, 50, 46, 52, 48, 51, 53, 58, 56, 59, 54, 57, 62]
    assert [reading.value for reading in knew.readings] == expected
    assert (knew.readings[0].month, knew.readings[-1].month) == (date(2024, 3, 1), date(2025, 10, 1))
    assert all(40 <= reading.denominator <= 60 for reading in knew.readings)
    assert (knew.baseline, knew.target) == (50, 60)
    assert {"Days to wait", "Formal complaints"} <= {one.name for one in others if one.kind == "balancing"}
    complaints = next(one for one in others if one.name == "Formal complaints")
    assert outcomes.latest_words(complaints) == outcomes.FEWER


def test_pilots_stand_in_different_places_and_every_test_ends_in_its_own_way(told):
    pilots = {one.title: one for one in db.session.scalars(select(Pilot))}
    assert {title: one.state for title, one in pilots.items()} == {
        "One named midwife": PilotState.CYCLING,
        "The map at the first visit": PilotState.REVIEWED,
        "A name in big letters": PilotState.PROPOSED,
    }
    ended = Counter(one.state for pilot in pilots.values() for one in pilot.test_cycles)
    assert ended == {
        TestCycleState.ABANDON: 1,
        TestCycleState.ADAPT: 2,
        TestCycleState.ADOPT: 1,
        TestCycleState.STUDYING: 1,
    }
    tests = [one for pilot in pilots.values() for one in pilot.test_cycles]
    assert all(one.numbers and one.feedback for one in tests)
    assert all(pilot.steps for pilot in pilots.values())


def test_one_accepted_request_can_be_put_into_a_pilot(told):
    assert [one.title for one in ready_for_a_pilot(person("Alex"))] == ["Look at the ward’s numbers together"]


def test_boards_are_asked_and_answer_with_conditions(told):
    asks = db.session.scalars(select(FundingAsk).order_by(FundingAsk.asked_on)).all()
    assert [one.answer for one in asks] == [BoardAnswer.PART, BoardAnswer.ALL, None]
    assert (asks[0].board, asks[0].granted) == ("Better Start Executive Board (example)", 15_000)
    assert asks[0].conditions != ""
    spent = Counter({one.pilot.title: len(one.pilot.spendings) for one in asks})
    assert spent == {"One named midwife": 2, "The map at the first visit": 1, "A name in big letters": 0}


def test_measures_show_every_kind_of_chart(told):
    found = {one.name: one for one in db.session.scalars(select(Indicator))}
    points = Counter(min(12, len(one.readings)) for one in found.values())
    assert points[12] >= 4, "charts with limits and labels"
    assert any(6 <= count < 12 for count in points), "a chart with trial limits"
    assert any(2 < count < 6 for count in points), "a chart without limits"
    assert all(one.source for one in found.values())
    assert all(one.numerator and one.who_is_counted for one in found.values() if len(one.readings) > 2)
    missed, calls = found["Missed first visits"], found["Calls in week one"]
    assert [phase.starts for phase in missed.phases] == [date(2025, 3, 1)]
    assert [(one.value, len(one.corrections)) for one in missed.readings if one.corrections] == [(9, 1)]
    assert [event.day for event in found["Same midwife at each visit"].events] == [date(2025, 6, 14)]
    waiting = [(one.month, bool(one.why)) for one in calls.proposals if one.state == ProposalState.WAITING]
    assert waiting == [(date(2025, 10, 1), True), (date(2025, 11, 1), False)]


def test_comparisons_of_the_record_are_told_as_what_they_are(told):
    """The figures are real: two points where the days are known, and nothing that looks like a series."""
    measured = {one.name: one for one in indicators_of(asked("Look at the ward’s numbers together"))}
    assert len(measured) == 4
    assert set(measured) < {one.name for one in comparisons_of(group().programme)}
    dental = measured["Up-to-date dental assessment, Our Children"]
    assert [(reading.month, reading.value) for reading in dental.readings] == [
        (date(2022, 12, 1), 43),
        (date(2023, 12, 1), 71),
    ]
    assert (dental.how_often, outcomes.verdict_of(dental).word) == (HowOften.ONCE, "no telling")
    neglect = measured["Children supported by a protection plan because of neglect"]
    assert (neglect.told, neglect.how_often, list(neglect.readings)) == ("−6%", HowOften.TOLD, [])
    assert all("on the public record" in one.source for one in measured.values())


def test_one_clinic_is_too_small_to_be_shown(told):
    """B13: there is a small number to hide, and it shows nowhere."""
    visits = db.session.scalars(select(Indicator).where(Indicator.name == "First visits at each clinic")).one()
    assert {min(reading.parts) for reading in visits.readings} <= {2, 3, 4}
    assert all(sum(reading.parts) == reading.value for reading in visits.readings)


def test_theory_of_change_was_agreed_and_a_second_version_is_being_read(told):
    first, second = theories.versions_of(group().programme)
    assert (first.state, first.agreed_on, second.state) == (
        TheoryState.AGREED,
        date(2023, 2, 9),
        TheoryState.READ,
    )
    assert (len(first.parts), len(first.arrows)) == (17, 18)
    assert (len(second.parts), len(second.arrows)) == (21, 27)
    assert all("examples" in one.changed for one in (first, second))
    assert {arrow.standing for arrow in second.arrows} == set(TheoryStanding)
    for links in ("recommendations", "pilots", "indicators"):
        assert any(getattr(part, links) for part in second.parts)
    assert theories.to_answer(person("Robin")) == [second]
    assert theories.to_answer(person("Val")) == []


def test_three_stories_go_as_far_as_each_was_told_for(told):
    found = db.session.scalars(select(Story)).all()
    assert {(one.turn, one.state, one.testimony.audience) for one in found} == {
        (Turn.BETTER, StoryState.CHECKED, Audience.PARTNERSHIP),
        (Turn.SAME, StoryState.CHECKED, Audience.STEERING),
        (Turn.WORSE, StoryState.TOLD, Audience.PARTNERSHIP),
    }


# --- The steering group.


def test_meeting_to_come_is_on_the_eleventh_of_december(told):
    meeting = steering.next_meeting(group())
    assert (meeting.on, meeting.starts_at, meeting.state) == (date(2025, 12, 11), time(10), MeetingState.PLANNED)
    assert len(steering.meetings_seen_by(person("Alex"))) == 6


def test_action_log_has_thirty_with_some_late(told):
    log = action_log(person("Alex"), today())
    assert (len(promises.PROMISES), len(log.lines)) == (30, 36)
    assert [(line.action.what, line.action.due, line.first_due) for line in log.mine_late] == [
        ("Tell the dads’ group why “not now”", date(2025, 11, 10), date(2025, 10, 20))
    ]
    assert [line.action.due for line in log.mine_soon] == [date(2025, 11, 20), date(2025, 11, 24)]
    late = [line.action.owner.alias for line in log.others_late]
    assert late == ["Director Example", "Val", "Manager Example"]
    assert sum(line.status == Status.DONE for line in log.rest) >= 10
    assert sum(line.source is not None for line in log.lines) == 26


def test_two_replies_are_owed_one_of_them_late(told):
    owed = [(one.decision.recommendation.title, one.due, one.status) for one in steering.owed_replies(group(), today())]
    assert owed == [
        ("Tell it once", date(2025, 11, 13), Status.LATE),
        ("A quiet room on the ward", date(2025, 11, 26), Status.ON_TRACK),
    ]


def test_next_agenda_holds_what_waits_and_something_else(told):
    items = steering.next_meeting(group()).items
    kinds = Counter(item.kind for item in items)
    assert kinds[ItemKind.RECOMMENDATION] == 2
    assert (kinds[ItemKind.MINUTES], kinds[ItemKind.REVIEW], kinds[ItemKind.OVERDUE_REPLY]) == (1, 1, 1)
    (contested,) = [item for item in items if item.kind == ItemKind.CONTESTED]
    assert (contested.title, contested.speaker) == ("No meetings on Monday mornings", "Kit")
    (other,) = [item for item in items if item.kind == ItemKind.OTHER]
    assert (other.title, other.speaker) == ("Who is missing at our table", "Commissioner Example")
    declared = [(one.item.title, one.membership.person.alias) for item in items for one in item.interests]
    assert declared == [("A call the day after a hard meeting", "Nurse Example")]


def test_steering_group_has_terms_minutes_and_a_funding_ask(told):
    assert [terms.number for terms in steering.terms_of(group())] == [2, 1]
    last = steering.last_meeting(group())
    assert (last.on, last.minutes_state) == (date(2025, 11, 12), MinutesState.DRAFT)
    assert last.minutes_notes != ""
    (decision,) = steering.decisions_of(asked("One named midwife, all the way through"))
    assert decision.funding_board.endswith("(example)")


def test_groups_answer_back_in_every_way(told):
    contests = db.session.scalars(select(Contest).order_by(Contest.on)).all()
    assert [contest.state for contest in contests] == [ContestState.SENT, ContestState.RAISED]
    assert contests[1].decision.recommendation == asked("A worker just for dads")
    answered = [bool(one.answer) for one in db.session.scalars(select(GroupQuestion).order_by(GroupQuestion.on))]
    assert answered == [True, False]
    (content,) = db.session.scalars(select(GroupAccepts))
    assert content.decision.recommendation == asked("A map to keep")


def test_actions_show_everything_that_may_become_of_one(told):
    moved = {one.what: len(one.due_changes) for one in db.session.scalars(select(Action)) if one.due_changes}
    assert moved == {"Tell the dads’ group why “not now”": 1, "Share the ward data with the group": 2}
    kim = db.session.scalars(select(Action).where(Action.repeats == Repeat.WEEKLY)).one()
    assert (kim.owner.alias, kim.owner.active) == ("Kim from estates", False)
    following = db.session.scalars(select(Action).where(Action.follows_id.is_not(None))).one()
    assert (following.follows.due, following.due) == (date(2025, 11, 5), date(2025, 12, 5))
    waiting = db.session.scalars(select(Action).where(Action.state == ActionState.SAID_DONE)).one()
    assert waiting.evidence != ""
    (view,) = db.session.scalars(select(SavedView))
    assert view.person.alias == "Alex"


def test_log_from_elsewhere_was_brought_in_but_for_one_row(told):
    (brought,) = db.session.scalars(select(Import))
    assert [(line["row"], line["did"]) for line in brought.report] == [
        (2, "brought in"),
        (3, "brought in"),
        (4, "refused"),
    ]


def test_areas_are_ordered_taken_up_and_set_aside(told):
    found = areas.areas_of(group(), today())
    assert [area.priority.number for area in found[:3]] == [4, 6, 1]
    standings = Counter(area.standing for area in found)
    assert standings == {
        areas_rules.Standing.TAKEN: 6,
        areas_rules.Standing.ASIDE: 1,
        areas_rules.Standing.PROPOSED: 1,
        areas_rules.Standing.WAITS: 4,
    }
    assert len(areas.orderings_of(group())) == 2


def test_map_of_the_record_is_refined_and_was_planned_for_april_2024(told):
    """The public record says no more; what is told beside it is marked."""
    found = {one.name: one for one in db.session.scalars(select(Output))}
    big = found["The map of the system"]
    assert (big.state, big.launch_planned, big.launches) == (
        OutputState.IN_REFINEMENT,
        date(2024, 4, 10),
        [],
    )
    states = {one.state for one in found.values()}
    assert states == {OutputState.IN_REFINEMENT, OutputState.LAUNCHED, OutputState.IN_TEST}
    assert [use.until for use in found["The map to keep"].uses] == [date(2025, 10, 31), None]
    assert all("(example)" in one.what_for for one in found.values())


def test_all_four_kinds_may_come_in_the_way_in_all_three_colours(told):
    found = db.session.scalars(select(Risk)).all()
    assert {risk.kind for risk in found} == set(RiskKind)
    assert {risk.state for risk in found} == set(RiskState)
    assert {risks.level(risk.likelihood, risk.impact) for risk in found} == set(risks.Level) - {risks.Level.NONE}


# --- The words.


def written():
    """Everything invented that a member may read."""
    for one in db.session.scalars(select(Recommendation)):
        yield from (one.title, one.said, one.problem, one.stories, one.outcomes, one.why_sent)
    for decision in db.session.scalars(select(Decision)):
        yield from (decision.changes, decision.reason, decision.would_change)
    for worry in db.session.scalars(select(Worry)):
        yield from (worry.words, worry.answer)
    yield from db.session.scalars(select(Reply.words))
    for test in db.session.scalars(select(TestCycle)):
        yield from (test.change, test.prediction, test.scale, test.result, test.surprised, test.learning)
    yield from db.session.scalars(select(Action.what))
    for kind in (TheoryPart.words, TheoryArrow.assumption, TheoryArrow.evidence, FundingAsk.conditions):
        yield from db.session.scalars(select(kind))
    for kind in (Contest.words, GroupQuestion.words, GroupQuestion.answer, Terms.purpose, Risk.what, Output.what_for):
        yield from db.session.scalars(select(kind))


def sentences():
    return [sentence for words in written() for sentence in ENDS.split(words) if words_of(sentence)]


def test_words_are_plain(told):
    """Domain rule 14."""
    assert grade(sentences()) <= 3
    assert [words for words in written() if len(words_of(words)) > 12 and grade(ENDS.split(words)) > 6] == []
    assert [sentence for sentence in sentences() if len(words_of(sentence)) > AT_MOST] == []


def test_titles_say_nothing_over_a_shoulder(told):
    titles = db.session.scalars(select(Recommendation.title)).all()
    assert [title for title in titles if UNSPOKEN & set(re.findall(r"\w+", title.lower()))] == []


def test_no_word_is_a_name_from_outside_the_demonstration(told):
    known = {word for alias in people.PARENTS + people.BY_NAME + people.PROFESSIONALS for word in alias.split()}
    known |= {"Executive", "Board", "Sunday", "Monday", "May", "March", "October", "December", "January", "I"}
    known |= {"Better", "Start", "Early", "Help"}
    inside = {word for one in sentences() for word in re.findall(r"(?<=[a-z,;] )[A-Z][a-z]*", one)}
    assert inside - known == set()


def test_no_words_hold_a_family_number(told):
    """Domain rule 1."""
    assert [words for words in written() if has_nhs_number(words) or has_court_number(words)] == []


def test_what_goes_on_around_the_evenings_can_be_looked_at(told):
    def states(kind):
        return set(db.session.scalars(select(kind.state)))

    assert states(Notes) == set(NotesState)
    assert states(Payment) == {"offered", "accepted", "declined", "due", "approved", "paid"}
    assert states(Expense) == {ExpenseState.CLAIMED, ExpenseState.APPROVED}
    assert states(Gathering) == {GatheringState.WAITING}
    assert states(CallBack) == {CallState.DUE}
    assert set(db.session.scalars(select(Template.shared))) == {True, False}


# --- What people say, weigh and choose.


def test_tuesday_group_has_a_library_and_takes_back_what_was_taken_back(told):
    known = evidence.for_group(tuesday())
    assert {one.kind for one in known} == set(EvidenceKind)
    withdrawn = db.session.scalars(select(Testimony).where(Testimony.state == TestimonyState.WITHDRAWN)).one()
    assert withdrawn.evidence.says == ""
    assert {held.evidence.title for held in asked("A number someone picks up").evidence} == set(knowing.WEIGHTS)


def test_statements_end_shared_parted_and_open(told):
    again, poll = statements.counted_in(tuesday())
    assert {one.option.line.standing for one in statements.asked_in(again)} == {Standing.SHARED}
    standings = Counter(one.option.line.standing for one in statements.asked_in(poll))
    assert standings == {Standing.SHARED: 5, Standing.PARTED: 2, Standing.OPEN: 1}


def test_choosing_ends_in_a_tie_to_settle_or_a_clear_list(told):
    poll = next(one for one in voting.votes_of(tuesday()) if one.kind == voting_models.Kind.PICK)
    standings = Counter(option.line.standing for option in poll.options)
    assert standings == {Standing.CHOSEN: 3, Standing.NOT_CHOSEN: 9}


def test_thursday_group_raised_hands_and_has_a_box_to_count(told):
    polls = {one.kind: one for one in voting.votes_of(thursday())}
    hands, paper = polls[voting_models.Kind.HANDS], polls[voting_models.Kind.CONSENT]
    assert (hands.state, hands.result.outcome) == (PollState.COUNTED, Outcome.AGREED)
    assert (paper.state, paper.on_paper, paper.result) == (PollState.CLOSED, True, None)


def test_meal_is_still_worked_on_by_several_people(told):
    meal = asked("A hot meal after a hard meeting")
    assert [(held.person.alias, held.state) for held in meal.suggestions] == [
        ("Kit", SuggestionState.OFFERED),
        ("Lou", SuggestionState.OFFERED),
        ("Ash", SuggestionState.NOT_TAKEN),
    ]
    assert (len(meal.comments), len(meal.questions), len(meal.declarations)) == (1, 1, 1)
