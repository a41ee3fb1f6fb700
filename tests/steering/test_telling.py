"""The group hears of its answer, the chair of what is owed and of what to look at again: on working days, once each."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from config import HERE
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState, Reach, Way
from coprod.messages.services import sending
from coprod.programmes.models import Holiday, HolidayKind
from coprod.steering import queries, rules, services
from coprod.steering.models import Decision, DecisionState, Meeting, MeetingState, Verdict
from coprod.workstreams.models import MembershipState
from tests.actions.test_rules import bank_holidays_of_2026
from tests.factories import keep
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box
from tests.steering.rooms import BECAUSE, Room

OFF = set(bank_holidays_of_2026())
ALEX = "alex@example.org"


@pytest.fixture
def room(database: None) -> Room:
    room = Room()
    for person in (room.alex, room.max, room.sam):
        person.email = f"{person.alias.lower()}@example.org"
    room.robin.phone = "+447700900123"
    shared = {"kind": HolidayKind.BANK, "what": "Off", "sources": []}
    keep(*(Holiday(first=day, last=day, **shared) for day in sorted(OFF)))
    db.session.commit()
    return room


@pytest.fixture
def at(clock: Callable[..., None]) -> Callable[..., None]:
    def set_to(day: date, hour: int = 9, minute: int = 5) -> None:
        clock(datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE))

    return set_to


def a_decision(room: Room, on: date, review_on: date | None = None) -> Decision:
    """A decision of this day, without the meeting's whole course."""
    room.numbers += 1
    held = db.session.scalars(select(Meeting).where(Meeting.on == on)).one_or_none()
    asked = room.asked()
    decision = Decision(
        meeting=held or room.meeting(MeetingState.CLOSED, on=on),
        recommendation=asked,
        number=room.numbers,
        verdict=Verdict.ACCEPT,
        reason=BECAUSE,
        on=on,
        review_on=review_on,
        recorded_by=room.alex,
        members=4,
        members_present=4,
        lived_present=2,
    )
    keep(decision)
    asked.state = "accepted"
    db.session.commit()
    return decision


def tick() -> None:
    """What the clock does: both chores, then the sender."""
    services.remind_replies()
    services.remind_reviews()
    db.session.commit()
    messages.withdraw_what_is_wrong()
    messages.send_due()
    db.session.commit()


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def worked(day: date) -> bool:
    return day.weekday() < 5 and day not in OFF


# --- Rules.


def test_chair_is_told_five_days_before_one_day_before_and_each_day_it_is_late() -> None:
    """Domain rule 23: decided on Thu 15 Dec 2022, due on Tue 3 Jan 2023."""
    off = [date(2022, 12, 26), date(2022, 12, 27), date(2023, 1, 2)]
    holidays = [Holiday(kind=HolidayKind.BANK, first=day, last=day, what="Off") for day in off]
    due = rules.reply_due(date(2022, 12, 15), holidays)
    assert due == date(2023, 1, 3)
    told = {rules.owed_day(due, day, holidays) for day in days(date(2022, 12, 15), date(2023, 1, 6))}
    assert told == {
        None,
        date(2022, 12, 22),
        date(2022, 12, 30),
        date(2023, 1, 4),
        date(2023, 1, 5),
        date(2023, 1, 6),
    }


def test_review_is_told_on_the_first_working_day_and_never_long_after() -> None:
    assert rules.review_day(date(2025, 11, 15), date(2025, 11, 16), []) is None
    assert rules.review_day(date(2025, 11, 15), date(2025, 11, 17), []) == date(2025, 11, 17)
    assert rules.review_day(date(2025, 11, 15), date(2025, 12, 14), []) == date(2025, 11, 17)
    assert rules.review_day(date(2025, 11, 15), date(2025, 12, 15), []) is None


# --- The group hears of its answer.


def test_everybody_in_the_group_hears_of_the_reply_the_way_they_chose(room: Room, at, post_box: PostBox) -> None:
    """Journey 8: one text when a reply lands; O1: it says nothing of what is in it."""
    room.mo.email = "mo@example.org"
    keep(Reach(person_id=room.robin.id, way=Way.TEXT, phone_is_safe=True, hours=[]))
    keep(Reach(person_id=room.mo.id, way=Way.CALL, hours=[]))
    at(date(2026, 3, 3))
    decision = a_decision(room, date(2026, 3, 2))
    services.send_reply(decision, "We say yes. Max rings the wards.", by=room.alex)
    db.session.commit()
    messages.send_due()
    assert [to for to, _, _ in post_box.letters()] == ["sam@example.org"]
    [(to, words)] = post_box.texts()
    assert to == room.robin.phone
    assert words.startswith("Hi Robin. There is an answer to what your group asked for. http")
    assert "/answers" in words
    assert "Max" not in words + post_box.letters()[0][2]
    by_hand = select(Message.person_id).where(Message.purpose == "reply", Message.state == MessageState.WAITING)
    assert db.session.scalars(by_hand).all() == [room.mo.id]


