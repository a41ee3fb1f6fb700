"""The group hears of its answer, the chair of what is owed and of what to look at again: on working days, once each."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from config import HERE
from coprod.core.db import db
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState, Reach, Way
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


def test_a_year_on_the_outbox_misses_no_reply_and_no_review_doubles_none_and_keeps_holidays_free(
    room: Room, at, post_box: PostBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every day of 2026, with days on which nothing runs; what is right is worked out by hand-written loops."""
    decided = [day for day in (date(2026, 1, 8) + timedelta(26 * n) for n in range(13)) if worked(day)]
    taken = [(a_decision(room, on, on + timedelta(60)), on, 3 * n) for n, on in enumerate(decided)]
    # Each group is answered so many working days after the decision: some in time, some late.
    replied = {on: _later(on, min(after, 18)) for _, on, after in taken}
    sent: list[tuple[date, str]] = []
    monkeypatch.setattr("coprod.core.mail.send", lambda to, *_, **__: sent.append((today, to)))
    thursdays = {day for day in days(date(2026, 9, 3), date(2026, 11, 30)) if day.weekday() == 3}
    silent = {*days(date(2026, 4, 1), date(2026, 4, 8)), *thursdays}
    for today in days(date(2026, 1, 1), date(2026, 12, 31)):
        at(today, 8)
        for decision, on, _ in taken:
            if replied[on] == today:
                services.send_reply(decision, "We say yes.", by=room.alex)
        db.session.commit()
        at(today)
        if today not in silent:
            tick()
    chair = Counter(day for day, to in sent if to == ALEX)
    assert chair == _expected(decided, replied, silent)
    assert all(worked(day) and day not in silent for day, to in sent if to == ALEX)
    # Everybody with an address in the group that asked hears once of each reply.
    group = [day for day, to in sent if to == "sam@example.org"]
    assert len(group) == len([day for day in replied.values() if day.year == 2026])


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


def _expected(decided: list[date], replied: dict[date, date], silent: set[date]) -> Counter[date]:
    """Work out, without the product, on which days the chair hears of replies, and of reviews: one each a day."""
    replies, reviews = set(), set()
    for on in decided:
        due = _later(on, 10)
        planned = [_earlier(due, 5), _earlier(due, 1), *(day for day in days(due + timedelta(1), replied[on]))]
        replies |= {run for day in planned if (run := _next_run(day, silent)) < replied[on]}
        reviews.add(_next_run(on + timedelta(60), silent))
    return Counter(day for told in (replies, reviews) for day in told if day.year == 2026)
