"""When a call is due and late, who may ask whom, and every move of a call, tried by everybody."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest

from coprod.core.clock import HERE
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.people.models import Person, Side
from coprod.programmes.models import Holiday, HolidayKind
from coprod.wellbeing import rules
from coprod.wellbeing.models import CallBack, CallState, CheckInCall, Moment
from coprod.wellbeing.rules import Choice, Wish
from tests.cycles.build import ROLES, a_table, people

MONDAY = date(2025, 11, 17)
CHRISTMAS = [
    Holiday(kind=HolidayKind.BANK, first=date(2025, 12, 25), last=date(2025, 12, 26), what="Christmas"),
    Holiday(kind=HolidayKind.SCHOOL, first=date(2025, 12, 22), last=date(2026, 1, 2), what="School"),
]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), HERE)


@pytest.mark.parametrize(
    ("moment", "wish", "due"),
    [
        (at(MONDAY, 9), Wish.TODAY, MONDAY),
        (at(MONDAY, 16, 59), Wish.TODAY, MONDAY),
        (at(MONDAY, 17), Wish.TODAY, date(2025, 11, 18)),
        (at(MONDAY, 20, 10), Wish.TODAY, date(2025, 11, 18)),
        (at(MONDAY, 20, 10), Wish.NEXT, date(2025, 11, 18)),
        (at(MONDAY, 9), Wish.NEXT, date(2025, 11, 18)),
        (at(date(2025, 11, 21), 20, 10), Wish.NEXT, date(2025, 11, 24)),
        (at(date(2025, 11, 22), 10), Wish.TODAY, date(2025, 11, 24)),
        (at(date(2025, 12, 24), 16), Wish.TODAY, date(2025, 12, 24)),
        (at(date(2025, 12, 24), 18), Wish.TODAY, date(2025, 12, 29)),
        (at(date(2025, 12, 25), 9), Wish.TODAY, date(2025, 12, 29)),
        # Ten past five by the clock on the wall, in summer.
        (datetime(2025, 7, 7, 17, 10, tzinfo=HERE), Wish.TODAY, date(2025, 7, 8)),
    ],
)
def test_call_is_due_today_or_on_the_next_working_day(moment: datetime, wish: Wish, due: date) -> None:
    """Journey 11: the moment of truth is a call asked for at ten past eight."""
    assert rules.due_on(wish, moment, CHRISTMAS) == due


def test_today_is_offered_only_while_there_is_time() -> None:
    tuesday = MONDAY + timedelta(1)
    assert rules.offered(at(MONDAY, 9), []) == [(Wish.TODAY, MONDAY), (Wish.NEXT, tuesday)]
    assert rules.offered(at(MONDAY, 18), []) == [(Wish.NEXT, tuesday)]


def test_days_are_said_inside_a_sentence() -> None:
    said = [rules.on_day(MONDAY + timedelta(days), MONDAY) for days in (0, 1, 2)]
    assert said == ["today", "tomorrow", "on Wednesday 19 November"]


def test_call_shows_late_from_the_day_after() -> None:
    for state, days, late in (
        (CallState.DUE, 0, False),
        (CallState.DUE, 1, True),
        (CallState.RUNG, 1, False),
    ):
        call = CallBack(state=state, due=MONDAY)
        assert rules.is_late(call, MONDAY + timedelta(days)) is late


@pytest.mark.parametrize(
    ("session", "last"),
    [
        (MONDAY, MONDAY + timedelta(1)),  # rung on Tuesday
        (date(2025, 11, 21), date(2025, 11, 24)),  # a Friday: Saturday, or Monday at the latest
        (date(2025, 12, 24), date(2025, 12, 29)),  # the day after is a bank holiday
    ],
)
def test_call_after_a_session_is_due_next_day_and_late_after_the_next_working_day(session: date, last: date) -> None:
    call = CheckInCall(state=CallState.DUE, due=rules.day_after(Session(on=session)))
    assert call.due == session + timedelta(1)
    assert not rules.is_overdue(call, last, CHRISTMAS)
    assert rules.is_overdue(call, last + timedelta(1), CHRISTMAS)
    call.state = CallState.NOT_WANTED
    assert not rules.is_overdue(call, last + timedelta(1), CHRISTMAS)


def test_only_the_member_asks_and_only_those_who_can_be_asked() -> None:
    robin, kit, sam = (Person(id=uuid4(), alias=name, side=Side.LIVED) for name in ("Robin", "Kit", "Sam"))
    choices = [Choice(sam, "Sam", "Monday group")]
    assert rules.may_ask(robin, robin, sam.id, choices)
    assert rules.may_ask(kit, robin, sam.id, choices).reason == "Only you can ask for this."
    assert "Ask somebody who runs your group" in rules.may_ask(robin, robin, kit.id, choices).reason


def test_only_who_asked_takes_a_call_back_until_it_is_done() -> None:
    robin, sam = Person(id=uuid4()), Person(id=uuid4())
    call = CallBack(person_id=robin.id, asked_id=sam.id, state=CallState.DUE)
    assert rules.may_take_back(robin, call)
    assert not rules.may_take_back(sam, call)
    call.state = CallState.RUNG
    assert rules.may_take_back(robin, call).reason == "That call is over."


def test_every_move_of_a_call_back_by_both_and_by_others() -> None:
    robin, sam, max_ = (Person(id=uuid4()) for _ in range(3))
    for state in CallState:
        for who in (robin, sam, max_):
            call = CallBack(person_id=robin.id, asked_id=sam.id, state=state)
            allowed = who is sam and state == CallState.DUE
            assert bool(rules.CALL_BACK.may(who, "rung", call)) is allowed, (state, who)
    assert set(rules.CALL_BACK.moves) == {"rung"}


def test_every_move_of_a_call_after_a_session_by_everybody() -> None:
    allowed = {(name, CallState.DUE, "facilitator") for name in ("rung", "not wanted")}
    folk = people(*ROLES)
    session = Session(cycle=Cycle(workstream=a_table(folk)))
    for name in rules.CALL.moves:
        for state in CallState:
            for who in ROLES:
                call = CheckInCall(session=session, state=state)
                assert bool(rules.CALL.may(folk[who], name, call)) is ((name, state, who) in allowed), (name, who)
    assert len(rules.CALL.moves) == 2


def test_call_is_offered_by_those_who_run_it_from_the_day_on() -> None:
    folk = people("facilitator", "member", "stranger")
    sam, robin = folk["facilitator"], folk["member"]
    session = Session(on=MONDAY, state=SessionState.PUBLISHED, cycle=Cycle(workstream=a_table(folk)))
    assert rules.may_offer(sam, session, robin, MONDAY, [])
    assert not rules.may_offer(robin, session, robin, MONDAY, [])
    assert "Only people in" in rules.may_offer(sam, session, folk["stranger"], MONDAY, []).reason
    assert "Offer a call on the day." in rules.may_offer(sam, session, robin, MONDAY - timedelta(1), []).reason
    tuesday = MONDAY + timedelta(1)
    assert rules.may_offer(sam, session, robin, tuesday, [])
    assert "is over" in rules.may_offer(sam, session, robin, tuesday + timedelta(1), []).reason
    session.state = SessionState.CANCELLED
    assert rules.may_offer(sam, session, robin, MONDAY, []).reason == "This session was cancelled."


def test_call_after_a_friday_can_be_offered_until_the_monday() -> None:
    folk = people("facilitator", "member")
    friday = MONDAY + timedelta(4)
    session = Session(on=friday, state=SessionState.HELD, cycle=Cycle(workstream=a_table(folk)))
    found = [
        bool(rules.may_offer(folk["facilitator"], session, folk["member"], friday + timedelta(n), [])) for n in range(6)
    ]
    assert found == [True] * 4 + [False] * 2
    told = [rules.said_on(rules.day_after(session), friday + timedelta(n), []) for n in range(4)]
    assert told == ["tomorrow", "today", "tomorrow", "today"]


def test_call_asked_for_again_counts_from_the_sooner_day_that_has_not_passed() -> None:
    tuesday, friday = MONDAY + timedelta(1), MONDAY + timedelta(4)
    found = [rules.counts(stands, tuesday, tuesday) for stands in (MONDAY, tuesday, friday)]
    assert found == [tuesday] * 3
    assert rules.counts(tuesday, friday, tuesday) == tuesday


def test_somebody_says_how_she_is_until_the_end_of_the_next_day() -> None:
    folk = people("facilitator", "member", "stranger")
    session = Session(on=MONDAY, state=SessionState.PUBLISHED, cycle=Cycle(workstream=a_table(folk)))
    robin = folk["member"]
    assert [bool(rules.may_check_in(robin, session, MONDAY + timedelta(n))) for n in (-3, 0, 1, 2)] == [True] * 3 + [
        False
    ]
    assert not rules.may_check_in(folk["stranger"], session, MONDAY)
    for state, why in ((SessionState.CANCELLED, "do not meet"), (SessionState.DRAFT, "not out yet")):
        session.state = state
        assert why in rules.may_check_in(robin, session, MONDAY).reason


def test_card_leads_to_the_question_from_the_day_before_to_the_day_after() -> None:
    folk = people("member", "stranger")
    session = Session(on=MONDAY, state=SessionState.PUBLISHED, cycle=Cycle(workstream=a_table(folk)))
    led = [len(rules.way_on(folk["member"], session, MONDAY + timedelta(n))) for n in (-2, -1, 0, 1, 2)]
    assert led == [0, 1, 1, 1, 0]
    assert rules.way_on(folk["stranger"], session, MONDAY) == ()


def test_it_is_before_until_it_begins() -> None:
    session = Session(begins=at(MONDAY, 18))
    assert rules.moment_of(session, at(MONDAY, 17, 59)) == Moment.BEFORE
    assert rules.moment_of(session, at(MONDAY, 18)) == Moment.AFTER


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", ("", "")),
        ("Ask at the door", ("Ask at the door", "")),
        ("01632 960 000", ("Near you", "01632 960 000")),
        ("Lighthouse Centre: 01632 960 000", ("Lighthouse Centre", "01632 960 000")),
        ("01632 960000 – out of hours", ("out of hours", "01632 960000")),
    ],
)
def test_line_near_by_has_a_name_and_a_number(words: str, told: tuple[str, str]) -> None:
    assert rules.local_line(words) == told
