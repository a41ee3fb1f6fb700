"""What stands on paper, and what never does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from coprod.cycles.models import ItemState, Part, Purpose, Session, SessionState
from coprod.messages.rules import names_nothing
from coprod.packs import rules
from coprod.people.models import Person, Side
from coprod.programmes.models import Rate
from coprod.voting.models import Shown
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Workstream, WorkstreamState
from tests.cycles.build import ROLES, TUESDAY, a_cycle, a_table, people


def _seat(stream: Workstream, alias: str, seat: Seat = Seat.MOTHER, role: Role = Role.MEMBER) -> None:
    person = Person(id=uuid4(), alias=alias, side=seat.side)
    place = Membership(person_id=person.id, person=person, seat=seat, role=role, state=MembershipState.JOINED)
    stream.memberships.append(place)


def _session(*aliases: str) -> Session:
    """The seventh session, which Sam runs, with its states as the database gives them."""
    stream = a_table({})
    _seat(stream, "Sam", Seat.TEAM, Role.FACILITATOR)
    for alias in aliases:
        _seat(stream, alias)
    session = a_cycle(stream).sessions[6]
    for item in session.items:
        item.state, item.is_hard, item.content_note, item.papers = ItemState.PLANNED, False, "", ""
        item.outcome_wanted, item.lead, item.session = item.outcome_wanted or "", "", session
    session.dial_in = ""
    return session


# --- The session card.


def test_card_that_leaves_the_room_has_neutral_names() -> None:
    """Design, section 10: no title, no method and no note of an item goes home with anybody but what is neutral."""
    session = _session("Robin")
    for item, purpose in zip(session.items, (None, None, None, Purpose.SHARE, None, Purpose.DECIDE), strict=False):
        item.purpose = purpose
    session.items[3].title = session.items[5].title = "The day the baby went into care"
    told = [(line.title, line.note) for line in rules.card_lines(session)]
    assert told == [
        ("Food and hello", "How is everyone doing?"),
        ("News", "What came of what we said."),
        ("Sharing", "We tell and we listen."),
        ("Break", "15 minutes."),
        ("Deciding", "We decide this together."),
        ("Jobs and goodbyes", "Done by 7.55."),
    ]
    session.items[3].is_hard, session.items[5].purpose = True, None
    told = [(line.title, line.kind) for line in rules.card_lines(session)]
    assert told[2] == ("A hard topic", "hard")
    assert told[4] == ("Working together", "plain")


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("We talk about the ward. Tea is next door.", "We talk about the ward. Tea is next door."),
        ("We talk about babies in care.", "Ask us what it is about."),
        ("We talk about Court.", "Ask us what it is about."),
    ],
)
def test_note_that_names_too_much_stays_in_the_room(note: str, words: str) -> None:
    session = _session("Robin")
    session.items[3].is_hard, session.items[3].content_note = True, note
    ((topic),) = rules.card_topics(session)
    assert (topic.when, topic.words) == ("6.35 to 6.55", words)


def test_card_says_break_whatever_somebody_typed() -> None:
    session = _session("Robin")
    (pause,) = (item for item in session.items if item.part == Part.BREAK)
    pause.title, pause.minutes = "Tea with the court’s papers", 15
    told = {line.title: line.note for line in rules.card_lines(session)}
    assert told["Break"] == "15 minutes."
    assert not [title for title in told if "Tea" in title]
    pause.is_hard = True
    assert "Break" not in [line.title for line in rules.card_lines(session)]


def test_card_says_when_where_and_who_without_a_word_that_gives_it_away() -> None:
    session = _session("Robin")
    for seat in Seat:
        _seat(session.cycle.workstream, "Somebody", seat)
    session.place = "Sea Room. Side door."
    when, where, who = rules.card_facts(session)
    assert (when.answer, when.more) == ("6pm to 7.55pm", "with a break at 6.55pm")
    assert (where.answer, where.more) == ("Sea Room", "Side door.")
    assert who.answer.startswith("Parents and carers, people from health")
    assert who.more == "Sam runs it."
    assert names_nothing(who.answer)


def test_card_of_an_empty_table_says_that_it_will_be_told() -> None:
    session = _session()
    session.cycle.workstream.memberships = []
    assert [fact.answer for fact in rules.card_facts(session)][2] == "We will tell you"
    assert rules.good_to_know(session, [])[1].answer == "Tell us if you need a lift."


def test_good_to_know_says_pay_lift_phone_and_that_no_is_fine() -> None:
    session, rates = _session("Robin"), [Rate(what="A session", pence=3000)]
    assert [fact.label for fact in rules.good_to_know(session, rates)] == ["Pay", "Getting there", "Not coming?"]
    session.dial_in = "01632 960 000"
    told = {fact.label: fact.answer for fact in rules.good_to_know(session, rates)}
    assert told["Pay"] == "You are paid for your time: £30 for a session."
    assert told["By phone"] == "01632 960 000"
    assert told["Not coming?"] == "No is fine."


# --- The agenda.


def test_agenda_tells_all_that_is_said_of_an_item_but_not_which_side_asked() -> None:
    session = _session()
    item = session.items[3]
    item.outcome_wanted, item.method, item.lead, item.papers = "We know", "In pairs.", "Ada", "Cards"
    item.raised_by, item.is_hard, item.content_note = Side.LIVED, True, "We talk of the ward."
    session.items[2].state = ItemState.DROPPED
    told = rules.rows(session)
    assert [(row.starts, row.minutes) for row in told[:3]] == [("6.00", 15), ("6.15", 10), ("6.25", 20)]
    assert told[2].told == (
        ("We want", "We know"),
        ("How", "In pairs."),
        ("Lead", "Ada"),
        ("Papers", "Cards"),
        ("Hard topic", "We talk of the ward. It may be skipped."),
    )
    assert [row.item.part for row in told if row.is_jobs] == [Part.ACTIONS]
    assert told[0].told == ()


# --- Slips.


def test_slips_fill_whole_sheets_for_the_roll_and_a_few_more() -> None:
    """B16: so many alike, and nobody's."""
    stream = _session(*"abcdef").cycle.workstream
    shown = rules.announced(stream)
    assert rules.slips(stream, [], ["Yes"]) == [rules.Slips("", 8, shown, ["Yes"])]
    _seat(stream, "g")
    shown = rules.announced(stream)
    both = [rules.Slips("One?", 12, shown, ["Yes"]), rules.Slips("Two?", 12, shown, ["Yes"])]
    assert rules.slips(stream, ["One?", "Two?"], ["Yes"]) == both


