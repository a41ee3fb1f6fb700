"""A log comes in once, whole or in parts, and leaves nothing behind but what became of it."""

from datetime import date

import pytest
from sqlalchemy import func, select

from coprod.action_import import queries, rules, services
from coprod.action_import.models import BroughtIn, Import, ImportState
from coprod.actions import queries as actions
from coprod.actions import services as action_services
from coprod.actions.models import Action, ActionState, OutsideOwner
from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.spreadsheets.reading import FAMILY_NUMBER, read
from coprod.retention import services as retention
from coprod.workstreams.models import MembershipState
from tests.action_import import dirt
from tests.action_import.conftest import Table
from tests.factories import a_membership, a_person, a_professional, keep

LOG = "Action,Owner,Due,Status,Notes\nRing the ward,Max,05/12/2025,,\nTell Dee,Dee,3 Nov 2025,Done,She knows\n"
HEAVY = 9 * 1024 * 1024


def actions_at(room: Table) -> list[Action]:
    found = select(Action).where(Action.workstream_id == room.steering.id).order_by(Action.number)
    return list(db.session.scalars(found))


def unknown(brought: Import, room: Table) -> dict[str, int]:
    return {one.name: one.rows for one in queries.sifted(brought, room.alex).unknown.values()}


def test_a_thousand_rows_with_every_kind_of_dirt_come_in_once_and_every_refused_one_is_named(room: Table) -> None:
    """Ten megabytes with two kinds of days, joined cells, blank rows, formulas, hidden rows and a hidden sheet."""
    rows = dirt.a_thousand()
    content = dirt.as_xlsx(rows, heavy=HEAVY)
    assert HEAVY < len(content) < 10 * 1024 * 1024
    brought = room.take(content, "log.xlsx")
    sifted = services.bring_in(brought, by=room.alex)
    reported = {(one["row"], one["cell"], one["reason"]) for one in brought.report if one["did"] == "refused"}
    last = rows[-1].number
    expected = {
        *((row.number, f"{column}{row.number}", why) for row in rows if row.dirt for column, why in row.dirt.refused),
        (last + 2, f"B{last + 2}", "This formula does not work. Write what it should say."),
        (
            last + 3,
            f"E{last + 3}",
            "This formula was never worked out. Open the file, save it once more and try again.",
        ),
    }
    assert len({one.kind for one in dirt.ROWS}) == len(dirt.ROWS) >= 60
    assert sorted(reported ^ expected) == []
    bad = {row for row, _, _ in reported} | {fault.row for fault in sifted.here}
    good = [row for row in rows if row.number not in bad]
    came = actions_at(room)
    assert len(came) == len(good) + 4 == sum(one["did"] == "brought in" for one in brought.report)
    assert [one.number for one in came] == list(range(1, len(came) + 1))
    again = services.bring_in(room.take(content, "again.xlsx"), by=room.alex)
    assert (len(again.good), len(actions_at(room))) == (0, len(came))


def test_every_kind_of_dirt_is_told_alike_in_other_kinds_of_files_and_adds_nothing_again(room: Table) -> None:
    """Old workbooks, open ones, and text in every encoding somebody saves it in, right or wrong."""
    rows = dirt.a_thousand(2 * len(dirt.ROWS), every=2)
    last = rows[-1].number
    expected = sorted((f"{column}{row.number}", why) for row in rows if row.dirt for column, why in row.dirt.refused)
    twice = [f"B{row.number}" for row in rows if row.dirt and row.dirt.here]
    db.session.commit()
    told: dict[str, object] = {}
    for kind, content in dirt.in_other_kinds_of_files(rows).items():
        sifted = services.bring_in(room.take(content, "log"), by=room.alex)
        refused = sorted((one.cell, one.reason) for one in sifted.refused if one.row <= last)
        good = [line.row for line in sifted.good if line.row <= last]
        came = len(actions_at(room))
        again = services.bring_in(room.take(content, "log"), by=room.alex)
        told[kind] = (
            sorted(set(refused) ^ set(expected)),
            [one.cell for one in sifted.here] == twice,
            len(good) + len({one.row for one in sifted.refused if one.row <= last}) + len(sifted.here) == len(rows),
            (again.good, len(actions_at(room)) - came),
        )
        db.session.rollback()
    assert {kind: found for kind, found in told.items() if found != ([], True, True, ([], 0))} == {}
    assert len(told) == 8


