"""Agendas, interests, the end of a meeting, minutes and terms: the change, the journal line, the refusal."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.recommendations.models import State
from coprod.steering import queries, rules, services
from coprod.steering.models import (
    Contest,
    ContestState,
    Decision,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    MinutesState,
    Verdict,
)
from coprod.steering.rules import Waits
from tests.factories import keep
from tests.steering.rooms import BECAUSE, Room

SOON = timedelta(7)


@pytest.fixture
def room(database: None) -> Room:
    return Room()


def verbs() -> list[str]:
    return sorted(db.session.scalars(select(Entry.verb)))


def kinds(meeting: Meeting) -> list[ItemKind]:
    return [item.kind for item in meeting.items]


def to_come(room: Room, days: int = 7, by: timedelta = timedelta()) -> Meeting:
    return services.plan_meeting(room.steering, today() + timedelta(days) + by, time(10), by=room.alex)


def seat(room: Room, person: object):
    return next(held for held in room.steering.memberships if held.person is person)


# --- What waits comes on the agenda by itself.


def test_agenda_is_built_from_all_that_waits_and_twice_is_as_once(room: Room, monkeypatch) -> None:
    before = room.meeting(on=today() - SOON)
    late = room.decided(meeting=before, title="Late")
    looked_at = room.decided(meeting=before, title="Looked at", review_on=today() + timedelta(3))
    services.send_reply(looked_at, "We say yes.", by=room.alex)
    put_off = room.decided(Verdict.DEFER, meeting=before, title="Later", until=today() + timedelta(2))
    services.send_reply(put_off, "Not now.", by=room.alex)
    late.meeting.why_undecided = ""
    services.close_meeting(before, by=room.alex)
    db.session.execute(Decision.__table__.update().where(Decision.id == late.id).values(on=today() - timedelta(40)))
    db.session.expire_all()
    room.asked("New")
    source = [lambda steering, day: [Waits(ItemKind.PILOT, steering.id, f"Pilot {day:%d}", "Max")]]
    monkeypatch.setattr(services.agenda, "SOURCES", source)
    meeting = to_come(room)
    built = [(item.kind, item.title, item.position) for item in meeting.items]
    assert [kind for kind, _, _ in built] == [kind for kind in rules.ORDER if kind in dict.fromkeys(kinds(meeting))]
    assert kinds(meeting) == [
        ItemKind.MINUTES,
        ItemKind.PUT_OFF,
        ItemKind.RECOMMENDATION,
        ItemKind.PILOT,
        ItemKind.REVIEW,
        ItemKind.OVERDUE_REPLY,
    ]
    assert [position for _, _, position in built] == [1, 2, 3, 4, 5, 6]
    assert meeting.items[3].speaker == "Max"
    services.build_agenda(meeting, by=room.alex)
    assert [(item.kind, item.title, item.position) for item in meeting.items] == built
    assert services.not_on_it_yet(meeting) == []


def test_agenda_calls_a_pilot_by_what_is_to_be_done_with_it_now(room: Room, monkeypatch) -> None:
    """Its time was over when it came on; its owner says since that the testing is done."""
    words = ["A leaflet: its time is over"]
    source = [lambda steering, day: [Waits(ItemKind.PILOT, steering.id, words[-1], "Max")]]
    monkeypatch.setattr(services.agenda, "SOURCES", source)
    meeting = to_come(room)
    services.change_item(meeting.items[0], 20, "Dee", by=room.alex)
    words.append("A leaflet: adopt, adapt or stop")
    services.build_agenda(meeting, by=room.alex)
    assert [(item.title, item.minutes, item.speaker) for item in meeting.items] == [(words[-1], 20, "Dee")]


def test_sources_of_later_features_are_kept_in_order(monkeypatch) -> None:
    known: list = []
    monkeypatch.setattr(services.agenda, "SOURCES", known)

    @services.agenda_source
    def pilots(steering, day):
        return []

    assert known == [pilots]


def test_agenda_keeps_up_with_what_is_sent_and_what_is_settled(room: Room) -> None:
    meeting = to_come(room)
    assert meeting.items == []
    asked = room.asked("A call")
    services.refresh_agendas()
    assert [item.title for item in meeting.items] == ["A call"]
    services.declare(meeting.items[0], seat(room, room.dee), by=room.dee)
    asked.submitted_on = today()
    db.session.execute(type(asked).__table__.update().values(state=State.CLOSED))
    db.session.expire_all()
    services.refresh_agendas()
    assert meeting.items == []
    assert "set the agenda" not in verbs()


def test_agenda_of_a_later_meeting_takes_only_what_falls_in_its_time(room: Room) -> None:
    """Journey 21: put off until a month, in that month's agenda by itself."""
    before = room.meeting(on=today() - SOON)
    room.decided(Verdict.DEFER, meeting=before, title="In May", until=date(2026, 5, 12))
    room.decided(Verdict.ACCEPT, meeting=before, title="Looked at", review_on=date(2026, 5, 10))
    room.asked("Now")
    services.close_meeting(before, by=room.alex)
    may = services.plan_meeting(room.steering, date(2026, 5, 14), time(10), by=room.alex)
    assert ItemKind.RECOMMENDATION in kinds(may)
    first = to_come(room)
    db.session.expire_all()
    assert kinds(first) == [ItemKind.MINUTES, ItemKind.RECOMMENDATION]
    assert [(item.kind, item.title) for item in may.items] == [
        (ItemKind.PUT_OFF, "In May"),
        (ItemKind.REVIEW, "Decision 2: Looked at"),
    ]
    again = services.plan_meeting(room.steering, date(2026, 5, 28), time(10), by=room.alex)
    assert kinds(again) == []


