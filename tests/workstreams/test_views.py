import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import current_app
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.core.once import Once
from coprod.messages.models import Message
from coprod.messages.rules import names_nothing
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.sealing import real_now
from coprod.workstreams import services
from coprod.workstreams.models import (
    CaseCheck,
    Membership,
    MembershipState,
    Role,
    Seat,
    SeparationRequest,
    Words,
    Workstream,
)
from tests import factories

As = Callable[..., FlaskClient]


@pytest.fixture
def ada(database: None) -> Person:
    return factories.an_admin()


@pytest.fixture
def sam(database: None) -> Person:
    return factories.a_professional("Sam")


@pytest.fixture
def dana(database: None) -> Person:
    return factories.a_professional("Dana")


@pytest.fixture
def robin(database: None) -> Person:
    return factories.a_person("Robin")


@pytest.fixture
def stream(sam: Person) -> Workstream:
    return factories.a_stream(facilitator=sam)


def place_of(person: Person, stream: Workstream) -> Membership:
    wanted = select(Membership).where(Membership.person_id == person.id, Membership.workstream_id == stream.id)
    return db.session.scalars(wanted).one()


# --- Who sees which table (P1, P2).


def test_index_shows_an_admin_every_group_by_name_and_a_professional_only_her_own(
    as_: As, ada: Person, sam: Person, dana: Person, stream: Workstream
) -> None:
    stream.purpose = "Words of the group"
    factories.a_stream(stream.programme, "Legal", facilitator=dana)

    for_admin, for_sam = as_(ada).get("/workstreams/").text, as_(sam).get("/workstreams/").text

    assert ("Practice models" in for_admin, "Legal" in for_admin) == (True, True)
    assert ("Practice models" in for_sam, "Legal" in for_sam) == (True, False)
    assert "Words of the group" not in for_admin


def test_index_leads_those_who_look_after_a_group_once_to_each_page(
    as_: As, ada: Person, sam: Person, dana: Person, stream: Workstream
) -> None:
    pages = {person.alias: as_(person).get("/workstreams/").text for person in (ada, sam, dana)}
    ways = ('href="/gatherings/"', 'href="/templates/"', 'href="/workstreams/new"')
    assert {alias: [page.count(way) for way in ways] for alias, page in pages.items()} == {
        ada.alias: [1, 1, 1],
        sam.alias: [1, 1, 0],
        dana.alias: [0, 0, 0],
    }


def test_index_of_somebody_in_no_group_says_so(as_: As, dana: Person, stream: Workstream) -> None:
    assert "No group yet" in as_(dana).get("/workstreams/").text


def test_index_leads_a_member_to_her_own_pages(as_: As, robin: Person) -> None:
    assert as_(robin).get("/workstreams/").location == "/groups/"


def test_show_is_not_there_for_who_does_not_sit_there(as_: As, dana: Person, stream: Workstream) -> None:
    assert as_(dana).get(f"/workstreams/{stream.id}").status_code == 404


def test_show_tells_a_professional_who_sits_there_and_not_who_is_still_coming_p3(
    as_: As, dana: Person, robin: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, dana)
    factories.a_membership(stream, robin, state=MembershipState.INVITED)

    page = as_(dana).get(f"/workstreams/{stream.id}").text

    assert ("Sam" in page, "Dana" in page, "Robin" in page) == (True, True, False)
    assert "Waiting for a check" not in page


def test_show_offers_an_admin_no_door_to_what_goes_on_there_p1(
    as_: As, ada: Person, sam: Person, stream: Workstream
) -> None:
    door = f"/workstreams/{stream.id}/agreement"
    assert (door in as_(ada).get(f"/workstreams/{stream.id}").text) is False
    assert (door in as_(sam).get(f"/workstreams/{stream.id}").text) is True


def test_show_of_an_empty_group_says_what_to_do(as_: As, ada: Person) -> None:
    empty = factories.a_stream(name="Legal")
    assert "Nobody sits here yet" in as_(ada).get(f"/workstreams/{empty.id}").text


def test_show_says_when_the_record_dates_it(as_: As, ada: Person, stream: Workstream) -> None:
    made = services.create(stream.programme, "Legal", by=ada, open_ended=True)
    made.runs[0].until = "2026-02"
    assert "November 2025 to February 2026" in as_(ada).get(f"/workstreams/{made.id}").text
    made.runs[0].until = ""
    assert "November 2025, no end yet" in as_(ada).get(f"/workstreams/{made.id}").text


