"""Every first page begins with what needs that person; every page shows the ways on of that person."""

import re
from datetime import date, time, timedelta

import pytest

from coprod.agreements import services as agreements
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import Session
from coprod.home import views
from coprod.messages.models import Message, MessageState
from coprod.my_data import services as my_data
from coprod.people import services as people
from coprod.people.models import Side
from coprod.people.sealing import real_now
from coprod.pilots.models import PilotState
from coprod.pilots.queries import pilot_of
from coprod.recommendations import services
from coprod.retention.models import RetentionRun
from coprod.steering import services as steering
from coprod.steering.models import MeetingState, Verdict
from coprod.workstreams.models import Kind, MembershipState, Seat
from tests.conftest import TEST_DAY
from tests.factories import a_membership, a_person, a_stream, an_admin
from tests.home.scenes import Answered
from tests.house.pages import Page, words
from tests.house.reading import grade, sentences, words_of
from tests.payments.conftest import Money
from tests.recommendations.written import Round
from tests.voting.ballots import a_table, an_open_vote

UNSPOKEN = ("care", "court", "child", "baby", "social", "removed")


@pytest.fixture
def room(database: None) -> Answered:
    made = Answered()
    made.stream.neutral_name = "Tuesday group"
    return made


@pytest.fixture
def tomorrow(room: Answered, clock) -> Session:
    """The first evening of ten, tomorrow at six; it went out a week ago."""
    clock(TEST_DAY - timedelta(7))
    agreement = agreements.start(room.stream, by=room.sam)
    agreements.talk_through(agreement, by=room.sam)
    agreements.agree(agreement, by=room.sam)
    cycle = cycles.plan(room.stream, TEST_DAY.date() + timedelta(1), time(18), by=room.sam, place="Sea Room")
    cycles.publish(cycle.sessions[0], by=room.sam)
    clock(TEST_DAY)
    return cycle.sessions[0]


def said(answer) -> str:
    """The words of the page's main part, in order."""
    page = Page(answer.text)
    (main,) = [element for element in page.root.iter() if element.get("id") == "main"]
    return " ".join(words(main).split())


def in_order(text: str, *parts: str) -> None:
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


# --- The four first pages.


def test_members_page_begins_with_the_next_time_then_what_they_do_and_what_came_of_it(room, as_, tomorrow) -> None:
    room.answered(Verdict.DEFER)
    action = room.action(room.robin, "Ask two parents")
    page = as_(room.robin).get("/")
    in_order(
        said(page),
        "Hello Robin Next time we meet Tomorrow, 6pm Tuesday 18 November",
        "Where Sea Room",
        "What you said you would do Ask two parents",
        "What came of what we said We said A call, please. They decided Not now.",
        "Read all the answers",
    )
    assert f"/evenings/{tomorrow.id}" in page.text
    assert f"/actions/{action.id}" in page.text


def test_members_page_with_nothing_to_do_says_that_that_is_fine(room, as_) -> None:
    assert said(as_(room.robin).get("/")) == "Hello Robin Next time we meet No day yet Nothing to do. That is fine."


def test_members_page_shows_an_open_vote_and_an_offered_place(as_, database) -> None:
    scene = Round()
    made = scene.voting()
    robin = scene.table.lived[0]
    other = a_stream(scene.programme, "Legal", neutral_name="Friday group")
    place = a_membership(other, robin, state=MembershipState.INVITED)
    page = as_(robin).get("/")
    in_order(said(page), "Hello", "Waiting for your word Friday group", "Next time we meet", "One question for you")
    assert f"/votes/{services.current_poll(made).id}" in page.text
    assert f"/places/{place.id}" in page.text


def test_members_page_speaks_plainly_and_says_nothing_over_a_shoulder(room, as_, tomorrow) -> None:
    """Domain rule 11: no count of what was missed, nothing in the title."""
    room.answered(Verdict.DECLINE)
    page = Page(as_(room.robin).get("/").text)
    assert page.title == "Your page"
    assert not any(word in page.title.lower() for word in UNSPOKEN)
    texts = sentences(page)
    assert grade(texts) <= 6
    assert max(len(words_of(text)) for text in texts) <= 25
    text = " ".join(texts).lower()
    assert not any(word in text for word in ("missed", "late", "overdue", "waiting for you", "new messages"))


