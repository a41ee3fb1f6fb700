"""Journey 13: put a group together safely, at 320 px with scripts off, on both databases (domain rules 2 and 3, P3)."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.gatherings import services as gatherings
from coprod.people.models import Person
from coprod.people.services import begin_session, cookie_for
from coprod.workstreams import services
from coprod.workstreams.models import Kind, Membership, MembershipState, Seat, SeparationCheck, Workstream
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.journeys.visitors import PHONE, Visitor, at_a_browser

SECRET = "Joe who was at court with me last year"


@pytest.fixture
def world(app, live: str) -> dict[str, UUID]:
    """A mothers' and a fathers' group that Sam runs, and people Sam knows from elsewhere."""
    programme = a_programme()
    sam, ada = a_professional("Sam"), an_admin("Ada")
    robin, joe, kit = a_person("Robin"), a_person("Joe"), a_person("Kit")
    mothers = a_stream(programme, "Mothers’ group", facilitator=sam, members=[robin], neutral_name="Tuesday group")
    fathers = a_stream(programme, "Fathers’ group", facilitator=sam, neutral_name="Thursday group")
    mothers.kind = fathers.kind = Kind.GROUP
    a_membership(fathers, joe, seat=Seat.FATHER)
    mia, pat = a_professional("Mia"), a_professional("Pat")
    a_stream(programme, "Legal", facilitator=sam, members=[kit, mia, pat])
    for group in (mothers, fathers):
        services.confirm_no_family_case(group, sam, by=ada)
    db.session.commit()
    people = {"sam": sam, "robin": robin, "joe": joe, "mia": mia, "kit": kit}
    keys = {name: person.id for name, person in people.items()}
    keys |= {"mothers": mothers.id, "fathers": fathers.id, "programme": programme.id}
    db.session.rollback()
    return keys


def _comes_in(browser: Browser, live: str, world: dict[str, UUID], who: str) -> Visitor:
    person = db.session.get_one(Person, world[who])
    visitor = at_a_browser(browser, person.alias, live, Path("."), **PHONE)
    token = begin_session(person)
    db.session.commit()
    visitor.page.context.add_cookies([{"name": "sid", "value": cookie_for(token), "url": live}])
    return visitor


def _place(world: dict[str, UUID], who: str, table: UUID) -> tuple[UUID, MembershipState]:
    """The key of somebody's place and where she stands; nothing is left open that a page would wait for."""
    wanted = select(Membership).where(Membership.person_id == world[who], Membership.workstream_id == table)
    found = db.session.scalars(wanted.execution_options(populate_existing=True)).one()
    key, state = found.id, found.state
    db.session.rollback()
    return key, state


def _standing(world: dict[str, UUID], who: str, table: UUID) -> MembershipState:
    return _place(world, who, table)[1]


def _table(name: str) -> UUID:
    found = db.session.scalars(select(Workstream.id).where(Workstream.name == name)).one()
    db.session.rollback()
    return found


def _settle() -> None:
    """The clock of the chores comes round."""
    services.settle_places()
    gatherings.come_together()
    db.session.commit()


def _fits(visitor: Visitor) -> None:
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320


def _is_plain(visitor: Visitor) -> None:
    _fits(visitor)
    page = visitor.page
    for button in page.locator("main button, main .button, .rail__item").all():
        assert button.bounding_box()["height"] >= 44
    texts = sentences(Page(page.content()))
    assert grade(texts) <= 6
    assert [text for text in texts if len(words_of(text)) > 25] == []


def _invite(sam: Visitor, who: str, seat: str) -> None:
    sam.follow("Invite somebody")
    _fits(sam)
    sam.pick("Who", who)
    sam.pick("Whose seat at the table?", seat)
    sam.press("Invite")
    sam.sees(f"{who.split()[0]} is invited.")
    _fits(sam)


def _mix(sam: Visitor) -> list[str]:
    rows = sam.page.locator(".mix__row")
    return [" ".join(rows.nth(at).inner_text().split()) for at in range(rows.count())]


@pytest.mark.browser
def test_professional_is_invited_with_a_live_picture_and_waits_for_both_checks(
    world, live: str, browser: Browser, clock
) -> None:
    few, many = "Fewer than 2 parents or carers are here or asked.", "That is more than 2 to 1."
    sam = _comes_in(browser, live, world, "sam")
    sam.go(f"/workstreams/{world['mothers']}")
    assert _mix(sam) == ["Mother 1 here"]
    sam.sees(few)
    _invite(sam, "Mia (professional)", "Specialist midwife")
    _invite(sam, "Pat (professional)", "Social care manager")
    assert _mix(sam) == ["Mother 1 here", "Specialist midwife 1 asked", "Social care manager 1 asked"]
    sam.does_not_see(many)
    _invite(sam, "Kit (lived experience)", "Mother")
    assert _mix(sam)[0] == "Mother 1 here, 1 asked"
    sam.does_not_see(few, many)

    mia = _comes_in(browser, live, world, "mia")
    mia.go("/workstreams/")
    mia.press("Yes: Mothers’ group")
    mia.sees("You said yes. You need not say it again.")
    sam.follow("Make the checks")
    _fits(sam)
    for alias in ("Kit", "Mia", "Pat"):
        sam.follow(f"Look: {alias}")
        _fits(sam)
        sam.tick("Each of them was asked in private")
        sam.choose("What came of it?", "They can be together")
        sam.press("Keep the answer")
    clock(2025, 11, 20, 9, 0)
    _settle()
    assert _standing(world, "mia", world["mothers"]) == MembershipState.INVITED
    sam.go(f"/workstreams/{world['mothers']}/checks")
    sam.press("I asked. Mia works on no family’s case here")
    _settle()
    assert _standing(world, "mia", world["mothers"]) == MembershipState.JOINED
    for visitor in (sam, mia):
        visitor.page.context.close()