def test_reply_is_not_told_to_who_has_left_or_where_it_was_corrected(room: Room, at, post_box: PostBox) -> None:
    at(date(2026, 3, 3))
    decision = a_decision(room, date(2026, 3, 2))
    services.send_reply(decision, "We say yes. Max rings the wards.", by=room.alex)
    assert queries.is_still_answered(room.sam, decision.id)
    assert not queries.is_still_answered(room.dee, decision.id)
    seat = next(held for held in room.stream.memberships if held.person is room.sam)
    seat.state = MembershipState.LEFT
    db.session.commit()
    messages.send_due()
    assert post_box.letters() == []
    assert queries.is_still_answered(room.robin, decision.id)
    rules.DECISIONS.make(room.alex, "reversed", decision)
    db.session.commit()
    assert not queries.is_still_answered(room.robin, decision.id)


def test_second_thing_of_a_day_is_told_too(room: Room, at, post_box: PostBox) -> None:
    """A question is answered on the day of the reply; two things are said to the chair on one day."""
    at(date(2026, 3, 3))
    decision = a_decision(room, date(2026, 3, 2))
    services.send_reply(decision, "We say yes.", by=room.alex)
    first = services.ask(decision, "Which wards?", by=room.robin)
    db.session.commit()
    messages.send_due()
    at(date(2026, 3, 3), 15)
    services.answer_question(first, "All of them.", by=room.alex)
    services.second(services.contest(decision, "Look again.", by=room.robin), by=room.sam)
    db.session.commit()
    messages.send_due()
    told = Counter(to for to, _, _ in post_box.letters())
    assert told == {"sam@example.org": 2, ALEX: 2}


def test_what_is_said_on_a_day_off_is_told_on_the_next_working_day(room: Room, at, post_box: PostBox) -> None:
    decision = a_decision(room, date(2026, 3, 2))
    for day in (date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 9)):  # Saturday to Monday
        at(day)
        if day == date(2026, 3, 7):
            services.send_reply(decision, "We say yes.", by=room.alex)
            services.ask(decision, "Which wards?", by=room.robin)
        db.session.commit()
        messages.withdraw_what_is_wrong()
        messages.send_due()
        assert bool(post_box.letters()) == (day == date(2026, 3, 9))
    assert Counter(to for to, _, _ in post_box.letters()) == {"sam@example.org": 1, ALEX: 1}


# --- The chair hears of what is owed.


def test_message_says_nothing_of_what_it_is_about(room: Room, at, post_box: PostBox) -> None:
    a_decision(room, date(2026, 3, 2))
    at(date(2026, 3, 9))
    tick()
    [(to, subject, words)] = post_box.letters()
    assert (to, subject) == (ALEX, "You have a message")
    assert words.startswith("Hello Alex.\n\nA group waits for its answer in writing.")
    assert "A call" not in words


def test_what_was_sent_by_then_is_not_told(room: Room, at, post_box: PostBox) -> None:
    decision = a_decision(room, date(2026, 3, 2), review_on=date(2026, 3, 9))
    at(date(2026, 3, 9), 8)
    services.remind_replies()
    services.remind_reviews()
    services.send_reply(decision, "We say yes.", by=room.alex)
    services.review(decision, by=room.alex)
    db.session.commit()
    at(date(2026, 3, 9))
    messages.send_due()
    assert ALEX not in [to for to, _, _ in post_box.letters()]
    assert decision.state == DecisionState.REVIEWED


def test_missed_days_are_made_good_once(room: Room, at, post_box: PostBox) -> None:
    a_decision(room, date(2026, 3, 2), review_on=date(2026, 3, 12))
    for day in (date(2026, 3, 14), date(2026, 3, 15)):  # a weekend, after a week on which nothing ran
        at(day)
        tick()
        assert post_box.letters() == []
    for hour in (7, 10, 23):
        at(date(2026, 3, 16), hour)
        tick()
    assert [to for to, _, _ in post_box.letters()] == [ALEX, ALEX]


