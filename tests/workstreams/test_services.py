import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person
from coprod.workstreams import services
from coprod.workstreams.models import CaseCheck, Kind, Membership, MembershipState, Role, Seat
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def journal() -> list[tuple[str, str, str, str]]:
    entries = db.session.scalars(select(Entry)).all()
    return [(entry.verb, entry.subject, entry.before, entry.after) for entry in entries]


def test_create_proposes_a_table_that_begins_this_month() -> None:
    ada, programme = factories.an_admin(), factories.a_programme()

    stream = services.create(programme, "Legal", Kind.STREAM, by=ada, purpose="In court", open_ended=True)

    assert (stream.state, stream.purpose, stream.open_ended) == ("proposed", "In court", True)
    assert [(run.number, run.began) for run in stream.runs] == [(1, "2025-11")]
    assert journal() == [("proposed", "workstream", "", "")]


def test_create_is_refused_to_others_than_admins() -> None:
    with pytest.raises(Refused, match="Only a programme admin"):
        services.create(factories.a_programme(), "Legal", by=factories.a_professional())


def test_move_stream_moves_and_writes_it_down() -> None:
    stream = factories.a_stream()
    services.move_stream(stream, "paused", by=factories.an_admin())
    assert stream.state == "paused"
    assert journal() == [("paused", "workstream", "active", "paused")]


def test_invite_gives_a_place_and_writes_it_down() -> None:
    sam, robin = factories.a_professional(), factories.a_person()
    stream = factories.a_stream(facilitator=sam)

    place = services.invite(stream, robin, Seat.FATHER, by=sam)

    assert (place.state, place.seat, place.role) == ("invited", Seat.FATHER, Role.MEMBER)
    assert journal() == [("invited", "membership", "", "")]


def test_invite_is_refused_twice_and_to_a_member() -> None:
    sam, dana, robin = factories.a_professional(), factories.a_professional("Dana"), factories.a_person()
    stream = factories.a_stream(facilitator=sam, members=[dana])
    services.invite(stream, robin, Seat.MOTHER, by=sam)

    with pytest.raises(Refused, match="has a place here already"):
        services.invite(stream, robin, Seat.MOTHER, by=sam)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.invite(stream, factories.a_person("Kit"), Seat.MOTHER, by=dana)


def test_confirming_stores_a_pair_for_each_member_here_or_coming_once() -> None:
    ada, sam = factories.an_admin(), factories.a_professional()
    robin, kit, ash = (factories.a_person(alias) for alias in ("Robin", "Kit", "Ash"))
    stream = factories.a_stream(facilitator=sam, members=[robin])
    factories.a_membership(stream, kit, state=MembershipState.THINKING)
    factories.a_membership(stream, ash, state=MembershipState.LEFT)

    services.confirm_no_family_case(stream, sam, by=ada)
    services.confirm_no_family_case(stream, sam, by=ada)

    pairs = db.session.scalars(select(CaseCheck)).all()
    assert {(pair.professional_id, pair.lived_id) for pair in pairs} == {(sam.id, robin.id), (sam.id, kit.id)}
    assert len(pairs) == 2
    assert journal()[0] == ("own-case check confirmed", "membership", "", "")


def test_confirming_is_refused_to_a_member_and_to_oneself() -> None:
    sam, dana = factories.a_professional(), factories.a_professional("Dana")
    stream = factories.a_stream(facilitator=sam, members=[dana, factories.a_person()])
    with pytest.raises(Refused, match="Only a facilitator"):
        services.confirm_no_family_case(stream, sam, by=dana)
    with pytest.raises(Refused, match="Somebody else confirms this"):
        services.confirm_no_family_case(stream, sam, by=sam)
    assert db.session.scalars(select(CaseCheck)).all() == []


def test_a_group_comes_together_without_anybody_waiting_for_ever_rule_2() -> None:
    ada, sam, dana = factories.an_admin(), factories.a_professional(), factories.a_professional("Dana")
    robin, kit = factories.a_person(), factories.a_person("Kit")
    stream = factories.a_stream()
    runs_it = services.invite(stream, sam, Seat.TEAM, Role.FACILITATOR, by=ada)
    services.move(runs_it, "joined", by=sam)

    first = services.invite(stream, robin, Seat.MOTHER, by=sam)
    _refused(first, robin)
    services.confirm_no_family_case(stream, sam, by=ada)
    services.move(first, "joined", by=robin)

    midwife = services.invite(stream, dana, Seat.MIDWIFE, by=sam)
    _refused(midwife, dana)
    services.confirm_no_family_case(stream, dana, by=sam)
    services.move(midwife, "joined", by=dana)

    second = services.invite(stream, kit, Seat.FATHER, by=sam)
    services.confirm_no_family_case(stream, dana, by=sam)
    _refused(second, kit)
    services.confirm_no_family_case(stream, sam, by=ada)
    services.move(second, "joined", by=kit)

    assert {place.state for place in (runs_it, first, midwife, second)} == {MembershipState.JOINED}


def _refused(place: Membership, person: Person) -> None:
    with pytest.raises(Refused, match="Waiting for a check"):
        services.move(place, "joined", by=person)


def test_move_reads_afresh_who_is_here() -> None:
    """A page that was read before somebody joined does not let a person past the check."""
    robin, sam = factories.a_person(), factories.a_professional()
    stream = factories.a_stream()
    place = services.invite(stream, robin, Seat.MOTHER, by=factories.an_admin())
    assert len(stream.memberships) == 1
    joined = Membership(workstream_id=stream.id, person_id=sam.id, seat=Seat.TEAM, state=MembershipState.JOINED)
    factories.keep(joined)

    _refused(place, robin)


def test_move_writes_it_down_without_a_reason_p6() -> None:
    robin = factories.a_person()
    place = factories.a_membership(factories.a_stream(), robin)
    services.move(place, "left", by=robin)
    assert journal() == [("left", "membership", "joined", "left")]


def test_move_by_somebody_else_is_refused() -> None:
    robin, ada = factories.a_person(), factories.an_admin()
    place = factories.a_membership(factories.a_stream(), robin)
    with pytest.raises(Refused, match="Only the person themself"):
        services.move(place, "left", by=ada)
    with pytest.raises(Refused, match="There is no such step"):
        services.move(place, "thrown out", by=ada)


def test_call_gives_a_table_its_neutral_name() -> None:
    stream = factories.a_stream()
    services.call(stream, "Tuesday group", by=factories.an_admin())
    assert (stream.neutral_name, journal()) == ("Tuesday group", [("given a neutral name", "workstream", "", "")])
    with pytest.raises(Refused, match="Only a programme admin"):
        services.call(stream, "Monday group", by=factories.a_professional())


def test_call_gives_a_neutral_name_and_is_for_admins() -> None:
    stream = factories.a_stream()
    services.call(stream, "Tuesday group", by=factories.an_admin())
    assert (stream.neutral_name, journal()) == ("Tuesday group", [("given a neutral name", "workstream", "", "")])
    with pytest.raises(Refused, match="Only a programme admin"):
        services.call(stream, "Friday group", by=factories.a_professional())