def test_vote_on_paper_needs_a_roll_of_five() -> None:
    """B11."""
    assert "needs 5 people or more" in rules.may_vote_on_paper(_session(*"abcd").cycle.workstream).reason
    assert rules.may_vote_on_paper(_session(*"abcde").cycle.workstream)


def test_slip_announces_what_will_be_shown_from_the_sizes_alone() -> None:
    """B12."""
    stream = _session(*"abcd").cycle.workstream
    assert rules.announced(stream) == rules.Announced(Shown.NOTHING, Shown.NOTHING)
    for n in range(6):
        _seat(stream, f"lived {n}")
        _seat(stream, f"professional {n}", Seat.MANAGER)
    assert rules.announced(stream) == rules.Announced(Shown.WORD, Shown.WORD)


# --- Name cards, agreement, visitors.


def test_name_cards_bear_the_name_somebody_chose_and_no_more() -> None:
    told = rules.tents(_session("kit", "Alexandria-Josephine", "Robin Blue Hat").cycle.workstream)
    assert [(tent.alias, tent.size) for tent in told] == [
        ("Alexandria-Josephine", "small"),
        ("kit", "large"),
        ("Robin Blue Hat", "middle"),
        ("Sam", "large"),
        ("", "large"),
        ("", "large"),
    ]


def test_agreement_without_words_is_its_headings() -> None:
    told = rules.headings({"speaking": "We listen."})
    assert (len(told), told[0], told[1][1]) == (12, ("How we speak", "We listen."), "")


def test_visitor_comes_to_one_piece_of_work() -> None:
    folk = people(*ROLES)
    session = a_cycle(a_table(folk)).sessions[0]
    for item in session.items:
        item.state, item.session = ItemState.PLANNED, session
    work = session.items[3]
    assert rules.comes_at(work) == "6.35pm to 6.55pm"
    assert {who for who in ROLES if rules.may_bring_a_visitor(folk[who], work)} == {"facilitator"}
    assert rules.work_of(session) == [session.items[3], session.items[5]]
    work.state = ItemState.DROPPED
    assert "on the agenda" in rules.may_bring_a_visitor(folk["facilitator"], work).reason
    assert not rules.may_bring_a_visitor(folk["facilitator"], session.items[0])


# --- Sending.


def test_agenda_is_sent_once_it_is_published_while_it_is_to_come() -> None:
    folk = people(*ROLES)
    session = a_cycle(a_table(folk)).sessions[6]
    waiting, before, after = {uuid4()}, TUESDAY - timedelta(1), TUESDAY + timedelta(1)
    allowed = {
        (state, on)
        for state in SessionState
        for on in (before, session.on, after)
        if rules.may_send(folk["facilitator"], _in(session, state), waiting, on)
    }
    told = (SessionState.PUBLISHED, SessionState.MOVED)
    assert allowed == {(state, on) for state in told for on in (before, session.on)}
    assert {who for who in ROLES if rules.may_send(folk[who], _in(session, told[0]), waiting, before)} == {
        "facilitator"
    }
    assert rules.may_send(folk["facilitator"], session, set(), before).reason == "Everybody in the group has had it."
    draft = _in(session, SessionState.DRAFT)
    assert rules.may_send(folk["facilitator"], draft, waiting, before).reason == "Publish the session first."


def _in(session: Session, state: SessionState) -> Session:
    session.state = state  # type: ignore[misc]
    return session


def test_what_is_over_is_not_to_come() -> None:
    session = _in(_session(), SessionState.PUBLISHED)
    assert rules.is_to_come(session, session.on)
    assert not rules.is_to_come(session, date(2026, 1, 1))


def test_nobody_is_told_of_the_plan_of_a_group_that_does_not_meet_now() -> None:
    folk = people(*ROLES)
    session = _in(a_cycle(a_table(folk)).sessions[6], SessionState.PUBLISHED)
    session.cycle.workstream.state = WorkstreamState.PAUSED  # type: ignore[misc]
    assert not rules.is_to_come(session, session.on)
    told = rules.may_send(folk["facilitator"], session, {uuid4()}, session.on)
    assert told.reason == "The group does not meet now."