def test_show_leads_a_member_to_her_group_page(as_: As, robin: Person, stream: Workstream) -> None:
    factories.a_membership(stream, robin)
    assert as_(robin).get(f"/workstreams/{stream.id}").location == f"/groups/{stream.id}"


def test_show_lets_a_member_who_runs_the_group_keep_it(as_: As, robin: Person, stream: Workstream) -> None:
    factories.a_membership(stream, robin, Role.FACILITATOR)
    assert "Invite somebody" in as_(robin).get(f"/workstreams/{stream.id}").text


@pytest.mark.parametrize("address", ["/workstreams/", "/workstreams/{key}", "/groups/{key}", "/groups/"])
def test_pages_cost_the_same_with_one_and_three_rows(
    as_: As, ada: Person, robin: Person, query_count: list[str], address: str
) -> None:
    programme = factories.a_programme()
    sam = factories.a_professional("Sam")

    def fill(n: int) -> Workstream:
        stream = factories.a_stream(programme, f"Group {n}", facilitator=sam, members=[robin])
        factories.a_membership(stream, factories.a_professional(f"New {n}"), state=MembershipState.INVITED)
        return stream

    def cost(person: Person) -> int:
        visitor = as_(person)
        query_count.clear()
        assert visitor.get(address.format(key=first.id)).status_code == 200
        return len(query_count)

    first = fill(1)
    reader = robin if "groups" in address else ada
    one = cost(reader)
    fill(2)
    fill(3)
    for n in (4, 5):
        factories.a_membership(first, factories.a_person(f"Parent {n}"))
        factories.a_membership(first, factories.a_professional(f"Worker {n}"), state=MembershipState.INVITED)

    assert cost(reader) == one


# --- A new table and its life.


def test_new_group_is_proposed_by_an_admin(as_: As, ada: Person) -> None:
    factories.a_programme()
    typed = {"name": "Recurrent care", "kind": "workstream", "neutral_name": "Tuesday group", "purpose": "Support"}

    assert "Propose a group" in as_(ada).get("/workstreams/new").text
    answer = as_(ada).post("/workstreams/new", data=typed)

    made = db.session.scalars(select(Workstream)).one()
    assert (made.name, made.state, made.neutral_name) == ("Recurrent care", "proposed", "Tuesday group")
    assert answer.location == f"/workstreams/{made.id}"


def test_new_group_is_not_for_others_to_propose(as_: As, sam: Person, stream: Workstream) -> None:
    assert as_(sam).get("/workstreams/new").status_code == 403
    assert as_(sam).post("/workstreams/new", data={"name": "X"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Give it a name."),
        ({"name": "Practice models"}, "Something here has this name already."),
        ({"neutral_name": "Babies group"}, "Leave out “Babies”."),
        ({"neutral_name": ""}, "Give it a name for members’ pages."),
        ({"purpose": "word " * 61}, "Use 60 words at most."),
        ({"kind": "committee"}, "Choose one of these."),
    ],
)
def test_new_group_asks_again_and_keeps_what_was_typed(
    as_: As, ada: Person, stream: Workstream, typed: dict[str, str], said: str
) -> None:
    given = {"name": "Recurrent care", "kind": "workstream", "neutral_name": "Tuesday", "purpose": "Kept words"} | typed

    answer = as_(ada).post("/workstreams/new", data=given)

    assert answer.status_code == 422
    assert said in answer.text
    assert given["purpose"].strip() in answer.text
    assert len(db.session.scalars(select(Workstream)).all()) == 1


def test_new_group_needs_a_programme(as_: As, ada: Person) -> None:
    answer = as_(ada).post("/workstreams/new", data={"name": "X"})
    assert (answer.status_code, "Bring the public record in first" in answer.text) == (403, True)


def test_group_is_moved_on_by_an_admin_and_not_by_a_facilitator(
    as_: As, ada: Person, sam: Person, stream: Workstream
) -> None:
    refused = as_(sam).post(f"/workstreams/{stream.id}/moves", data={"name": "closed"})
    as_(ada).post(f"/workstreams/{stream.id}/moves", data={"name": "closed"})

    assert (refused.status_code, stream.state) == (403, "closed")
    assert as_(ada).post(f"/workstreams/{stream.id}/moves").status_code == 403