def test_what_is_dirty_and_good_is_read_as_it_was_meant(room: Table) -> None:
    brought = room.take(dirt.as_xlsx(dirt.a_thousand()), "log.xlsx")
    lines = {line.row: line for line in queries.sifted(brought, room.alex).good}
    kinds = {row.dirt.kind: lines[row.number] for row in dirt.a_thousand() if row.dirt and row.number in lines}
    assert {line.due for line in kinds.values()} == {date(2025, 12, 5)}
    said = {kind: " ".join(line.what.split()[:-1]) for kind, line in kinds.items()}
    assert said["spaces and breaks"] == "Ring the ward"
    assert said["letters nobody sees"] == "Ring the ward"
    assert said["garbled letters"] == "Book the café"
    assert said["letters from elsewhere"] == "Ring Zoë Łukasz 李"
    assert kinds["what would be a formula"].what == "=1+1"
    done = {kind: line.settled_on for kind, line in kinds.items() if line.state == ActionState.DONE}
    today, third = date(2025, 11, 17), date(2025, 11, 3)
    assert done == {
        "done": today,
        "done on a day": third,
        "only when it was done": third,
        "a whole share": today,
        "a tick": today,
    }
    assert kinds["cancelled with a word more"].state == ActionState.CANCELLED
    owners = {kind: (line.owner.key, line.owner.email) for kind, line in kinds.items() if line.owner.email}
    assert owners == {
        "somebody from outside": (None, "kim@example.org"),
        "a name and an address in one cell": (None, "pat@example.org"),
        "an address alone, of somebody here": (room.max.id, "max@blackpool.example"),
    }
    last = dirt.a_thousand()[-1].number
    assert [lines[last + more].what for more in (1, 4)] == ["Ring the ward", "One of three under one name, 3"]
    assert {lines[last + more].owner.key for more in (4, 5, 6)} == {room.max.id}


def test_actions_keep_their_days_states_and_notes_and_nobody_here_said_they_are_done(room: Table) -> None:
    first = action_services.open_action(room.steering, "Was here before", room.max, date(2025, 12, 1), by=room.alex)
    brought = room.take(LOG)
    services.bring_in(brought, by=room.alex)
    before, ring, tell = actions_at(room)
    assert (before, ring.number, tell.number) == (first, 2, 3)
    assert (ring.owner, ring.due, ring.state, ring.opened_on) == (
        room.max,
        date(2025, 12, 5),
        ActionState.OPEN,
        date(2025, 11, 17),
    )
    assert (tell.state, tell.settled_on, tell.said_done_by, tell.agreed_by) == (
        ActionState.DONE,
        date(2025, 11, 17),
        None,
        None,
    )
    assert tell.evidence == "Done in the log it came from."
    assert [(one.words, one.by) for one in tell.notes] == [("From the log it came from: She knows", room.alex)]
    journal = db.session.scalars(select(Entry.verb).where(Entry.subject_id == tell.id)).all()
    assert journal == ["brought in"]
    assert (brought.state, brought.cells, brought.faults, brought.owners) == (ImportState.BROUGHT_IN, [], {}, {})
    assert [(one["row"], one["did"], one["number"]) for one in brought.report] == [
        (2, "brought in", 2),
        (3, "brought in", 3),
    ]


def test_brought_in_again_in_another_spelling_adds_nothing(room: Table) -> None:
    services.bring_in(room.take(LOG), by=room.alex)
    other = "WHAT;BY WHEN;WHO\n ring  the WARD ;2025-12-05; max \nTell Dee;03.11.25;Dee\nSomething new;5/12/25;Max\n"
    sifted = services.bring_in(room.take(other), by=room.alex)
    assert [line.what for line in sifted.good] == ["Something new"]
    assert [(fault.row, fault.cell, fault.reason) for fault in sifted.here] == [
        (2, "A2", "It is in the log already."),
        (3, "A3", "It is in the log already."),
    ]
    assert len(actions_at(room)) == 3
    assert db.session.scalar(select(func.count(BroughtIn.action_id.distinct()))) == 3


def test_who_has_no_account_becomes_an_owner_by_name_and_address_once(room: Table) -> None:
    text = "Action,Owner,E-mail,Due\nRing,Kim Lee,Kim@Example.org,5/12/2025\nWrite,K. Lee,kim@example.org,5/12/2025\n"
    services.bring_in(room.take(text), by=room.alex)
    ring, write = actions_at(room)
    assert ring.owner == write.owner
    assert (ring.owner.alias, ring.owner.active, ring.owner.email) == ("Kim Lee", False, None)
    assert db.session.scalars(select(OutsideOwner.email)).all() == ["kim@example.org"]
    again = room.take("Action,Owner,Due\nWalk,Kim lee,5/12/2025\n")
    services.bring_in(again, by=room.alex)
    assert actions_at(room)[-1].owner == ring.owner


