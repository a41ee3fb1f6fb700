"""The pages of groups that come together: the same words and the same time for everybody (P3)."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from coprod.core.db import Base, db
from coprod.cycles.models import Session
from coprod.gatherings import services
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState
from coprod.people.models import Person
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Kind, MembershipState, Role, Seat, WorkstreamState
from coprod.workstreams.rules import checks
from tests.conftest import clean
from tests.factories import a_membership, a_professional, a_stream
from tests.gatherings.conftest import Groups, check_all, place_of, two_groups

As = Callable[..., FlaskClient]
DAY = {"on": "2025-12-02", "starts_at": "10:00", "minutes": "300", "place": "The hall"}


def _asked(two: Groups, **typed: object) -> dict[str, object]:
    keys = [str(two.mothers.id), str(two.fathers.id)]
    given = {"kind": "joined into one group", "groups": keys, "name": "All of us", "neutral_name": "Tuesday group"}
    return given | typed


def test_groups_are_asked_to_come_together(as_: As, groups: Groups) -> None:
    answer = as_(groups.sam).post("/gatherings/new", data=_asked(groups))
    gathering = db.session.scalars(select(Gathering)).one()
    assert answer.location == f"/gatherings/{gathering.id}"
    page = as_(groups.sam).get(answer.location).text
    assert ("Waiting for a check" in page, "Fathers’ group and Mothers’ group" in page) == (True, True)
    assert "Nobody hears before Wednesday 19 November" in page
    assert "Mother</dt>" in re.sub(r"\s+<", "<", page)
    assert "All of us" in as_(groups.sam).get("/gatherings/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": ""}, "Choose one of these."),
        ({"groups": ["nobody"]}, "Choose two groups or more."),
        ({"name": ""}, "Give it a name."),
        ({"name": "Mothers’ group"}, "Something here has this name already. Choose another."),
        ({"neutral_name": "Child care"}, "Leave out “Child”."),
    ],
)
def test_asking_asks_again(as_: As, groups: Groups, typed: dict[str, object], said: str) -> None:
    answer = as_(groups.sam).post("/gatherings/new", data=_asked(groups, **typed))
    assert (answer.status_code, said in answer.text) == (422, True)
    assert db.session.scalars(select(Gathering)).all() == []


def test_group_that_waits_to_be_joined_is_not_joined_twice(as_: As, groups: Groups) -> None:
    groups.ask()
    answer = as_(groups.sam).post("/gatherings/new", data=_asked(groups))
    assert (answer.status_code, "waits to be joined with another group already" in answer.text) == (422, True)


def test_asking_is_refused_to_who_runs_no_two_groups(as_: As, groups: Groups) -> None:
    kim = a_professional("Kim")
    a_stream(groups.mothers.programme, "Legal", facilitator=kim)
    for person in (kim, groups.max):
        assert as_(person).get("/gatherings/new").status_code == 403
        assert as_(person).post("/gatherings/new", data=_asked(groups)).status_code == 403
        assert "Bring groups together" not in as_(person).get("/gatherings/").text


def test_table_of_one_evening_is_no_group_to_be_brought_together(as_: As, groups: Groups) -> None:
    evening = groups.ask(GatheringKind.JOINT_SESSION)
    merged = services.bring_together(groups.both, GatheringKind.MERGED, "As one", "Group", by=groups.sam)
    for gathering in (evening, merged):
        check_all(gathering, by=groups.sam)
    db.session.flush()
    page = as_(groups.ada).get("/gatherings/new").text
    assert ("Everybody together" in page, "As one" in page) == (False, False)


def test_members_list_of_groups_is_where_a_member_is_led(as_: As, groups: Groups) -> None:
    assert as_(groups.people["Robin"]).get("/gatherings/").location == "/groups/"


def test_stranger_finds_nothing_and_a_facilitator_of_one_group_its_state_alone(as_: As, groups: Groups) -> None:
    pat = a_professional("Pat")
    a_membership(groups.fathers, pat, Role.FACILITATOR, Seat.TEAM)
    gathering = groups.ask()
    stranger = as_(a_professional("Stranger"))
    paths = ("", "/day")
    assert [stranger.get(f"/gatherings/{gathering.id}{path}").status_code for path in paths] == [404, 404]
    for path in ("call-off", "end", "day"):
        assert stranger.post(f"/gatherings/{gathering.id}/{path}").status_code == 404
    assert stranger.get(f"/workstreams/{gathering.workstream_id}/gathering").status_code == 404

    page = as_(pat).get(f"/gatherings/{gathering.id}").text
    assert ("Waiting for a check" in page, "Make the checks" in page, "Robin" in page) == (True, False, False)
    assert as_(pat).post(f"/gatherings/{gathering.id}/call-off").status_code == 403


def test_admin_brings_groups_together_and_makes_the_checks_where_nobody_runs_both(as_: As, groups: Groups) -> None:
    kim, ada = a_professional("Kim"), as_(groups.ada)
    legal = a_stream(groups.mothers.programme, "Legal", facilitator=kim)
    typed = _asked(groups, groups=[str(groups.mothers.id), str(legal.id)], kind="joint session")
    page = ada.get(ada.post("/gatherings/new", data=typed).location).text
    gathering = db.session.scalars(select(Gathering)).one()
    check_all(gathering, by=groups.ada)

    assert ("Make the checks" in page, "How we work together" in page) == (True, False)
    assert {m.state for m in gathering.workstream.memberships} == {MembershipState.INVITED}
    assert "All of us" in ada.get("/gatherings/").text
    assert as_(kim).get(f"/gatherings/{gathering.id}").status_code == 200


# --- The same page for everybody, whether or not anybody asked to be kept apart (P3).


def _pages(as_: As, groups: Groups, gathering: Gathering) -> dict[str, bytes]:
    """Everything but the page of the check itself, as each of them reads it; keys that differ are taken out."""
    table = gathering.workstream_id
    place = {person.alias: place_of(person, gathering).id for person in (groups.max, *groups.people.values())}
    paths: dict[Person, list[str]] = {
        groups.sam: [
            f"/gatherings/{gathering.id}",
            "/gatherings/",
            f"/workstreams/{table}",
            f"/workstreams/{table}/checks",
            f"/workstreams/{table}/people/new",
            f"/programmes/{groups.mothers.programme_id}/history",
            "/",
        ],
        groups.max: [f"/gatherings/{gathering.id}", f"/places/{place['Max']}", "/workstreams/"],
    }
    for alias in ("Robin", "Joe"):
        own = f"/places/{place[alias]}"
        paths[groups.people[alias]] = ["/groups/", own, f"{own}/hello", f"/gatherings/{gathering.id}", "/"]
    found = {}
    for person, wanted in paths.items():
        visitor = as_(person)
        for number, path in enumerate(wanted):
            page = visitor.get(path)
            found[f"{person.alias} {number}"] = str(page.status_code).encode() + re.sub(
                rb"[0-9a-f]{8}-[0-9a-f-]{27}", b"key", re.sub(rb'name="csrf_token"[^>]*', b"", page.data)
            )
    return found


def _until_it_is_together(
    as_: As, groups: Groups, clock: Callable[..., None], *, objects: bool
) -> list[dict[str, bytes]]:
    clock(2025, 11, 17, 9, 0)
    robin = groups.people["Robin"]
    if objects:
        workstreams.ask_apart(robin, "Joe from the other group", by=robin)
    gathering = groups.ask()
    workstreams.move(place_of(robin, gathering), "joined", by=robin)
    told = [_pages(as_, groups, gathering)]
    check_all(gathering, by=groups.sam, apart="Joe" if objects else "")
    told.append(_pages(as_, groups, gathering))
    clock(2025, 11, 18, 23, 59)
    workstreams.settle_places()
    assert services.come_together() == 0
    told.append(_pages(as_, groups, gathering))
    clock(2025, 11, 19, 0, 1)
    workstreams.settle_places()
    told.append(_pages(as_, groups, gathering))
    assert services.come_together() == 1
    return told


@contextmanager
def _keys_in_order() -> Iterator[None]:
    """Number whatever is kept, so that two tellings list everything in one order."""
    numbers = itertools.count(1)

    def number(session: Any, *_: Any) -> None:
        for thing in session.new:
            if isinstance(thing, Base) and thing.id is None:
                thing.id = UUID(int=next(numbers), version=4)

    event.listen(db.session, "before_flush", number)
    yield
    event.remove(db.session, "before_flush", number)


def _what_differs(as_: As, app: Flask, clock: Callable[..., None]) -> set[str]:
    """Tell it all twice, with a request and an answer “kept apart” and without either, and compare every page."""
    told = []
    for objects in (False, True):
        db.session.remove()
        clean(app)
        clock(2025, 11, 17, 9, 0)
        with _keys_in_order():
            told.append(_until_it_is_together(as_, two_groups(), clock, objects=objects))
    assert {page[:3] for page in told[0][0].values()} == {b"200"}
    steps = enumerate(zip(*told, strict=True))
    return {f"step {number}: {key}" for number, (one, other) in steps for key in one if one[key] != other[key]}


def test_pages_are_the_same_to_the_byte_whether_or_not_somebody_objected_p3(
    as_: As, app: Flask, clock: Callable[..., None]
) -> None:
    """The same words and the same time for everybody."""
    assert _what_differs(as_, app, clock) == set()


def test_an_answer_that_counts_early_turns_the_comparison_red_p3(
    as_: As, app: Flask, clock: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: an answer that took effect before all hear would show."""
    monkeypatch.setattr(checks, "gathers", lambda _: False)
    assert "step 3: Joe 1" in _what_differs(as_, app, clock)