def test_parent_who_steers_too_reaches_that_table_from_her_own_page(room, as_) -> None:
    a_membership(room.stream, room.dee)
    asked = room.sent("Shorter letters")
    room.action(room.dee, "Check the map", workstream=room.steering)
    page = as_(room.dee).get("/")
    in_order(
        said(page),
        "Hello Dee",
        "What you said you would do Check the map",
        "The steering group Next time it meets",
        "Monday 17 November, 10am Rec 1: Shorter letters",
        "Waits for an answer",
    )
    assert f"/meetings/{room.place.id}/recommendations/{asked.id}" in page.text
    room.place.state = MeetingState.CLOSED
    page = as_(room.dee).get("/")
    assert said(page).split("Next time it meets")[1].strip().startswith("No day yet Rec 1: Shorter letters")
    assert f"/recommendations/{asked.id}" in page.text


def test_professional_members_page_has_the_same_parts_on_a_page_of_the_staff(room, as_, tomorrow) -> None:
    room.action(room.mo, "Ask the ward")
    page = as_(room.mo).get("/")
    in_order(said(page), "Hello Mo Next time we meet Tomorrow, 6pm", "What you said you would do Due soon Ask the ward")
    assert Page(page.text).title == "Hello Mo – Coprod"


def test_steering_parents_page_begins_with_her_own_late_actions(room, as_) -> None:
    late = room.action(room.dee, "Check the map", workstream=room.steering, due=today() - timedelta(3))
    room.action(room.max, "Find a room", workstream=room.steering, due=today() - timedelta(1))
    room.action(room.max, "Ask the ward", workstream=room.steering, due=today() + timedelta(30))
    room.sent("Shorter letters")
    page = as_(room.dee).get("/")
    in_order(
        said(page),
        "Hello Dee Next meeting: Monday 17 November, 10am.",
        "Yours, late Late Check the map",
        "Everyone’s, late Late Find a room",
        "1 more action, on track or done",
        "To decide on Monday 17 November Recommendation 1: Shorter letters Agreed by the group.",
        "Answers we owe None. Every group has its answer.",
    )
    assert f"/action-log/{late.id}" in page.text or f"/actions/{late.id}" in page.text
    assert Page(page.text).title == "Your page"


def test_chairs_page_with_nothing_to_do_says_that_that_is_fine(room, as_) -> None:
    room.place.state = MeetingState.CLOSED
    text = said(as_(room.alex).get("/"))
    in_order(text, "Hello Alex No meeting is planned.", "Nothing is late, and nothing of yours is due this week.")
    assert "To decide Nothing waits for an answer." in text


def test_steering_group_is_shown_the_pilots_that_wait_for_it(room, as_) -> None:
    pilot = pilot_of(room.tried())
    assert "Pilot:" not in said(as_(room.alex).get("/"))
    pilot.state = PilotState.REVIEWED
    db.session.commit()
    for person in (room.alex, room.dee):
        page = as_(person).get("/")
        words = f"To decide on Monday 17 November Pilot: {pilot.title} Adopt, adapt or stop."
        in_order(said(page), words, "Nothing else waits for an answer.")
        assert f"/pilots/{pilot.id}/decision" in page.text


def test_chairs_page_shows_what_was_put_off_and_sent_without_agreement(room, as_) -> None:
    room.answered(Verdict.DEFER, "A worker for dads", until=date(2025, 11, 20))
    asked = room.sent("Shorter letters")
    asked.submitted_as = "no result"
    text = said(as_(room.alex).get("/"))
    assert "Shorter letters Sent without an agreed result: no result." in text
    assert "A worker for dads was put off until 20 November 2025." in text


def test_chairs_page_shows_what_a_group_contests_and_asks_and_the_papers(room, as_) -> None:
    """Journey 21: what a group says to an answer needs its chair."""
    last = room.meeting(MeetingState.CLOSED, on=date(2025, 10, 9))
    contested = room.answered(Verdict.DECLINE, "Fixed days")
    steering.second(steering.contest(contested, "Look again.", by=room.robin), by=room.mo)
    steering.ask(room.answered(title="Shorter letters"), "Who writes them?", by=room.robin)
    db.session.commit()
    page = as_(room.alex).get("/")
    in_order(
        said(page),
        "Recommendation 1: Fixed days The group asks us to look again.",
        "Nothing else waits for an answer.",
        "Groups ask us Who writes them? About decision 2: Shorter letters",
        "The papers The next agenda The papers, to print The minutes of 9 October 2025",
    )
    assert f"/meetings/{last.id}/minutes" in page.text


