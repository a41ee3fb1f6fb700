"""Where something stands, how long it took, and how the lines are chosen and written."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from coprod.actions.models import ActionState
from coprod.pilots.models import PilotState
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Decision, Reply, Verdict
from coprod.steering.rules import IN_WORDS
from coprod.tracker.rules import HEAD, KINDS, OUTCOMES, TAGS, Doing, Line, Place, cells, chosen, first_answer, standing
from coprod.workstreams.models import Workstream

TODAY = date(2025, 11, 17)
STREAM = Workstream(name="Practice models")
STREAM.id = uuid4()


def asked(state: State = State.SUBMITTED, number: int = 1) -> Recommendation:
    made = Recommendation(state=state, number=number, title="A call", workstream=STREAM, workstream_id=STREAM.id)
    made.id = uuid4()
    return made


def a_line(state: State = State.SUBMITTED, verdict: Verdict | None = None, number: int = 1, **fields: Any) -> Line:
    decided_on = fields.pop("decided_on", TODAY - timedelta(10)) if verdict else None
    decision = Decision(verdict=verdict, on=decided_on, number=number) if verdict else None
    sent_on = fields.pop("sent_on", TODAY - timedelta(30))
    return Line(asked(state, number), "A call", sent_on, TODAY, decision, decided_on, **fields)


def doing(*states: ActionState, due: date = TODAY) -> list[Doing]:
    return [Doing(state, due) for state in states]


def test_every_state_stands_somewhere() -> None:
    accept, done = Verdict.ACCEPT, doing(ActionState.DONE)
    places = {
        (State.SUBMITTED, None): Place.WAITING,
        (State.SUBMITTED, Verdict.DEFER): Place.WAITING,
        (State.CONTESTED, accept): Place.WAITING,
        (State.REFERRED_BACK, Verdict.REFER_BACK): Place.BACK,
        **{(state, Verdict.REFER_BACK): Place.BACK for state in (State.DRAFTED, State.VOTING, State.AGREED)},
        (State.ACCEPTED, accept): Place.YES,
        (State.ACCEPTED_WITH_CHANGES, Verdict.ACCEPT_WITH_CHANGES): Place.YES,
        (State.DEFERRED, Verdict.DEFER): Place.LATER,
        (State.DECLINED, Verdict.DECLINE): Place.NO,
        **{(State.REPLIED, verdict): place for verdict, place in REPLIED.items()},
        (State.IN_PILOT, accept): Place.TRIED,
        (State.ADAPTED, accept): Place.TRIED,
        (State.ADOPTED, accept): Place.KEPT,
        (State.EMBEDDED, accept): Place.KEPT,
        (State.ABANDONED, accept): Place.STOPPED,
        (State.CLOSED, accept): Place.YES,
        (State.CLOSED, Verdict.DECLINE): Place.NO,
    }
    told = {key: a_line(*key).place for key in places}
    assert told == places
    assert a_line(State.REPLIED, accept, doing=done).place == Place.DONE
    assert a_line(State.REPLIED, accept, doing=[*done, *doing(ActionState.SAID_DONE)]).place == Place.YES
    assert a_line(State.CLOSED, accept, pilot=PilotState.ABANDONED).place == Place.STOPPED
    assert a_line(State.CLOSED, accept, pilot=PilotState.ADAPTED).place == Place.KEPT
    assert set(KINDS) == set(TAGS) == set(Place)
    assert set(OUTCOMES) == set(PilotState)


REPLIED = {
    Verdict.ACCEPT: Place.YES,
    Verdict.ACCEPT_WITH_CHANGES: Place.YES,
    Verdict.DECLINE: Place.NO,
    Verdict.DEFER: Place.LATER,
    Verdict.REFER_BACK: Place.BACK,
}


def test_days_are_counted_to_the_answer_and_to_today_while_there_is_none() -> None:
    assert a_line().days_waited == 30
    assert a_line(State.REPLIED, Verdict.ACCEPT).days_waited == 20
    assert a_line(State.SUBMITTED, Verdict.DEFER).days_waited == 30
    early = a_line(State.REPLIED, Verdict.ACCEPT, sent_on=TODAY, decided_on=TODAY - timedelta(3))
    assert early.days_waited == 0


def test_what_waits_once_more_shows_its_old_answer_as_the_one_before() -> None:
    for state in (State.SUBMITTED, State.CONTESTED):
        line = a_line(state, Verdict.DEFER)
        line.decision.reply = Reply(words="Not now.", sent_on=TODAY)
        assert (line.place, line.answer, line.answer_before) == (Place.WAITING, "Not decided yet", "Not now")
        assert (line.answered_on, line.days_to_reply, line.days_waited) == (None, None, 30)
        told = dict(zip(HEAD, cells(line), strict=True))
        assert {name for name in ("Decided on", "Reply sent on", "Days to the reply") if told[name]} == set()
        assert (told["Answer before"], told["Decided before on"]) == ("Not now", "2025-11-07")
        assert chosen([line], answer="waiting") == [line]
    once = dict(zip(HEAD, cells(a_line(State.REPLIED, Verdict.DEFER)), strict=True))
    assert (once["Answer"], once["Answer before"], once["Decided before on"]) == ("Not now", "", "")


def test_reply_is_counted_from_the_decision_that_stands() -> None:
    line = a_line(State.REPLIED, Verdict.ACCEPT)
    assert (line.days_to_reply, a_line().days_to_reply) == (None, None)
    line.decision.reply = Reply(words="You asked.", sent_on=TODAY)
    assert line.days_to_reply == 10
    assert cells(line)[8:10] == ["2025-11-17", "10"]


def test_correction_counts_from_the_day_of_the_first_answer() -> None:
    first = Decision(number=1, on=TODAY)
    second = Decision(number=2, on=TODAY, corrects=first)
    assert first_answer(Decision(number=3, on=TODAY, corrects=second)) is first


def test_actions_are_counted_done_late_and_by_when() -> None:
    yesterday, later = TODAY - timedelta(1), TODAY + timedelta(9)
    line = a_line(
        State.REPLIED,
        Verdict.ACCEPT,
        doing=[
            *doing(ActionState.DONE, ActionState.OPEN, ActionState.SAID_DONE, due=yesterday),
            *doing(ActionState.OPEN, due=later),
        ],
    )
    assert (line.done, line.late, line.by_when) == (1, 1, later)
    assert a_line(State.REPLIED, Verdict.ACCEPT, doing=doing(ActionState.DONE)).by_when is None


def test_outcome_is_said_in_words() -> None:
    assert a_line().outcome == ""
    assert a_line(State.IN_PILOT, Verdict.ACCEPT, pilot=PilotState.CYCLING).outcome == "It is being tested"
    assert a_line(State.EMBEDDED, Verdict.ACCEPT, pilot=PilotState.ADOPTED).outcome == "It is everyday practice"


def test_lines_are_chosen_by_group_answer_and_year_and_ordered() -> None:
    last_year = TODAY - timedelta(400)
    first = a_line(State.DECLINED, Verdict.DECLINE, 1, sent_on=last_year, decided_on=last_year + timedelta(5))
    second, third = a_line(number=2), a_line(State.REPLIED, Verdict.ACCEPT, 3, sent_on=TODAY - timedelta(12))
    lines = [third, first, second]
    assert chosen(lines) == [first, second, third]
    assert chosen(lines, sort="sent") == [third, second, first]
    assert chosen(lines, sort="waited") == [second, first, third]
    assert chosen(lines, sort="place") == [second, first, third]
    assert chosen(lines, answer="decline") == [first]
    assert chosen(lines, answer="waiting") == [second]
    assert chosen(lines, year="2024") == [first]
    assert chosen(lines, stream=str(STREAM.id)) == [first, second, third]
    assert chosen(lines, stream=str(uuid4())) == []


def test_picture_has_a_row_for_each_place_with_the_numbers_there() -> None:
    rows = standing([a_line(number=5), a_line(number=2), a_line(State.DECLINED, Verdict.DECLINE, 3)]).rows
    assert [row.label for row in rows] == [place.value for place in Place]
    assert {row.kind: row.numbers for row in rows if row.numbers} == {"waiting": (2, 5), "no": (3,)}


def test_cells_say_the_same_as_the_line() -> None:
    line = a_line(State.DECLINED, Verdict.DECLINE)
    assert cells(line)[:8] == [
        *("1", "A call", "Practice models", "2025-10-18", "No", IN_WORDS[Verdict.DECLINE], "2025-11-07", "20")
    ]
    assert cells(line)[8:] == ["", "", "0", "0", "0", "", "", "", ""]