# --- Inviting.


def _meet(stream: Workstream, sam: Person, *people: Person) -> None:
    """Seat them at another of Sam's tables, or she would not be shown them (P2)."""
    factories.a_stream(stream.programme, "Legal", facilitator=sam, members=people)


def test_invitation_is_sent_by_the_facilitator(as_: As, sam: Person, robin: Person, stream: Workstream) -> None:
    _meet(stream, sam, robin)
    page = as_(sam).get(f"/workstreams/{stream.id}/people/new").text
    answer = as_(sam).post(
        f"/workstreams/{stream.id}/people/new",
        data={"person": str(robin.id), "seat": "mother", "role": "member"},
    )

    assert ("Robin (lived experience)" in page, "Sam (professional)" in page) == (True, False)
    assert answer.location == f"/workstreams/{stream.id}"
    assert (place_of(robin, stream).state, place_of(robin, stream).seat) == ("invited", Seat.MOTHER)


def test_invitation_page_shows_aliases_and_no_contact(as_: As, sam: Person, stream: Workstream) -> None:
    _meet(stream, sam, factories.a_person("Kit", email="kit@example.org", phone="+441632960001"))
    page = as_(sam).get(f"/workstreams/{stream.id}/people/new").text
    assert ("Kit" in page, "example.org" in page, "960001" in page) == (True, False, False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"person": ""}, "Choose who to invite."),
        ({"person": "nobody"}, "Choose who to invite."),
        ({"seat": ""}, "Choose a seat."),
        ({"seat": "senior leader"}, "This seat is not on Robin’s side of the table."),
        ({"seat": "throne"}, "Choose one of these."),
        ({"role": "chair"}, "Choose one of these."),
        ({"role": "facilitator"}, "Choose one of these."),
    ],
)
def test_invitation_asks_again(
    as_: As, sam: Person, robin: Person, stream: Workstream, typed: dict[str, str], said: str
) -> None:
    _meet(stream, sam, robin)
    given = {"person": str(robin.id), "seat": "mother", "role": "member"} | typed

    answer = as_(sam).post(f"/workstreams/{stream.id}/people/new", data=given)

    assert answer.status_code == 422
    assert said in answer.text
    assert not db.session.scalars(select(Membership).where(Membership.state == "invited")).all()


def test_invitation_by_a_member_is_refused(as_: As, dana: Person, stream: Workstream) -> None:
    factories.a_membership(stream, dana)
    assert as_(dana).get(f"/workstreams/{stream.id}/people/new").status_code == 403
    assert as_(dana).post(f"/workstreams/{stream.id}/people/new").status_code == 403


# --- The own-case check (domain rule 2).


def test_check_is_confirmed_with_one_button(
    as_: As, ada: Person, sam: Person, robin: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, robin, state=MembershipState.INVITED)
    address, visitor = f"/workstreams/{stream.id}/checks", as_(ada)
    page = visitor.get(address).text

    answer = visitor.post(address, data={"person": str(sam.id)})

    assert "I asked. Sam works on no family’s case here" in page
    assert answer.location == address
    check = db.session.scalars(select(CaseCheck)).one()
    assert (check.professional_id, check.lived_id, check.confirmed_by_id) == (sam.id, robin.id, ada.id)
    assert "I asked." not in visitor.get(address).text


def test_check_is_not_confirmed_for_oneself(as_: As, sam: Person, robin: Person, stream: Workstream) -> None:
    factories.a_membership(stream, robin, state=MembershipState.INVITED)

    answer = as_(sam).post(f"/workstreams/{stream.id}/checks", data={"person": str(sam.id)})

    assert (answer.status_code, "Somebody else confirms this for you." in answer.text) == (403, True)
    assert db.session.scalars(select(CaseCheck)).all() == []


