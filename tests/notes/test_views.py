"""The pages of notes: those who run the group write, members read and correct, nobody else finds anything."""

from datetime import timedelta

import pytest

from coprod.actions import services as actions
from coprod.core.clock import today
from coprod.cycles import services as cycles
from coprod.cycles.models import Purpose, SessionState
from coprod.notes import queries, services
from coprod.notes.models import NoteCorrection
from coprod.recommendations.models import Recommendation, Round, State
from coprod.voting.models import Outcome, Poll, PollState, Result
from tests.factories import an_action, keep
from tests.house.pages import Page
from tests.house.reading import grade, sentences, words_of
from tests.notes.conftest import put


@pytest.fixture
def begun(evening):
    """Notes with one line, still a draft."""
    services.append(evening.session, evening.item, "The map is green.", by=evening.sam)
    put(evening.session, SessionState.HELD)
    return queries.notes_of(evening.session)


@pytest.fixture
def given(evening, begun):
    """The same, given to the members."""
    services.give(begun, by=evening.sam)
    return begun


@pytest.fixture
def part(evening, begun):
    return next(part for part in begun.parts if part.item_id == evening.item.id)


def at(evening, page="notes", of="sessions"):
    return f"/{of}/{evening.session.id}/{page}"


def test_notes_are_begun_by_a_button(evening, as_):
    sam = as_(evening.sam)
    assert "Begin the notes" in sam.get(at(evening)).text
    assert queries.notes_of(evening.session) is None
    assert sam.post(at(evening)).location == at(evening)
    page = sam.get(at(evening)).text
    assert "Write<span" in page
    assert "Mark the session as held first." in page


def test_notes_are_given_and_agreed_by_buttons(evening, begun, as_, clock):
    sam = as_(evening.sam)
    assert sam.post(at(evening, "notes/agreed")).status_code == 403
    assert sam.post(at(evening, "notes/with-members")).location == at(evening)
    page = sam.get(at(evening)).text
    assert "until <strong>Tuesday 25 November</strong>" in page
    assert "Members may correct them until Tuesday 25 November." in page
    clock(evening.session.begins + timedelta(days=7))
    assert sam.post(at(evening, "notes/agreed")).location == at(evening)
    assert "The group agreed them on Tuesday 25 November." in sam.get(at(evening)).text
    assert sam.get(f"/notes/{begun.parts[0].id}/edit").status_code == 403


def test_note_is_saved_and_refused_with_a_family_number(evening, part, as_):
    sam = as_(evening.sam)
    assert "The map is green." in sam.get(f"/notes/{part.id}/edit").text
    kept = sam.post(f"/notes/{part.id}/edit", data={"words": "9434765919", "version": "1"})
    assert kept.status_code == 422
    assert "9434765919" in kept.text
    answer = sam.post(f"/notes/{part.id}/edit", data={"words": "The map is red.", "version": "1"})
    assert answer.location == at(evening)
    page = sam.get(f"/notes/{part.id}/versions").text
    assert page.index("The map is red.") < page.index("The map is green.")
    assert "2 versions" in sam.get(at(evening)).text


@pytest.mark.parametrize("version", ["0", "", "x", "²"])
def test_second_of_two_sees_both_texts_and_loses_none(evening, part, as_, version):
    """R4: theirs as it stands, hers in the box, what differs marked in words."""
    toni = as_(evening.toni)
    answer = toni.post(f"/notes/{part.id}/edit", data={"words": "The map is blue & new.", "version": version})
    assert answer.status_code == 409
    assert "Only in theirs:" in answer.text
    assert "<mark>green.</mark>" in answer.text
    assert "Only in yours:" in answer.text
    assert "<mark>blue &amp; new.</mark>" in answer.text
    assert "The map is blue &amp; new.</textarea>" in answer.text
    assert 'value="1"' in answer.text
    assert part.words == "The map is green."


def test_members_read_notes_once_they_are_given_and_never_a_draft(evening, begun, as_):
    robin = as_(evening.robin)
    assert robin.get(at(evening, of="evenings")).status_code == 404
    services.give(begun, by=evening.sam)
    page = robin.get(at(evening, of="evenings")).text
    assert "The map is green." in page
    assert "You can tell us until <strong>Tuesday 25 November</strong>" in page


