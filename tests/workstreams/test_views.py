from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams import services
from coprod.workstreams.models import CaseCheck, Membership, MembershipState, Role, Seat, Workstream
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
    page = as_(ada).get(f"/workstreams/{stream.id}").text

    answer = as_(ada).post(f"/workstreams/{stream.id}/checks", data={"person": str(sam.id)})

    assert "I asked. Sam works on no family’s case here" in page
    assert answer.location == f"/workstreams/{stream.id}"
    check = db.session.scalars(select(CaseCheck)).one()
    assert (check.professional_id, check.lived_id, check.confirmed_by_id) == (sam.id, robin.id, ada.id)
    assert "Waiting for a check" not in as_(ada).get(f"/workstreams/{stream.id}").text


def test_check_is_not_confirmed_for_oneself(as_: As, sam: Person, robin: Person, stream: Workstream) -> None:
    factories.a_membership(stream, robin, state=MembershipState.INVITED)

    answer = as_(sam).post(f"/workstreams/{stream.id}/checks", data={"person": str(sam.id)})

    assert (answer.status_code, "Somebody else confirms this for you." in answer.text) == (403, True)
    assert db.session.scalars(select(CaseCheck)).all() == []


@pytest.mark.parametrize("who", ["", "nobody", "00000000-0000-4000-8000-000000000000"])
def test_check_of_nobody_is_not_there(as_: As, ada: Person, stream: Workstream, who: str) -> None:
    assert as_(ada).post(f"/workstreams/{stream.id}/checks", data={"person": who}).status_code == 404


# --- A person's own place.


def test_member_says_yes_to_an_invitation_once_the_check_is_done(
    as_: As, ada: Person, sam: Person, robin: Person, stream: Workstream
) -> None:
    place = factories.a_membership(stream, robin, state=MembershipState.INVITED)
    address, visitor = f"/places/{place.id}", as_(robin)

    before = visitor.get(address).text
    refused = visitor.post(f"{address}/moves", data={"name": "joined"})
    services.confirm_no_family_case(stream, sam, by=ada)
    after = visitor.get(address).text
    answer = visitor.post(f"{address}/moves", data={"name": "joined"})

    assert ("Waiting for a check" in before, ">Yes<" in before, "Maybe" in before) == (True, False, True)
    assert (refused.status_code, "Waiting for a check." in refused.text) == (403, True)
    assert ("Waiting for a check" in after, ">Yes<" in after) == (False, True)
    assert (answer.location, place.state) == ("/groups/", "joined")


def test_member_takes_a_break_comes_back_and_leaves(as_: As, ada: Person, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    place, visitor = place_of(robin, stream), as_(robin)

    assert "Take a break" in visitor.get(f"/places/{place.id}").text
    visitor.post(f"/places/{place.id}/moves", data={"name": "paused"})
    assert "Do you want to come back?" in visitor.get(f"/places/{place.id}").text
    assert visitor.get(f"/groups/{stream.id}").status_code == 404
    visitor.post(f"/places/{place.id}/moves", data={"name": "joined"})
    visitor.post(f"/places/{place.id}/moves", data={"name": "left"})

    assert place.state == "left"
    assert "You can come back." in visitor.get(f"/places/{place.id}").text
    assert "No group yet" in visitor.get("/groups/").text


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


def test_professional_answers_on_the_list_of_groups(as_: As, dana: Person, stream: Workstream) -> None:
    place = factories.a_membership(stream, dana, state=MembershipState.INVITED)
    visitor = as_(dana)

    page = visitor.get("/workstreams/").text
    answer = visitor.post(f"/places/{place.id}/moves", data={"name": "joined"})

    assert ("Waiting for your word" in page, "Yes" in page) == (True, True)
    assert (answer.location, place.state) == ("/workstreams/", "joined")


def test_professional_who_waits_reads_the_same_words_p3(as_: As, dana: Person, robin: Person) -> None:
    stream = factories.a_stream(members=[robin])
    factories.a_membership(stream, dana, state=MembershipState.INVITED)
    assert "Waiting for a check" in as_(dana).get("/workstreams/").text


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
