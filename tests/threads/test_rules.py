"""How a recommendation's thread is told, at every stage it can stand at."""

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest

from coprod.actions.models import Action, ActionState
from coprod.cycles.models import Cycle, Session, SessionState, SkippedWeek
from coprod.drawings.thread import Decided, Evidence, Place, Reply, Round, Stitch
from coprod.drawings.thread_panorama import draw_thread_panorama
from coprod.drawings.thread_rail import draw_thread_rail
from coprod.outcomes.models import Direction, HowOften, Indicator, MeasureKind, Reading, Unit
from coprod.people.models import Person, Side
from coprod.pilots.models import Milestone, Pilot, PilotState, TestCycle, TestCycleState
from coprod.principles.models import Priority
from coprod.programmes.models import Holiday, HolidayKind
from coprod.recommendations.models import Recommendation, State, Version
from coprod.recommendations.models import Round as Held
from coprod.steering.models import Decision, DecisionState, Verdict
from coprod.steering.models import Reply as Sent
from coprod.threads.rules import (
    Bead,
    Deed,
    Story,
    beads,
    facts,
    latest_news,
    next_words,
    rounds_of,
    stations,
    to_tell_first,
)
from coprod.voting.models import Outcome, Poll, PollState, Result

WRITTEN = date(2022, 12, 6)
DECIDED_ON = date(2022, 12, 15)
REPLIED_ON = date(2022, 12, 23)
CHRISTMAS = [Holiday(kind=HolidayKind.BANK, first=date(2022, 12, 20), last=date(2022, 12, 20), what="A day off")]


def asked(state: State = State.IDEA, **fields) -> Recommendation:
    """Something that was asked for, with its first version."""
    empty = dict.fromkeys(("data", "stories", "practice_elsewhere", "submitted_as"), "")
    words = {"title": "One named midwife", "said": "One midwife we know."} | empty | fields
    made = Recommendation(id=uuid4(), number=3, state=state, **words)
    made.versions = [Version(number=1, on=WRITTEN, words={})]
    return made


def a_vote(made: Recommendation, outcome: Outcome | None = None, state: PollState | None = None) -> None:
    """One more round on it: open, unless its outcome is given."""
    poll = Poll(id=uuid4(), state=state or (PollState.COUNTED if outcome else PollState.OPEN))
    if outcome:
        poll.counted_on = WRITTEN
        poll.result = Result(outcome=outcome, reason="So it came out.")
    made.rounds.append(Held(number=len(made.rounds) + 1, poll=poll))


def sent(state: State = State.SUBMITTED, **fields) -> Recommendation:
    """Something agreed and sent."""
    made = asked(state, submitted_on=WRITTEN, **fields)
    a_vote(made, Outcome.AGREED)
    return made


def decided(verdict: Verdict, made: Recommendation | None = None, replied: bool = False, **fields) -> Story:
    """What was sent, and what was decided on it; answered, if it was."""
    made = made or sent(State.REPLIED if replied else State.ACCEPTED)
    needed = {
        Verdict.ACCEPT_WITH_CHANGES: {"changes": "Start at two clinics."},
        Verdict.REFER_BACK: {"question": "Who would ring?"},
        Verdict.DEFER: {"until": date(2026, 5, 14)},
        Verdict.DECLINE: {"would_change": "If the court agrees."},
    }
    chosen = {"reason": "It works elsewhere.", "state": DecisionState.RECORDED} | needed.get(verdict, {}) | fields
    decision = Decision(recommendation=made, verdict=verdict, on=DECIDED_ON, **chosen)
    if replied:
        decision.reply = Sent(words="We answer you.", sent_on=REPLIED_ON)
    return Story(made, decisions=[decision], holidays=CHRISTMAS)


def in_pilot(state: PilotState = PilotState.CYCLING, cycles=(), indicators=()) -> Story:
    """What was accepted, answered, and is tried out."""
    story = decided(Verdict.ACCEPT, sent(State.IN_PILOT), replied=True)
    pilot = Pilot(title="A midwife", site="A team at two clinics", state=state, learning="Cards get lost.")
    pilot.begins, pilot.ends = date(2025, 3, 1), date(2025, 12, 11)
    pilot.test_cycles = [TestCycle(number=number, state=one) for number, one in enumerate(cycles, 1)]
    return Story(story.recommendation, None, story.decisions, (), pilot, indicators, CHRISTMAS)