def test_contested_decision_comes_back_with_the_groups_speaker(room: Room) -> None:
    decision = room.decided(Verdict.DECLINE, meeting=room.meeting(on=today() - SOON))
    services.send_reply(decision, "No, because.", by=room.alex)
    services.close_meeting(decision.meeting, by=room.alex)
    asked = decision.recommendation
    keep(
        Contest(
            decision=decision,
            state=ContestState.SENT,
            words="You did not hear us.",
            speaker="Robin",
            on=today(),
            raised_by_id=room.robin.id,
            sent_by_id=room.mo.id,
        )
    )
    db.session.execute(type(asked).__table__.update().values(state=State.CONTESTED))
    db.session.expire_all()
    meeting = to_come(room)
    item = next(item for item in meeting.items if item.kind == ItemKind.CONTESTED)
    assert (item.title, item.speaker, item.recommendation) == ("A call", "Robin", asked)
    assert queries.contests_at(meeting)[asked.id].words == "You did not hear us."
    services.open_meeting(meeting, by=room.alex)
    assert asked.state == State.SUBMITTED
    assert kinds(meeting).count(ItemKind.CONTESTED) == 1
    services.tick(meeting, room.steering.memberships, by=room.alex)
    later = services.decide(meeting, asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert (item.state, item.decision) == (ItemState.DECIDED, later)


def test_opening_brings_back_what_was_put_off_and_lists_it(room: Room) -> None:
    """Domain rule 24."""
    before = room.meeting(on=today() - SOON)
    put_off = room.decided(Verdict.DEFER, meeting=before, until=today() + timedelta(1))
    services.close_meeting(before, by=room.alex)
    meeting = to_come(room)
    services.open_meeting(meeting, by=room.alex)
    assert put_off.recommendation.state == State.SUBMITTED
    assert ItemKind.PUT_OFF in kinds(meeting)


def test_something_else_is_put_on_moved_and_timed(room: Room) -> None:
    meeting = to_come(room)
    services.add_item(meeting, "Tea", 5, by=room.alex)
    services.add_item(meeting, "Money", 20, "Max", by=room.alex)
    first, second = meeting.items
    services.move_item(second, -1, by=room.alex)
    assert [item.title for item in meeting.items] == ["Money", "Tea"]
    services.move_item(second, -1, by=room.alex)
    services.move_item(first, 5, by=room.alex)
    assert [(item.title, item.position) for item in meeting.items] == [("Money", 1), ("Tea", 2)]
    services.change_item(first, 15, "Dee", by=room.alex)
    assert (first.minutes, first.speaker) == (15, "Dee")
    assert set(verbs()) == {"planned", "set the agenda"}
    with pytest.raises(Refused, match="on the agenda already"):
        services.add_item(meeting, "Tea", 5, by=room.alex)
    for refused in (
        lambda: services.add_item(meeting, "Mine", 5, by=room.dee),
        lambda: services.move_item(first, 1, by=room.dee),
        lambda: services.change_item(first, 5, "", by=room.dee),
        lambda: services.build_agenda(meeting, by=room.dee),
    ):
        with pytest.raises(Refused, match="Only the chair or a facilitator"):
            refused()


def test_what_was_carried_over_comes_to_the_next_meeting_once(room: Room) -> None:
    meeting = room.meeting()
    item = services.add_item(meeting, "Money", 20, "Max", by=room.alex)
    services.settle_item(item, "carried over", "No time.", by=room.alex)
    later = to_come(room)
    assert later.items == []
    services.close_meeting(meeting, by=room.alex)
    db.session.expire_all()
    services.build_agenda(later, by=room.alex)
    assert [(item.kind, item.title) for item in later.items] == [
        (ItemKind.MINUTES, "Minutes of 17 November 2025"),
        (ItemKind.OTHER, "Money"),
    ]


def test_items_are_talked_about_taken_off_and_put_back_with_a_sentence(room: Room) -> None:
    meeting = room.meeting()
    item = services.add_item(meeting, "Money", 20, by=room.alex)
    for name, words in (("talked about", "Say what was said"), ("taken off", "Say why it is taken off")):
        with pytest.raises(Refused, match=words):
            services.settle_item(item, name, by=room.alex)
    services.settle_item(item, "talked about", "We have some.", by=room.alex)
    assert (item.state, item.outcome) == (ItemState.TALKED_ABOUT, "We have some.")
    services.settle_item(item, "put back", by=room.alex)
    services.settle_item(item, "taken off", "It is for March.", by=room.alex)
    assert (item.state, item.outcome) == (ItemState.TAKEN_OFF, "It is for March.")
    services.build_agenda(meeting, by=room.alex)
    assert [one.state for one in meeting.items] == [ItemState.TAKEN_OFF]


def test_what_was_sent_is_never_taken_off(room: Room) -> None:
    room.asked()
    meeting = to_come(room)
    with pytest.raises(Refused, match="People wait for an answer to this, so it stays"):
        services.settle_item(meeting.items[0], "taken off", "Not now.", by=room.alex)


# --- Interests.


def test_who_leaves_does_not_count_for_that_item_alone(room: Room) -> None:
    """Domain rule 22: the quorum is looked at again as people come and go."""
    one, other = room.asked("One"), room.asked("Other")
    meeting = to_come(room, days=0)
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, room.steering.memberships, by=room.alex)
    item = rules.item_on(meeting, one)
    interest = services.declare(item, seat(room, room.dee), by=room.dee)
    assert (interest.words, interest.leaves) == ("Declared an interest", True)
    with pytest.raises(Refused, match="1 with lived experience here"):
        services.decide(meeting, one, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    taken = services.decide(meeting, other, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert {held.person.alias for held in taken.takers} == {"Alex", "Max", "Dee", "Eve"}
    services.declare(item, seat(room, room.dee), "I stay.", leaves=False, by=room.dee)
    services.declare(item, seat(room, room.max), "I work there.", by=room.alex)
    later = services.decide(meeting, one, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert {held.person.alias for held in later.takers} == {"Alex", "Dee", "Eve"}
    assert (later.members, later.members_present, later.lived_present) == (4, 3, 2)
    with pytest.raises(Refused, match="This item is over"):
        services.declare(item, seat(room, room.eve), by=room.eve)


def test_interest_is_declared_for_oneself_or_by_the_chair_for_who_is_there(room: Room) -> None:
    meeting = room.meeting(here=[room.alex, room.eve])
    item = services.add_item(meeting, "Money", 5, by=room.alex)
    services.declare(item, seat(room, room.dee), by=room.dee)
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.declare(item, seat(room, room.eve), by=room.dee)
    with pytest.raises(Refused, match="Max is not in the room"):
        services.declare(item, seat(room, room.max), by=room.alex)
    with pytest.raises(Refused, match="Sam does not sit at this table"):
        services.declare(item, next(held for held in room.stream.memberships if held.person is room.sam), by=room.sam)
    interest = services.declare(item, seat(room, room.eve), by=room.alex)
    with pytest.raises(Refused):
        services.take_back_interest(interest, by=room.dee)
    services.take_back_interest(interest, by=room.eve)
    db.session.commit()
    assert [held.membership.person.alias for held in item.interests] == ["Dee"]
    assert verbs().count("declared an interest") == 2
    assert "took back an interest" in verbs()


# --- The end of a meeting.


def test_meeting_does_not_close_with_something_undecided(room: Room) -> None:
    asked = room.asked()
    meeting = to_come(room, days=0)
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, room.steering.memberships, by=room.alex)
    with pytest.raises(Refused, match=r"“A call” still waits. It needs an answer before the meeting closes"):
        services.close_meeting(meeting, "We are tired.", by=room.alex)
    services.decide(meeting, asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    other = services.add_item(meeting, "Money", 5, by=room.alex)
    with pytest.raises(Refused, match=r"“Money” still waits. Say what was said, or carry it over"):
        services.close_meeting(meeting, by=room.alex)
    services.settle_item(other, "carried over", by=room.alex)
    services.close_meeting(meeting, by=room.alex)
    assert (meeting.state, meeting.closed_on, meeting.why_undecided) == (MeetingState.CLOSED, today(), "")


def test_meeting_too_few_are_left_at_ends_with_a_reason_and_the_next_takes_over(room: Room) -> None:
    asked = room.asked()
    meeting, later = to_come(room, days=0), to_come(room)
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, [seat(room, room.alex), seat(room, room.dee)], by=room.alex)
    with pytest.raises(Refused, match="Say why the meeting ends now"):
        services.close_meeting(meeting, by=room.alex)
    services.close_meeting(meeting, "The buses stopped.", by=room.alex)
    assert [(item.state, item.outcome) for item in meeting.items] == [
        (ItemState.CARRIED_OVER, "The buses stopped."),
    ]
    assert meeting.why_undecided == "The buses stopped."
    assert asked.state == State.SUBMITTED
    db.session.expire_all()
    assert kinds(later) == [ItemKind.MINUTES, ItemKind.RECOMMENDATION]


def test_what_was_carried_over_is_decided_after_all_when_people_come_back(room: Room) -> None:
    asked = room.asked()
    meeting = to_come(room, days=0)
    services.open_meeting(meeting, by=room.alex)
    (item,) = meeting.items
    services.settle_item(item, "carried over", "Too few are here.", by=room.alex)
    services.tick(meeting, room.steering.memberships, by=room.alex)
    with pytest.raises(Refused, match="This needs an answer at this meeting"):
        services.settle_item(item, "carried over", by=room.alex)
    first = services.decide(meeting, asked, Verdict.REFER_BACK, by=room.alex, reason=BECAUSE, question="Who rings?")
    assert (item.state, item.decision, item.outcome) == (ItemState.DECIDED, first, "")
    db.session.execute(type(asked).__table__.update().values(state=State.SUBMITTED))
    db.session.expire_all()
    again = services.decide(meeting, asked, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert (item.state, item.decision) == (ItemState.DECIDED, again)


def test_what_was_done_during_the_meeting_is_settled_by_itself(room: Room) -> None:
    before = room.meeting(on=today() - SOON)
    stands = room.decided(meeting=before, title="Stands", review_on=today() + timedelta(1))
    wrong = room.decided(meeting=before, title="Wrong", review_on=today() + timedelta(1))
    services.close_meeting(before, by=room.alex)
    moved = Decision.__table__.update().values(on=today() - timedelta(40), review_on=today() - timedelta(1))
    db.session.execute(moved)
    db.session.expire_all()
    meeting = to_come(room, days=0)
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, room.steering.memberships, by=room.alex)
    services.review(stands, by=room.alex)
    services.send_reply(stands, "We say yes.", by=room.alex)
    later = services.correct(wrong, meeting, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    told = {(item.kind, item.thing_id): (item.state, item.outcome, item.decision) for item in meeting.items}
    assert told[ItemKind.REVIEW, stands.id][:2] == (ItemState.TALKED_ABOUT, "We looked at it again, and it stands.")
    assert told[ItemKind.OVERDUE_REPLY, stands.id][:2] == (ItemState.TALKED_ABOUT, "The group has been told.")
    assert told[ItemKind.REVIEW, wrong.id] == (ItemState.DECIDED, "", later)
    again = services.correct(later, meeting, Verdict.ACCEPT, by=room.alex, reason=BECAUSE)
    assert next(item for item in meeting.items if item.thing_id == wrong.id).decision == again


# --- Minutes and terms.


def test_minutes_keep_who_came_whoever_left(room: Room) -> None:
    """Domain rule 20: nobody who was not there is written down."""
    meeting = room.meeting(MeetingState.PLANNED, here=[room.alex])
    services.open_meeting(meeting, by=room.alex)
    services.tick(meeting, [seat(room, room.dee)], by=room.alex)
    services.tick(meeting, [seat(room, room.dee), seat(room, room.alex)], by=room.alex)
    assert [held.person.alias for held in queries.who_came(meeting)] == ["Alex", "Dee"]
    planned = room.meeting(MeetingState.PLANNED, on=today() + SOON, here=[])
    services.tick(planned, [seat(room, room.dee)], by=room.alex)
    assert queries.who_came(planned) == []


def test_name_ticked_by_mistake_is_taken_off_the_minutes(room: Room) -> None:
    meeting = room.meeting(MeetingState.PLANNED, here=[])
    services.open_meeting(meeting, by=room.alex)
    everybody = [seat(room, one) for one in (room.alex, room.dee, room.eve, room.max)]
    services.tick(meeting, everybody, by=room.alex)
    came = {held.person.alias: queries.one_who_came(meeting, held.id) for held in queries.who_came(meeting)}
    services.tick(meeting, everybody[:3], by=room.alex)
    room.decided(meeting=meeting)
    for name, by, reason in (
        ("Max", room.dee, "Only the chair or a facilitator"),
        ("Eve", room.alex, "They are ticked as here now. Take the tick away first."),
    ):
        with pytest.raises(Refused, match=reason):
            services.take_off_who_came(came[name], meeting, by=by)
    services.take_off_who_came(came["Max"], meeting, by=room.alex)
    services.close_meeting(meeting, by=room.alex)
    with pytest.raises(Refused, match="They decided something at this meeting, so their name stays"):
        services.take_off_who_came(came["Eve"], meeting, by=room.alex)
    assert [held.person.alias for held in queries.who_came(meeting)] == ["Alex", "Dee", "Eve"]


def test_notes_somebody_else_saved_are_not_written_over(room: Room) -> None:
    """R4."""
    meeting = room.meeting()
    services.write_minutes(meeting, "Tea was good.", by=room.alex)
    with pytest.raises(Overtaken):
        services.write_minutes(meeting, "There was tea.", by=room.alex)
    services.write_minutes(meeting, "Tea was good.", by=room.alex)
    services.write_minutes(meeting, "There was tea. It was good.", "Tea was good.", by=room.alex)
    assert meeting.minutes_notes == "There was tea. It was good."


def test_minutes_are_approved_at_the_next_meeting_and_then_stay(room: Room) -> None:
    before = room.meeting(on=today() - SOON)
    with pytest.raises(Refused, match="This meeting is not over yet"):
        services.approve_minutes(before, room.meeting(), by=room.alex)
    services.write_minutes(before, "Tea was good.", by=room.alex)
    services.close_meeting(before, by=room.alex)
    meeting = queries.open_meeting(room.steering)
    services.build_agenda(meeting, by=room.alex)
    (item,) = meeting.items
    assert (item.kind, item.thing_id) == (ItemKind.MINUTES, before.id)
    with pytest.raises(Refused, match="It needs an answer before the meeting closes"):
        services.close_meeting(meeting, by=room.alex)
    with pytest.raises(Refused, match="Only the chair"):
        services.approve_minutes(before, meeting, by=room.dee)
    services.approve_minutes(before, meeting, by=room.alex)
    assert (before.minutes_state, before.minutes_approved_at) == (MinutesState.APPROVED, meeting)
    assert (item.state, item.outcome) == (ItemState.DECIDED, "The group said that they are right.")
    with pytest.raises(Refused, match="approved already"):
        services.approve_minutes(before, meeting, by=room.alex)
    with pytest.raises(Refused, match="The minutes are approved, so they stay"):
        services.write_minutes(before, "Tea was bad.", by=room.alex)
    assert {"wrote the minutes", "approved the minutes"} <= set(verbs())


def test_minutes_can_be_approved_at_a_meeting_that_had_them_on_no_agenda(room: Room) -> None:
    before = room.meeting(on=today() - SOON)
    services.close_meeting(before, by=room.alex)
    services.approve_minutes(before, room.meeting(), by=room.alex)
    assert before.minutes_state == MinutesState.APPROVED


def test_meeting_held_before_there_were_minutes_asks_for_none(room: Room) -> None:
    room.meeting(MeetingState.CLOSED, on=today() - SOON)
    assert to_come(room).items == []


def test_decision_that_was_on_no_agenda_gets_its_item(room: Room) -> None:
    meeting = room.meeting()
    decision = room.decided(meeting=meeting)
    (item,) = meeting.items
    assert (item.kind, item.state, item.decision) == (ItemKind.RECOMMENDATION, ItemState.DECIDED, decision)


def test_terms_are_numbered_and_the_earlier_ones_stay(room: Room) -> None:
    services.set_terms(room.steering, "We answer.", by=room.alex, members="Six people")
    services.set_terms(room.steering, "We answer in time.", by=room.alex, look_again_on=date(2026, 11, 1))
    assert [(one.number, one.purpose, one.members) for one in queries.terms_of(room.steering)] == [
        (2, "We answer in time.", ""),
        (1, "We answer.", "Six people"),
    ]
    assert verbs().count("set the terms") == 2
    with pytest.raises(Refused, match="Only the chair or a facilitator"):
        services.set_terms(room.steering, "Mine.", by=room.dee)
