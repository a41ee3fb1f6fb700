"""Notes: every move from every state by everybody, the days that count, and two texts beside each other."""

import itertools
from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.cycles.models import AgendaItem, Part, Purpose, Session, SessionState
from coprod.notes import rules
from coprod.notes.models import CorrectionState, ItemNote, NoteCorrection, Notes, NotesState
from tests.cycles.build import ROLES, a_cycle, a_table, people

NOTES_ALLOWED = {
    ("given to members", NotesState.DRAFT, "facilitator"),
    ("agreed", NotesState.WITH_MEMBERS, "facilitator"),
}
CORRECTION_ALLOWED = {
    (name, CorrectionState.ASKED, of, "facilitator")
    for name in ("taken", "not taken")
    for of in (NotesState.DRAFT, NotesState.WITH_MEMBERS)
}
DAY = date(2025, 11, 18)


def some_notes(folk=None, state=NotesState.DRAFT, words="We talked.", **fields):
    cycle = a_cycle(a_table(folk or {}), start=DAY)
    session = cycle.sessions[0]
    session.state = SessionState.HELD
    notes = Notes(session=session, state=state, **fields)
    notes.parts = [
        ItemNote(item=AgendaItem(position=2, title="Deciding", purpose=Purpose.DECIDE), words=words, version=1),
        ItemNote(item=AgendaItem(position=1, title="Hello", purpose=None), words=words, version=1),
        ItemNote(item=AgendaItem(position=3, title="Break", purpose=None), words="", version=0),
    ]
    return notes


def test_every_move_of_notes_from_every_state_by_everybody():
    folk, allowed = people(*ROLES), set()
    for name, state, who in itertools.product(rules.NOTES.moves, NotesState, ROLES):
        allowed |= {(name, state, who)} if rules.NOTES.may(folk[who], name, some_notes(folk, state)) else set()
    assert allowed == NOTES_ALLOWED


def test_every_move_of_a_correction_from_every_state_by_everybody():
    """Agreed notes are locked: nothing is taken into them, and nothing that waits is left behind."""
    folk, allowed = people(*ROLES), set()
    for name, state, of, who in itertools.product(rules.CORRECTION.moves, CorrectionState, NotesState, ROLES):
        correction = NoteCorrection(part=some_notes(folk, of).parts[0], state=state, words="It was blue")
        allowed |= {(name, state, of, who)} if rules.CORRECTION.may(folk[who], name, correction) else set()
    assert allowed == CORRECTION_ALLOWED


def test_notes_begin_on_the_day_for_those_who_run_the_group():
    folk = people(*ROLES)
    session = some_notes(folk).session
    told = {}
    for state, days, who in itertools.product(SessionState, (-1, 0, 1), ROLES):
        session.state = state
        told[state, days, who] = rules.may_open(folk[who], session, DAY + timedelta(days))
    states = {SessionState.PUBLISHED, SessionState.MOVED, SessionState.HELD}
    assert {case for case, answer in told.items() if answer} == set(itertools.product(states, (0, 1), ["facilitator"]))
    assert told[SessionState.PUBLISHED, -1, "member"].reason == "Only a facilitator can do this."
    assert told[SessionState.PUBLISHED, -1, "facilitator"].reason == (
        "It is on Tuesday 18 November. Notes begin on the day."
    )


@pytest.mark.parametrize(
    ("state", "words", "reason"),
    [
        (SessionState.HELD, "We talked.", ""),
        (SessionState.PUBLISHED, "We talked.", "Mark the session as held first."),
        (SessionState.HELD, "", "Nothing is written yet."),
    ],
)
def test_notes_are_given_to_members_once_there_is_something_to_give(state, words, reason):
    folk = people("facilitator")
    notes = some_notes(folk, words=words)
    notes.session.state = state
    assert rules.may_give(folk["facilitator"], notes).reason == reason


@pytest.mark.parametrize(
    ("given", "waiting", "today", "reason"),
    [
        (DAY, 0, date(2025, 11, 24), "Members may correct them until Tuesday 25 November."),
        (DAY, 0, date(2025, 11, 25), ""),
        (DAY, 1, date(2025, 11, 25), "Corrections wait for an answer."),
        (date(2025, 11, 21), 0, date(2025, 11, 25), "Members may correct them until Friday 28 November."),
        (date(2025, 11, 21), 0, date(2025, 11, 28), ""),
    ],
)
def test_notes_are_agreed_at_the_next_session_and_after_seven_days(given, waiting, today, reason):
    """Journey 15: notes are no more than a draft of the group's until members have had seven days."""
    folk = people("facilitator")
    notes = some_notes(folk, NotesState.WITH_MEMBERS, with_members_on=given)
    assert rules.may_agree(folk["facilitator"], notes, waiting, today).reason == reason


def test_group_agrees_when_it_meets_however_long_the_seven_days_are_over():
    folk = people("facilitator")
    notes = some_notes(folk, NotesState.WITH_MEMBERS, with_members_on=DAY)
    for session in notes.session.cycle.sessions[1:3]:
        session.state = SessionState.CANCELLED
    answer = rules.may_agree(folk["facilitator"], notes, 0, date(2025, 12, 8))
    assert answer.reason == "The group meets next on Tuesday 9 December."
    assert rules.may_agree(folk["facilitator"], notes, 0, date(2025, 12, 9))
    notes.session = notes.session.cycle.sessions[-1]
    assert rules.may_agree(folk["facilitator"], notes, 0, date(2026, 3, 9))