# --- What somebody who is asked reads.


def test_member_is_asked_in_private_and_in_plain_words(as_: As, groups: Groups) -> None:
    gathering = groups.ask()
    robin = groups.people["Robin"]
    visitor = as_(robin)
    mine = visitor.get(f"/places/{place_of(robin, gathering).id}").text
    page = visitor.get(visitor.get(f"/workstreams/{gathering.workstream_id}/gathering").location).text

    assert "Which groups meet?" in mine
    for words in ("Fathers’ group", "Waiting for a check.", "Your groups become one group.", "/keep-me-apart"):
        assert words in page
    assert ("Joe" in page, "Sam" in page) == (False, False)
    workstreams.move(place_of(robin, gathering), "joined", by=robin)
    assert "You said yes." in visitor.get(f"/gatherings/{gathering.id}").text


def test_professional_who_is_asked_reads_the_same_without_the_private_part(as_: As, groups: Groups) -> None:
    gathering = groups.ask(GatheringKind.DEVELOPMENT_DAY)
    page = as_(groups.max).get(f"/gatherings/{gathering.id}").text
    assert ("Your groups meet once, for a day." in page, "Tell us in private" in page) == (True, False)


# --- Together.


def _together(groups: Groups, kind: GatheringKind, wednesday: Callable[[], None]) -> Gathering:
    gathering = groups.ask(kind)
    for alias in ("Robin", "Joe"):
        workstreams.move(place_of(groups.people[alias], gathering), "joined", by=groups.people[alias])
    check_all(gathering, by=groups.sam)
    wednesday()
    services.come_together()
    return gathering