def test_a_year_on_the_outbox_misses_nothing_doubles_nothing_and_keeps_holidays_free(
    room: Room, at, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every day of 2026: on some nothing runs, on some nothing can be sent; what is right is worked out by hand."""
    decided = [day for day in (date(2026, 1, 8) + timedelta(26 * n) for n in range(13)) if worked(day)]
    courses = [Course(a_decision(room, on, on + timedelta(60)), on, n) for n, on in enumerate(decided)]
    thursdays = {day for day in days(date(2026, 9, 3), date(2026, 11, 30)) if day.weekday() == 3}
    silent = {*days(date(2026, 4, 1), date(2026, 4, 8)), *thursdays}
    cut_off = {day for day in days(date(2026, 1, 1), date(2026, 12, 31)) if day.day in (9, 10, 11)}
    sent: list[tuple[date, str, str]] = []

    def hand_over(to: str, _: str, words: str, **__: object) -> None:
        if today in cut_off:
            raise OSError
        sent.append((today, to, words.splitlines()[2]))

    monkeypatch.setattr("coprod.core.mail.send", hand_over)
    monkeypatch.setattr(sending, "real_now", now)
    for today in days(date(2026, 1, 1), date(2026, 12, 31)):
        at(today, 8)
        for course in courses:
            course.goes_on(room, today)
        db.session.commit()
        at(today)
        if today not in silent:
            tick()
    told = Counter((day, to, SORTS[words]) for day, to, words in sent)
    assert told == _expected(courses, silent | cut_off)
    assert all(worked(day) for day, _, _ in sent)
    assert {sort for _, _, sort in told} == {"owed", "review", "says", "answer"}


SORTS = {
    "A group waits for its answer in writing. You can see which, and by when, here:": "owed",
    "It is time to look at a decision again. It is on the next agenda.": "review",
    "A group has something to say to an answer it was given. You can read it here:": "says",
    "There is an answer to what your group asked for. You can read it here:": "answer",
}


class Course:
    """What comes of one decision: its reply, two questions with their answers, and for every third a contest."""

    def __init__(self, decision: Decision, on: date, n: int) -> None:
        self.decision, self.on = decision, on
        self.replied = _later(on, min(3 * n, 18)) + timedelta(n % 4)
        self.asked = self.replied + timedelta(1 + n % 5)
        self.answered = self.asked + timedelta(9 + n % 3)
        self.contested = self.asked if n % 3 == 0 else None

    def goes_on(self, room: Room, today: date) -> None:
        """Do what is done on this day; the first question is asked and answered on the day of the reply."""
        if self.replied == today:
            services.send_reply(self.decision, "We say yes.", by=room.alex)
            services.answer_question(services.ask(self.decision, "Which?", by=room.robin), "All.", by=room.alex)
        if self.asked == today:
            self.question = services.ask(self.decision, "And when?", by=room.mo)
        if self.contested == today:
            services.second(services.contest(self.decision, "Look again.", by=room.robin), by=room.sam)
        if self.answered == today:
            services.answer_question(self.question, "In May.", by=room.alex)


def _later(day: date, working_days: int) -> date:
    while working_days > 0:
        day += timedelta(1)
        working_days -= worked(day)
    return day


def _earlier(day: date, working_days: int) -> date:
    while working_days > 0:
        day -= timedelta(1)
        working_days -= worked(day)
    return day


def _next_run(day: date, silent: set[date]) -> date:
    while not worked(day) or day in silent:
        day += timedelta(1)
    return day


def _expected(courses: list[Course], silent: set[date]) -> Counter[tuple[date, str, str]]:
    """Work out, without the product, who hears of what on which days; of replies and of reviews, once a day."""
    once: set[tuple[date, str, str]] = set()
    each: list[tuple[date, str, str]] = []
    for one in courses:
        due = _later(one.on, 10)
        planned = [_earlier(due, 5), _earlier(due, 1), *(day for day in days(due + timedelta(1), one.replied))]
        once |= {(run, ALEX, "owed") for day in planned if (run := _next_run(day, silent)) < one.replied}
        once.add((_next_run(one.on + timedelta(60), silent), ALEX, "review"))
        answers = [one.replied, one.replied, one.answered]
        each += [(_next_run(day, silent), "sam@example.org", "answer") for day in answers]
        asked = _next_run(one.asked, silent)
        each += [(asked, ALEX, "says")] * ((asked < one.answered) + (one.contested is not None))
    return Counter(told for told in [*once, *each] if told[0].year == 2026)
