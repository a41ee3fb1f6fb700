"""Opening a vote: one screen, a look at it as a member, and a show of hands where a vote cannot be."""

import re
from datetime import timedelta

import pytest

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.core.once import Once
from coprod.voting import services
from coprod.voting.models import Envelope, Kind, Poll, PollState, Quorum, RollEntry, Rule
from coprod.voting.rules import Choice
from tests.factories import a_stream, an_admin
from tests.voting.ballots import a_table


def new_of(table) -> str:
    return f"/workstreams/{table.stream.id}/votes/new"


def preview_of(table) -> str:
    return f"/workstreams/{table.stream.id}/votes/preview"


def typed(table, **changed) -> dict:
    """What the form sends when nothing but the question is typed."""
    return {
        "question": "Shall each parent get one named midwife?",
        "kind": "temperature",
        "closes_on": (now() + timedelta(days=3)).date().isoformat(),
        "closes_at": "17:00",
        "voters": [str(person.id) for person in table.voters],
        "quorum": "half",
        "rule": "both sides" if len(table.lived) > 4 < len(table.professionals) else "parents and the whole group",
        "where": "online",
        "options": "",
        "most": "",
        **changed,
    }


def the_poll() -> Poll:
    return db.session.scalars(db.select(Poll)).one()


def words(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def test_one_screen_asks_and_has_a_default_for_everything_but_the_question(as_):
    table = a_table()
    page = as_(table.facilitator).get(new_of(table))
    assert page.status_code == 200
    assert page.text.count("checked") == 15 + len(["kind", "quorum", "rule", "where"])
    assert "6 with lived experience and 9 professionals may vote." in words(page)
    assert "one word: most for, most against, or no majority" in words(page)
    assert "Nobody can hand their vote on to somebody else." in words(page)


def test_a_question_is_put_to_everybody_but_the_facilitator(as_):
    table = a_table()
    answer = as_(table.facilitator).post(new_of(table), data=typed(table))
    poll = the_poll()
    assert (answer.status_code, answer.location) == (303, f"/votes/{poll.id}/running")
    assert (poll.state, poll.kind, poll.rule, poll.quorum) == (
        PollState.OPEN,
        Kind.TEMPERATURE,
        Rule.BOTH_SIDES,
        Quorum.HALF,
    )
    assert set(db.session.scalars(db.select(RollEntry.person_id))) == {person.id for person in table.voters}


def test_what_can_be_changed_is_frozen_and_printed_on_the_ballot(as_):
    table = a_table()
    voters = [str(person.id) for person in table.voters[1:]]
    changed = {"kind": "consent", "rule": "two thirds", "quorum": "three quarters", "voters": voters}
    as_(table.facilitator).post(new_of(table), data=typed(table, **changed))
    poll = the_poll()
    assert (poll.rule, poll.quorum, poll.left_out) == (Rule.TWO_THIRDS, Quorum.THREE_QUARTERS, 1)
    assert as_(table.voters[0]).get(f"/votes/{poll.id}").status_code == 404
    ballot = words(as_(table.voters[1]).get(f"/votes/{poll.id}"))
    for said in (
        "Can you live with this?",
        "I cannot live with it",
        "5 parents and 9 workers can answer. 1 person is left out this time.",
        "If less than three quarters of the parents or of the workers answer, there is no result.",
        "It takes two thirds of those who answer.",
        "One worry is enough for us to talk again.",
        "Nobody can vote for you, and you cannot vote for somebody else: it is private.",
    ):
        assert said in ballot


def test_things_to_pick_are_written_a_line_each(as_):
    table = a_table()
    data = typed(table, kind="pick", options="A card\n\n  One midwife \nA walk\nA film", most="2")
    as_(table.facilitator).post(new_of(table), data=data)
    poll = the_poll()
    assert ([option.words for option in poll.options], poll.most) == (["A card", "One midwife", "A walk", "A film"], 2)


@pytest.mark.parametrize(("things", "most"), [("A\nB", 1), ("A\nB\nC", 2), ("A\nB\nC\nD\nE", 3)])
def test_how_many_may_be_picked_has_a_default_that_fits_the_list(as_, things, most):
    table = a_table()
    sam = as_(table.facilitator)
    page = sam.get(new_of(table)).text
    assert page.index('name="most"') < page.index('class="more"')
    assert sam.post(new_of(table), data=typed(table, kind="pick", options=things, most="")).status_code == 303
    assert the_poll().most == most


def test_how_many_may_be_picked_does_not_matter_where_nothing_is(as_):
    table = a_table()
    assert as_(table.facilitator).post(new_of(table), data=typed(table, most="many")).status_code == 303


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"question": ""}, "Write the question."),
        ({"question": "word " * 61}, "Use 60 words at most."),
        ({"question": "Is it 943 476 5919?"}, "looks like an NHS number"),
        ({"kind": "statements"}, "Pick one of these."),
        ({"closes_on": "2020-01-01"}, "later than now, and within sixty days"),
        ({"closes_on": "2026-03-29", "closes_at": "01:30"}, "this time does not exist"),
        ({"closes_on": ""}, "Say which day it closes."),
        ({"closes_at": ""}, "Say at what time it closes"),
        ({"rule": ""}, "Say what it takes."),
        ({"quorum": "all"}, "Pick one of these."),
        ({"kind": "pick", "options": "Only one"}, "Write 2 to 40, one on each line."),
        ({"kind": "pick", "options": "A card\na CARD"}, "Two lines are the same."),
        ({"kind": "pick", "options": f"A card\n{'x' * 201}"}, "Use 200 letters at most for each."),
        ({"kind": "pick", "options": "A\nB\nC", "most": "3"}, "One person may pick 2 at most from 3."),
    ],
)
def test_what_does_not_fit_is_asked_again_and_what_was_typed_stays(as_, changed, told):
    table = a_table()
    page = as_(table.facilitator).post(new_of(table), data=typed(table, **changed))
    assert (page.status_code, told in page.text) == (422, True)
    assert changed.get("question", "Shall each parent")[:20] in page.text
    assert db.session.scalars(db.select(Poll)).all() == []