def test_a_namesake_with_another_address_is_somebody_else(room: Table) -> None:
    """Kim of A has had something to do here; Kim of B must hear of what is hers, and A must not."""
    services.bring_in(room.take("Action,Owner,E-mail,Due\nRing,Kim,kim@a.example,5/12/2025\n"), by=room.alex)
    more = "Action,Owner,E-mail,Due\nRing,Kim,kim@b.example,5/12/2025\nWalk,Kim,kim@a.example,5/12/2025\n"
    services.bring_in(room.take(more), by=room.alex)
    assert [actions.addresses_of([one.owner])[one.owner_id] for one in actions_at(room)] == [
        "kim@a.example",
        "kim@b.example",
        "kim@a.example",
    ]


def test_two_of_one_name_are_told_apart_in_one_log(room: Table) -> None:
    text = (
        "Action,Owner,E-mail,Due\nRead it,Kim,kim@a.example,5/12/2025\nRead it,Kim,kim@b.example,5/12/2025\n"
        "Read it,K. Quin,KIM@a.example,5/12/2025\n"
    )
    sifted = services.bring_in(room.take(text), by=room.alex)
    assert ([line.row for line in sifted.good], len({one.owner_id for one in actions_at(room)})) == ([2, 3], 2)
    assert [(fault.cell, fault.reason) for fault in sifted.here] == [("A4", "It says the same as row 2.")]


def test_who_came_or_went_or_is_spelt_otherwise_brings_nothing_in_again(room: Table) -> None:
    log = (
        "Action,Owner,E-mail,Due\nRing,Max,max@blackpool.example,5/12/2025\nWalk,Dee,,5/12/2025\n"
        "Write,Kim,kim@example.org,5/12/2025\nTell,M. Jones,,5/12/2025\n"
    )
    first = room.take(log)
    services.say_who(first, {"M. Jones": room.max}, by=room.alex)
    services.bring_in(first, by=room.alex)
    assert len(actions_at(room)) == 4
    spelt = "Who,What,When,E-mail\nMAX,ring,2025-12-05,\nK. Lee,write,5 Dec 25,KIM@example.org\nMax,Tell,5.12.25,\n"
    again = services.bring_in(room.take(spelt), by=room.alex)
    assert (again.good, [fault.row for fault in again.here], again.refused) == ([], [2, 3, 4], [])
    for held in room.steering.memberships:
        if held.person == room.max:
            held.state = MembershipState.LEFT
    kim = actions_at(room)[2].owner
    kim.alias = "Kimberley"
    a_membership(room.steering, a_person("Dee"))
    db.session.flush()
    later = room.take(log)
    services.say_who(later, {"M. Jones": room.alex, "Dee": room.dee}, by=room.alex)
    assert services.bring_in(later, by=room.alex).good == []
    assert len(actions_at(room)) == 4


def test_an_address_says_nothing_of_members_and_points_to_professionals_of_ones_own_tables_alone_p2(
    room: Table,
) -> None:
    """Dee’s address would tell whose it is; Sam sits at no table of Alex’s; Lou does, and cannot own this."""
    text = (
        "Action,Owner,E-mail,Due\nA,D,dee@x.example,5/12/2025\nB,S,sam@x.example,5/12/2025\n"
        "C,L,lou@blackpool.example,5/12/2025\n"
    )
    sifted = queries.sifted(room.take(text), room.alex)
    assert [line.owner.key for line in sifted.good] == [None, None]
    assert [fault.cell for fault in sifted.refused] == ["C4"]


def test_address_of_one_who_was_let_in_since_is_taken_like_any_other_p2(room: Table) -> None:
    """Whoever brings a log in learns of no account by it."""
    kim = action_services.outside_owner("Kim", "kim@example.org", by=room.alex)
    kim.active = True
    services.bring_in(room.take("Action,Owner,E-mail,Due\nA,K,kim@example.org,5/12/2025\n"), by=room.alex)
    [action] = actions_at(room)
    assert (action.owner.alias, action.owner.active, action.owner != kim) == ("K", False, True)


def test_a_name_that_nobody_goes_by_is_said_to_be_somebody_for_this_log(room: Table) -> None:
    brought = room.take("Action,Owner,Due\nA,M. Jones,5/12/2025\nB,m.  jones,5/12/2025\nC,Z,5/12/2025\n")
    assert unknown(brought, room) == {"M. Jones": 2, "Z": 1}
    services.say_who(brought, {"M. Jones": room.max, "Z": room.lou}, by=room.alex)
    sifted = services.bring_in(brought, by=room.alex)
    assert ([line.row for line in sifted.good], [fault.row for fault in sifted.refused]) == ([2, 3], [4])
    assert {one.owner for one in actions_at(room)} == {room.max}
    assert brought.owners == {}