def test_members_page_says_that_a_contest_takes_one_person_more(room, as_) -> None:
    decision = room.answered(Verdict.DECLINE)
    assert "It takes two of us." not in said(as_(room.mo).get("/"))
    steering.contest(decision, "Look again.", by=room.robin)
    db.session.commit()
    assert "One of us asks them to look again. It takes two of us." in said(as_(room.mo).get("/"))


def test_chair_who_sits_at_a_group_is_asked_there_too(as_, database) -> None:
    scene = Round()
    a_membership(scene.table.stream, scene.chair)
    an_open_vote(scene.table)
    in_order(said(as_(scene.chair).get("/")), "Hello", "One question for you", "Nothing is late")


def test_facilitators_page_begins_with_the_next_session_what_is_theirs_and_what_is_stuck(room, as_, tomorrow) -> None:
    room.action(room.sam, "Print the cards")
    room.on_record()
    page = as_(room.sam).get("/")
    in_order(
        said(page),
        "Monday 17 November Practice models. Session 1 of 10 is tomorrow, 6pm. Open tomorrow’s run sheet",
        "Yours, late or due soon Due soon Print the cards",
        "This week Tomorrow Session 1",
        "The weeks",
        "With the steering group On track Rec 1 was decided on 17 November 2025.",
    )
    assert f"/sessions/{tomorrow.id}" in page.text
    assert Page(page.text).title == "Monday 17 November – Coprod"


def test_facilitators_page_names_what_cannot_be_published(room, as_, tomorrow) -> None:
    second = tomorrow.cycle.sessions[1]
    work = next(item for item in second.items if item.minutes > 20)
    work.minutes += 60
    page = as_(room.sam).get("/")
    assert "What is stuck Session 2 can’t be published." in said(page)
    assert f"/sessions/{second.id}" in page.text


def test_facilitators_page_without_ten_weeks_leads_to_them(room, as_) -> None:
    text = said(as_(room.sam).get("/"))
    in_order(text, "Monday 17 November No session is planned.", "No weeks planned", "Choose the group")
    assert "With the steering group" not in text


def test_facilitators_page_shows_an_open_vote_by_one_word(as_, database) -> None:
    """B6."""
    scene = Round()
    scene.voting()
    scene.counted([5, 4, 3, 3, 2, 1, 3, 3, 3, 4, 4, 4, 5, 5, 5])
    text = said(as_(scene.facilitator).get("/"))
    assert "Counted, and now with you Needs more talk One named midwife" in text
    assert "The open vote One named midwife. Closes Friday 21 November, 9am. Not yet enough for a result" in text


def test_facilitators_page_says_when_the_room_is_to_be_asked(as_, database) -> None:
    scene = Round(lived=3, professionals=4)
    scene.counted([5, 5, 5, 5, 5, 5, 5])
    assert "To ask in the room One named midwife. Counted." in said(as_(scene.facilitator).get("/"))


def test_admins_page_begins_with_what_is_to_be_set_up(room, as_, client) -> None:
    lee = an_admin("Lee")
    text = said(as_(lee).get("/"))
    in_order(text, "Hello Lee", "What to set up", "The public record", "People", "Groups", "Holidays", "Principles")
    assert "What groups say and decide stays with them." in text


def test_admins_page_of_an_empty_installation_waits_for_the_record(as_, database) -> None:
    text = said(as_(an_admin("Lee")).get("/"))
    assert "Waiting The public record" in text
    assert "Holidays" not in text


def test_office_is_there_for_admins_who_sit_at_a_table_too_and_for_nobody_else(room, as_) -> None:
    lee = an_admin("Lee")
    a_membership(room.stream, lee)
    visitor = as_(lee)
    assert "What to look after" not in said(visitor.get("/"))
    assert "What to look after" in said(visitor.get("/office"))
    assert as_(room.sam).get("/office").status_code == 404


