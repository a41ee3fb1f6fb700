import pytest
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.interests import queries, services
from coprod.interests.models import Interest, Whose
from coprod.messages.models import Reach
from coprod.people.models import Person
from coprod.workstreams.models import Membership, Seat
from tests import factories

pytestmark = pytest.mark.usefixtures("database")


def told(name: str = "Bird", contact: str = "07700 900123", *, is_safe: bool = True) -> Interest:
    return services.tell(name, contact, Whose.PARENT, is_safe=is_safe)


def test_wish_is_kept_once_and_written_down_without_a_name() -> None:
    assert told() is told()
    line = db.session.scalars(select(Entry)).one()
    assert (line.verb, line.by_id) == ("told us they would like to join", None)
    assert len(db.session.scalars(select(Interest)).all()) == 1


def test_inviting_makes_account_and_place_and_lets_go_of_what_was_told() -> None:
    ada, stream = factories.an_admin(), factories.a_stream()
    wish = told(is_safe=False)

    person = services.invite(wish, stream, Seat.MOTHER, by=ada)

    place = db.session.scalars(select(Membership)).one()
    assert (person.alias, person.phone, place.state, place.seat) == ("Bird", "+447700900123", "invited", Seat.MOTHER)
    assert (wish.state, wish.name, wish.contact, wish.person, wish.workstream) == ("invited", "", "", person, stream)
    assert db.session.scalars(select(Reach.phone_is_safe)).one() is False


def test_address_becomes_the_accounts_address() -> None:
    person = services.invite(
        told(contact="bird@example.org"), factories.a_stream(), Seat.CARER, by=factories.an_admin()
    )
    assert (person.email, person.phone, db.session.scalars(select(Reach)).all()) == ("bird@example.org", None, [])


def test_inviting_is_for_admins_and_marking_for_facilitators() -> None:
    sam = factories.a_professional()
    stream, wish = factories.a_stream(facilitator=sam), told()
    with pytest.raises(Refused, match="Only a programme admin"):
        services.invite(wish, stream, Seat.MOTHER, by=sam)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.mark_for(wish, stream, by=factories.a_professional("Dana"))
    services.mark_for(wish, stream, by=sam)
    assert (wish.workstream, wish.state) == (stream, "waiting")


def test_closing_lets_go_of_who_it_was() -> None:
    sam, wish = factories.a_professional(), told()
    services.close(wish, by=sam)
    assert (wish.state, wish.name, wish.contact) == ("closed", "", "")
    with pytest.raises(Refused, match="It is closed"):
        services.close(wish, by=sam)


def test_list_is_there_for_who_rings_them_alone_p2() -> None:
    ada, sam, dana, robin = (
        factories.an_admin(),
        factories.a_professional(),
        factories.a_professional("Dana"),
        factories.a_person(),
    )
    stream = factories.a_stream(facilitator=sam, members=[dana, robin])
    stream.open_seats = {"mother": 1}
    wish = told()
    assert [queries.waiting(person) for person in (ada, sam, dana, robin)] == [[wish], [wish], [], []]
    assert [queries.tables_for(person) for person in (ada, sam, dana)] == [[stream], [stream], []]
    assert queries.with_open_seats() == [stream]


def test_who_is_thought_of_for_one_table_is_read_by_those_who_run_it_alone_p2() -> None:
    sam, noor, ada = factories.a_professional("Sam"), factories.a_professional("Noor"), factories.an_admin()
    stream, wish = factories.a_stream(facilitator=sam), told()
    factories.a_stream(stream.programme, "Legal", facilitator=noor)
    assert [queries.waiting(one) for one in (sam, noor, ada)] == [[wish]] * 3
    services.mark_for(wish, stream, by=sam)
    assert [queries.waiting(one) for one in (sam, noor, ada)] == [[wish], [], [wish]]
    with pytest.raises(NoResultFound):
        queries.one_waiting(noor, wish.id)


def test_longest_waiting_comes_first_at_the_cost_of_one(clock, query_count: list[str]) -> None:
    ada = factories.an_admin()
    first = told("Ash")

    def cost() -> int:
        query_count.clear()
        assert all(wish.workstream is None for wish in queries.waiting(ada))
        return len(query_count)

    one = cost()
    clock(2025, 11, 20, 9, 0)
    told("Bo"), told("Cy")
    assert cost() == one
    assert queries.waiting(ada)[0] is first
    assert isinstance(ada, Person)