def an_outcome(*values: float) -> Indicator:
    """A measured outcome, with a reading for each month; 0 people make a month too small to show."""
    kept = Indicator(id=uuid4(), name="Knew her name", kind=MeasureKind.OUTCOME, unit=Unit.PERCENT, who_is_counted="")
    kept.better = Direction.UP
    kept.readings = [
        Reading(month=date(2025, month, 1), value=value, denominator=40) for month, value in enumerate(values, 1)
    ]
    return kept


def a_cycle(*states: SessionState) -> Cycle:
    """Ten weeks, as far as they got; one week was skipped between the first and the second."""
    held = Cycle(number=1, starts_on=date(2022, 10, 4), starts_at=time(18))
    held.sessions = [
        Session(number=number, on=date(2022, 10, 4) + timedelta(14 * (number - 1)), state=state)
        for number, state in enumerate(states, 1)
    ]
    held.skipped = [SkippedWeek(on=date(2022, 10, 11), why="Half term")]
    return held


def words_of(story: Story) -> dict[Place, tuple[str, str]]:
    return {station.place: (station.words, station.when) for station in stations(story)}


def told(story: Story) -> list[tuple[str, str, str]]:
    return [(bead.kind, bead.label, bead.words) for bead in beads(story)]


# --- Before it is sent.


def test_idea_has_every_station_still_to_come():
    story = Story(asked())
    assert words_of(story) == {
        Place.PRIORITY: ("Not chosen yet", ""),
        Place.EVIDENCE: ("None written yet", ""),
        Place.SESSIONS: ("None planned", ""),
        Place.VERSIONS: ("1 version", "6 December 2022"),
        Place.VOTE: ("Not voted on yet", ""),
        Place.DECISION: ("Not decided yet", ""),
        Place.ACTIONS: ("None yet", ""),
        Place.PILOT: ("None yet", ""),
        Place.OUTCOME: ("To come", ""),
        Place.NEXT: ("The group is still working on it.", ""),
    }
    drawn = facts(story)
    assert (drawn.priority, drawn.evidence, drawn.sessions, drawn.rounds) == (None, (), (), ())
    assert (drawn.decision, drawn.reply, drawn.outcome) == (Decided.NOTHING_YET, None, ())
    assert told(story) == [
        ("said", "We said", "One midwife we know."),
        ("next", "What happens next", "The group is still working on it."),
    ]


def test_idea_without_words_is_told_by_its_title():
    assert beads(Story(asked(said="")))[0] == Bead("said", "We said", "One named midwife")


def test_drafted_shows_priority_evidence_and_versions():
    made = asked(State.DRAFTED, data="Half knew.", stories="“Again.”", practice_elsewhere="Two areas.")
    made.priorities = [Priority(number=4, wording="One person who stays")]
    made.versions.append(Version(number=2, on=date(2022, 12, 10), words={}))
    drawn, said = facts(Story(made)), words_of(Story(made))
    assert (drawn.priority, drawn.evidence, drawn.versions) == (4, tuple(Evidence), 2)
    assert said[Place.PRIORITY] == ("One person who stays", "")
    assert said[Place.EVIDENCE] == ("Numbers, other areas, stories", "")
    assert said[Place.VERSIONS] == ("2 versions", "10 December 2022")


def test_sessions_are_stitches_in_the_order_of_their_days():
    cycle = a_cycle(SessionState.HELD, SessionState.CANCELLED, SessionState.PUBLISHED)
    story = Story(asked(), cycle)
    assert facts(story).sessions == (Stitch.HELD, Stitch.SKIPPED, Stitch.SKIPPED, Stitch.TO_COME)
    assert words_of(story)[Place.SESSIONS] == ("1 of 3 sessions held", "4 October 2022 to 1 November 2022")