def test_joined_groups_say_that_what_is_theirs_stays(as_: As, groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = _together(groups, GatheringKind.MERGED, wednesday)
    page = as_(groups.sam).get(f"/gatherings/{gathering.id}").text
    assert "Actions, notes and recommendations stay there" in page
    assert page.count("Closed") == 2
    assert "Our weeks together" in page
    assert as_(groups.sam).get(f"/gatherings/{gathering.id}/day").status_code == 403
    assert as_(groups.people["Joe"]).get(f"/groups/{gathering.workstream_id}").status_code == 200


def test_day_is_planned_with_an_agenda_of_its_own(as_: As, groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = _together(groups, GatheringKind.DEVELOPMENT_DAY, wednesday)
    form = as_(groups.sam).get(f"/gatherings/{gathering.id}/day").text
    answer = as_(groups.sam).post(f"/gatherings/{gathering.id}/day", data=DAY)
    session = db.session.scalars(select(Session)).one()

    assert ('value="300"' in form, "360 at most" in form, "and lunch" in form) == (True, True, True)
    assert answer.location == f"/sessions/{session.id}"
    assert (session.on, session.minutes, session.place) == (date(2025, 12, 2), 300, "The hall")
    page = as_(groups.sam).get(answer.location)
    assert (page.status_code, "Lunch" in page.text, "A break at least every 90 minutes" in page.text) == (
        200,
        True,
        True,
    )
    assert f'href="/sessions/{session.id}"' in as_(groups.sam).get(f"/gatherings/{gathering.id}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on": ""}, "Write the day, like 18 January 2026."),
        ({"on": "2025-11-18"}, "That day is over."),
        ({"on": "2025-12-25"}, "is free: Christmas Day"),
        ({"minutes": "361"}, "Choose from 90 to 360 minutes."),
        ({"minutes": ""}, "Write how many minutes it lasts."),
        ({"starts_at": "06:00"}, "Choose a time from 7 in the morning"),
        ({"starts_at": "20:00"}, "Choose a time from 7 in the morning"),
    ],
)
def test_day_asks_again(
    as_: As, groups: Groups, wednesday: Callable[[], None], typed: dict[str, str], said: str
) -> None:
    gathering = _together(groups, GatheringKind.DEVELOPMENT_DAY, wednesday)
    answer = as_(groups.sam).post(f"/gatherings/{gathering.id}/day", data=DAY | typed)
    assert (answer.status_code, said in answer.text) == (422, True)


