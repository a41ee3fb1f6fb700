"""What waits for a facilitator's hand, and what waits for anybody's own word, of the ten weeks and of money."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from coprod.agreements import services as agreements
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.cycles import services as cycles
from coprod.cycles.models import SessionState
from coprod.evidence.models import Audience
from coprod.gatherings import services as gatherings
from coprod.gatherings.models import GatheringKind
from coprod.home import queries
from coprod.notes import services as notes
from coprod.outcomes.models import Keeper, ProposalState
from coprod.payments.models import PaymentState
from coprod.people.models import Person
from coprod.recommendations import rules as recommendations
from coprod.recommendations import services as recommendations_services
from coprod.rsvp import services as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.stories import services as stories
from coprod.stories.models import Turn
from coprod.theories import services as theories
from coprod.voting import services as voting
from coprod.voting.models import Kind
from coprod.wellbeing import services as wellbeing
from coprod.wellbeing.rules import Wish
from coprod.workstreams.models import Workstream, WorkstreamState
from tests.conftest import TEST_DAY
from tests.factories import a_person, a_stream, keep
from tests.house.pages import Page, words
from tests.notes.conftest import Evening, an_evening, put
from tests.outcomes.builders import a_proposal, a_recommendation, an_indicator
from tests.payments.conftest import AFTER, BEFORE, Money
from tests.recommendations.written import Round
from tests.stories.conftest import Table, Telling
from tests.theories.conftest import a_theory


@pytest.fixture
def evening(database: None, clock) -> Evening:
    """The first evening is over, and nothing is written down yet."""
    made = an_evening()
    clock(made.session.begins + timedelta(hours=3))
    put(made.session, SessionState.HELD)
    db.session.commit()
    return made


def matters(person: Person) -> list[tuple[str, str]]:
    return [(one.words, one.source) for one in queries.for_facilitator(person, today(), now()).matters]


def said(answer) -> str:
    page = Page(answer.text)
    (main,) = [element for element in page.root.iter() if element.get("id") == "main"]
    return " ".join(words(main).split())


def an_agreement(group: Workstream, by: Person):
    made = agreements.start(group, by=by)
    agreements.talk_through(made, by=by)
    agreements.agree(made, by=by)
    return made


# --- For who runs a group.


def test_notes_wait_until_the_members_have_them_and_again_for_a_correction(evening: Evening, clock) -> None:
    write = "Notes to write up and give to the members"
    assert matters(evening.sam) == [(write, "Session 1, Practice models")]
    notes.append(evening.session, evening.item, "We talked.", by=evening.sam)
    assert matters(evening.sam) == [(write, "Session 1, Practice models")]
    kept = notes.open_notes(evening.session, by=evening.sam)
    notes.give(kept, by=evening.sam)
    assert matters(evening.sam) == []
    part = next(part for part in kept.parts if part.words)
    notes.ask_correction(part, "We sang as well.", by=evening.robin)
    asked = "A member asked for the notes to be corrected"
    assert matters(evening.sam) == [(asked, "Session 1, Practice models")]
    assert matters(evening.robin) == []
    clock(TEST_DAY + timedelta(60))
    assert matters(evening.sam) == []


def test_what_members_ask_waits_for_who_runs_the_group_and_never_says_who(evening: Evening, as_) -> None:
    put(evening.session, SessionState.PUBLISHED)
    cycles.suggest(evening.stream, "The ward at night", by=evening.robin)
    agreed = an_agreement(evening.stream, evening.sam)
    agreements.ask_for_change(agreed, "Shorter words, please.", by=evening.kit)
    agreements.tell(evening.stream, "Phones were out.", named=False, by=evening.kit)
    assert matters(evening.sam) == [
        ("Somebody would like to talk about something", "Practice models"),
        ("Somebody would like the agreement changed", "Practice models"),
        ("Something went against the agreement", "Practice models"),
    ]
    assert matters(evening.stranger) == []
    page = said(as_(evening.sam).get("/"))
    assert "To see to Somebody would like to talk about somethingPractice models" in page
    assert "Kit" not in page


def test_the_agreement_is_looked_at_again_in_its_week(evening: Evening, clock) -> None:
    an_agreement(evening.stream, evening.sam)
    put(evening.session, SessionState.PUBLISHED)
    again = ("Look at the agreement again", "Practice models. It is due in week 5")
    assert again not in matters(evening.sam)
    clock(evening.session.cycle.sessions[4].begins - timedelta(7))
    assert again in matters(evening.sam)


def test_groups_that_come_together_wait_for_a_check(evening: Evening) -> None:
    put(evening.session, SessionState.PUBLISHED)
    other = a_stream(evening.stream.programme, "Legal", facilitator=evening.sam, members=[a_person("Pat")])
    other.state = evening.stream.state = WorkstreamState.ACTIVE
    db.session.flush()
    gatherings.bring_together(
        [evening.stream, other], GatheringKind.DEVELOPMENT_DAY, "January day", "January day", by=evening.sam
    )
    assert ("Groups that come together wait for a check", "January day") in matters(evening.sam)


def test_calls_after_a_session_and_what_is_to_be_arranged(evening: Evening, as_, clock) -> None:
    wellbeing.offer_call(evening.session, evening.kit, by=evening.sam)
    coming = evening.session.cycle.sessions[1]
    rsvp.answer(coming, evening.robin, ComingAnswer.YES, needs_lift=True, by=evening.robin)
    clock(coming.begins - timedelta(hours=20))
    page = said(as_(evening.sam).get("/"))
    assert "Open tomorrow’s run sheet" in page
    assert (
        "Somebody to ring or to tell Late Ring KitAfter the session, Practice models It was for Wednesday 19 November"
        in page
    )
    assert "Who needs what, tomorrow 1 LiftsRobin 1 to do" in page


def test_matters_cost_the_same_for_one_group_and_for_three(app, evening: Evening, query_count) -> None:
    def cost() -> int:
        key = evening.sam.id
        db.session.commit()
        with app.app_context():
            asking = db.session.get_one(Person, key)
            query_count.clear()
            assert queries.for_facilitator(asking, today(), now()).matters
            return len(query_count)

    cycles.suggest(evening.stream, "The ward at night", by=evening.robin)
    once = cost()
    for name in ("Legal", "Lived experience"):
        group = a_stream(evening.stream.programme, name, facilitator=evening.sam, members=[evening.robin])
        cycles.suggest(group, "The ward at night", by=evening.robin)
    assert cost() == once


# --- For anybody's own word.


def test_an_offer_waits_until_it_is_answered_or_somebody_is_asked_first(money: Money, clock, as_) -> None:
    clock(*BEFORE)
    offer = money.offered()
    assert list(queries.waiting_for(money.robin, now()).offers) == [offer]
    assert "For you to answer A thank-you for youComing to the group" in said(as_(money.robin).get("/"))
    offer.asks_first = True
    db.session.flush()
    assert queries.waiting_for(money.robin, now()).offers == []
    offer.asks_first = False
    clock(*AFTER)
    assert queries.waiting_for(money.robin, now()).offers == []


def test_the_agreement_waits_for_each_members_own_word(evening: Evening, as_) -> None:
    agreed = an_agreement(evening.stream, evening.sam)
    assert "For you to answer How we work togetherTuesday group." in said(as_(evening.robin).get("/"))
    agreements.say_yes(agreed, evening.robin, by=evening.robin)
    assert queries.waiting_for(evening.robin, now()).agreements == []


def test_a_call_is_seen_by_the_two_it_is_between(evening: Evening, as_) -> None:
    """P1: nobody else learns that somebody would like to be rung."""
    wellbeing.ask_to_ring(evening.robin, evening.sam, Wish.NEXT, by=evening.robin)
    assert "Somebody to ring or to tell Ring RobinAsked you to By Wednesday 19 November" in said(
        as_(evening.sam).get("/")
    )
    assert "Who rings you Sam rings you tomorrow" in said(as_(evening.robin).get("/"))
    for other in (evening.kit, evening.toni):
        assert "Robin" not in said(as_(other).get("/"))


def test_members_page_says_whether_she_comes(evening: Evening, as_) -> None:
    robin, coming = as_(evening.robin), evening.session.cycle.sessions[1]
    assert "Are you coming?" in said(robin.get("/"))
    rsvp.answer(coming, evening.robin, ComingAnswer.NO, by=evening.robin)
    page = said(robin.get("/"))
    assert "You said: I’m not coming. That is fine." in page
    assert "Are you coming?" not in page


def test_members_page_leads_to_what_is_on_just_now(evening: Evening, as_, clock) -> None:
    put(evening.session, SessionState.PUBLISHED)
    clock(evening.session.begins + timedelta(minutes=20))
    assert "On now Tuesday group See what is on now" in said(as_(evening.robin).get("/"))


# --- Who pays people.


def test_the_payments_officers_first_page_is_what_is_to_be_paid(money: Money, as_) -> None:
    answer = as_(money.pat).get("/")
    assert (answer.status_code, answer.location) == (302, "/payments/")
    assert "Payments" in as_(money.pat).get("/payments/").text


def test_admins_are_told_of_payments_to_approve(money: Money, clock, as_) -> None:
    page = "Payments to approve"
    assert page not in as_(money.lee).get("/office").text
    money.at(PaymentState.DUE, clock)
    assert page in as_(money.lee).get("/office").text


def test_who_runs_a_group_is_told_what_can_be_marked_as_done(money: Money, clock) -> None:
    money.at(PaymentState.ACCEPTED, clock)
    clock(*AFTER)
    told = ("Thank-yous that can be marked as done", money.stream.name)
    assert told in matters(money.sam)
    cycles.move_session(money.session, date(2025, 12, 9), by=money.sam)
    assert told not in matters(money.sam)
    clock(2025, 12, 10, 9)
    assert told in matters(money.sam)
    money.session.state = SessionState.CANCELLED
    db.session.flush()
    assert told not in matters(money.sam)


# --- Votes, and words that meet.


def test_what_a_vote_waits_for_stands_on_the_page_of_who_runs_it(database: None) -> None:
    scene = Round()
    sam, stream = scene.facilitator, scene.table.stream
    box = voting.draft(stream, "Each second week?", by=sam, kind=Kind.CONSENT, on_paper=True)
    voting.open_vote(box, now() + timedelta(1), by=sam)
    assert matters(sam) == [("A box of slips to close", f"{stream.name}. Each second week?")]
    voting.close(box, by=sam)
    assert matters(sam) == [("A box of slips to count", f"{stream.name}. Each second week?")]
    assert matters(scene.table.lived[0]) == []


def test_suggested_words_wait_for_who_runs_the_group(database: None) -> None:
    scene = Round()
    made = scene.drafted()
    part = recommendations.part_named("said")
    recommendations_services.suggest(made, part, "In other words.", version=made.version, by=scene.table.lived[0])
    assert matters(scene.facilitator) == [
        ("Somebody suggested other words", f"{scene.table.stream.name}. {made.title}")
    ]


# --- What was tried, measured and told.


def test_stories_wait_for_who_runs_the_group_and_are_counted(table: Table, telling: Telling) -> None:
    """For whoever may check them: not the teller, and nobody who runs no group."""
    where = f"{table.stream.name}. {table.recommendation.title}"
    telling(by=table.jo)
    assert matters(table.sam) == [("One story of what changed, to be checked", where)]
    telling("Calm.")
    assert matters(table.sam) == [("2 stories of what changed, to be checked", where)]
    assert matters(table.jo) == [("One story of what changed, to be checked", where)]
    assert matters(table.mia) == []


def test_readings_wait_for_a_second_person_who_keeps_them(table: Table, as_) -> None:
    indicator = an_indicator(table.recommendation, "Knew who rings", 48)
    proposal = a_proposal(indicator, table.sam)
    waits = {one.alias: queries.waiting_for(one, now()).readings for one in (table.sam, table.jo, table.alex)}
    assert waits == {"Sam": [], "Jo": [indicator], "Alex": [indicator]}
    keep(Keeper(recommendation_id=table.recommendation.id, person_id=table.mia.id))
    keep(Keeper(recommendation_id=table.recommendation.id, person_id=table.olga.id))
    assert queries.waiting_for(table.mia, now()).readings == [indicator]
    assert queries.waiting_for(table.olga, now()).readings == []
    told = "Numbers to look overKnew who rings. They count once a second person has looked."
    for keeper in (table.alex, table.mia):
        page = as_(keeper).get("/")
        assert (told in said(page), f"/{indicator.id}" in page.text) == (True, True)
    assert "Numbers to look over" not in said(as_(table.robin).get("/"))
    proposal.state = ProposalState.TAKEN_BACK
    db.session.flush()
    assert queries.waiting_for(table.mia, now()).readings == []


def test_parent_is_asked_for_what_can_wait_once_nothing_else_is_asked_of_her(table: Table, as_) -> None:
    """One thing at a time; who works here sees all of it."""
    theory = a_theory(SimpleNamespace(programme=table.stream.programme, sam=table.sam))
    theories.give_to_read(theory, by=table.sam)
    agreed, asked = an_agreement(table.stream, table.sam), "How we think change happens"
    assert queries.waiting_for(table.robin, now()).theories == ()
    assert list(queries.waiting_for(table.mia, now()).theories) == [theory]
    assert asked not in said(as_(table.robin).get("/"))
    agreements.say_yes(agreed, table.robin, by=table.robin)
    told = "When you have time How we think change happensRead version 1. Say yes if you agree."
    assert told in said(as_(table.robin).get("/"))
    theories.say_yes(theory, named=False, by=table.robin)
    assert asked not in said(as_(table.robin).get("/"))


def test_what_waits_of_stories_and_numbers_costs_the_same_for_one_and_for_three(
    app, table: Table, telling: Telling, query_count
) -> None:
    def cost() -> int:
        key = table.jo.id
        db.session.commit()
        with app.app_context():
            asking = db.session.get_one(Person, key)
            query_count.clear()
            assert queries.for_facilitator(asking, today(), now()).matters
            assert queries.waiting_for(asking, now()).readings
            return len(query_count)

    telling()
    a_proposal(an_indicator(table.recommendation, "Knew who rings", 48), table.sam)
    once = cost()
    for number in (2, 3):
        asked = a_recommendation(table.stream, table.steering, number=number, title=f"Card {number}")
        stories.tell(asked, "Calm.", Turn.BETTER, by=table.robin, audience=Audience.STEERING)
        a_proposal(an_indicator(asked, f"Measure {number}", 48), table.sam)
    assert cost() == once
