"""What members ask the group to talk about: no name, no time, a kind word, and what came of it."""

import itertools
from collections.abc import Callable
from datetime import date, time
from unittest import mock

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.cycles import queries, services
from coprod.cycles.models import (
    AgendaItem,
    Cycle,
    ItemState,
    Session,
    SessionState,
    SuggestedItem,
    SuggestionState,
)
from coprod.cycles.rules import SUGGESTION, suggestions
from coprod.cycles.services import suggestions as suggestion_services
from coprod.library.models import Template
from coprod.people.models import Person, Side
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Words, WorkstreamState
from coprod.workstreams.queries import memberships_of
from tests.cycles.build import ROLES, a_cycle, a_session, a_table, people
from tests.cycles.conftest import Table
from tests.factories import a_person, a_stream
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of

Visitor = Callable[..., FlaskClient]
ASKED = "Who picks up the phone at night?"
ALLOWED = {
    ("taken", SuggestionState.SUGGESTED, "facilitator"),
    ("taken", SuggestionState.NOT_NOW, "facilitator"),
    ("put off", SuggestionState.SUGGESTED, "facilitator"),
    ("given back", SuggestionState.TAKEN, "facilitator"),
}


@pytest.fixture
def asked(table: Table, cycle: Cycle) -> SuggestedItem:
    return services.suggest(table.stream, ASKED, by=table.robin)


# --- Rules.


def test_every_move_of_a_suggestion_from_every_state_by_everybody() -> None:
    folk, allowed = people(*ROLES), set()
    table = a_table(folk)
    for name, state, who in itertools.product(SUGGESTION.moves, SuggestionState, ROLES):
        suggestion = SuggestedItem(workstream=table, person_id=folk["member"].id, words=ASKED, state=state)
        allowed |= {(name, state, who)} if SUGGESTION.may(folk[who], name, suggestion) else set()
    assert allowed == ALLOWED


def test_everybody_at_the_table_may_ask_but_those_who_run_it() -> None:
    folk = people(*ROLES)
    table = a_table(folk)
    assert {who for who in ROLES if suggestions.may_suggest(folk[who], table)} == {"member", "chair"}
    table.state = WorkstreamState.CLOSED
    assert suggestions.may_suggest(folk["member"], table).reason == "This group is closed."


def test_ten_wait_at_once() -> None:
    assert suggestions.has_room_for(9)
    assert "Take one back first" in suggestions.has_room_for(10).reason


def test_words_become_a_title_of_whole_words_with_the_side_and_no_name() -> None:
    long = "Who picks up the phone at night when the ward has gone quiet and nobody knows whose turn it is to ring?"
    suggestion = SuggestedItem(words=long, person=Person(alias="Robin", side=Side.LIVED))
    item = suggestions.as_item(suggestion)
    assert len(item.title) <= 80
    assert long.startswith(item.title[:-1])
    assert (item.outcome_wanted, item.raised_by, item.lead) == (long, Side.LIVED, None)
    suggestion.words = ASKED
    assert (suggestions.as_item(suggestion).title, suggestions.as_item(suggestion).outcome_wanted) == (ASKED, "")


def test_it_goes_into_an_evening_of_its_own_group_that_is_still_built() -> None:
    session = a_cycle().sessions[0]
    stream = session.cycle.workstream
    session.cycle.workstream_id = stream.id
    ours = SuggestedItem(workstream_id=stream.id)
    assert suggestions.may_go_into(session, ours)
    assert not suggestions.may_go_into(session, SuggestedItem(workstream_id=session.id))
    session.items = [AgendaItem() for _ in range(30)]
    assert "30 items" in suggestions.may_go_into(session, ours).reason
    session.state = SessionState.PUBLISHED
    assert "not sent out yet" in suggestions.may_go_into(session, ours).reason