def test_member_corrects_in_one_box_and_sees_what_came_of_it(evening, given, part, as_, clock):
    robin, sam, kit = as_(evening.robin), as_(evening.sam), as_(evening.kit)
    address = f"/notes/{part.id}/correct"
    assert "The map is green." in robin.get(address).text
    assert robin.post(address, data={"words": ""}).status_code == 422
    assert robin.post(address, data={"words": "It was blue."}).location == at(evening, of="evenings")
    assert "We will look at it." in robin.get(at(evening, of="evenings")).text
    assert "It was blue." not in kit.get(at(evening, of="evenings")).text
    (correction,) = queries.corrections_to(given)
    seen = sam.get(at(evening)).text
    assert "It was blue." in seen
    assert "Robin" not in seen
    beside = sam.get(f"/corrections/{correction.id}/take").text
    assert "It was blue." in beside
    assert "Robin" not in beside
    late = sam.post(f"/corrections/{correction.id}/take", data={"words": "Blue.", "version": "0"})
    assert late.status_code == 409
    assert "It was blue." in late.text
    full = sam.post(f"/corrections/{correction.id}/take", data={"words": "BP25C50123", "version": "1"})
    assert full.status_code == 422
    assert sam.post(f"/corrections/{correction.id}/take", data={"words": "Blue.", "version": "1"}).status_code == 303
    assert "It is in the notes now." in robin.get(at(evening, of="evenings")).text
    clock(evening.session.begins + timedelta(days=8))
    assert robin.get(address).status_code == 403
    assert "The group will agree them when it meets." in robin.get(at(evening, of="evenings")).text


def test_correction_is_answered_kindly(evening, given, part, as_):
    correction = services.ask_correction(part, "It was blue.", by=evening.robin)
    sam = as_(evening.sam)
    address = f"/corrections/{correction.id}/answer"
    assert "It was blue." in sam.get(address).text
    assert sam.post(address, data={"words": " "}).status_code == 422
    assert sam.post(address, data={"words": "Let us look together."}).location == at(evening)
    assert "Let us look together." in as_(evening.robin).get(at(evening, of="evenings")).text
    assert "Let us look together." in sam.get(at(evening)).text
    assert sam.get(address).status_code == 403


def test_agreed_notes_are_read_by_members(evening, given, as_, clock):
    clock(evening.session.begins + timedelta(days=7))
    services.agree(given, by=evening.sam)
    assert "The group agreed these notes." in as_(evening.robin).get(at(evening, of="evenings")).text


def test_nobody_outside_finds_notes(evening, given, part, as_):
    """P1: a programme admin who does not sit there is a stranger; members find no page of those who run the group."""
    correction = services.ask_correction(part, "It was blue.", by=evening.robin)
    theirs = [
        at(evening),
        at(evening, "notes/paper"),
        f"/notes/{part.id}/edit",
        f"/notes/{part.id}/versions",
        f"/corrections/{correction.id}/take",
        f"/corrections/{correction.id}/answer",
    ]
    members = [
        at(evening, of="evenings"),
        at(evening, "what-you-missed", "evenings"),
        f"/notes/{part.id}/correct",
    ]
    for person, pages in (
        (evening.stranger, theirs + members),
        (evening.admin, theirs + members),
        (evening.robin, theirs),
    ):
        visitor = as_(person)
        assert {page: visitor.get(page).status_code for page in pages} == dict.fromkeys(pages, 404)


def test_card_of_an_evening_leads_to_its_notes(evening, given, as_, clock):
    clock(evening.session.begins + timedelta(days=1))
    page = as_(evening.robin).get(f"/evenings/{evening.session.id}").text
    assert at(evening, of="evenings") in page
    assert at(evening, "what-you-missed", "evenings") in page


# --- Paper.


def test_paper_names_nobody_and_says_how_far_it_is(evening, begun, part, as_, clock):
    sam = as_(evening.sam)
    page = sam.get(at(evening, "notes/paper")).text
    assert "Draft. Not for others yet." in page
    assert "The map is green." in page
    assert "Robin" not in page
    services.write(part, "Robin asked for a map.", 1, by=evening.sam)
    assert "The name Robin stands under" in sam.get(at(evening, "notes/paper")).text
    services.give(begun, by=evening.sam)
    assert "may ask for corrections until Tuesday 25 November" in sam.get(at(evening, "notes/paper")).text
    clock(evening.session.begins + timedelta(days=7))
    services.agree(begun, by=evening.sam)
    assert "Agreed on 25 November 2025." in sam.get(at(evening, "notes/paper")).text