def test_a_roll_below_five_and_sides_that_are_none_are_refused_b11(as_):
    table = a_table()
    sam = as_(table.facilitator)
    few = sam.post(new_of(table), data=typed(table, voters=[str(person.id) for person in table.voters[:4]]))
    assert (few.status_code, "A private vote needs 5 people or more." in few.text) == (422, True)
    one_side = sam.post(new_of(table), data=typed(table, voters=[str(person.id) for person in table.voters[2:]]))
    assert (one_side.status_code, "only where each has five people or more" in one_side.text) == (422, True)


def test_preview_is_the_ballot_stores_nothing_and_keeps_what_was_typed(as_):
    table = a_table()
    sam = as_(table.facilitator)
    data = typed(table, once="7b0a1f3c-0c2f-4d1b-9a36-0b5a5f6f0a11")
    page = sam.post(preview_of(table), data=data)
    assert (page.status_code, "This is what a member sees." in page.text) == (200, True)
    assert "If the whole group votes the same way, everyone will know" in page.text
    assert [db.session.scalars(db.select(kind)).all() for kind in (Poll, Envelope, Once)] == [[], [], []]
    kept = re.findall(r'name="(\w+)" value="([^"]*)"', page.text)
    assert {("question", data["question"]), ("where", "online"), ("voters", data["voters"][0])} <= set(kept)
    back = sam.post(preview_of(table), data=data | {"do": "change", "question": "Half a"})
    assert (back.status_code, "Half a" in back.text, "govuk-error-summary" in back.text) == (200, True, False)
    assert sam.post(preview_of(table), data=data | {"question": ""}).status_code == 422
    assert sam.post(new_of(table), data=data).status_code == 303


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"kind": "pick", "options": "A card\nOne midwife", "most": "1"}, "Pick one."),
        ({"kind": "consent"}, "I cannot live with it"),
        ({"where": "paper"}, "This question is on paper"),
        ({"kind": "show of hands"}, "Members see no page of their own for this."),
    ],
)
def test_preview_of_every_kind_is_what_members_get(as_, changed, shown):
    table = a_table()
    page = as_(table.facilitator).post(preview_of(table), data=typed(table, **changed))
    assert (page.status_code, shown in page.text) == (200, True)
    assert db.session.scalars(db.select(Poll)).all() == []


