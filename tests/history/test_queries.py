from datetime import date, timedelta

import pytest

from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.journal import Entry, record
from coprod.cycles import queries as cycles
from coprod.cycles.models import Cycle, SessionState
from coprod.history import queries, rules
from coprod.recommendations.models import State
from coprod.workstreams import services
from coprod.workstreams.models import CheckAnswer, MembershipState, Role, Seat
from tests.factories import a_membership, a_person, a_professional, an_admin, keep
from tests.my_data.canaries import an_evening
from tests.steering.rooms import Room

MONDAY = date(2025, 11, 17)


@pytest.fixture
def room(database):
    return Room()


def read(person, around=MONDAY, group=None):
    week = queries.weeks(queries.reader(person, group), around)
    days = rules.by_day(week.entries, week.labels, week.names, person.id)
    return [line.words for _, lines in days for line in lines]


def test_member_reads_of_her_own_table_and_no_other_p1(room):
    record(room.sam, "paused", room.stream)
    record(room.alex, "paused", room.steering)
    assert read(room.robin) == ["Sam paused the group."]
    assert read(room.dee) == ["Alex paused the group."]
    assert read(room.stranger) == []


def test_being_programme_admin_is_not_enough_p1(room):
    ada = an_admin()
    record(room.sam, "paused", room.stream)
    record(ada, "turned away", room.robin)
    record(None, "imported the public record", room.programme)
    assert read(ada) == ["The site brought the public record in.", "You closed the account of Robin."]
    assert read(room.stranger) == ["The site brought the public record in."]


def test_names_are_of_those_at_her_tables_p2(room):
    record(room.alex, "started", room.programme)
    assert read(room.robin) == ["Somebody started the programme."]
    assert read(room.dee) == ["Alex started the programme."]


def test_facilitator_reads_whom_was_invited_and_a_member_does_not_p4(room):
    new = a_person("Noa")
    place = a_membership(room.stream, new, state=MembershipState.INVITED)
    record(room.sam, "invited", place)
    for verb in ("thinking", "joined", "paused", "left", "rang", "said yes"):
        record(new, verb, place)
    assert read(room.sam) == ["You invited Noa."]
    assert read(room.robin) == []


def test_those_who_run_a_table_read_who_made_the_check_and_when_and_not_what_came_of_it_p3(room):
    """Whichever way it went, in the same words; nobody else reads of it at all."""
    ada, new, other = an_admin(), a_person("Noa"), a_person("Lou")
    for guest, answer in ((new, CheckAnswer.TOGETHER), (other, CheckAnswer.APART)):
        place = a_membership(room.stream, guest, state=MembershipState.INVITED)
        services.check_separation(place, answer, by=room.sam)
    jo = a_professional("Jo")
    a_membership(room.stream, jo, Role.FACILITATOR, Seat.TEAM)
    week = queries.weeks(queries.reader(jo), MONDAY)
    ((day, lines),) = rules.by_day(week.entries, week.labels, week.names, jo.id)
    assert (day, [line.words for line in lines]) == (
        MONDAY,
        ["Sam made the separation check for Lou.", "Sam made the separation check for Noa."],
    )
    assert [read(person) for person in (room.robin, room.mo, ada, new, room.alex)] == [[]] * 5


def test_steering_group_reads_of_what_was_sent_there_not_of_how_it_came_about(room):
    asked, draft = room.asked("A call"), room.asked("A card", State.DRAFTED)
    draft.submitted_on = None
    for thing in (asked, draft):
        record(room.sam, "rewrote", thing)
        record(room.sam, "submitted", thing)
    assert read(room.max) == ["Somebody sent to the steering group: A call."]
    assert read(room.mo) == [
        "Sam sent to the steering group: A call.",
        "Sam sent to the steering group: A card.",
        "Sam wrote at: A call.",
        "Sam wrote at: A card.",
    ]