def test_ten_weeks_without_a_session_have_no_dates():
    assert words_of(Story(asked(), a_cycle()))[Place.SESSIONS] == ("0 of 0 sessions held", "")


# --- The vote.

ROOM = Outcome.ASK_THE_ROOM


@pytest.mark.parametrize(
    ("outcome", "state", "rounds", "words"),
    [
        (None, State.VOTING, (Round.OPEN,), "Round 1: open"),
        (Outcome.AGREED, State.AGREED, (Round.AGREED,), "Round 1: agreed"),
        (Outcome.NEEDS_TALK, State.NEEDS_TALK, (Round.NOT_AGREED,), "Round 1: needs more talk"),
        (Outcome.NOT_AGREED, State.NOT_AGREED, (Round.NOT_AGREED,), "Round 1: not agreed"),
        (Outcome.NO_RESULT, State.NO_RESULT, (Round.NOT_AGREED,), "Round 1: no result"),
        (ROOM, State.VOTING, (Round.OPEN,), "Round 1: open"),
    ],
)
def test_vote_is_told_by_its_result(outcome, state, rounds, words):
    made = asked(state)
    a_vote(made, outcome)
    assert facts(Story(made)).rounds == rounds
    assert words_of(Story(made))[Place.VOTE] == (words, "6 December 2022" if outcome else "")


@pytest.mark.parametrize(
    ("state", "submitted_as", "end", "words"),
    [
        (State.AGREED, "", Round.AGREED, "Round 1: agreed"),
        (State.SUBMITTED, "", Round.AGREED, "Round 1: agreed"),
        (State.NEEDS_TALK, "", Round.NOT_AGREED, "Round 1: needs more talk"),
        (State.SUBMITTED, "needs more talk", Round.NOT_AGREED, "Round 1: needs more talk"),
    ],
)
def test_answer_of_the_room_is_known_by_what_came_after(state, submitted_as, end, words):
    made = asked(state, submitted_as=submitted_as)
    a_vote(made, ROOM, PollState.ASKED)
    assert facts(Story(made)).rounds == (end,)
    assert words_of(Story(made))[Place.VOTE][0] == words


def test_room_that_did_not_agree_is_followed_by_another_round():
    made = asked(State.AGREED)
    a_vote(made, ROOM, PollState.ASKED)
    a_vote(made, Outcome.AGREED)
    assert facts(Story(made)).rounds == (Round.NOT_AGREED, Round.AGREED)
    assert words_of(Story(made))[Place.VOTE] == ("Round 2: agreed", "6 December 2022 and 6 December 2022")


def test_vote_that_was_given_up_is_no_round():
    made = asked(State.DRAFTED)
    a_vote(made, state=PollState.VOID)
    assert rounds_of(made) == []
    assert words_of(Story(made))[Place.VOTE] == ("Not voted on yet", "")


# --- Sent, decided, answered.


def test_submitted_waits_for_the_steering_group():
    story = Story(sent())
    assert next_words(story) == "The steering group decides."
    assert not facts(story).agreement_missing
    assert story.decision is None


def test_sent_without_agreement_is_marked_to_the_end():
    made = asked(State.SUBMITTED, submitted_on=WRITTEN, submitted_as="no result")
    a_vote(made, Outcome.NO_RESULT)
    assert facts(Story(made)).agreement_missing


VERDICTS = {
    Verdict.ACCEPT: (Decided.YES, "yes", "Yes."),
    Verdict.ACCEPT_WITH_CHANGES: (Decided.WITH_CHANGES, "yes", "Yes, with changes. Start at two clinics."),
    Verdict.REFER_BACK: (Decided.REFERRED_BACK, "later", "They ask us: Who would ring?"),
    Verdict.DEFER: (Decided.NOT_NOW, "later", "Not now. They look again on 14 May 2026."),
    Verdict.DECLINE: (Decided.NO, "no", "No."),
}
AFTERWARDS = {
    Verdict.ACCEPT: "It is tried out, or done.",
    Verdict.ACCEPT_WITH_CHANGES: "It is tried out, or done.",
    Verdict.REFER_BACK: "The group answers the question.",
    Verdict.DEFER: "They look again on 14 May 2026.",
    Verdict.DECLINE: "It ends here, unless what would change the answer comes true.",
}