def test_nobody_but_her_reads_who_asked_for_a_correction(evening, given, part, as_):
    """P5, decision 19: not who runs the group, not its history, not what anybody holds about herself; she does."""
    taken = services.ask_correction(part, "It was blue.", by=evening.robin)
    waits = services.ask_correction(part, "It was grey.", by=evening.robin)
    services.take(taken, "The map is blue.", part.version, by=evening.sam)
    sam, history = as_(evening.sam), f"/programmes/{evening.stream.programme_id}/history"
    pages = [
        at(evening),
        f"/corrections/{waits.id}/take",
        f"/corrections/{waits.id}/answer",
        at(evening, "notes/paper"),
    ]
    told = [sam.get(page).text for page in [*pages, f"/notes/{part.id}/versions", "/my-data"]]
    told += [as_(reader).get(history).text for reader in (evening.sam, evening.kit, evening.admin)]
    told += [as_(evening.kit).get(page).text for page in (at(evening, of="evenings"), "/my-data")]
    assert [text for text in told if "Robin" in text] == []
    assert [number for number, text in enumerate(told) if "It was grey." in text] == [0, 1, 2]
    own = [as_(evening.robin).get(page).text for page in (at(evening, of="evenings"), "/my-data")]
    assert [("It was blue." in text, "It was grey." in text) for text in own] == [(True, True)] * 2
    assert {column.name for column in NoteCorrection.__table__.columns if "date" in str(column.type).lower()} == set()


# --- What you missed.


def test_missed_page_tells_what_happened_and_never_asks_why(evening, begun, part, as_, clock):
    """Domain rule 20."""
    robin = as_(evening.robin)
    address = at(evening, "what-you-missed", "evenings")
    early = robin.get(address).text
    assert "You were missed. Here is what happened." in early
    assert "You can read it here by Tuesday 25 November." in early
    assert "green" not in early
    deciding = evening.session.items[5]
    deciding.purpose = Purpose.DECIDE
    services.append(evening.session, deciding, "We print the map.", by=evening.sam)
    services.give(begun, by=evening.sam)
    actions.open_action(
        evening.stream, "Ring the printer", evening.kit, evening.session.on + timedelta(3), by=evening.sam
    )
    page = robin.get(address).text
    assert "The map is green." in page
    assert page.count("We print the map.") == 1
    assert "<strong>Kit</strong>: Ring the printer, by Friday 21 November" in page
    assert "<strong>Tuesday 25 November</strong>, 6pm to 7.55pm. Sea Room." in page
    assert "why" not in page.lower()


def test_missed_page_says_so_when_it_is_late(evening, begun, as_, clock):
    clock(evening.session.begins + timedelta(days=40))
    late = as_(evening.robin).get(at(evening, "what-you-missed", "evenings")).text
    assert "We are late with it." in late
    assert "We will tell you." in late
    # What nobody has written down yet is not called nothing.
    assert "Nothing that day." not in late


def test_nobody_is_told_what_she_missed_before_it_is_held(evening, as_):
    """The evening's clock says nothing of whether the group met."""
    robin, card = as_(evening.robin), f"/evenings/{evening.session.id}"
    address = at(evening, "what-you-missed", "evenings")
    early = robin.get(address)
    assert (early.status_code, "once we have met" in early.text, "You were missed" in early.text) == (403, True, False)
    assert address not in robin.get(card).text
    put(evening.session, SessionState.HELD)
    assert robin.get(address).status_code == 200
    assert address in robin.get(card).text


def test_last_evening_of_a_cycle_does_not_collect_what_comes_after_it(evening, as_):
    """What was opened or counted after the group met again, in whatever cycle, is of that evening."""
    last, first = evening.session.cycle.sessions[-1], evening.session
    for session in (first, last):
        put(session, SessionState.HELD)
    days = (last.on - timedelta(1), last.on, last.on + timedelta(5), last.on + timedelta(6), last.on + timedelta(14))
    for on in days:
        an_action(evening.stream, evening.kit, f"Opened {on:%j}", due=on, opened_on=on)
        a_vote_counted(evening.stream, on)
    found = queries.days_of(last)
    assert found == (last.on, last.on + timedelta(14))
    told = [action.opened_on for action in queries.actions_of(last, found)]
    assert told == [poll.counted_on for _, poll in queries.results_of(last, found)] == [*days[1:4]]
    anew = cycles.plan(evening.stream, last.on + timedelta(6), first.starts_at, by=evening.sam)
    assert queries.days_of(last) == (last.on, anew.sessions[0].on)
    put(anew.sessions[0], SessionState.CANCELLED)
    assert queries.days_of(last) == (last.on, min(anew.sessions[1].on, last.on + timedelta(14)))