@pytest.mark.parametrize(
    ("state", "session", "item", "words"),
    [
        ("suggested", "draft", "planned", "We have it. You will read the answer here."),
        ("not now", "draft", "planned", "Not now. In spring."),
        ("taken", "draft", "planned", "Yes. We plan it for Tuesday 25 November."),
        ("taken", "published", "planned", "Yes. We plan it for Tuesday 25 November."),
        ("taken", "published", "done", "We talked about it on Tuesday 25 November."),
        ("taken", "held", "planned", "We talked about it on Tuesday 25 November."),
        (
            *("taken", "held", "dropped"),
            "There was no time for it on Tuesday 25 November. Ask for it again if you like.",
        ),
        (
            *("taken", "cancelled", "planned"),
            "It was planned for a day we did not meet. Ask for it again if you like.",
        ),
    ],
)
def test_she_reads_what_came_of_it(state: str, session: str, item: str, words: str) -> None:
    evening = a_session(state=SessionState(session))
    evening.items[3].state = ItemState(item)
    told = SuggestedItem(words=ASKED, state=SuggestionState(state), answer="In spring.", item=evening.items[3])
    assert suggestions.came_of(told) == words


# --- Services.


def test_asking_leaves_no_time_and_no_line_in_the_journal(table: Table, asked: SuggestedItem) -> None:
    """P4."""
    assert (asked.state, asked.person, asked.words) == (SuggestionState.SUGGESTED, table.robin, ASKED)
    assert not any(
        column.type.python_type.__name__ in ("date", "datetime") for column in SuggestedItem.__table__.columns
    )
    assert db.session.query(Entry).filter_by(by_id=table.robin.id).count() == 0
    with pytest.raises(Refused, match="You run the group"):
        services.suggest(table.stream, ASKED, by=table.sam)
    for _ in range(9):
        services.suggest(table.stream, "More", by=table.robin)
    with pytest.raises(Refused, match="10 of yours wait"):
        services.suggest(table.stream, "Too many", by=table.robin)


def test_taken_it_stands_in_the_evening_without_a_name_and_is_changed_there(
    table: Table, cycle: Cycle, asked: SuggestedItem
) -> None:
    session = cycle.sessions[2]
    item = services.take(asked, session, by=table.sam)
    assert (asked.state, asked.item, item.session, item.position) == (SuggestionState.TAKEN, item, session, 7)
    assert (item.title, item.raised_by, item.minutes) == (ASKED, Side.LIVED, 15)
    assert "Robin" not in f"{item.title}{item.lead}{item.method}{item.outcome_wanted}"
    services.change_item(item, by=table.sam, title="The phone at night", minutes=10)
    assert [entry.by_id for entry in db.session.query(Entry).filter_by(subject_id=asked.id)] == []
    with pytest.raises(Refused, match="so it cannot be taken"):
        services.take(asked, session, by=table.sam)


def test_only_facilitators_answer_and_only_into_a_draft(
    table: Table, published: Session, cycle: Cycle, asked: SuggestedItem
) -> None:
    with pytest.raises(Refused, match="not sent out yet"):
        services.take(asked, published, by=table.sam)
    for person in (table.robin, table.ada):
        with pytest.raises(Refused, match="Only a facilitator"):
            services.take(asked, cycle.sessions[1], by=person)
        with pytest.raises(Refused, match="Only a facilitator"):
            services.put_off(asked, "No.", by=person)
    assert asked.state == SuggestionState.SUGGESTED