@pytest.mark.parametrize("verdict", Verdict)
def test_decision_waits_for_its_reply(verdict):
    story = decided(verdict)
    shown, kind, words = VERDICTS[verdict]
    assert (facts(story).decision, facts(story).reply) == (shown, None)
    assert words_of(story)[Place.DECISION] == (str(shown).capitalize(), "15 December 2022")
    assert next_words(story) == "The group hears the answer, with its reason."
    start = [("said", "We said", "One midwife we know."), (kind, "They decided", words)]
    because = ("because", "Because", "It works elsewhere.")
    ends = ("next", "What happens next", "They still owe us their answer in writing.")
    if verdict == Verdict.DECLINE:
        ends = ("next", "What would change this", "If the court agrees.")
    assert told(story) == [*start, because, ends]
    assert beads(story)[1].when == "15 December 2022"


@pytest.mark.parametrize("verdict", Verdict)
def test_reply_says_what_comes_next(verdict):
    story = decided(verdict, replied=True)
    assert facts(story).reply == Reply("23 December 2022", 5)
    assert next_words(story) == AFTERWARDS[verdict]
    last = beads(story)[-1]
    if verdict == Verdict.DECLINE:
        assert (last.label, last.words) == ("What would change this", "If the court agrees.")
    else:
        assert (last.label, last.words) == ("What happens next", AFTERWARDS[verdict])


def test_deferred_says_when_they_look_again():
    assert facts(decided(Verdict.DEFER)).look_again == "14 May 2026"
    assert facts(decided(Verdict.ACCEPT)).look_again == ""


def test_deferred_on_an_old_record_without_a_day_is_still_told():
    story = decided(Verdict.DEFER, replied=True, until=None)
    assert beads(story)[1].words == "Not now. They look again on a day to be named."
    assert next_words(story) == "It is tried out, or done."


def test_decision_that_was_reversed_gives_way_to_the_one_that_stands():
    wrong = decided(Verdict.DECLINE, state=DecisionState.REVERSED)
    right = decided(Verdict.ACCEPT, wrong.recommendation)
    story = Story(wrong.recommendation, decisions=[*wrong.decisions, *right.decisions])
    assert story.decision is right.decision
    assert facts(story).decision == Decided.YES
    assert Story(wrong.recommendation, decisions=wrong.decisions).decision is None


def test_contested_is_told_by_the_decision_that_was_contested():
    story = decided(Verdict.ACCEPT, sent(State.CONTESTED, contested_on=date(2023, 1, 9)), replied=True)
    assert [bead.kind for bead in beads(story)] == ["said", "yes", "because", "next"]


def test_what_is_decided_anew_is_never_told_as_ended():
    """Contested, and taken up at a meeting too few came to: it waits for the next, and both pages say so."""
    again = "They look at it again when they next meet."
    told_of = {
        (verdict, state): (told(story)[-1], words_of(story)[Place.NEXT][0])
        for verdict in Verdict
        for state in (State.CONTESTED, State.SUBMITTED)
        for story in [decided(verdict, sent(state), replied=True)]
    }
    assert set(told_of.values()) == {(("next", "What happens next", again), again)}


# --- Actions, pilot, outcome.


def test_what_happens_next_lists_three_deeds_each_by_itself_with_who_and_when():
    """A parent who does something is named to nobody who does not know her (P2)."""
    max_, eve = Person(alias="Max", side=Side.PROFESSIONAL), Person(alias="Eve", side=Side.LIVED)
    due = date(2023, 1, 16)
    given = [
        Action(number=number, what=f"Ring ward {number}", owner=owner, due=due, state=ActionState.OPEN)
        for number, owner in enumerate((max_, eve, max_, max_), 1)
    ]
    told_last = beads(replace(decided(Verdict.ACCEPT, replied=True), actions=given))[-1]
    assert told_last.words == "It is tried out, or done."
    assert told_last.deeds == (
        Deed("Ring ward 1.", "Max does this by 16 January 2023."),
        Deed("Ring ward 2.", "One of us does this by 16 January 2023."),
        Deed("Ring ward 3.", "Max does this by 16 January 2023."),
    )