def a_vote_counted(stream, on):
    poll = Poll(workstream=stream, question="A map?", state=PollState.COUNTED, public_key=b"-")
    poll.counted_on, poll.result = on, Result(outcome=Outcome.AGREED, reason="Most can live with it.")
    number = on.toordinal()
    asked = Recommendation(workstream=stream, steering=stream, number=number, title="A map", state=State.VOTING)
    keep(poll, asked, Round(recommendation=asked, poll=poll, number=1))


def test_missed_page_gives_published_results_alone(evening, begun, as_):
    """O10, B6: a vote in its published form, and none that is not counted."""
    services.give(begun, by=evening.sam)
    for title, poll in (("One map", a_counted_vote(evening.stream)), ("Two maps", an_open_vote_of(evening))):
        asked = Recommendation(
            workstream=evening.stream, steering=evening.stream, number=len(title), title=title, state=State.VOTING
        )
        keep(asked, Round(recommendation=asked, poll=poll, number=1))
    page = as_(evening.robin).get(at(evening, "what-you-missed", "evenings")).text
    assert "One map" in page
    assert "Most can live with it." in page
    assert "Letters frighten us." in page
    assert "Two maps" not in page


def a_counted_vote(stream):
    poll = Poll(workstream=stream, question="A map?", state=PollState.COUNTED, public_key=b"-")
    poll.counted_on = today()
    poll.result = Result(outcome=Outcome.AGREED, reason="Most can live with it.", minority_view="Letters frighten us.")
    keep(poll)
    return poll


def an_open_vote_of(evening):
    poll = Poll(workstream=evening.stream, question="Two maps?", state=PollState.OPEN, public_key=b"-")
    keep(poll)
    return poll


# --- What a page costs.


def test_pages_cost_the_same_however_much_stands_in_them(evening, given, part, as_, query_count):
    sam, robin = as_(evening.sam), as_(evening.robin)
    pages = [
        (sam, at(evening)),
        (sam, at(evening, "notes/paper")),
        (sam, f"/notes/{part.id}/versions"),
        (robin, at(evening, of="evenings")),
        (robin, at(evening, "what-you-missed", "evenings")),
    ]

    def costs():
        told = []
        for visitor, page in pages:
            query_count.clear()
            assert visitor.get(page).status_code == 200
            told.append(len(query_count))
        return told

    def more(times):
        for n in range(times):
            other = next(one for one in given.parts if one.item_id == evening.session.items[n].id)
            services.write(other, f"Line {n}", other.version, by=evening.sam)
            correction = services.ask_correction(other, "No", by=evening.robin)
            services.answer(correction, "Yes", by=evening.toni)
            services.ask_correction(other, "Perhaps", by=evening.kit)
            actions.open_action(evening.stream, "Ring", evening.kit, evening.session.on, by=evening.sam)

    more(1)
    few = costs()
    more(3)
    assert costs() == few


# --- How the pages are made.


def test_pages_are_whole_and_members_pages_are_easy_to_read(evening, given, part, as_):
    """Domain rule 14: grade 6 at most, no sentence over 25 words."""
    correction = services.ask_correction(part, "It was blue.", by=evening.robin)
    sam, robin = as_(evening.sam), as_(evening.robin)
    members = [
        robin.get(at(evening, of="evenings")),
        robin.get(f"/notes/{part.id}/correct"),
        robin.post(f"/notes/{part.id}/correct", data={"words": ""}),
        robin.get(at(evening, "what-you-missed", "evenings")),
    ]
    theirs = [
        sam.get(at(evening)),
        sam.get(at(evening, "notes/paper")),
        sam.get(f"/notes/{part.id}/versions"),
        sam.get(f"/corrections/{correction.id}/answer"),
        sam.post(f"/corrections/{correction.id}/take", data={"words": "Red.", "version": "0"}),
    ]
    pages = [Page(answer.text) for answer in members + theirs]
    # Forms carry their token wherever the guard is on; in most tests it is off.
    assert [fault for page in pages for fault in page.faults() if "carries no token" not in fault] == []
    for page in pages[: len(members)]:
        texts = sentences(page)
        assert page.title == "Your page"
        assert grade(texts) <= 6
        assert max(len(words_of(text)) for text in texts) <= 25
    assert [page.title.startswith(page.heading) for page in pages[len(members) :]] == [True] * len(theirs)
