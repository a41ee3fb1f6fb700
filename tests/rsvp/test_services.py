"""Answers, reminders and arrangements, kept."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coprod.contacts.queries import to_do_by_hand
from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle, Session, SessionState
from coprod.messages import services as messages
from coprod.messages.models import Message, MessageState, PartOfDay, Way
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people import services as people
from coprod.people.models import Person
from coprod.retention import services as retention
from coprod.rsvp import queries, services
from coprod.rsvp.models import Arranged, Coming, ComingAnswer
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import MembershipState, Workstream
from coprod.workstreams.rules import membership_of
from tests.cycles.conftest import Table
from tests.factories import an_admin
from tests.messages.conftest import PostBox

YES, NO, NOT_SURE = ComingAnswer
COLUMNS = {"session_id", "person_id", "on", "answer", "needs_lift", "ring_me", "rung"}
NUMBER = "+447700900142"


def _leaves(person: Person, stream: Workstream) -> None:
    place = membership_of(person, stream)
    assert place is not None
    workstreams.move(place, "left", by=person)


def _reminders() -> list[Message]:
    return list(db.session.scalars(db.select(Message).where(Message.purpose == "coming").order_by(Message.id)))


def _states() -> list[MessageState]:
    return sorted(message.state for message in _reminders())


def _send() -> int:
    db.session.commit()
    messages.withdraw_what_is_wrong()
    return messages.send_due()


def _by_text(person: Person, **said: object) -> None:
    person.email, person.phone = None, NUMBER
    messages.set_reach(person, by=person, **({"way": Way.TEXT, "phone_is_safe": True} | said))


# --- Answers.


def test_answer_takes_the_place_of_the_one_before_until_it_begins(
    table: Table, eve: Session, clock: Callable[..., None]
) -> None:
    services.answer(eve, table.robin, YES, by=table.robin, needs_lift=True, ring_me=True)
    clock(eve.begins - timedelta(minutes=5))
    services.answer(eve, table.robin, NO, by=table.robin, needs_lift=True)
    said = queries.answer_of(eve, table.robin)
    assert (said.answer, said.needs_lift, said.ring_me) == (NO, False, False)
    clock(eve.begins)
    with pytest.raises(Refused, match="It has begun"):
        services.answer(eve, table.robin, YES, by=table.robin)
    with pytest.raises(Refused, match="It has begun"):
        services.take_back(eve, table.robin, by=table.robin)


def test_nobody_answers_for_somebody_else(table: Table, eve: Session) -> None:
    for by in (table.sam, table.ada, table.stranger):
        with pytest.raises(Refused, match="Only the person themself"):
            services.answer(eve, table.robin, YES, by=by)


def test_no_order_of_answers_is_kept_anywhere_p4(table: Table, eve: Session) -> None:
    before = db.session.scalar(db.select(db.func.count(Entry.id)))
    services.answer(eve, table.robin, YES, by=table.robin)
    task = _lift_of(eve, table.robin)
    services.arrange(eve, task, "At five", by=table.sam)
    assert db.session.scalar(db.select(db.func.count(Entry.id))) == before
    assert {column.name for column in Coming.__table__.c} == COLUMNS


def _lift_of(eve: Session, person: Person) -> object:
    services.answer(eve, person, YES, by=person, needs_lift=True)
    return queries.one_task(eve, person.id, "lift")


def test_taking_an_answer_back_leaves_nothing_said(table: Table, eve: Session) -> None:
    services.answer(eve, table.robin, YES, by=table.robin)
    services.take_back(eve, table.robin, by=table.robin)
    services.take_back(eve, table.robin, by=table.robin)
    assert queries.answer_of(eve, table.robin) is None


def test_an_answer_and_an_arrangement_are_for_that_day_alone(table: Table, eve: Session) -> None:
    task = _lift_of(eve, table.robin)
    services.arrange(eve, task, "At five", by=table.sam)
    cycles.move_session(eve, eve.on + timedelta(2), by=table.sam)
    assert queries.answers_of(eve) == {}
    assert queries.arranged_for(eve, table.robin) == {}
    services.answer(eve, table.robin, YES, by=table.robin, needs_lift=True)
    services.arrange(eve, queries.one_task(eve, table.robin.id, "lift"), "At six", by=table.sam)
    assert [each.words for each in queries.arranged_for(eve, table.robin).values()] == ["At six"]


def test_whoever_was_rung_is_ticked_and_asks_anew_by_asking_again(table: Table, eve: Session) -> None:
    services.answer(eve, table.robin, NOT_SURE, by=table.robin, ring_me=True)
    services.tick_rung(eve, table.robin, True, by=table.sam)
    assert queries.answer_of(eve, table.robin).rung is True
    services.tick_rung(eve, table.robin, False, by=table.sam)
    assert queries.answer_of(eve, table.robin).rung is False
    services.answer(eve, table.robin, NOT_SURE, by=table.robin)
    services.tick_rung(eve, table.robin, True, by=table.sam)
    assert queries.answer_of(eve, table.robin).rung is False
    with pytest.raises(Refused):
        services.tick_rung(eve, table.robin, True, by=table.robin)


def test_what_is_arranged_is_ticked_changed_and_undone_by_facilitators_alone(table: Table, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    task = queries.one_task(eve, table.robin.id, "taxi")
    with pytest.raises(Refused):
        services.arrange(eve, task, "", by=table.ada)
    services.arrange(eve, task, "At five", by=table.sam)
    services.arrange(eve, task, "At six", by=table.sam)
    done = queries.one_task(eve, table.robin.id, "taxi")
    assert done.done.words == "At six"
    with pytest.raises(Refused):
        services.undo(eve, done, by=table.ada)
    services.undo(eve, done, by=table.sam)
    services.undo(eve, queries.one_task(eve, table.robin.id, "taxi"), by=table.sam)
    assert queries.arranged_for(eve, table.robin) == {}


def test_booked_taxi_waits_to_be_cancelled_after_a_no(table: Table, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    services.arrange(eve, queries.one_task(eve, table.robin.id, "taxi"), "At five", by=table.sam)
    services.answer(eve, table.robin, NO, by=table.robin)
    task = queries.one_task(eve, table.robin.id, "taxi")
    assert (task.to_cancel, task.done.words) == (True, "At five")
    with pytest.raises(Refused, match="Cancel it"):
        services.arrange(eve, task, "At six", by=table.sam)
    services.undo(eve, task, by=table.sam)
    assert queries.parts_of(eve, queries.answers_of(eve)) == []
    services.answer(eve, table.robin, YES, by=table.robin)
    assert queries.one_task(eve, table.robin.id, "taxi").done is None


def test_evening_is_held_before_anybody_asks_whether_it_may_be_arranged(table: Table, eve: Session) -> None:
    needs.say(table.robin, Wanted((Help.TAXI,)), by=table.robin)
    task = queries.one_task(eve, table.robin.id, "taxi")
    over = db.update(Session).where(Session.id == eve.id).values(state=SessionState.CANCELLED)
    for act in (lambda: services.arrange(eve, task, "", by=table.sam), lambda: services.undo(eve, task, by=table.sam)):
        db.session.execute(over.execution_options(synchronize_session=False))
        with pytest.raises(Refused, match="cancelled"):
            act()
        eve.state = SessionState.PUBLISHED
        db.session.flush()


def test_whoever_leaves_comes_to_nothing(table: Table, eve: Session) -> None:
    services.arrange(eve, _lift_of(eve, table.robin), "", by=table.sam)
    services.answer(eve, table.ada, YES, by=table.ada)
    _leaves(table.robin, table.stream)
    kept = [db.session.scalars(db.select(kind.person_id)).all() for kind in (Coming, Arranged)]
    assert kept == [[table.ada.id], []]


def test_answers_and_arrangements_go_thirty_days_after_their_session_l4(
    table: Table, cycle: Cycle, eve: Session, clock: Callable[..., None]
) -> None:
    services.arrange(eve, _lift_of(eve, table.robin), "At five", by=table.sam)
    later = cycle.sessions[4]
    cycles.publish(later, by=table.sam)
    services.answer(later, table.robin, YES, by=table.robin)
    clock(eve.begins + timedelta(days=29))
    retention.run()
    assert queries.answer_of(eve, table.robin) is not None
    clock(eve.begins + timedelta(days=30))
    assert retention.run().let_go["coming"] == 1
    assert queries.answers_of(eve) == queries.arranged_for(eve, table.robin) == {}
    assert queries.answer_of(later, table.robin) is not None


# --- Reminders.


def test_exactly_one_reminder_at_four_the_day_before(
    table: Table, kit: Person, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    """Journey 3: nobody who runs it, who takes a break or who left; once each, however often the clock ticks."""
    _by_text(table.robin)
    workstreams.move(membership_of(kit, table.stream), "paused", by=kit)
    clock(2025, 12, 1, 15, 59)
    assert services.queue_reminders() == 0
    clock(2025, 12, 1, 16, 0)
    assert services.queue_reminders() == 2
    assert {message.person_id for message in _reminders()} == {table.robin.id, table.ada.id}
    for minute in range(1, 4):
        clock(2025, 12, 1, 16, minute)
        assert services.queue_reminders() == 0
        _send()
    ((number, words),) = post_box.texts()
    assert number == NUMBER
    assert words.startswith("Hi Robin. Group is tomorrow, Tue 6pm. Coming? http")
    assert len(words) <= 160
    assert {message.due for message in _reminders()} == {now().replace(minute=0)}


def test_a_shared_phone_reads_no_name(
    table: Table, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    _by_text(table.robin, phone_is_shared=True)
    clock(2025, 12, 1, 16, 0)
    services.queue_reminders()
    _send()
    ((_, words),) = post_box.texts()
    assert words.startswith("Hi. Group is tomorrow, Tue 6pm. Coming?")


def test_reminder_waits_for_safe_hours_and_says_today_then(
    table: Table, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    _by_text(table.robin, hours=[PartOfDay.MORNING])
    for hour in (16, 19):
        clock(2025, 12, 1, hour, 0)
        services.queue_reminders()
        _send()
    assert post_box.texts() == []
    clock(2025, 12, 2, 9, 0)
    services.queue_reminders()
    _send()
    ((_, words),) = post_box.texts()
    assert words.startswith("Hi Robin. Group is today, Tue 6pm.")


def test_reminder_without_a_safe_hour_left_is_taken_back(
    table: Table, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    """The evening of the day before is over, and hers of the day itself begins too late."""
    _by_text(table.robin, hours=[PartOfDay.EVENING])
    eve.starts_at = eve.starts_at.replace(hour=17)
    eve.begins -= timedelta(hours=1)
    _leaves(table.ada, table.stream)
    clock(2025, 12, 1, 20, 0)
    services.queue_reminders()
    clock(2025, 12, 2, 16, 59)
    _send()
    assert MessageState.WAITING in _states()
    clock(2025, 12, 2, 17, 0)
    _send()
    services.queue_reminders()
    assert post_box.texts() == []
    assert set(_states()) == {MessageState.WITHDRAWN}


@pytest.mark.parametrize("what", ["moved", "cancelled", "left", "said no", "group closed"])
def test_reminder_is_taken_back_when_it_is_right_no_more(
    table: Table, eve: Session, clock: Callable[..., None], what: str
) -> None:
    """O3."""
    _by_text(table.robin, hours=[PartOfDay.EVENING])
    clock(2025, 12, 1, 16, 0)
    services.queue_reminders()
    {
        "moved": lambda: cycles.move_session(eve, eve.on + timedelta(1), by=table.sam),
        "cancelled": lambda: cycles.cancel(eve, by=table.sam),
        "left": lambda: _leaves(table.robin, table.stream),
        "group closed": lambda: workstreams.move_stream(table.stream, "closed", by=an_admin()),
        "said no": lambda: services.answer(eve, table.robin, NO, by=table.robin),
    }[what]()
    _send()
    assert services.queue_reminders() == 0
    mine = [message.state for message in _reminders() if message.person_id == table.robin.id]
    assert mine == [MessageState.WITHDRAWN]


def test_whoever_comes_back_from_a_break_is_reminded_after_all(
    table: Table, eve: Session, clock: Callable[..., None]
) -> None:
    _by_text(table.robin, hours=[PartOfDay.EVENING])
    clock(2025, 12, 1, 16, 0)
    services.queue_reminders()
    place = membership_of(table.robin, table.stream)
    workstreams.move(place, "paused", by=table.robin)
    _send()
    place.state = MembershipState.JOINED
    assert services.queue_reminders() == 1
    assert [m.state for m in _reminders() if m.person_id == table.robin.id] == [MessageState.WAITING]


def test_whoever_wants_no_texts_is_not_asked_over_and_over(
    table: Table, eve: Session, clock: Callable[..., None]
) -> None:
    _by_text(table.robin)
    people.stop_texts(table.robin, True)
    clock(2025, 12, 1, 16, 0)
    services.queue_reminders()
    _send()
    assert services.queue_reminders() == 0
    assert [m.state for m in _reminders() if m.person_id == table.robin.id] == [MessageState.WITHDRAWN]


def test_a_session_on_a_new_day_has_its_own_reminder(
    table: Table, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    _by_text(table.robin)
    cycles.move_session(eve, eve.on + timedelta(2), by=table.sam)
    clock(2025, 12, 1, 16, 0)
    assert services.queue_reminders() == 0
    clock(2025, 12, 3, 16, 0)
    services.queue_reminders()
    _send()
    ((_, words),) = post_box.texts()
    assert "tomorrow, Thu 6pm" in words


def test_whoever_wants_to_be_rung_stands_in_the_list_by_hand(
    table: Table, eve: Session, clock: Callable[..., None], post_box: PostBox
) -> None:
    messages.set_reach(table.robin, by=table.robin, way=Way.CALL)
    clock(2025, 12, 1, 16, 0)
    services.queue_reminders()
    _send()
    standing = [(one.person.alias, one.about) for one in to_do_by_hand(table.sam, now(), True)]
    assert ("Robin", "The day before: coming or not?") in standing


def test_a_reminder_of_nothing_says_nothing(table: Table, eve: Session) -> None:
    assert queries.is_still_to_hear(table.robin, table.robin.id) is False
    kind = messages.outbox.queries.KINDS["coming"]
    assert kind.says(table.robin, table.robin.id) == {"when": ""}