def test_actions_are_done_or_open_and_cancelled_ones_are_neither():
    made = sent(State.ACCEPTED)
    states = (ActionState.DONE, ActionState.OPEN, ActionState.SAID_DONE, ActionState.CANCELLED)
    story = Story(made, actions=[Action(number=1, what="Ask", state=state) for state in states])
    assert words_of(story)[Place.ACTIONS] == ("1 done, 2 open", "")
    assert facts(story).actions == (True, False, False)


def test_pilot_says_where_since_when_and_how_often_it_was_tried():
    story = in_pilot(cycles=(TestCycleState.ADAPT, TestCycleState.DOING))
    assert words_of(story)[Place.PILOT] == ("A team at two clinics. 2 test cycles", "From 1 March 2025")
    assert facts(story).cycles == (True, False)
    assert next_words(story) == "By 11 December 2025 the steering group decides: keep it, change it, or stop it."
    assert next_words(story, date(2025, 12, 11)) == next_words(story)
    late = "The steering group was to decide by 11 December 2025: keep it, change it, or stop it. It is late."
    assert next_words(story, date(2025, 12, 12)) == late
    assert beads(story, date(2025, 12, 12))[-1].words == late
    assert ("now", "What happened", "It is being tried. Where: A team at two clinics.") in told(story)


@pytest.mark.parametrize(
    ("state", "words", "stopped"),
    [
        (PilotState.ADOPTED, "It stays.", False),
        (PilotState.ABANDONED, "It was stopped, and what was learned is kept.", True),
        (PilotState.NOT_FUNDED, "There was no money for it.", True),
    ],
)
def test_end_of_a_pilot_is_told(state, words, stopped):
    story = in_pilot(state)
    assert next_words(story) == words
    assert (facts(story).ended, facts(story).ended_because) == (stopped, "Cards get lost." if stopped else "")
    assert ("What happened" in [bead.label for bead in beads(story)]) is (state == PilotState.ADOPTED)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PilotState.PROPOSED, "Next the group hears whether there is money for it."),
        (PilotState.REVIEWED, "The trying is over. Next the steering group decides: keep it, change it, or stop it."),
    ],
)
def test_what_a_pilot_waits_for_is_told(state, words):
    assert next_words(in_pilot(state), date(2026, 1, 1)) == words


def test_the_last_things_that_were_told_of_a_pilot_stand_with_what_happened_the_newest_first():
    story = in_pilot()
    story.pilot.milestones = [Milestone(number=n, on=date(2025, 3, n), words=f"News {n}.") for n in range(1, 5)]
    (happened,) = [bead for bead in beads(story) if bead.label == "What happened"]
    assert happened.words == "It is being tried. Where: A team at two clinics."
    assert happened.deeds == tuple(Deed(f"News {n}.", f"{n} March 2025") for n in (4, 3, 2))
    assert happened.when == ""


def test_of_a_pilot_that_was_stopped_the_last_news_is_what_happened():
    story = in_pilot(PilotState.ABANDONED)
    story.pilot.milestones = [Milestone(number=n, on=date(2025, 3, n), words=f"News {n}.") for n in (1, 2)]
    happened = [bead for bead in beads(story) if bead.label == "What happened"]
    assert happened == [Bead("now", "What happened", "News 2.", "2 March 2025", (Deed("News 1.", "1 March 2025"),))]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PilotState.PROPOSED, "It is to be tried."),
        (PilotState.FUNDED, "They get ready to try it."),
        (PilotState.SET_UP, "They get ready to try it."),
        (PilotState.BASELINE, "They get ready to try it."),
        (PilotState.REVIEWED, "It was tried."),
        (PilotState.ADAPTED, "It is being changed, to be tried again."),
        (PilotState.ADOPTED, "It was tried."),
    ],
)
def test_what_is_said_of_trying_is_what_is_so(state, words):
    assert ("now", "What happened", f"{words} Where: A team at two clinics.") in told(in_pilot(state))