def test_office_reminds_of_what_waits(as_, database) -> None:
    lee, kit = an_admin("Lee"), a_person("Kit")
    my_data.ask("What do the notes say?", by=kit)
    db.session.add(Message(purpose="place", person=kit, thing_id=kit.id, due=now(), state=MessageState.GIVEN_UP))
    text = said(as_(lee).get("/office"))
    in_order(text, "Waiting for you", "Look through who has access", "1 to answer", "1 in all", "What to set up")
    db.session.add(RetentionRun(began_at=now() - timedelta(3), finished_at=now() - timedelta(3)))
    assert "The daily run has not finished for two days" in said(as_(lee).get("/office"))


def test_a_supporters_first_page_is_their_own(as_, database) -> None:
    assert as_(a_person("Jo", Side.SUPPORTER)).get("/").location == "/who-i-help"


def test_everybody_finds_their_own_things(room, as_) -> None:
    for person in (room.robin, room.sam, a_person("Jo", Side.SUPPORTER)):
        visitor = as_(person)
        page = Page(visitor.get("/me").text)
        (main,) = [element for element in page.root.iter() if element.get("id") == "main"]
        links = [link.get("href", "") for link in main.iter() if link.tag == "a"]
        assert links
        assert {visitor.get(link).status_code for link in links} == {200}


def test_a_concern_can_be_raised_from_every_page_by_who_may(room, as_) -> None:
    for person, may in ((room.sam, True), (room.robin, False), (an_admin("Lee"), False)):
        assert ("/concerns/new" in as_(person).get("/").text) is may


def test_a_lead_sees_at_once_what_nobody_has_received(room, as_) -> None:
    """P7: and nobody else sees that there is anything."""
    room.programme.safeguarding_lead, room.programme.deputy_lead = room.alex, room.mo
    db.session.flush()
    worry = {"about": "A", "number": "07700 900123", "urgency": "now", "told": "yes", "words": ""}
    as_(room.sam).post("/concerns/new", data=worry)
    assert "Concerns" in ways(as_(room.alex).get("/"))
    assert "Concerns" not in ways(as_(room.sam).get("/"))
    seen = [person.alias for person in (room.alex, room.mo, room.sam) if "Somebody is worried" in home_of(as_, person)]
    assert seen == [room.alex.alias, room.mo.alias]


def home_of(as_, person) -> str:
    return as_(person).get("/").text


def test_a_home_is_closed_to_strangers(client) -> None:
    assert client.get("/").location == "/sign-in"


# --- The ways on.


def ways(answer) -> list[str]:
    page = Page(answer.text)
    (nav,) = [one for one in page.all("nav") if one.get("aria-label") == "Main"][:1]
    return [" ".join(words(link).split()) for link in nav.iter() if link.tag == "a"]


SEATED = ["Groups", "Recommendations", "Actions", "Decisions", "Pilots", "Programme"]


def test_ways_on_are_those_of_ones_part(room, as_) -> None:
    assert ways(as_(room.sam).get("/")) == ["Home", *SEATED]
    assert ways(as_(room.alex).get("/")) == ["Home", "To decide", *SEATED]
    assert ways(as_(an_admin()).get("/")) == ["Home", "Groups", "Programme", "People", "Office"]
    assert ways(as_(room.stranger).get("/")) == ["Home", "Groups", "Programme"]


def test_way_one_is_on_is_marked(room, as_) -> None:
    for address, label in (("/", "Home"), ("/recommendations/", "Recommendations"), ("/decisions/", "Decisions")):
        page = Page(as_(room.alex).get(address).text)
        marked = {" ".join(words(link).split()) for link in page.all("a") if link.get("aria-current") == "page"}
        assert label in marked
        assert ("Home" in marked) is (address == "/")


def member_links(answer) -> dict[str, str]:
    page = Page(answer.text)
    (foot,) = [one for one in page.all("footer") if one.get("class") == "member__foot"]
    return {" ".join(words(link).split()): link.get("href", "") for link in foot.iter() if link.tag == "a"}


def test_member_can_always_take_a_break_or_leave(room, as_) -> None:
    visitor = as_(room.robin)
    (seat,) = [held for held in room.stream.memberships if held.person is room.robin]
    links = member_links(visitor.get("/"))
    assert links["Take a break, or leave the group"] == f"/places/{seat.id}"
    assert list(links) == [
        "Your page",
        "Your own things",
        "What we ask for",
        "What came of it",
        "Tuesday group",
        "Take a break, or leave the group",
        "How we keep things private",
    ]
    assert [visitor.get(link).status_code for link in links.values()] == [200] * 7