def test_not_now_comes_with_a_word_and_may_become_yes(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    services.put_off(asked, "Thank you. In spring.", by=table.sam)
    assert (asked.state, asked.answer) == (SuggestionState.NOT_NOW, "Thank you. In spring.")
    services.take(asked, cycle.sessions[1], by=table.sam)
    assert (asked.state, asked.answer) == (SuggestionState.TAKEN, "")


def test_item_taken_off_again_lets_it_wait_for_an_answer(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    item = services.take(asked, cycle.sessions[1], by=table.sam)
    services.remove_item(item, by=table.sam)
    db.session.expire_all()
    assert (asked.state, asked.item_id) == (SuggestionState.SUGGESTED, None)


def test_it_stays_when_the_evening_starts_anew_and_follows_when_it_is_carried(
    table: Table, agreed: None, cycle: Cycle, asked: SuggestedItem
) -> None:
    session = cycle.sessions[0]
    item = services.take(asked, session, by=table.sam)
    services.lay_out(session, None, by=table.sam)
    assert item in session.items
    services.remove_item(session.items[3], by=table.sam)
    services.publish(session, by=table.sam)
    fresh = services.carry_over(item, by=table.sam)
    db.session.expire_all()
    assert asked.item == fresh
    assert suggestions.came_of(asked) == "Yes. We plan it for Tuesday 9 December."


def test_she_takes_it_back_and_the_plan_stays(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    item = services.take(asked, cycle.sessions[1], by=table.sam)
    with pytest.raises(Refused, match="Only the person who asked"):
        services.take_back(asked, by=table.sam)
    services.take_back(asked, by=table.robin)
    assert db.session.query(SuggestedItem).count() == 0
    assert item in cycle.sessions[1].items


def test_leaving_takes_what_she_asked_for_along(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    other = services.suggest(table.stream, "Ours", by=table.ada)
    (place,) = memberships_of(table.robin)
    workstreams.leave(place, Words.KEEP, by=table.robin)
    assert list(db.session.query(SuggestedItem)) == [other]


@pytest.mark.parametrize("words", Words)
def test_leaving_takes_her_words_out_of_evenings_that_nobody_was_told_of(
    table: Table, published: Session, words: Words
) -> None:
    """Domain rule 20: what she lets the group keep stays, and so does what was sent out."""
    drafts, told = published.cycle.sessions[1:3], published.cycle.sessions[3]
    for n, session in enumerate((drafts[0], drafts[0], drafts[1], told)):
        services.take(services.suggest(table.stream, f"Hers {n}", by=table.robin), session, by=table.sam)
    services.take(services.suggest(table.stream, "Ours", by=table.ada), drafts[0], by=table.sam)
    services.change_item(told.items[3], by=table.sam, minutes=5)
    services.publish(told, by=table.sam)
    before = db.session.query(Entry).filter_by(verb="changed the agenda").count()
    (place,) = memberships_of(table.robin)
    workstreams.leave(place, words, by=table.robin)
    kept = {item.title for session in (*drafts, told) for item in session.items} & {f"Hers {n}" for n in range(4)}
    assert kept == ({"Hers 3"} if words == Words.TAKE_OUT else {f"Hers {n}" for n in range(4)})
    assert "Ours" in [item.title for item in drafts[0].items]
    for session in drafts:
        assert [item.position for item in session.items] == list(range(1, len(session.items) + 1))
    assert db.session.query(Entry).filter_by(verb="changed the agenda").count() == before


def test_what_was_sent_out_while_she_left_stays(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    """What somebody else did in between counts: the evening is read anew once it is held."""
    item, session = services.take(asked, cycle.sessions[1], by=table.sam), cycle.sessions[1]
    (place,) = memberships_of(table.robin)
    lock = suggestion_services.lock

    def once_she_is_faster(held: Session) -> None:
        faster = update(Session).where(Session.id == session.id).values(state=SessionState.PUBLISHED)
        db.session.execute(faster.execution_options(synchronize_session=False))
        lock(held)

    with mock.patch.object(suggestion_services, "lock", once_she_is_faster):
        workstreams.leave(place, Words.TAKE_OUT, by=table.robin)
    assert item in session.items


# --- Queries.


def test_only_she_and_those_who_run_the_group_find_it(table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    a_stream(table.stream.programme, "Elsewhere", facilitator=table.stranger)
    assert queries.one_suggestion_run_by(table.sam, asked.id) is asked
    assert queries.one_own_suggestion(table.robin, asked.id) is asked
    for person in (table.robin, table.ada, table.stranger):
        with pytest.raises(NoResultFound):
            queries.one_suggestion_run_by(person, asked.id)
    for person in (table.sam, table.ada, table.stranger):
        with pytest.raises(NoResultFound):
            queries.one_own_suggestion(person, asked.id)
    assert queries.own_suggestions(table.ada, table.stream) == []


def test_drafts_to_come_are_listed(table: Table, published: Session) -> None:
    found = queries.drafts_of(table.stream.id, published.cycle.sessions[2].on)
    assert [session.number for session in found] == list(range(3, 11))


@pytest.mark.parametrize("page", ["suggest", "suggestions"])
def test_pages_cost_the_same_with_one_and_with_three(
    as_: Visitor, table: Table, cycle: Cycle, asked: SuggestedItem, query_count: list[str], page: str
) -> None:
    visitor = as_(table.robin if page == "suggest" else table.sam)

    def cost() -> int:
        db.session.commit()
        query_count.clear()
        assert visitor.get(f"/workstreams/{table.stream.id}/{page}").status_code == 200
        return len(query_count)

    services.take(asked, cycle.sessions[1], by=table.sam)
    with_one = cost()
    for n in (2, 3):
        more = services.suggest(table.stream, f"Number {n}", by=table.robin)
        services.take(more, cycle.sessions[n], by=table.sam)
    assert cost() == with_one


def _words_of(template: Template) -> str:
    evenings = [template, *(week.outline for week in template.weeks if week.outline)]
    return " ".join(f"{item.title} {item.outcome_wanted}" for evening in evenings for item in evening.items)


@pytest.mark.parametrize("then", ["she takes it back", "she leaves", "nobody says who raised it", "it is carried over"])
def test_what_somebody_asked_for_stays_with_her_group(
    table: Table, agreed: None, cycle: Cycle, asked: SuggestedItem, clock: Callable[..., None], then: str
) -> None:
    """P4: her words go into no template, no copied plan and no other group, whatever became of the suggestion."""
    first = cycle.sessions[0]
    services.remove_item(first.items[5], by=table.sam)
    item = services.take(asked, first, by=table.sam)
    services.change_item(first.items[3], title="Our own talk", minutes=10, by=table.sam)
    services.publish(first, by=table.sam)
    if then == "she takes it back":
        services.take_back(asked, by=table.robin)
    elif then == "she leaves":
        workstreams.leave(memberships_of(table.robin)[0], Words.KEEP, by=table.robin)
    elif then == "nobody says who raised it":
        item.raised_by = None
    else:
        clock(first.begins)
        services.carry_over(item, by=table.sam)
    db.session.commit()
    db.session.expire_all()

    again = services.plan(
        table.stream, date(2026, 4, 14), time(18), by=table.sam, outline=queries.outline_from(table.sam, cycle.id)
    )
    copied = " ".join(item.title for session in again.sessions for item in session.items)
    kept = _words_of(services.keep_plan(cycle, "Ours", by=table.sam))
    for words in (copied, kept, _words_of(services.keep_evening(first, "First", by=table.sam))):
        assert ("Our own talk" in words, ASKED in words) == (True, False)


# --- Pages.


def test_member_asks_reads_and_takes_back_on_one_page(as_: Visitor, table: Table, cycle: Cycle) -> None:
    """Feature 19."""
    robin, address = as_(table.robin), f"/workstreams/{table.stream.id}/suggest"
    page = Page(robin.get(address).text)
    assert (page.title, page.heading) == ("Your page", "What should we talk about?")
    for typed in ("", "word " * 31, "x" * 201, "Case LA25P50123"):
        answer = robin.post(address, data={"words": typed})
        assert answer.status_code == 422
    robin.post(address, data={"words": ASKED})
    told = robin.get(address).text
    assert "We have it. You will read the answer here." in told
    assert ASKED not in as_(table.ada).get(address).text
    (asked,) = db.session.query(SuggestedItem)
    robin.post(f"/suggestions/{asked.id}/take-back")
    assert ASKED not in robin.get(address).text


def test_members_page_is_easy_to_read(as_: Visitor, table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    """Domain rule 14."""
    services.put_off(asked, "Thank you. We come back to it.", by=table.sam)
    services.take(services.suggest(table.stream, "The map", by=table.robin), cycle.sessions[1], by=table.sam)
    told = sentences(Page(as_(table.robin).get(f"/workstreams/{table.stream.id}/suggest").text))
    assert grade(told) <= 6
    assert max(len(words_of(sentence)) for sentence in told) <= 25


def test_ten_are_enough_on_the_page_too(as_: Visitor, table: Table, cycle: Cycle) -> None:
    for n in range(10):
        services.suggest(table.stream, f"Number {n}", by=table.robin)
    page = as_(table.robin).get(f"/workstreams/{table.stream.id}/suggest").text
    assert "10 of yours wait for an answer." in page
    assert "<textarea" not in page


def test_facilitator_takes_it_into_an_evening(as_: Visitor, table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    sam, address = as_(table.sam), f"/suggestions/{asked.id}"
    assert all(words in sam.get(f"/workstreams/{table.stream.id}/suggestions").text for words in (ASKED, "Robin"))
    assert "Session 2, Tuesday 9 December" in sam.get(address).text
    answer = sam.post(address, data={"do": "take", "evening": cycle.sessions[1].id})
    assert answer.location == f"/agenda-items/{asked.item.id}"
    page = sam.get(f"/sessions/{cycle.sessions[1].id}").text
    assert "Parents and carers asked for it." in page
    (session := cycle.sessions[1]).state = SessionState.PUBLISHED  # type: ignore[misc]
    for path in ("sessions", "evenings"):
        shown = as_(table.ada).get(f"/{path}/{session.id}").text
        assert ASKED in shown
        assert "asked for it" not in shown
    assert "asked for it" not in sam.get(f"/sessions/{session.id}/pack/agenda").text
    assert "Robin" not in page.split("<main")[1]
    assert f"/sessions/{cycle.sessions[1].id}" in sam.get(address).text
    assert (
        "Yes. We plan it for Tuesday 9 December."
        in as_(table.robin).get(f"/workstreams/{table.stream.id}/suggest").text
    )


def test_facilitator_says_not_now_with_a_word(as_: Visitor, table: Table, cycle: Cycle, asked: SuggestedItem) -> None:
    sam, address = as_(table.sam), f"/suggestions/{asked.id}"
    for typed, words in (
        ({}, "Choose one of these."),
        ({"do": "later"}, "Write a kind word."),
        ({"do": "take"}, "Choose an evening that is not sent out yet."),
        ({"do": "take", "evening": asked.id}, "Choose an evening that is not sent out yet."),
    ):
        answer = sam.post(address, data=typed)
        assert (answer.status_code, words in answer.text) == (422, True)
    sam.post(address, data={"do": "later", "answer": "Thank you. We come back to it in spring."})
    assert (
        "Not now. Thank you. We come back to it in spring."
        in as_(table.robin).get(f"/workstreams/{table.stream.id}/suggest").text
    )
    assert 'value="later"' not in sam.get(address).text
    assert "in spring" in sam.get(f"/workstreams/{table.stream.id}/suggestions").text


def test_without_an_evening_there_is_only_not_now(as_: Visitor, table: Table, agreed: None) -> None:
    asked = services.suggest(table.stream, ASKED, by=table.robin)
    sam, address = as_(table.sam), f"/suggestions/{asked.id}"
    assert 'value="take"' not in sam.get(address).text
    services.put_off(asked, "Thank you.", by=table.sam)
    assert "No evening is being built now." in sam.get(address).text


def test_suggestions_are_answered_by_those_who_run_the_group(
    as_: Visitor, table: Table, cycle: Cycle, asked: SuggestedItem
) -> None:
    assert "Nothing to answer" not in as_(table.sam).get(f"/workstreams/{table.stream.id}/suggestions").text
    for person, listed, one in ((table.robin, 403, 404), (table.ada, 403, 404), (table.stranger, 404, 404)):
        assert as_(person).get(f"/workstreams/{table.stream.id}/suggestions").status_code == listed
        assert as_(person).get(f"/suggestions/{asked.id}").status_code == one
        assert as_(person).post(f"/suggestions/{asked.id}", data={"do": "take"}).status_code == one
    assert as_(table.sam).get(f"/workstreams/{table.stream.id}/suggest").status_code == 403
    assert as_(table.sam).post(f"/suggestions/{asked.id}/take-back").status_code == 404
    assert as_(a_person("Out")).get(f"/workstreams/{table.stream.id}/suggest").status_code == 404
    services.take_back(asked, by=table.robin)
    assert "Nothing to answer" in as_(table.sam).get(f"/workstreams/{table.stream.id}/suggestions").text