def test_members_correct_for_seven_days_and_those_who_run_the_group_never_ask():
    folk = people(*ROLES)
    told = {}
    for state, days, who in itertools.product(NotesState, (0, 7, 8), ROLES):
        given = None if state == NotesState.DRAFT else DAY
        notes = some_notes(folk, state, with_members_on=given)
        told[state, days, who] = rules.may_correct(folk[who], notes, DAY + timedelta(days))
    assert {case for case, answer in told.items() if answer} == set(
        itertools.product([NotesState.WITH_MEMBERS], (0, 7), ["member", "chair"])
    )
    assert told[NotesState.WITH_MEMBERS, 0, "facilitator"].reason == "You can change the notes yourself."
    assert told[NotesState.WITH_MEMBERS, 8, "member"].reason == "The time to change these notes is over."


def test_agreed_notes_are_not_written():
    folk = people("facilitator")
    assert rules.may_write(folk["facilitator"], some_notes(folk, NotesState.WITH_MEMBERS))
    assert rules.may_write(folk["facilitator"], some_notes(folk, NotesState.AGREED)).reason.endswith("as they are.")


def test_notes_are_read_in_the_order_of_the_agenda_and_without_what_is_empty():
    notes = some_notes()
    assert [part.item.title for part in rules.in_order(notes)] == ["Hello", "Deciding", "Break"]
    assert [part.item.title for part in rules.written(notes)] == ["Hello", "Deciding"]
    assert [part.item.title for part in rules.decided(notes)] == ["Deciding"]
    assert [part.item.title for part in rules.talked(notes)] == ["Hello"]


def test_name_of_somebody_in_the_group_is_found_wherever_it_stands():
    folk = people("facilitator", "member")
    notes = some_notes(folk, words="Members asked. Member said: yes.")
    assert rules.named_in(notes) == [("Member", "Hello"), ("Member", "Deciding")]


def test_what_happened_is_told_once_it_has():
    session, told = some_notes().session, {}
    for session.state in SessionState:
        told[session.state] = rules.may_catch_up(session).reason
    early = "You can read here what happened once we have met."
    off = "We did not meet that day."
    assert told == dict.fromkeys(SessionState, early) | {SessionState.HELD: "", SessionState.CANCELLED: off}


def test_what_belongs_to_an_evening_ends_where_the_group_meets_again_or_after_two_weeks():
    sessions = some_notes().session.cycle.sessions
    assert rules.days_of(sessions[0], DAY + timedelta(7)) == (DAY, DAY + timedelta(7))
    assert rules.days_of(sessions[0], DAY + timedelta(15)) == (DAY, DAY + timedelta(14))
    last = sessions[-1]
    assert rules.days_of(last, None) == (last.on, last.on + timedelta(14))


def test_notes_come_before_the_next_session_or_within_a_week():
    sessions = some_notes().session.cycle.sessions
    assert rules.comes_by(sessions[0], DAY) == DAY + timedelta(7)
    assert rules.comes_by(sessions[0], DAY + timedelta(8)) is None
    assert rules.comes_by(sessions[-1], DAY) == sessions[-1].on + timedelta(7)


def test_card_leads_on_once_the_evening_is_held():
    session = some_notes().session
    told = {state: [way.endpoint for way in rules.ways_on(session, state)] for state in (None, *NotesState)}
    page = "notes.missed"
    assert told == {None: [page], "draft": [page], "with members": ["notes.read", page], "agreed": ["notes.read", page]}
    for session.state in set(SessionState) - {SessionState.HELD}:
        assert rules.ways_on(session, NotesState.AGREED) == ()


def test_members_call_items_as_on_the_card():
    talk, hello = AgendaItem(part=Part.WORK, title="The map"), AgendaItem(part=Part.CHECK_IN, title="Check-in")
    assert [rules.called(item) for item in (talk, hello)] == ["The map", "Hello"]


def test_what_differs_is_marked_word_by_word():
    lines = rules.compare("We met.\nThe map is green.\nBye", "We met.\nThe map is red.")
    assert [line.differs for line in lines] == [False, True, True]
    assert [(bit.words, bit.is_new) for bit in lines[1].bits] == [("The map is", False), ("green.", True)]
    assert [(bit.words, bit.is_new) for bit in lines[2].bits] == [("Bye", True)]
    assert rules.compare("", "Much") == []
    assert not rules.compare("Same  here", "Same here")[0].differs


def test_two_very_long_texts_are_told_apart_at_a_glance(monkeypatch):
    monkeypatch.setattr(rules, "MOST_COMPARED", 3)
    first, second = rules.compare("a b c\nd", "a b x\nd")
    assert [(bit.words, bit.is_new) for bit in first.bits] == [("a b c", True)]
    assert not second.differs


def test_line_joins_what_stands_there():
    assert rules.with_line("", " One ") == "One"
    assert rules.with_line("One", "Two") == "One\nTwo"
    assert rules.is_on_agenda(AgendaItem(session_id=(key := uuid4())), Session(id=key))