def test_how_a_question_reads_is_said_beside_it(as_):
    table = a_table()
    hard = "Notwithstanding multidisciplinary considerations, should organisational accountability be institutional?"
    page = as_(table.facilitator).post(new_of(table), data=typed(table, question=hard, closes_on=""))
    assert "Hard to read" in page.text


def test_below_five_only_hands_are_counted_and_the_page_says_why_b11(as_):
    table = a_table(lived=2, professionals=2)
    sam = as_(table.facilitator)
    page = sam.get(new_of(table))
    assert "A private vote needs 5 people or more, or it would be plain who said what." in page.text
    assert "See it as a member" not in page.text
    answer = sam.post(new_of(table), data={"question": "A walk first?", "kind": "show of hands"})
    poll = the_poll()
    assert (poll.kind, poll.state) == (Kind.HANDS, PollState.DRAFT)
    assert "Talk until the group has an answer" in words(sam.get(answer.location))
    assert sam.post(f"/votes/{poll.id}/hands", data={"outcome": ""}).status_code == 422
    sam.post(f"/votes/{poll.id}/hands", data={"outcome": "agreed"})
    read = words(as_(table.lived[0]).get(f"/votes/{poll.id}/result"))
    assert ("The group said yes to it." in read, "no numbers are kept" in read) == (True, True)


def test_hands_without_lived_experience_have_no_result(as_):
    table = a_table(lived=0, professionals=3)
    poll = services.draft(table.stream, "A walk first?", kind=Kind.HANDS, by=table.facilitator)
    db.session.commit()
    sam = as_(table.facilitator)
    assert sam.get(f"/votes/{poll.id}/running").text.count('name="outcome"') == 1
    assert sam.post(f"/votes/{poll.id}/hands", data={"outcome": "agreed"}).status_code == 422


def test_only_who_runs_the_group_opens_a_vote(as_):
    table = a_table()
    for person, status in ((table.lived[0], 403), (table.professionals[0], 403), (an_admin(), 404)):
        assert as_(person).get(new_of(table)).status_code == status
        assert as_(person).post(new_of(table), data=typed(table)).status_code == status
        assert as_(person).post(preview_of(table), data=typed(table)).status_code == status


def test_a_kind_can_be_asked_for_by_whoever_leads_here(as_):
    table = a_table()
    page = as_(table.facilitator).get(f"{new_of(table)}?kind=pick")
    assert re.search(r'checked[^>]*value="pick"|value="pick"[^>]*checked|<input checked[^>]*value="pick"', page.text)
    assert as_(table.facilitator).get(f"{new_of(table)}?kind=nonsense").status_code == 200


# --- A second round.


def worried_about(table, **about) -> Poll:
    """A vote that came back for talk, and one worry."""
    poll = services.draft(table.stream, "One named midwife?", by=table.facilitator, **about)
    services.open_vote(poll, now() + timedelta(days=3), by=table.facilitator)
    for person in table.voters:
        services.cast(poll, Choice.WORRIED, by=person)
    services.raise_worry(poll, "Who pays?", by=table.lived[0])
    services.close_and_count(poll, by=table.facilitator)
    db.session.commit()
    return poll