def test_only_who_leads_the_table_brings_a_log_in(room: Table) -> None:
    brought = room.take(LOG)
    sheets = read(LOG.encode(), "log.csv")
    for person in (room.max, room.dee, room.sam, room.stranger):
        with pytest.raises(Refused, match="Only the chair or a facilitator"):
            services.take(room.steering, sheets, "log.csv", by=person)
        for name in ("match", "say_who", "bring_in", "drop"):
            more = {"match": (1, {}), "say_who": ({},)}.get(name, ())
            with pytest.raises(Refused, match="Only the chair or a facilitator"):
                getattr(services, name)(brought, *more, by=person)
        with pytest.raises(Refused):
            action_services.bring_in_actions(room.steering, [], by=person)
    assert actions_at(room) == []


def test_no_action_comes_in_for_somebody_who_cannot_own_it(room: Table) -> None:
    kept = action_services.Kept("Ring", room.lou, date(2025, 12, 5), date(2025, 11, 17))
    with pytest.raises(Refused, match="Lou is not at this table"):
        action_services.bring_in_actions(room.steering, [kept], by=room.alex)


def test_what_was_brought_in_or_left_is_over(room: Table) -> None:
    done, left = room.take(LOG), room.take(LOG)
    services.bring_in(done, by=room.alex)
    services.drop(left, by=room.alex)
    assert (left.state, left.cells) == (ImportState.DROPPED, [])
    for over in (done, left):
        for act in (services.bring_in, services.drop):
            with pytest.raises(Refused):
                act(over, by=room.alex)
    assert len(actions_at(room)) == 2


def test_a_familys_number_is_never_stored_rule_1(room: Table) -> None:
    text = "Action,Owner,Due,Other\nAbout 943 476 5919,Max,5/12/2025,\nB,Max,5/12/2025,BP25C50123\n"
    brought = room.take(text, "943 476 5919.csv")
    db.session.flush()
    db.session.expire_all()
    assert "943" not in f"{brought.cells} {brought.name} {brought.faults}"
    assert "BP25C50123" not in f"{brought.cells}"
    assert brought.faults == {"A2": FAMILY_NUMBER, "D3": FAMILY_NUMBER}
    assert [fault.cell for fault in queries.sifted(brought, room.alex).refused] == ["A2", "D3"]


def test_what_nobody_finishes_goes_after_a_week_l4(room: Table, clock) -> None:
    left, done = room.take(LOG), room.take(LOG)
    services.bring_in(done, by=room.alex)
    report = list(done.report)
    clock(2025, 11, 23, 9)
    assert retention.run().let_go == {}
    assert left.cells
    clock(2025, 11, 24, 9)
    assert retention.run().let_go == {"unfinished imports": 1}
    assert (left.state, left.cells, done.report) == (ImportState.DROPPED, [], report)


def test_our_own_export_comes_in_as_it_went_out(room: Table) -> None:
    text = (
        "\ufeffNumber,Group,Action,Who,Due,First date,Times moved,Status,From,Opened,Closed,How anyone can tell\r\n"
        "1,Steering,'=1+1,Max,5 December 2025,,0,Late,,1 October 2025,,\r\n"
        "2,Steering,Ring,Dee,5 December 2025,,0,Done,,1 October 2025,3 November 2025,It is on the wall\r\n"
    )
    brought = room.take(text)
    assert rules.known_headings([(int(number), cells) for number, cells in brought.cells]) == 7
    first, second = queries.sifted(brought, room.alex).good
    assert (first.what, first.opened_on, first.state) == ("=1+1", date(2025, 10, 1), ActionState.OPEN)
    assert (second.settled_on, second.note) == (date(2025, 11, 3), "It is on the wall")


def test_owners_from_another_table_are_not_meant_by_their_names(room: Table) -> None:
    kim = action_services.outside_owner("Kim", "kim@example.org", by=room.sam)
    action_services.open_action(room.stream, "Walk", kim, date(2025, 12, 5), by=room.sam)
    keep(a_professional("Kit"))
    sifted = queries.sifted(room.take("Action,Owner,Due\nA,Kim,5/12/2025\nB,Kit,5/12/2025\n"), room.alex)
    assert (sifted.good, list(sifted.unknown)) == ([], ["kim", "kit"])
    assert actions.owners_from_outside(room.steering) == []


def test_keys_that_stand_for_nobody_any_more_mean_nobody(room: Table) -> None:
    brought = room.take("Action,Owner,Due\nA,M. Jones,5/12/2025\n")
    services.say_who(brought, {"M. Jones": room.stranger}, by=room.alex)
    assert queries.sifted(brought, room.alex).good == []
    assert db.session.scalars(select(Import.id)).all() == [brought.id]