def test_member_of_two_groups_can_leave_either(room, as_) -> None:
    other = a_stream(room.programme, "Legal", kind=Kind.GROUP, neutral_name="Friday group")
    a_membership(other, room.robin, seat=Seat.MOTHER)
    links = member_links(as_(room.robin).get("/"))
    assert {"Take a break, or leave Tuesday group", "Take a break, or leave Friday group"} < set(links)


def test_somebody_without_a_group_is_led_home_and_to_what_is_kept_private(room, as_) -> None:
    page = as_(a_person("New")).get("/")
    assert list(member_links(page)) == ["Your page", "Your own things", "How we keep things private"]
    assert "Your group" in page.text


def test_one_task_page_leads_nowhere_else_and_says_nothing_before_the_first_tap(room, as_, client) -> None:
    """A3, and journey 6: what a link opens names nothing of what this is about."""
    table = a_table(name="Legal", programme=room.programme)
    poll, person = an_open_vote(table), table.lived[0]
    page = as_(person, f"vote {poll.id}").get(f"/votes/{poll.id}")
    assert list(member_links(page)) == ["How we keep things private"]
    assert "Social workers" in page.text
    secret = people.draw_link(person, f"vote {poll.id}", real_now() + timedelta(7))
    opened = client.get(f"/q/{secret}")
    assert opened.status_code == 200
    assert not [word for word in UNSPOKEN if re.search(rf"\b{word}", opened.text)]


def test_pages_open_to_all_show_no_ways_on_to_a_stranger(client) -> None:
    page = client.get("/what-we-keep-private")
    assert page.status_code == 200
    assert list(member_links(page)) == ["How we keep things private"]
    assert not [one for one in Page(client.get("/accessibility").text).all("nav") if one.get("aria-label") == "Main"]


def test_strangers_have_no_ways_on_whichever_layout_they_meet(app, database) -> None:
    with app.test_request_context("/"):
        assert views._navigation() == []


def test_head_names_the_programme_to_those_who_are_signed_in(room, as_, database) -> None:
    assert "Born into Care · Blackpool" in as_(room.sam).get("/").text


def test_head_names_no_programme_where_there_is_none(as_, database) -> None:
    assert "brand__line" not in as_(an_admin()).get("/").text


def test_pages_of_the_public_record_say_that_they_are_no_example(room, as_, app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "DEMONSTRATION", True)
    visitor = as_(room.sam)
    for address in (f"/programmes/{room.programme.id}", f"/programmes/{room.programme.id}/sources"):
        page = visitor.get(address).text
        assert "Everything on this page is from the public record." in page
        assert "on this page is an example" not in page
    assert "Every person, quote and number on this page is an example, unless" in visitor.get("/").text


def test_what_else_waits_for_the_payments_officer_is_not_hidden_by_what_is_to_be_paid(money: Money, as_) -> None:
    a_membership(money.stream, money.pat, seat=Seat.TEAM, state=MembershipState.INVITED)
    page = as_(money.pat).get("/").text
    assert ("Waiting for your word" in page, 'href="/payments/"' in page) == (True, True)


def test_what_changes_is_two_taps_away_for_everybody_at_a_table(room, as_) -> None:
    """Pilots, measures and the theory of change: from the group's page, the programme's and that of all pilots."""
    pages = ["/pilots/", f"/indicators/in/{room.programme.id}", f"/programmes/{room.programme.id}/theories"]
    db.session.commit()
    for person, hub in (
        (room.robin, f"/groups/{room.stream.id}"),
        (room.sam, "/pilots/"),
        (room.alex, f"/programmes/{room.programme.id}"),
    ):
        visitor = as_(person)
        found = [page for page in pages if f'href="{page}"' in visitor.get(hub).text]
        assert [page for page in pages if page not in (hub, *found)] == []
        assert [visitor.get(page).status_code for page in pages] == [200] * 3
    assert not [page for page in pages if page in said(as_(room.stranger).get(f"/programmes/{room.programme.id}"))]


def test_own_things_lead_to_what_changed_for_her(room, as_) -> None:
    assert 'href="/my-stories"' in as_(room.robin).get("/me").text
    assert 'href="/my-stories"' not in as_(room.sam).get("/me").text