def test_the_same_words_are_not_asked_again_before_the_worries_are_settled(as_):
    table = a_table()
    poll = worried_about(table)
    sam, again = as_(table.facilitator), f"{new_of(table)}?again={poll.id}"
    assert "Ask it again" not in sam.get(f"/votes/{poll.id}/running").text
    assert sam.get(again).status_code == 403
    for address in (new_of(table), preview_of(table)):
        page = sam.post(address, data=typed(table, question="  One NAMED midwife? "))
        assert (page.status_code, "First talk about every worry" in page.text) == (422, True)
    with pytest.raises(Refused, match="First talk about every worry"):
        services.draft(table.stream, poll.question, by=table.facilitator, kind=Kind.HANDS)
    assert sam.post(new_of(table), data=typed(table)).status_code == 303, "another question may be asked"
    for name, answer in (("talked about", ""), ("carried forward", "")):
        services.move_worry(poll.worries[0], name, answer, by=table.facilitator)
    db.session.commit()
    assert again.replace("&", "&amp;") in sam.get(f"/votes/{poll.id}/running").text
    page = sam.get(again)
    assert (page.status_code, "One named midwife?" in page.text) == (200, True)
    assert sam.post(new_of(table), data=typed(table, question=poll.question)).status_code == 303


def test_a_second_round_begins_with_the_same_list_and_a_way_to_answer(as_):
    table = a_table()
    poll = services.draft(
        table.stream,
        "What first?",
        by=table.facilitator,
        kind=Kind.PICK,
        options=["A card", "A walk", "A film"],
        most=1,
    )
    services.open_vote(poll, now() + timedelta(days=3), by=table.facilitator)
    db.session.commit()
    sam, again = as_(table.facilitator), f"{new_of(table)}?again={poll.id}"
    assert sam.get(again).status_code == 403, "it still runs"
    services.void(poll, by=table.facilitator)
    db.session.commit()
    page = sam.get(again).text
    assert "A card\nA walk\nA film</textarea>" in page
    assert re.search(
        r'<input[^>]*name="kind"[^>]*value="pick"[^>]*checked|checked[^>]*name="kind"[^>]*value="pick"', page
    )
    elsewhere = a_table(name="Legal", programme=table.stream.programme)
    assert as_(elsewhere.facilitator).get(f"{new_of(elsewhere)}?again={poll.id}").status_code == 404
    both = a_stream(table.stream.programme, "Also Sam’s", facilitator=table.facilitator)
    assert sam.get(f"/workstreams/{both.id}/votes/new?again={poll.id}").status_code == 404


@pytest.mark.parametrize("at", [new_of, preview_of])
def test_one_alone_is_not_left_out_of_what_was_asked_before_b13(as_, at):
    """Nothing typed is lost, and where she stands is open to see."""
    table = a_table(6, 6)
    sam = as_(table.facilitator)
    sam.post(new_of(table), data=typed(table))
    again = typed(table, question="shall each parent  get one named midwife?")
    page = sam.post(at(table), data=again | {"voters": again["voters"][1:]})
    assert (page.status_code, "The same was asked before." in page.text) == (422, True)
    assert ("parent  get one named midwife?" in page.text, '<details class="more" open' in page.text) == (True, True)
    assert the_poll().left_out == 0
    assert sam.post(at(table), data=again).status_code in (200, 303)


def test_a_second_round_leaves_out_whom_the_first_left_out(as_):
    table = a_table()
    poll = services.draft(table.stream, "One named midwife?", by=table.facilitator)
    services.open_vote(poll, now() + timedelta(days=3), by=table.facilitator, left_out={table.professionals[0].id})
    services.close_and_count(poll, by=table.facilitator)
    db.session.commit()
    page = as_(table.facilitator).get(f"{new_of(table)}?again={poll.id}").text
    ticked = [box for box in re.findall(r"<input[^>]*checked[^>]*>", page) if 'name="voters"' in box]
    assert len(ticked) == 14
    assert not [box for box in ticked if str(table.professionals[0].id) in box]
    assert '<details class="more" open>' in page