def test_latest_news_is_the_day_the_group_last_heard_of_it():
    asked = sent(State.SUBMITTED)
    assert latest_news(Story(asked)) == asked.submitted_on
    story = in_pilot()
    assert latest_news(story) == story.decision.reply.sent_on
    story.pilot.milestones = [Milestone(number=1, on=date(2025, 3, 1), words="News.")]
    assert latest_news(story) == date(2025, 3, 1)
    assert latest_news(replace(story, pilot=None)) == story.decision.reply.sent_on
    asked.submitted_on = None
    assert latest_news(Story(asked)) == date.min


def test_outcome_is_the_first_that_is_measured():
    balance = Indicator(id=uuid4(), name="Days to wait", kind=MeasureKind.BALANCING)
    outcome = an_outcome(48, 62)
    story = in_pilot(indicators=[balance, outcome])
    assert story.outcome is outcome
    assert words_of(story)[Place.OUTCOME] == ("Knew her name", "")
    assert facts(story).outcome == (48, 62)
    assert told(story)[-2][2] == (
        "It is being tried. Where: A team at two clinics. Knew her name. Two points, Jan 2025 and Feb 2025: "
        "a comparison, which cannot tell a change from ordinary ups and downs. Latest 62%."
    )


def test_reading_of_too_few_people_is_no_point_of_the_line():
    outcome = an_outcome(48, 62)
    outcome.readings[0].denominator = 3
    assert facts(in_pilot(indicators=[outcome])).outcome == (62,)


def test_two_points_are_told_in_words_and_never_drawn():
    outcome = an_outcome(48, 62)
    outcome.how_often, outcome.source = HowOften.ONCE, "An audit"
    story = in_pilot(indicators=[outcome])
    assert facts(story).outcome == ()
    assert told(story)[-2][2].endswith(
        "Knew her name. Before, January 2025: 48%. After, February 2025: 62%. Two points show a difference. "
        "They are never a trend. Source: An audit."
    )


def test_what_was_so_before_it_was_decided_is_not_said_to_have_come_of_it():
    """Figures without dates, and readings of before, stand beside the thread and are no station on it."""
    told_only, before, since = an_outcome(), an_outcome(48, 62), an_outcome(50)
    told_only.how_often, told_only.told, told_only.source = HowOften.TOLD, "Down by 6%", "The board’s record"
    for reading in before.readings:
        reading.month = reading.month.replace(year=2022)
    for indicators in ([told_only], [before], [told_only, before]):
        story = in_pilot(indicators=indicators)
        assert told(story)[-2][2] == "It is being tried. Where: A team at two clinics."
        assert facts(story).outcome == ()
        assert story.outcome is indicators[0]
    story = in_pilot(indicators=[told_only, before, since])
    assert (story.outcome, facts(story).outcome) == (since, (50,))
    assert not Story(asked(), indicators=[since]).is_measured_since(since)


def test_outcome_without_a_reading_is_not_said_to_have_happened():
    assert told(in_pilot(indicators=[an_outcome()]))[-2][2] == "It is being tried. Where: A team at two clinics."


# --- Which to begin with, and that all of them can be drawn.


def test_first_told_is_the_first_that_was_answered():
    waiting, owed = Story(sent()), decided(Verdict.ACCEPT)
    answered, later = decided(Verdict.DEFER, replied=True), decided(Verdict.DECLINE, replied=True)
    assert to_tell_first([waiting, owed, answered, later]) is answered
    assert to_tell_first([waiting, owed]) is owed
    assert to_tell_first([waiting]) is None


@pytest.mark.parametrize(
    "story",
    [
        Story(asked()),
        Story(sent()),
        *(decided(verdict, replied=replied) for verdict in Verdict for replied in (False, True)),
        *(in_pilot(state, (TestCycleState.ADOPT,), [an_outcome(48, 62)]) for state in PilotState),
    ],
)
def test_every_story_can_be_drawn(story):
    assert draw_thread_panorama(facts(story)).picture.desc
    assert draw_thread_rail(facts(story))


def test_facts_are_keyed_by_the_recommendation():
    story = Story(asked())
    assert facts(story).key == story.recommendation.id.hex[:8]