@pytest.mark.browser
def test_two_groups_become_one_in_the_same_words_and_the_same_time(world, live: str, browser: Browser, clock) -> None:
    """The moment of truth: the mothers' and the fathers' groups meet for the first time."""
    sam, robin, joe = (_comes_in(browser, live, world, who) for who in ("sam", "robin", "joe"))
    sam.go("/gatherings/")
    sam.follow("Bring groups together")
    sam.choose("What do they do?", "They become one group")
    sam.tick("Mothers’ group")
    sam.tick("Fathers’ group")
    sam.fill(name="All of us")
    _fits(sam)
    sam.press("Ask them")
    sam.sees("Waiting for a check", "Nobody hears before Wednesday 19 November")
    _fits(sam)
    gathering = sam.page.url
    told = _says(sam, gathering)

    robin.go("/groups/")
    robin.follow("Groups together", within="main")
    robin.follow("Which groups meet?")
    robin.sees("Fathers’ group", "Waiting for a check.")
    _is_plain(robin)
    robin.follow("Tell us")
    robin.fill(words=SECRET)
    robin.press("Keep it")
    robin.go("/groups/")
    robin.follow("Groups together", within="main")
    _is_plain(robin)
    robin.press("Yes")
    assert _says(sam, gathering) == told

    sam.follow("Make the checks")
    for alias, answer in (("Robin", "They can be together"), ("Joe", "They are kept apart")):
        sam.follow(f"Look: {alias}")
        sam.sees(SECRET, "Everybody hears at one time.")
        sam.tick("Each of them was asked in private")
        sam.choose("What came of it?", answer)
        sam.press("Keep the answer")
    sam.does_not_see(SECRET, "apart")
    clock(2025, 11, 18, 23, 0)
    _settle()
    assert _says(sam, gathering) == re.sub("Look: Checks wait.*?Make the checks ", "", told)
    joe.go("/groups/")
    joe.sees("Groups together")

    clock(2025, 11, 19, 8, 0)
    _settle()
    table = _table("All of us")
    states = [_standing(world, who, table) for who in ("sam", "robin", "joe")]
    assert states == [MembershipState.JOINED, MembershipState.JOINED, MembershipState.LEFT]
    sam.go(gathering)
    sam.sees("Together", "Their own groups are closed.", "recommendations stay there")
    sam.does_not_see("apart", SECRET, "Joe")
    robin.go("/groups/")
    robin.sees("Groups together")
    _nothing_of_it_is_handed_out(world, sam, robin, joe, table)
    for visitor in (sam, robin, joe):
        visitor.page.context.close()


def _says(visitor: Visitor, address: str) -> str:
    visitor.go(address)
    return " ".join(visitor.page.locator("main").inner_text().split())


def _history_says_who_checked_and_when(world: dict[str, UUID], sam: Visitor, robin: Visitor) -> None:
    """Those who run the table read it, in the same words whichever way it went; a member reads nothing of it."""
    address = f"/programmes/{world['programme']}/history"
    sam.go(address)
    day = sam.page.locator("section").filter(has_text="Monday 17 November").first
    told = day.inner_text()
    assert [f"You made the separation check for {alias}." in told for alias in ("Robin", "Joe")] == [True, True]
    robin.go(address)
    robin.does_not_see("check")


def _nothing_of_it_is_handed_out(
    world: dict[str, UUID], sam: Visitor, robin: Visitor, joe: Visitor, table: UUID
) -> None:
    """No page after the check, no export and no journal says what was asked, or what came of it."""
    for visitor in (sam, joe):
        for form in ("data", "page"):
            visitor.go("/my-data")
            token = visitor.page.locator("input[name=csrf_token]").first
            given = {"form": form} | ({"csrf_token": token.get_attribute("value")} if token.count() else {})
            taken = visitor.page.context.request.post("/my-data/download", form=given)
            assert taken.ok
            assert not {word for word in (SECRET, "kept apart", "can be together") if word in taken.text()}
    for address in (
        f"/workstreams/{table}",
        f"/workstreams/{table}/checks",
        f"/programmes/{world['programme']}/history",
        f"/workstreams/{table}/handover/new",
        f"/workstreams/{table}/parity",
    ):
        answer = sam.page.context.request.get(address)
        assert answer.ok, address
        assert not {word for word in (SECRET, "kept apart") if word in answer.text()}, address
    _history_says_who_checked_and_when(world, sam, robin)
    entries = db.session.scalars(select(Entry).where(Entry.verb == "check made")).all()
    assert {(entry.by_id, entry.at.date().isoformat(), entry.before, entry.after) for entry in entries} == {
        (world["sam"], "2025-11-17", "", "")
    }
    joes, _ = _place(world, "joe", table)
    assert db.session.scalars(select(SeparationCheck).where(SeparationCheck.membership_id == joes)).all() == []
    db.session.rollback()