def test_evening_is_closed_when_it_is_over(as_: As, groups: Groups, wednesday: Callable[[], None]) -> None:
    gathering = _together(groups, GatheringKind.JOINT_SESSION, wednesday)
    visitor = as_(groups.sam)
    assert visitor.post(f"/gatherings/{gathering.id}/end").status_code == 403
    planned = DAY | {"minutes": "115", "starts_at": "18:00"}
    location = visitor.post(f"/gatherings/{gathering.id}/day", data=planned).location
    visitor.post(f"{location}/cancel")
    assert "Close this table" in visitor.get(f"/gatherings/{gathering.id}").text
    assert visitor.post(f"/gatherings/{gathering.id}/end").location == f"/gatherings/{gathering.id}"
    assert gathering.workstream.state == WorkstreamState.CLOSED


def test_called_off_leaves_the_groups_as_they_are(as_: As, groups: Groups) -> None:
    gathering = groups.ask()
    visitor = as_(groups.sam)
    assert "Call it off" in visitor.get(f"/gatherings/{gathering.id}").text
    assert visitor.post(f"/gatherings/{gathering.id}/call-off").location == f"/gatherings/{gathering.id}"
    page = visitor.get(f"/gatherings/{gathering.id}").text
    assert (gathering.state, "Called off" in page, "Call it off" in page) == (GatheringState.CALLED_OFF, True, False)
    assert place_of(groups.people["Joe"], gathering).state == MembershipState.LEFT


def test_list_costs_the_same_for_one_and_for_three(as_: As, groups: Groups, query_count: list[str]) -> None:
    counts = []
    for number in range(3):
        services.bring_together(groups.both, GatheringKind.JOINT_SESSION, f"Evening {number}", "Group", by=groups.sam)
        visitor = as_(groups.sam)
        visitor.get("/gatherings/")
        query_count.clear()
        visitor.get("/gatherings/")
        counts.append(len([one for one in query_count if one.startswith("SELECT")]))
    assert counts[0] == counts[2]
    assert db.session.scalars(select(Gathering.kind)).all() == [GatheringKind.JOINT_SESSION] * 3
    assert {g.workstream.kind for g in db.session.scalars(select(Gathering))} == {Kind.GATHERING}
