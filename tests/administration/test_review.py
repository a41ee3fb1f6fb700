"""The monthly access review: everybody by role and place, keep or remove (journey 24)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.administration import queries, services
from coprod.administration.models import ReviewLine
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.people.models import Person, SignedIn
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import MembershipState, Role, Seat
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin


@pytest.fixture
def house(database):
    """Lee keeps the accounts; Fay runs a group where Robin sits; Kim is the lead, Dale the deputy."""
    kim, dale = a_professional("Kim"), a_professional("Dale")
    programme = a_programme(safeguarding_lead=kim, deputy_lead=dale)
    fay, robin = a_professional("Fay"), a_person("Robin", email="robin@example.org", phone="07700900123")
    stream = a_stream(programme, "Practice models", facilitator=fay, members=[robin])
    other = a_stream(programme, "Advocacy")
    a_membership(other, robin, state=MembershipState.INVITED)
    a_membership(other, fay, Role.CHAIR, Seat.LEADER, MembershipState.LEFT)
    a_person("Gone", active=False)
    people = {"lee": an_admin("Lee"), "fay": fay, "robin": robin, "kim": kim, "dale": dale}
    db.session.commit()
    return people | {"stream": stream}


def lines(look):
    return [(line.person.alias, line.role, line.places) for line in look.to_look_at]


def test_everybody_with_an_account_is_listed_by_role_and_place_and_no_more_is_said_p4(house):
    services.begin(by=house["lee"])
    look = queries.seen_by(house["lee"])
    assert lines(look) == [
        ("Robin", "Member", "mother, Advocacy (invited); mother, Practice models"),
        ("Dale", "Professional, deputy", "No place at any table"),
        ("Fay", "Professional", "runs Practice models"),
        ("Kim", "Professional, safeguarding lead", "No place at any table"),
        ("Lee", "Professional, programme admin", "No place at any table"),
    ]
    assert {line.looked_on for line in look.to_look_at} == {None}


def test_only_those_who_keep_the_accounts_find_it(house):
    for person in (house["fay"], house["robin"]):
        with pytest.raises(NoResultFound):
            queries.seen_by(person)
        with pytest.raises(NoResultFound):
            queries.one_seen_by(person, house["robin"].id)


def test_the_list_costs_the_same_for_few_and_for_many(house, query_count):
    services.begin(by=house["lee"])
    counts = []
    for _ in range(2):
        db.session.commit()
        query_count.clear()
        queries.seen_by(house["lee"])
        counts.append(len(query_count))
        a_stream(a_programme(str(len(counts))), members=[a_person("Another"), a_professional("And another")])
    assert counts[0] == counts[1]


def test_a_review_is_finished_when_everybody_is_answered_and_due_a_month_later(house, clock):
    lee = house["lee"]
    assert queries.review_is_due(today())
    services.begin(by=lee)
    for name in ("lee", "fay", "kim", "dale"):
        services.keep(house[name], by=lee)
    assert queries.open_review() is not None
    services.remove(house["robin"], by=lee)
    assert queries.open_review() is None
    assert not queries.review_is_due(today())
    assert not queries.review_is_due(today() + timedelta(29))
    assert queries.review_is_due(date(2025, 12, 17))
    look = queries.seen_by(lee)
    assert [line.looked_on for line in look.kept] == [today()] * 4
    assert (look.to_look_at, look.removed) == ([], [])
    verbs = db.session.scalars(db.select(Entry.verb).where(Entry.subject == "access_review")).all()
    assert sorted(verbs) == ["began", "finished"]


def test_who_is_removed_has_no_account_and_no_place_any_more(house):
    services.begin(by=house["lee"])
    services.remove(house["robin"], by=house["lee"])
    assert not house["robin"].active
    assert workstreams.places_not_left(house["robin"]) == []
    look = queries.seen_by(house["lee"])
    assert [person.alias for person in look.removed] == ["Robin"]
    assert db.session.scalars(db.select(ReviewLine.keep)).all() == [False]


def test_refusals_have_their_reasons(house):
    with pytest.raises(Refused, match="No review is going on"):
        services.keep(house["fay"], by=house["lee"])
    with pytest.raises(Refused, match="Only a programme admin"):
        services.keep(house["fay"], by=house["fay"])
    services.begin(by=house["lee"])
    services.keep(house["fay"], by=house["lee"])
    with pytest.raises(Refused, match="Fay is answered already"):
        services.remove(house["fay"], by=house["lee"])
    with pytest.raises(Refused, match="Kim receives concerns for Born into Care"):
        services.remove(house["kim"], by=house["lee"])
    with pytest.raises(Refused, match="Ask another programme admin"):
        services.remove(house["lee"], by=house["lee"])
    with pytest.raises(Refused, match="going on already"):
        services.begin(by=house["lee"])


# --- The pages.


def test_lee_goes_through_the_list(house, as_, clock):
    visitor, robin = as_(house["lee"]), house["robin"]
    assert "There has been none yet." in visitor.get("/access-review").text
    page = visitor.post("/access-review", follow_redirects=True).text
    assert "5 left" in page
    assert "robin@example.org" not in page
    assert "07700900123" not in page
    for name in ("fay", "kim", "dale", "lee"):
        page = visitor.post(f"/access-review/{house[name].id}/keep", follow_redirects=True).text
    assert "Lee keeps their account." in page
    asked = visitor.get(f"/access-review/{robin.id}/remove").text
    assert "mother, Advocacy (invited); mother, Practice models" in asked
    page = visitor.post(f"/access-review/{robin.id}/remove", follow_redirects=True).text
    assert "Robin can no longer sign in, and has no place at any table." in page
    assert "Everybody is looked at. The review is finished." in page
    assert "The next one is due on 17 December 2025." in page
    assert "looked at on 17 November 2025" in page


def test_a_removed_account_is_dead_at_its_next_request_a1(house, as_):
    lee, robin = as_(house["lee"]), as_(house["robin"])
    assert robin.get("/").status_code == 200
    lee.post("/access-review")
    lee.post(f"/access-review/{house['robin'].id}/remove")
    answer = robin.get("/")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert db.session.scalars(db.select(SignedIn).where(SignedIn.person_id == house["robin"].id)).all() == []


def test_removed_and_kept_are_shown_apart_while_it_goes_on(house, as_):
    visitor = as_(house["lee"])
    visitor.post("/access-review")
    visitor.post(f"/access-review/{house['robin'].id}/remove")
    page = visitor.post(f"/access-review/{house['fay'].id}/keep", follow_redirects=True).text
    assert "Removed" in page
    assert "Kept" in page
    assert "3 left" in page
    assert "Kim receives concerns for Born into Care. Name somebody else first." in page


def test_the_review_is_not_there_for_anybody_else(house, as_):
    visitor, address = as_(house["fay"]), f"/access-review/{house['robin'].id}"
    answers = [visitor.get("/access-review"), visitor.post("/access-review"), visitor.post(f"{address}/keep")]
    answers += [visitor.get(f"{address}/remove"), visitor.post(f"{address}/remove")]
    assert {answer.status_code for answer in answers} == {404}
    assert db.session.get_one(Person, house["robin"].id).active


def test_a_second_review_on_the_same_day_is_refused_with_its_reason(house, as_):
    visitor = as_(house["lee"])
    services.begin(by=house["lee"])
    assert "A review is going on already." in visitor.post("/access-review").text