@pytest.mark.parametrize("who", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_check_of_nobody_is_not_there(as_: As, ada: Person, stream: Workstream, who: str) -> None:
    assert as_(ada).post(f"/workstreams/{stream.id}/checks", data={"person": who}).status_code == 404


# --- A person's own place.


def test_member_says_yes_once_and_joins_when_both_checks_are_through(
    as_: As, ada: Person, sam: Person, robin: Person, stream: Workstream
) -> None:
    place = factories.a_membership(stream, robin, state=MembershipState.INVITED)
    address, visitor = f"/places/{place.id}", as_(robin)

    before = visitor.get(address).text
    answer = visitor.post(f"{address}/moves", data={"name": "joined"})
    after, listed = visitor.get(address).text, visitor.get("/groups/").text
    factories.looked_at(place)
    services.confirm_no_family_case(stream, sam, by=ada)
    services.settle_places()

    assert ("Waiting for a check" in before, ">Yes<" in before, "Maybe, ring me" in before) == (False, True, True)
    assert (answer.location, visitor.get(f"{address}/done").status_code) == (f"{address}/name", 200)
    assert ("Waiting for a check" in after, ">Yes<" in after, "No thanks" in after) == (True, False, True)
    assert "You said yes." in listed
    assert place.state == "joined"


def test_member_is_asked_her_name_the_first_time_only(as_: As, robin: Person) -> None:
    stream = factories.a_stream()
    place = factories.looked_at(factories.a_membership(stream, robin, state=MembershipState.INVITED))
    visitor = as_(robin)
    factories.a_stream(stream.programme, "Legal", members=[robin])

    answer = visitor.post(f"/places/{place.id}/moves", data={"name": "joined"})

    assert (answer.location, place.state) == (f"/places/{place.id}/done", "joined")
    assert "You are in the group." in visitor.get(f"/places/{place.id}/done").text


def test_member_takes_a_break_and_comes_back(as_: As, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    place, visitor = place_of(robin, stream), as_(robin)

    assert "Take a break" in visitor.get(f"/places/{place.id}").text
    assert visitor.post(f"/places/{place.id}/moves", data={"name": "paused"}).location == "/groups/"
    assert "Do you want to come back?" in visitor.get(f"/places/{place.id}").text
    assert visitor.get(f"/groups/{stream.id}").status_code == 404
    visitor.post(f"/places/{place.id}/moves", data={"name": "joined"})
    assert place.state == "joined"


# --- Leaving (journey 10).


def test_member_leaves_in_two_screens_without_a_reason_and_is_signed_out(as_: As, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    place, visitor = place_of(robin, stream), as_(robin)

    page = visitor.get(f"/places/{place.id}/leave").text
    again = visitor.post(f"/places/{place.id}/leave", data={"words": "nothing"})
    answer = visitor.post(f"/places/{place.id}/leave", data={"words": "take out what you can"})

    assert ("What about things you said?" in page, "<textarea" in page, 'type="text"' in page) == (True, False, False)
    assert (again.status_code, "What about things you said?" in again.text) == (422, True)
    assert (answer.location, place.state, place.words) == ("/that-is-fine", "left", Words.TAKE_OUT)
    assert "Text BACK any time" in visitor.get("/that-is-fine").text
    assert visitor.get("/groups/").location == "/sign-in"


def test_who_leaves_one_of_two_groups_stays_signed_in_here_and_nowhere_else(as_: As, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    factories.a_stream(stream.programme, "Legal", members=[robin])
    place, here, elsewhere = place_of(robin, stream), as_(robin), as_(robin)

    answer = here.post(f"/places/{place.id}/leave", data={"words": "keep without my name"})

    assert (answer.location, "That is fine." in here.get("/groups/").text) == ("/groups/", True)
    assert elsewhere.get("/groups/").location == "/sign-in"
    assert "You can come back." in here.get(f"/places/{place.id}").text
    assert here.get(f"/places/{place.id}/leave").status_code == 403


def test_professional_who_leaves_is_shown_the_same(as_: As, dana: Person, ada: Person) -> None:
    stream = factories.a_stream(members=[dana, ada])
    for person, led in ((dana, "/that-is-fine"), (ada, "/workstreams/")):
        answer = as_(person).post(
            f"/places/{place_of(person, stream).id}/leave", data={"words": "keep without my name"}
        )
        assert (answer.location, place_of(person, stream).state) == (led, "left")


def test_others_see_only_that_somebody_is_not_in_the_group_now(
    as_: As, sam: Person, dana: Person, robin: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, dana)
    place = factories.a_membership(stream, robin)
    services.leave(place, Words.TAKE_OUT, by=robin)

    kept = as_(sam).get(f"/workstreams/{stream.id}").text

    assert ("Not in the group now" in kept, "take out" in kept, "17 November" in kept) == (True, False, False)
    assert "Robin" not in as_(dana).get(f"/workstreams/{stream.id}").text


def test_place_is_nobody_elses_to_see_or_move(as_: As, ada: Person, dana: Person, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    place = place_of(robin, stream)

    assert as_(dana).get(f"/places/{place.id}").status_code == 404
    assert as_(ada).get(f"/places/{place.id}").status_code == 404
    assert as_(dana).post(f"/places/{place.id}/moves", data={"name": "left"}).status_code == 404
    assert as_(ada).post(f"/places/{place.id}/moves", data={"name": "left"}).status_code == 403
    assert place.state == "joined"


def test_facilitator_invites_again_who_has_left(as_: As, sam: Person, robin: Person, stream: Workstream) -> None:
    place = factories.a_membership(stream, robin, state=MembershipState.LEFT)
    page = as_(sam).get(f"/workstreams/{stream.id}").text

    answer = as_(sam).post(f"/places/{place.id}/moves", data={"name": "invited again"})

    assert ("Not in the group now" in page, "Invite again" in page) == (True, True)
    assert (answer.location, place.state) == (f"/workstreams/{stream.id}", "invited")


def test_professional_answers_on_the_list_of_groups_and_waits_in_the_same_words_p3(
    as_: As, dana: Person, stream: Workstream
) -> None:
    place = factories.a_membership(stream, dana, state=MembershipState.INVITED)
    visitor = as_(dana)

    page = visitor.get("/workstreams/").text
    answer = visitor.post(f"/places/{place.id}/moves", data={"name": "joined"})
    after = visitor.get("/workstreams/").text

    assert ("Waiting for your word" in page, "Yes" in page) == (True, True)
    assert (answer.location, place.state, place.said_yes) == ("/workstreams/", "invited", True)
    assert ("Waiting for a check" in after, ">Yes<" in after) == (True, False)


def test_professional_says_no_from_the_list(as_: As, dana: Person, stream: Workstream) -> None:
    place = factories.a_membership(stream, dana, state=MembershipState.INVITED)
    answer = as_(dana).post(f"/places/{place.id}/moves", data={"name": "left"})
    assert (answer.location, place.state) == ("/that-is-fine", "left")


def test_group_shows_a_member_who_is_there_by_role_and_alias(
    as_: As, sam: Person, robin: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, robin)
    stream.purpose, stream.neutral_name = "Learn from elsewhere", "Tuesday group"

    page = as_(robin).get(f"/groups/{stream.id}").text

    assert ("Robin (you)" in page, "Sam" in page, "Facilitator" in page) == (True, True, True)
    assert ("Tuesday group" in page, "Practice models" in page) == (True, False)


def test_group_is_not_there_for_who_does_not_sit_there(as_: As, ada: Person, stream: Workstream) -> None:
    assert as_(ada).get(f"/groups/{stream.id}").status_code == 404


def test_groups_of_a_member_name_no_programme_p1(as_: As, robin: Person, stream: Workstream) -> None:
    factories.a_membership(stream, robin, state=MembershipState.THINKING)
    page = as_(robin).get("/groups/").text
    assert ("Your group" in page, "Practice models" in page) == (True, False)


# --- The separation check (P3).


def _a_request(robin: Person, words: str = "Kim from the clinic") -> None:
    services.ask_apart(robin, words, by=robin)
    db.session.flush()


def _bare(page: str) -> str:
    """Leave out what is new on every page: its one-time key and its token."""
    return re.sub(r'value="[0-9a-f]{8}-[0-9a-f-]{27}"|name="csrf_token" [^>]*', "", page)


def test_pages_of_the_inviter_are_the_same_whether_or_not_anybody_asked_p3(
    as_: As, sam: Person, robin: Person, dana: Person, stream: Workstream, query_count: list[str]
) -> None:
    factories.a_membership(stream, robin)
    place = services.invite(stream, dana, Seat.HEALTH, by=sam)
    addresses = ("", "/checks", "/people/new", "/moves")
    visitor, guest = as_(sam), as_(dana)

    def read() -> list[tuple[str, int]]:
        pages = [f"/workstreams/{stream.id}{end}" for end in addresses]
        found = []
        for who, address in [*((visitor, page) for page in pages), (guest, f"/places/{place.id}"), (guest, "/")]:
            query_count.clear()
            found.append((_bare(who.get(address).text), len(query_count)))
        return found

    before = read()
    _a_request(robin)
    after = read()
    assert [cost for _, cost in after] == [cost for _, cost in before]
    lines = ("\n".join(page for page, _ in found).splitlines() for found in (before, after))
    assert [(one, other) for one, other in zip(*lines, strict=True) if one != other] == []


def test_check_page_has_one_shape_and_one_cost_with_and_without_requests_p3(
    as_: As, sam: Person, robin: Person, stream: Workstream, query_count: list[str]
) -> None:
    factories.a_membership(stream, robin)
    place = services.invite(stream, factories.a_person("Kit"), Seat.FATHER, by=sam)
    visitor, address = as_(sam), f"/places/{place.id}/check"

    def read() -> tuple[str, int]:
        query_count.clear()
        return _bare(visitor.get(address).text), len(query_count)

    none, cost = read()
    _a_request(robin)
    some, again = read()
    assert cost == again
    assert some.replace("Kim from the clinic", "Nobody was named on the page. Ask in private, too.") == none


def test_check_is_made_once_and_what_was_read_is_closed_with_it_p3(
    as_: As, sam: Person, robin: Person, dana: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, robin)
    _a_request(robin)
    place = services.invite(stream, dana, Seat.HEALTH, by=sam)
    visitor, address = as_(sam), f"/places/{place.id}/check"

    listed = visitor.get(f"/workstreams/{stream.id}/checks").text
    again = visitor.post(address, data={"answer": "kept apart"})
    answer = visitor.post(address, data={"answer": "kept apart", "asked": "y"})
    after = visitor.get(f"/workstreams/{stream.id}/checks").text

    assert ("Look before Wednesday 19 November" in listed, "Kim from" in listed) == (True, False)
    assert (again.status_code, "Ask each of them first." in again.text) == (422, True)
    assert answer.location == f"/workstreams/{stream.id}/checks"
    assert ("It counts from Wednesday 19 November" in after, "apart" in after) == (True, False)
    closed = visitor.get(address)
    assert (closed.status_code, "Kim from" in closed.text) == (403, False)
    assert "Waiting for a check" in visitor.get(f"/workstreams/{stream.id}").text


def test_check_is_for_who_keeps_the_table_and_not_there_for_others(
    as_: As, ada: Person, sam: Person, dana: Person, robin: Person, stream: Workstream
) -> None:
    factories.a_membership(stream, dana)
    place = services.invite(stream, ada, Seat.TEAM, by=ada)
    found = {}
    for person in (ada, sam, dana, robin):
        visitor = as_(person)
        ways = (f"/workstreams/{stream.id}/checks", f"/places/{place.id}/check")
        found[person.alias] = [visitor.get(way).status_code for way in ways]
    assert found == {"Ada": [200, 403], "Sam": [200, 200], "Dana": [403, 403], "Robin": [404, 404]}
    own = as_(ada).get(f"/workstreams/{stream.id}/checks").text
    assert "Somebody else makes the checks while you wait for one." in own
    assert as_(ada).post(f"/places/{place.id}/check", data={"answer": "kept apart", "asked": "y"}).status_code == 403


def test_checks_page_says_when_nothing_waits(as_: As, sam: Person, stream: Workstream) -> None:
    assert "No check waits" in as_(sam).get(f"/workstreams/{stream.id}/checks").text


def test_member_says_in_private_whom_she_cannot_be_in_a_room_with_p3(as_: As, robin: Person, dana: Person) -> None:
    visitor, kit = as_(robin), as_(factories.a_person("Kit"))

    asked = visitor.get("/keep-me-apart").text
    again = visitor.post("/keep-me-apart", data={"words": " "})
    number = visitor.post("/keep-me-apart", data={"words": "NHS 943 476 5919"})
    answer = visitor.post("/keep-me-apart", data={"words": "Kim from the clinic"})
    after = visitor.get("/keep-me-apart").text

    kept = db.session.scalars(select(SeparationRequest)).one()
    assert ("What you told us" in asked, "Kim from the clinic" in after) == (False, True)
    assert (again.status_code, number.status_code, answer.location) == (422, 422, "/keep-me-apart")
    assert db.session.scalars(select(Once)).all() == []
    assert "Kim" not in kit.get("/keep-me-apart").text
    assert kit.post(f"/keep-me-apart/{kept.id}/take-back").status_code == 404
    assert as_(dana).get("/keep-me-apart").status_code == 404
    assert as_(dana).post("/keep-me-apart", data={"words": "X"}).status_code == 404
    visitor.post(f"/keep-me-apart/{kept.id}/take-back")
    assert db.session.scalars(select(SeparationRequest)).all() == []


# --- The first hello, by a link (journey 1).


@pytest.fixture
def asked(robin: Person, stream: Workstream) -> Membership:
    return factories.a_membership(stream, robin, state=MembershipState.INVITED)


@pytest.fixture
def secret(asked: Membership) -> str:
    ends = real_now() + timedelta(7)
    return people.draw_link(asked.person, f"place {asked.id}", ends)


def test_hello_by_a_link_names_nobody_and_writes_nothing_a3(
    client: FlaskClient, asked: Membership, secret: str
) -> None:
    for _ in range(3):
        for end in ("", "/answer"):
            page = client.get(f"/hello/{secret}{end}")
            main = page.text.split("<main")[1].split("</main")[0]
            assert (page.status_code, "Robin" in page.text, "Practice models" in page.text) == (200, False, False)
            assert names_nothing(re.sub(r"<[^>]+>", " ", main))
    assert (asked.state, asked.said_yes, client.get(f"/places/{asked.id}/done").location) == (
        "invited",
        False,
        "/sign-in",
    )


def test_hello_says_what_it_is_and_is_not(client: FlaskClient, secret: str) -> None:
    page = client.get(f"/hello/{secret}").text
    for words in (
        "It is not part of your case.",
        "You decide with us.",
        "Sam.",
        "We meet once a week for about ten weeks.",
        "You are paid for your time. Sam will tell you how much.",
        "It costs you nothing.",
    ):
        assert words in page


def test_yes_by_a_link_is_kept_pressed_twice_or_once(client: FlaskClient, asked: Membership, secret: str) -> None:
    for _ in range(2):
        answer = client.post(f"/hello/{secret}", data={"name": "joined"})
        assert (answer.status_code, answer.location) == (303, f"/places/{asked.id}/name")
    assert (asked.state, asked.said_yes) == ("invited", True)

    assert 'value="Robin"' in client.get(answer.location).text
    named = client.post(answer.location, data={"alias": "Bird"})
    done = client.get(named.location).text

    assert (named.location, asked.person.alias) == (f"/places/{asked.id}/done", "Bird")
    for words in ("Your yes is in.", "Waiting for a check.", "Wednesday 19 November", "Sam rings you"):
        assert words in done
    assert client.post(f"/places/{asked.id}/name", data={"alias": ""}).status_code == 422
    assert client.get("/groups/").status_code == 404
    assert "You said yes." in client.get(f"/hello/{secret}/answer").text


def test_maybe_by_a_link_asks_sam_to_ring(
    client: FlaskClient, as_: As, sam: Person, asked: Membership, secret: str
) -> None:
    client.post(f"/hello/{secret}", data={"name": "thinking"})
    done = client.get(f"/places/{asked.id}/done").text
    kept = as_(sam).get(f"/workstreams/{asked.workstream_id}").text
    answer = as_(sam).post(f"/places/{asked.id}/rang")

    assert "We will ring you." in done
    assert ("Would like a call" in kept, "I rang" in kept) == (True, True)
    assert (answer.location, asked.wants_a_call) == (f"/workstreams/{asked.workstream_id}", False)


def test_no_by_a_link_is_a_full_stop_pressed_twice_or_once(client: FlaskClient, asked: Membership, secret: str) -> None:
    for _ in range(2):
        answer = client.post(f"/hello/{secret}", data={"name": "left"})
        assert (answer.status_code, answer.location) == (303, "/that-is-fine")
    assert (asked.state, client.get(f"/hello/{secret}").status_code) == ("left", 404)
    assert client.post(f"/hello/{secret}", data={"name": "joined"}).status_code == 404


def test_link_answers_nothing_but_yes_maybe_and_no(client: FlaskClient, asked: Membership, secret: str) -> None:
    assert client.post(f"/hello/{secret}", data={"name": "paused"}).status_code == 403
    assert client.get("/hello/unknown").status_code == 404
    asked.state = MembershipState.JOINED
    assert client.get(f"/hello/{secret}").status_code == 404
    assert client.post(f"/hello/{secret}", data={"name": "thinking"}).status_code == 404
    assert asked.state == "joined"


def test_link_opens_no_other_place_a3(client: FlaskClient, robin: Person, asked: Membership, secret: str) -> None:
    other = factories.a_membership(factories.a_stream(asked.workstream.programme, "Legal"), robin)
    client.post(f"/hello/{secret}", data={"name": "joined"})
    assert [client.get(f"/places/{key}/done").status_code for key in (asked.id, other.id)] == [200, 404]
    assert client.get(f"/places/{other.id}").status_code == 404


def test_done_says_soon_when_the_time_to_hear_is_over(as_: As, robin: Person, asked: Membership, monkeypatch) -> None:
    monkeypatch.setitem(current_app.config, "SUPPORT_LINE", "01253 000000")
    asked.asked_on = date(2025, 11, 3)
    visitor = as_(robin)
    visitor.post(f"/places/{asked.id}/moves", data={"name": "joined"})
    done = visitor.get(f"/places/{asked.id}/done").text
    assert ("You hear from us soon." in done, "01253 000000" in done, "Go to your page" in done) == (True, True, True)


def test_card_holder_reads_the_same_hello(as_: As, robin: Person, dana: Person, asked: Membership) -> None:
    visitor = as_(robin)
    assert f'href="/places/{asked.id}/hello"' in visitor.get(f"/places/{asked.id}").text
    assert "It is not part of your case." in visitor.get(f"/places/{asked.id}/hello").text
    assert as_(dana).get(f"/places/{asked.id}/hello").status_code == 404
    asked.state = MembershipState.JOINED
    assert visitor.get(f"/places/{asked.id}/hello").status_code == 404


def test_link_is_sent_with_a_button_by_who_keeps_the_table(
    as_: As, sam: Person, dana: Person, asked: Membership
) -> None:
    factories.a_membership(asked.workstream, dana)
    page = as_(sam).get(f"/workstreams/{asked.workstream_id}").text
    answer = as_(sam).post(f"/places/{asked.id}/link")

    assert "Send the link" in page
    assert answer.location == f"/workstreams/{asked.workstream_id}"
    assert db.session.scalars(select(Message.purpose)).all() == ["place"]
    assert as_(dana).post(f"/places/{asked.id}/link").status_code == 403


# --- Another seat or role.


def test_seat_and_role_are_changed_by_an_admin(as_: As, ada: Person, dana: Person, stream: Workstream) -> None:
    place = factories.a_membership(stream, dana)
    visitor, theirs, address = as_(ada), as_(dana), f"/places/{place.id}/seat"

    page = visitor.get(address).text
    again = visitor.post(address, data={"seat": "mother", "role": "member"})
    answer = visitor.post(address, data={"seat": "health", "role": "facilitator"})

    assert ("Another seat or role" in page, "Mother" in page, again.status_code) == (True, False, 422)
    assert (answer.location, place.seat, place.role) == (f"/workstreams/{stream.id}", Seat.HEALTH, Role.FACILITATOR)
    assert theirs.get("/workstreams/").location == "/sign-in"


def test_seat_is_not_changed_by_a_member_nor_seen_by_a_stranger(
    as_: As, dana: Person, robin: Person, stream: Workstream
) -> None:
    place = factories.a_membership(stream, dana)
    answers = [as_(person).get(f"/places/{place.id}/seat").status_code for person in (dana, robin)]
    assert answers == [403, 404]
    assert as_(dana).post(f"/places/{place.id}/seat").status_code == 403


def test_facilitator_who_changes_her_own_seat_stays_signed_in(as_: As, sam: Person, stream: Workstream) -> None:
    place, visitor = place_of(sam, stream), as_(sam)
    visitor.post(f"/places/{place.id}/seat", data={"seat": "third sector", "role": "facilitator"})
    assert (place.seat, visitor.get("/workstreams/").status_code) == (Seat.THIRD_SECTOR, 200)
