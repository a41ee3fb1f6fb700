from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import NoResultFound

from coprod.people.models import Side
from coprod.programmes.models import Rate
from coprod.workstreams import queries
from coprod.workstreams.models import Kind, MembershipState, Role
from tests import factories

pytestmark = pytest.mark.usefixtures("database")
AWAY = [MembershipState.INVITED, MembershipState.THINKING, MembershipState.PAUSED, MembershipState.LEFT]


def test_tables_are_seen_by_who_sits_there_and_by_name_alone_by_admins_p1() -> None:
    sam, ada, stranger = factories.a_professional(), factories.an_admin(), factories.a_professional("Max")
    stream = factories.a_stream(facilitator=sam)

    assert (queries.seen_by(sam), queries.seen_by(ada), queries.seen_by(stranger)) == ([stream], [], [])
    assert (queries.named_to(sam), queries.named_to(ada), queries.named_to(stranger)) == ([stream], [stream], [])
    assert queries.one_seen_by(sam, stream.id) == stream
    assert queries.one_named_to(ada, stream.id) == stream
    for person in (ada, stranger):
        with pytest.raises(NoResultFound):
            queries.one_seen_by(person, stream.id)
    with pytest.raises(NoResultFound):
        queries.one_named_to(stranger, stream.id)


@pytest.mark.parametrize("state", AWAY)
def test_table_is_not_seen_by_who_is_not_at_it_now_p6(state: MembershipState) -> None:
    robin, stream = factories.a_person(), factories.a_stream()
    factories.a_membership(stream, robin, state=state)

    assert (queries.seen_by(robin), queries.named_to(robin), queries.memberships_of(robin)) == ([], [], [])
    with pytest.raises(NoResultFound):
        queries.one_seen_by(robin, stream.id)
    assert len(queries.invitations_of(robin)) == (state != MembershipState.LEFT)


def test_steering_group_of_a_programme_is_found() -> None:
    programme = factories.a_programme()
    factories.a_stream(programme)
    assert queries.steering_group_of(programme) is None
    group = factories.a_steering_group(programme, chair=factories.a_professional("Lee"))
    assert queries.steering_group_of(programme) == group
    assert (group.kind, group.memberships[0].role) == (Kind.STEERING, Role.CHAIR)


def test_memberships_are_asked_for_once_in_a_request(app: Flask, query_count: list[str]) -> None:
    robin, programme = factories.a_person(), factories.a_programme()
    for name in ("Legal", "Mapping"):
        factories.a_stream(programme, name, members=[robin])

    with app.test_request_context("/", base_url="http://localhost"):
        first = queries.memberships_of(robin)
        query_count.clear()
        again = queries.memberships_of(robin)
        said = [(place.workstream.name, place.workstream.programme.name) for place in again]

    assert (first is again, query_count) == (True, [])
    assert said == [("Legal", "Born into Care"), ("Mapping", "Born into Care")]
    assert queries.memberships_of(robin) is not queries.memberships_of(robin)


def test_memberships_of_two_people_are_not_mixed_up(app: Flask) -> None:
    robin, kit = factories.a_person(), factories.a_person("Kit")
    factories.a_stream(members=[robin])
    with app.test_request_context("/", base_url="http://localhost"):
        assert [len(queries.memberships_of(person)) for person in (robin, kit, robin)] == [1, 0, 1]


def test_place_is_found_for_its_person_for_the_table_and_for_admins() -> None:
    robin, sam, ada = factories.a_person(), factories.a_professional(), factories.an_admin()
    stream = factories.a_stream(facilitator=sam)
    place = factories.a_membership(stream, robin, state=MembershipState.INVITED)

    assert [queries.one_place(person, place.id) for person in (robin, sam, ada)] == [place] * 3
    assert queries.own_place(robin, place.id) == place
    assert queries.place_of(robin.id, stream) == place
    with pytest.raises(NoResultFound):
        queries.one_place(factories.a_professional("Max"), place.id)
    for person in (sam, ada):
        with pytest.raises(NoResultFound):
            queries.own_place(person, place.id)
    with pytest.raises(NoResultFound):
        queries.place_of(uuid4(), stream)


def test_admin_is_shown_everybody_with_an_account_and_no_place_here() -> None:
    sam, robin, kit, ada = (
        factories.a_professional(),
        factories.a_person(),
        factories.a_person("Kit"),
        factories.an_admin(),
    )
    factories.a_person("Gone", active=False)
    stream = factories.a_stream(facilitator=sam)
    factories.a_membership(stream, kit, state=MembershipState.LEFT)
    factories.a_person("Jo", Side.SUPPORTER)
    assert queries.not_at(stream, ada) == [ada, robin]


def test_facilitator_is_shown_only_people_she_shares_a_table_with_p2() -> None:
    sam, robin = factories.a_professional(), factories.a_person()
    factories.a_person("Stranger")
    stream = factories.a_stream(facilitator=sam)
    factories.a_stream(stream.programme, "Legal", facilitator=sam, members=[robin])
    assert queries.not_at(stream, sam) == [robin]


def test_name_is_taken_within_its_programme() -> None:
    stream = factories.a_stream(name="Legal")
    assert queries.is_taken(stream.programme, "Legal")
    assert not queries.is_taken(stream.programme, "Mapping")
    assert not queries.is_taken(factories.a_programme("Another"), "Legal")


@pytest.mark.parametrize("of", ["seen_by", "named_to", "memberships_of", "invitations_of"])
def test_lists_cost_the_same_with_one_and_three_rows(query_count: list[str], of: str) -> None:
    robin, programme = factories.a_person(is_admin=True), factories.a_programme()
    state = MembershipState.INVITED if of == "invitations_of" else MembershipState.JOINED

    def cost() -> int:
        query_count.clear()
        for found in getattr(queries, of)(robin):
            _ = getattr(found, "workstream", found).name
        return len(query_count)

    factories.a_membership(factories.a_stream(programme, "1"), robin, state=state)
    one = cost()
    for name in ("2", "3"):
        factories.a_membership(factories.a_stream(programme, name), robin, state=state)
    assert cost() == one


def test_who_wants_a_call_is_listed_to_who_runs_her_table() -> None:
    sam, dana, robin = factories.a_professional(), factories.a_professional("Dana"), factories.a_person()
    stream = factories.a_stream(facilitator=sam, members=[dana])
    place = factories.a_membership(stream, robin, state=MembershipState.THINKING)
    assert queries.to_ring(sam) == []
    place.wants_a_call = True
    assert (queries.to_ring(sam), queries.to_ring(dana), queries.to_ring(robin)) == ([place], [], [])


def test_newest_rate_that_has_begun_counts() -> None:
    days = {"A meeting": (date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)), "Reading": (date(2026, 1, 1),)}
    for what, begun in days.items():
        factories.keep(*(Rate(what=what, pence=1000 + n, valid_from=day) for n, day in enumerate(begun)))
    assert [(rate.what, rate.pence) for rate in queries.rates_on(date(2025, 11, 17))] == [("A meeting", 1001)]
