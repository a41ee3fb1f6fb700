"""Owners before something is due, the chair once it is late: on working days, once each, whatever ran when."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from config import HERE
from coprod.actions import queries, services
from coprod.actions.models import Action, OutsideOwner
from coprod.core.clock import now
from coprod.core.db import db
from coprod.messages import queries as post
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState, Reach, Way
from coprod.messages.services import sending
from coprod.people.models import Person
from coprod.programmes.models import Holiday, HolidayKind
from coprod.workstreams.models import MembershipState, Role
from tests.actions.test_rules import bank_holidays_of_2026
from tests.factories import a_membership, a_professional, keep
from tests.messages.conftest import PostBox
from tests.messages.conftest import post_box as post_box
from tests.steering.rooms import Room

Clock = Callable[..., None]


@pytest.fixture
def room(database: None) -> Room:
    room = Room()
    for person in (room.alex, room.max, room.dee, room.sam):
        person.email = f"{person.alias.lower()}@example.org"
    shared = {"kind": HolidayKind.BANK, "what": "Off", "sources": []}
    keep(*(Holiday(first=day, last=day, **shared) for day in bank_holidays_of_2026()))
    db.session.commit()
    return room


@pytest.fixture
def at(clock: Clock) -> Callable[..., None]:
    def set_to(day: date, hour: int = 9, minute: int = 5) -> None:
        clock(datetime(day.year, day.month, day.day, hour, minute, tzinfo=HERE))

    return set_to


def tick() -> None:
    """What the clock does: both chores, then the sender."""
    services.remind_due()
    services.escalate_late()
    db.session.commit()
    messages.withdraw_what_is_wrong()
    messages.send_due()
    db.session.commit()


def an_action(room: Room, owner: Person, due: date, opened_on: date, **fields: object) -> Action:
    made = services.open_action(room.steering, "Ring", owner, due, by=room.alex, opened_on=opened_on, **fields)
    db.session.commit()
    return made


def told(post_box: PostBox) -> list[str]:
    return [to for to, _, _ in post_box.letters()]


def test_owner_is_reminded_a_week_before_and_on_the_last_working_day_before(room, at, post_box: PostBox) -> None:
    an_action(room, room.max, date(2026, 3, 16), date(2026, 3, 1))  # a Monday
    days = []
    for day in _days(date(2026, 3, 2), date(2026, 3, 16)):
        at(day)
        tick()
        days += [day] * len(post_box.letters())
        post_box.empty()
    assert days == [date(2026, 3, 9), date(2026, 3, 13)]


def test_reminder_says_the_day_and_nothing_of_what_it_is(room: Room, at, post_box: PostBox) -> None:
    """Domain rule 13, O1: a name, a day, and a link to a page that asks who is there."""
    an_action(room, room.max, date(2026, 3, 18), date(2026, 3, 1))
    at(date(2026, 3, 11))
    tick()
    [(to, subject, words)] = post_box.letters()
    assert (to, subject) == ("max@example.org", "You have a message")
    assert words.startswith("Hello Max.\n\nSomething you said you would do is for Wed 18 Mar. You can look here:")
    assert "Ring" not in words
    assert "Steering" not in words


def test_somebody_without_an_account_hears_the_day_and_whom_to_ask(room: Room, at, post_box: PostBox) -> None:
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    an_action(room, kim, date(2026, 3, 18), date(2026, 3, 1))
    at(date(2026, 3, 11))
    tick()
    [(to, subject, words)] = post_box.letters()
    assert (to, subject) == ("kim@example.org", "You have a message")
    assert words == (
        "Hello Kim.\n\nSomething you took on is for Wed 18 Mar. Alex can tell you more.\n\n"
        "Please let them know how it goes."
    )


def test_somebody_without_an_account_hears_of_who_leads_the_table_it_is_about(room: Room, at, post_box) -> None:
    """What is late at another table has another one in the chair."""
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    an_action(room, kim, date(2026, 3, 2), date(2026, 3, 2))
    services.open_action(room.stream, "Ring", kim, date(2026, 3, 18), by=room.sam, opened_on=date(2026, 3, 1))
    at(date(2026, 3, 11))
    tick()
    words = {to: words for to, _, words in post_box.letters()}["kim@example.org"]
    assert "is for Wed 18 Mar. Sam can tell you more." in words


def test_nobody_else_without_an_account_is_ever_written_to(room: Room, at, post_box: PostBox) -> None:
    """P6: whoever was turned away, or left the table, or had herself erased, hears no more."""
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    for owner in (room.max, room.dee, kim):
        an_action(room, owner, date(2026, 3, 18), date(2026, 3, 1))
    at(date(2026, 3, 11), 7)
    services.remind_due()
    room.max.active = False
    next(held for held in room.steering.memberships if held.person is room.dee).state = MembershipState.LEFT
    kim.erased_on = date(2026, 3, 11)
    db.session.commit()
    at(date(2026, 3, 11))
    messages.send_due()
    assert post_box.letters() == []
    assert set(db.session.scalars(select(Message.state))) == {MessageState.WITHDRAWN}
    kim.erased_on = None
    for kept in db.session.scalars(select(OutsideOwner)):
        db.session.delete(kept)
    db.session.commit()
    assert services.remind_due() == 0


def test_a_facilitator_hears_of_what_the_steering_group_gave_her(room: Room, at, post_box: PostBox) -> None:
    an_action(room, room.sam, date(2026, 3, 18), date(2026, 3, 1), recommendation=room.asked())
    at(date(2026, 3, 11))
    tick()
    assert told(post_box) == ["sam@example.org"]


def test_chair_hears_on_the_next_working_day_then_weekly_and_once_a_day(room: Room, at, post_box: PostBox) -> None:
    for due in (date(2026, 3, 13), date(2026, 3, 13), date(2026, 3, 10)):
        an_action(room, room.dee, due, due)
    days = []
    for day in _days(date(2026, 3, 10), date(2026, 4, 9)):
        at(day)
        tick()
        assert set(told(post_box)) <= {"alex@example.org"}
        days += [day] * len(post_box.letters())
        post_box.empty()
    # From Tuesday 10 March: Wednesdays. From Friday 13 March: Mondays, and Easter Monday's on Tuesday.
    expected = [11, 16, 18, 23, 25, 30]
    assert days == [*(date(2026, 3, day) for day in expected), date(2026, 4, 1), date(2026, 4, 7), date(2026, 4, 8)]


def test_facilitators_hear_where_nobody_is_in_the_chair(room: Room, at, post_box: PostBox) -> None:
    paul = a_professional("Paul", email="paul@example.org")
    a_membership(room.steering, paul, Role.FACILITATOR)
    services.open_action(room.stream, "Ring", room.mo, date(2026, 3, 10), by=room.sam, opened_on=date(2026, 3, 10))
    an_action(room, room.max, date(2026, 3, 10), date(2026, 3, 10))
    at(date(2026, 3, 11))
    tick()
    assert sorted(told(post_box)) == ["alex@example.org", "sam@example.org"]


def test_what_was_missed_is_made_good_on_the_next_working_day_and_once(room: Room, at, post_box: PostBox) -> None:
    """Nothing ran from Monday to Saturday: one message each on Monday, and none twice."""
    an_action(room, room.max, date(2026, 3, 18), date(2026, 3, 1))
    an_action(room, room.max, date(2026, 3, 20), date(2026, 3, 1))
    an_action(room, room.dee, date(2026, 3, 10), date(2026, 3, 10))
    for day in (date(2026, 3, 14), date(2026, 3, 15)):
        at(day)
        tick()
        assert post_box.letters() == []
    for hour in (7, 9, 10, 23):
        at(date(2026, 3, 16), hour)
        tick()
    assert sorted(told(post_box)) == ["alex@example.org", "max@example.org"]


def test_whoever_was_told_is_not_to_be_told_again_with_an_account_and_without(room: Room, at, post_box) -> None:
    """What was written down counts on its own day, whether it went out or waits, and on the days after."""
    kim = services.outside_owner("Kim", "kim@example.org", by=room.alex)
    for owner in (room.max, kim):
        an_action(room, owner, date(2026, 3, 18), date(2026, 3, 1))
    at(date(2026, 3, 11), 7)
    assert services.remind_due() == 2
    counts = [services.remind_due()]
    at(date(2026, 3, 12))
    counts.append(services.remind_due())
    messages.send_due()
    assert sorted(told(post_box)) == ["kim@example.org", "max@example.org"]
    for day in (date(2026, 3, 12), date(2026, 3, 13), date(2026, 3, 16)):
        at(day, 10)
        counts.append(services.remind_due())
        assert queries.to_remind(day, queries.TOLD) == {}
        assert queries.first_to_remind_of(room.max, day) is None
    assert counts == [0, 0, 0, 0, 0]
    at(date(2026, 3, 17))
    assert services.remind_due() == 2


def test_what_could_not_go_out_on_friday_goes_on_monday(room: Room, at, post_box: PostBox) -> None:
    an_action(room, room.max, date(2026, 3, 20), date(2026, 3, 1))
    an_action(room, room.max, date(2026, 3, 13), date(2026, 3, 13))
    at(date(2026, 3, 13), 8)
    services.remind_due()
    db.session.commit()
    at(date(2026, 3, 14))
    assert queries.to_tell(date(2026, 3, 14)) == []
    messages.send_due()
    assert post_box.letters() == []
    at(date(2026, 3, 16))
    tick()
    assert sorted(told(post_box)) == ["alex@example.org", "max@example.org"]


def test_what_could_not_be_sent_for_days_is_told_once(room: Room, at, post_box: PostBox, monkeypatch) -> None:
    """Each of them is told by the message that waits, whatever became due meanwhile, and not again that day."""
    monkeypatch.setattr(sending, "real_now", now)
    for due in (date(2026, 3, 16), date(2026, 3, 17), date(2026, 3, 18)):
        an_action(room, room.max, due, date(2026, 2, 1))
    for due in (date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)):
        an_action(room, room.dee, due, due)
    with monkeypatch.context() as cut_off:
        cut_off.setattr("coprod.core.mail.send", _fails)
        for day in _days(date(2026, 3, 9), date(2026, 3, 11)):
            at(day)
            tick()
    at(date(2026, 3, 12))
    tick()
    tick()
    assert sorted(told(post_box)) == ["alex@example.org", "max@example.org"]
    assert set(db.session.scalars(select(Message.state))) == {MessageState.SENT}


def _fails(*_: object, **__: object) -> None:
    raise OSError


def test_chair_who_is_rung_stands_once_in_the_list_of_who_is_to_be_told(room: Room, at) -> None:
    keep(Reach(person=room.alex, way=Way.CALL, phone_is_safe=True, phone_is_shared=False, hours=[]))
    for due in (date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)):
        an_action(room, room.dee, due, due)
    for day in _days(date(2026, 3, 9), date(2026, 3, 11)):
        at(day)
        tick()
    [one] = post.by_hand([room.alex], now())
    messages.done_by_hand(one.message)
    tick()
    assert post.by_hand([room.alex], now()) == []


def test_what_is_done_by_then_is_not_told(room: Room, at, post_box: PostBox) -> None:
    action = an_action(room, room.max, date(2026, 3, 20), date(2026, 3, 1))
    at(date(2026, 3, 13), 8)
    services.remind_due()
    services.say_done(action, by=room.max)
    db.session.commit()
    at(date(2026, 3, 13))
    messages.send_due()
    assert post_box.letters() == []
    assert queries.who_knows(room.robin, date(2026, 3, 20)) == ""


def test_a_year_on_the_outbox_misses_nothing_doubles_nothing_and_keeps_holidays_free(
    app: Flask, room: Room, at, post_box: PostBox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every day of 2026: on some nothing runs, on some nothing can be sent; what is right is worked out by hand."""
    owners = [room.max, room.dee]
    dues = [date(2026, 1, 12) + timedelta(17 * n) for n in range(20)]
    actions = [(an_action(room, owners[n % 2], due, due - timedelta(30)), due) for n, due in enumerate(dues)]
    off = set(bank_holidays_of_2026())
    sent: list[tuple[date, str]] = []
    cut_off = {day for day in _days(date(2026, 1, 1), date(2026, 12, 31)) if 3 <= day.day <= 12}

    def hand_over(to: str, *_: object, **__: object) -> None:
        if today in cut_off:
            raise OSError
        sent.append((today, to))

    monkeypatch.setattr("coprod.core.mail.send", hand_over)
    monkeypatch.setattr(sending, "real_now", now)
    # Nothing runs on these days: a long week in spring, and Thursdays in autumn.
    thursdays = (day for day in _days(date(2026, 9, 3), date(2026, 11, 30)) if day.weekday() == 3)
    silent = {*_days(date(2026, 4, 1), date(2026, 4, 8)), *thursdays}
    for today in _days(date(2026, 1, 1), date(2026, 12, 31)):
        if today in silent:
            continue
        at(today)
        tick()
        for action, due in actions:  # each is done nine days after it was due
            if due + timedelta(9) == today:
                services.say_done(action, by=action.owner)
                db.session.commit()
    expected = _expected(dues, off, silent | cut_off)
    assert Counter(sent) == Counter(expected)
    assert all(day.weekday() < 5 and day not in off for day, _ in sent)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def _expected(dues: list[date], off: set[date], silent: set[date]) -> set[tuple[date, str]]:
    """Work out, without the product, who is told on which day: planned days, moved to the next day something runs."""
    found = set()
    for n, due in enumerate(dues):
        owner = ("max@example.org", "dee@example.org")[n % 2]
        planned = (_away(due - timedelta(ahead), off, -1) for ahead in (7, 1))
        found |= {(_away(day, off | silent, 1), owner) for day in planned}
        late = _away(due + timedelta(1), off, 1)
        weekly = (_away(late + timedelta(7 * week), off | silent, 1) for week in range(3))
        found |= {(day, "alex@example.org") for day in weekly if day <= due + timedelta(9)}
    return {(day, to) for day, to in found if day.year == 2026}


def _away(day: date, off: set[date], step: int) -> date:
    while day.weekday() > 4 or day in off:
        day += timedelta(step)
    return day
