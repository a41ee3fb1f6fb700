"""Notes: lines sent once, texts saved whole, and two writers at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.cycles.models import SessionState
from coprod.messages.models import Message, MessageState
from coprod.messages.rules import may_say, names_nothing
from coprod.notes import queries, rules, services
from coprod.notes.models import CorrectionState, NotesState, NoteVersion
from coprod.workstreams.models import MembershipState
from coprod.workstreams.rules import membership_of
from tests.notes.conftest import put


def part_of(notes, item):
    return next(part for part in notes.parts if part.item_id == item.id)


def versions(part):
    return db.session.scalars(select(NoteVersion).where(NoteVersion.part_id == part.id).order_by(NoteVersion.number))


def test_notes_are_begun_once_with_a_part_for_each_item(evening):
    assert queries.notes_of(evening.session) is None
    notes = services.open_notes(evening.session, by=evening.sam)
    assert services.open_notes(evening.session, by=evening.toni) is notes
    assert {part.item_id for part in notes.parts} == {item.id for item in evening.session.items}
    verbs = db.session.scalars(select(Entry.verb).where(Entry.subject == "notes")).all()
    assert verbs == ["begun"]


def test_line_is_added_to_what_stands_there_and_each_is_a_version(evening):
    services.append(evening.session, evening.item, " First \0line ", by=evening.sam)
    services.append(evening.session, evening.item, "Second line", by=evening.toni)
    part = part_of(queries.notes_of(evening.session), evening.item)
    assert (part.words, part.version) == ("First line\nSecond line", 2)
    kept = [(one.number, one.words, one.by_id) for one in versions(part)]
    assert kept == [(1, "First line", evening.sam.id), (2, "First line\nSecond line", evening.toni.id)]


def test_line_that_may_not_be_kept_is_refused(evening, monkeypatch):
    for line in ("NHS 943 476 5919", "BP25C50123", "  ", "x" * (rules.LONGEST_LINE + 1)):
        with pytest.raises(Refused):
            services.append(evening.session, evening.item, line, by=evening.sam)
    monkeypatch.setattr(rules, "LONGEST_NOTE", 5)
    with pytest.raises(Refused, match="full"):
        services.append(evening.session, evening.item, "Longer", by=evening.sam)
    services.append(evening.session, evening.item, "Short", by=evening.sam)
    assert part_of(queries.notes_of(evening.session), evening.item).words == "Short"


def test_line_belongs_to_an_item_of_this_session(evening):
    elsewhere = evening.session.cycle.sessions[1].items[0]
    with pytest.raises(Refused, match="not on the agenda"):
        services.append(evening.session, elsewhere, "Hello", by=evening.sam)


def test_nobody_but_a_facilitator_writes_and_only_from_the_day_on(evening, clock):
    for person in (evening.robin, evening.stranger, evening.admin):
        with pytest.raises(Refused, match="Only a facilitator"):
            services.append(evening.session, evening.item, "Hello", by=person)
    clock(evening.session.begins - timedelta(days=1))
    with pytest.raises(Refused, match="Notes begin on the day"):
        services.open_notes(evening.session, by=evening.sam)
    put(evening.session, SessionState.CANCELLED)
    with pytest.raises(Refused, match="cancelled"):
        services.open_notes(evening.session, by=evening.sam)


def test_text_is_saved_whole_and_a_stale_one_meets_theirs(evening):
    part = part_of(services.open_notes(evening.session, by=evening.sam), evening.item)
    services.write(part, "Ours", 0, by=evening.sam)
    with pytest.raises(Overtaken) as met:
        services.write(part, "Mine", 0, by=evening.toni)
    assert (met.value.now.words, met.value.now.version) == ("Ours", 1)
    services.write(part, "Ours and mine", met.value.now.version, by=evening.toni)
    assert [one.words for one in versions(part)] == ["Ours", "Ours and mine"]


def test_saving_what_stands_there_already_is_neither_a_version_nor_a_conflict(evening):
    part = part_of(services.open_notes(evening.session, by=evening.sam), evening.item)
    services.write(part, "Ours", 0, by=evening.sam)
    services.write(part, "Ours", 0, by=evening.toni)
    assert part.version == 1


def test_text_with_a_family_number_is_refused(evening):
    part = part_of(services.open_notes(evening.session, by=evening.sam), evening.item)
    with pytest.raises(Refused, match="NHS number"):
        services.write(part, "9434765919", 0, by=evening.sam)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.write(part, "Hello", 0, by=evening.robin)


# --- With members, corrected, agreed.


@pytest.fixture
def given(evening, clock):
    """The notes of this evening, given to the members on the same day."""
    services.append(evening.session, evening.item, "The map is green.", by=evening.sam)
    put(evening.session, SessionState.HELD)
    notes = queries.notes_of(evening.session)
    services.give(notes, by=evening.sam)
    return notes


def told(notes):
    wanted = select(Message.person_id, Message.state).where(Message.thing_id == notes.id).order_by(Message.person_id)
    return [tuple(row) for row in db.session.execute(wanted)]


def test_notes_are_given_once_and_each_member_is_told(evening, given):
    assert (given.state, given.with_members_on) == (NotesState.WITH_MEMBERS, evening.session.on)
    waiting = [(key, MessageState.WAITING) for key in sorted((evening.robin.id, evening.kit.id))]
    assert told(given) == waiting
    with pytest.raises(Refused):
        services.give(given, by=evening.sam)
    verbs = db.session.scalars(select(Entry.verb).where(Entry.subject == "notes").order_by(Entry.verb)).all()
    assert verbs == ["begun", "given to members"]


def test_message_is_right_while_she_sits_there_and_the_notes_are_with_members(evening, given, clock):
    robin = evening.robin
    assert queries.is_still_to_read(robin, given.id)
    assert not queries.is_still_to_read(evening.stranger, given.id)
    membership_of(robin, evening.stream).state = MembershipState.LEFT
    db.session.flush()
    assert not queries.is_still_to_read(robin, given.id)
    clock(evening.session.begins + timedelta(days=7))
    services.agree(given, by=evening.toni)
    assert not queries.is_still_to_read(evening.kit, given.id)
    assert {state for _, state in told(given)} == {MessageState.WITHDRAWN}


def test_words_of_the_message_may_be_sent():
    """Domain rule 13, O1."""
    assert may_say(services.READY.text, services.READY, 40)
    assert names_nothing(services.READY.email)


def test_agreed_notes_are_locked(evening, given, clock):
    clock(evening.session.begins + timedelta(days=7))
    services.agree(given, by=evening.sam)
    assert given.agreed_on == evening.session.on + timedelta(7)
    part = part_of(given, evening.item)
    for act in (
        lambda: services.write(part, "Other words", part.version, by=evening.sam),
        lambda: services.append(evening.session, evening.item, "Another line", by=evening.sam),
        lambda: services.ask_correction(part, "It was blue", by=evening.robin),
    ):
        with pytest.raises(Refused):
            act()
    assert part.words == "The map is green."


def test_correction_is_taken_into_the_note(evening, given):
    part = part_of(given, evening.item)
    correction = services.ask_correction(part, "It was blue", by=evening.robin)
    assert queries.waiting(given) == 1
    with pytest.raises(Overtaken):
        services.take(correction, "The map is blue.", 0, by=evening.sam)
    services.take(correction, "The map is blue.", 1, by=evening.sam)
    assert (correction.state, part.words, part.version) == (CorrectionState.TAKEN, "The map is blue.", 2)
    with pytest.raises(Refused, match="It is taken"):
        services.answer(correction, "Too late", by=evening.sam)
    assert queries.waiting(given) == 0


def test_correction_that_is_not_taken_has_a_kind_word(evening, given, clock):
    part = part_of(given, evening.item)
    correction = services.ask_correction(part, "It was blue", by=evening.robin)
    clock(evening.session.begins + timedelta(days=7))
    with pytest.raises(Refused, match="Corrections wait"):
        services.agree(given, by=evening.sam)
    services.answer(correction, "Let us look at the map together.", by=evening.sam)
    assert (correction.state, correction.answer) == (CorrectionState.NOT_TAKEN, "Let us look at the map together.")
    services.agree(given, by=evening.sam)


def test_journal_never_says_who_asked_for_a_correction(evening, given):
    """P5: only the note's own rows know."""
    before = db.session.scalar(select(func.count()).select_from(Entry))
    services.ask_correction(part_of(given, evening.item), "It was blue", by=evening.robin)
    assert db.session.scalar(select(func.count()).select_from(Entry)) == before