def test_draft_of_a_session_is_its_facilitators_alone(room):
    evening = an_evening(room)
    record(room.sam, "changed the agenda", evening)
    assert read(room.robin) == []
    evening.state = SessionState.PUBLISHED
    assert read(room.robin) == read(room.mo) == ["Sam changed the plan of session 1."]


def test_nothing_of_votes_worries_or_supporters_is_ever_read(room):
    for kind in (*rules.UNSAID, "needs", "separation_request", "contact_change"):
        db.session.add(Entry(at=now(), by_id=room.robin.id, verb="opened", subject=kind, subject_id=room.stream.id))
    assert [read(person) for person in (room.robin, room.sam, room.alex, an_admin())] == [[], [], [], []]


def test_erased_person_is_somebody(room):
    room.sam.alias, room.sam.erased_on = "Somebody", MONDAY
    record(room.sam, "paused", room.stream)
    assert read(room.robin) == ["Somebody paused the group."]


def test_inside_a_day_the_alphabet_orders_and_twice_is_once_p4(room, clock):
    for hour, verb in ((20, "closed"), (10, "taken up again"), (12, "paused"), (13, "paused")):
        clock(2025, 11, 18, hour)
        record(room.sam, verb, room.stream)
    clock(2025, 11, 20, 9)
    record(room.sam, "started", room.stream)
    week = queries.weeks(queries.reader(room.robin), MONDAY)
    days = rules.by_day(week.entries, week.labels, week.names, room.robin.id)
    assert [(day, [line.words for line in lines]) for day, lines in days] == [
        (date(2025, 11, 20), ["Sam started the group."]),
        (date(2025, 11, 18), ["Sam closed the group.", "Sam paused the group.", "Sam took the group up again."]),
    ]


def test_weeks_lead_to_where_something_was_done(room, clock):
    asking = queries.reader(room.robin)
    assert queries.latest(asking) is None
    for month, day in ((10, 20), (10, 26), (10, 27), (11, 23), (11, 24), (12, 3)):
        clock(2025, month, day, 9)
        record(room.sam, "paused", room.stream)
    week = queries.weeks(asking, MONDAY)
    assert (week.first, week.last) == (date(2025, 10, 27), date(2025, 11, 23))
    assert [rules.local_day(entry.at).day for entry in sorted(week.entries, key=lambda one: one.at)] == [27, 23]
    # Later leads to the weeks that end where there is something again, so nothing is passed over.
    assert (week.earlier, week.later, queries.latest(asking)) == (
        date(2025, 10, 26),
        date(2025, 11, 24),
        date(2025, 12, 3),
    )


def test_one_group_is_read_of_alone(room):
    record(room.sam, "started", room.programme)
    record(room.sam, "paused", room.stream)
    a_membership(room.stream, room.alex)
    record(room.alex, "paused", room.steering)
    record(room.sam, "submitted", room.asked())
    assert read(room.alex, group=room.steering.id) == [
        "Sam sent to the steering group: A call.",
        "You paused the group.",
    ]
    assert read(room.alex, group=room.stream.id) == ["Sam paused the group.", "Sam sent to the steering group: A call."]
    assert queries.reader(room.robin, room.steering.id).group is None


def test_every_kind_can_be_read_and_needs_as_many_statements_for_three_as_for_one(room, query_count):
    """Every key that is read of is one the feature itself shows."""
    cycle = Cycle(workstream=room.stream, number=1, starts_on=MONDAY, starts_at=now().time())
    keep(cycle)
    counts = []
    for _ in range(2):
        record(room.sam, "planned", cycle)
        record(room.sam, "planned", room.meeting(on=MONDAY + timedelta(len(counts))))
        record(room.sam, "decided", room.decided(meeting=room.meeting(on=MONDAY - timedelta(9 + len(counts)))))
        db.session.flush()
        query_count.clear()
        assert len(read(room.sam)) >= 1
        counts.append(len(query_count))
    assert counts[0] == counts[1] <= 6
    assert [found.id for found in cycles.seen_by(room.sam)] == [cycle.id]
