"""What comes into a library, how it changes and how it goes; and that a withdrawn testimony is gone everywhere."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm.attributes import set_committed_value

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db, here
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.evidence import queries, rules, services
from coprod.evidence.models import (
    Audience,
    Evidence,
    EvidenceKind,
    Find,
    FindState,
    Review,
    ReviewState,
    Testimony,
    TestimonyState,
)
from coprod.files.models import StoredFile
from coprod.files.services import look_at
from coprod.my_data import services as my_data
from coprod.retention import services as retention
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Words
from tests.evidence.conftest import MORE, Adding, Table
from tests.files.builders import a_pdf

STORY = {"title": "My first night", "says": "Nobody came.", "content_note": "Loss"}
SAID = ("My first night", "Nobody came.", "Loss")


def _every_word() -> str:
    """Everything that stands in any row of evidence, its files and the journal."""
    rows = [*db.session.scalars(select(Evidence)), *db.session.scalars(select(Entry))]
    words = [str(value) for row in rows for value in vars(row).values()]
    return " ".join(words) + str([file.name for file in db.session.scalars(select(StoredFile))])


def _edit(evidence: Evidence, *words: str, **more: Any) -> None:
    services.edit(evidence, *words, read=rules.mark_of(evidence), **more)


def _verbs() -> list[str]:
    return sorted(entry.verb for entry in db.session.scalars(select(Entry)) if entry.subject.startswith("evidence"))


def test_every_kind_stands_in_the_library_and_only_testimonies_leave_no_trace_of_who(
    table: Table, adding: Adding
) -> None:
    for kind in EvidenceKind:
        adding(kind, title=f"Of {kind}")
    assert {one.kind for one in queries.for_group(table.stream)} == set(EvidenceKind)
    assert _verbs() == ["added"] * 4
    with pytest.raises(Refused, match="Only people in"):
        adding(by=table.olga)
    with pytest.raises(Refused, match="Who counted it"):
        adding(source="")


def test_facilitator_writes_down_what_she_was_told_and_a_member_cannot(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, by=table.sam, in_person=True, told_by=table.robin)
    assert told.testimony is not None
    assert told.testimony.person is table.robin
    assert [one.id for one in queries.told_by(table.robin)] == [told.id]
    nobodys = adding(EvidenceKind.TESTIMONY, by=table.sam, in_person=True)
    assert nobodys.testimony is not None
    assert nobodys.testimony.person is None
    with pytest.raises(Refused, match="Only a facilitator"):
        adding(EvidenceKind.TESTIMONY, by=table.robin, in_person=True, told_by=table.mia)
    with pytest.raises(Refused, match="Only people in"):
        adding(EvidenceKind.TESTIMONY, by=table.sam, in_person=True, told_by=table.olga)


def test_changing_replaces_the_file_and_the_old_one_goes(table: Table, adding: Adding) -> None:
    evidence = adding(file=look_at(a_pdf(), "first.pdf"))
    words = {"title": "Changed", "says": "It says."} | MORE[EvidenceKind.LOCAL_DATA]
    _edit(evidence, by=table.sam, **words)
    assert (evidence.title, evidence.file and evidence.file.name) == ("Changed", "first.pdf")
    _edit(evidence, by=table.sam, file=look_at(a_pdf(), "second.pdf"), **words)
    assert [file.name for file in db.session.scalars(select(StoredFile))] == ["second.pdf"]
    _edit(evidence, by=table.sam, without_file=True, **words)
    assert db.session.scalars(select(StoredFile)).all() == []
    assert _verbs() == ["added", "changed", "changed", "changed"]
    with pytest.raises(Refused):
        _edit(evidence, by=table.robin, **words)


def test_what_somebody_kept_meanwhile_is_not_written_over_r4(table: Table, adding: Adding) -> None:
    evidence = adding()
    read, more = rules.mark_of(evidence), MORE[EvidenceKind.LOCAL_DATA]
    services.edit(evidence, "Removals", "They have tripled.", by=table.sam, read=read, **more)
    with pytest.raises(Overtaken):
        services.edit(evidence, "Removals", "They have halved.", by=table.sam, read=read, **more)
    assert evidence.says == "They have tripled."
    told = adding(EvidenceKind.TESTIMONY)
    before = rules.mark_of(told)
    _edit(told, told.title, told.says, by=table.robin, audience=Audience.STEERING)
    assert rules.mark_of(told) != before


def test_teller_changes_for_whom_and_until_when(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY)
    until = today() + timedelta(30)
    _edit(told, "Mine", "As it was.", by=table.robin, audience=Audience.STEERING, until=until)
    assert told.testimony is not None
    assert (told.testimony.audience, told.testimony.until) == (Audience.STEERING, until)
    _edit(told, "Mine", "As it was.", by=table.robin)
    assert (told.testimony.audience, told.testimony.until, _verbs()) == (Audience.STEERING, None, [])
    with pytest.raises(Refused, match="whose words"):
        _edit(told, "Not mine", "It was not so.", by=table.sam)


def test_taking_out_takes_the_file_and_stops_where_something_leans_on_it(
    table: Table, adding: Adding, review: Review
) -> None:
    evidence = adding(file=look_at(a_pdf(), "a.pdf"))
    with pytest.raises(Refused, match="Only a facilitator"):
        services.delete(evidence, by=table.robin)
    services.delete(evidence, by=table.sam)
    assert db.session.scalars(select(StoredFile)).all() == []
    plain = adding()
    services.delete(plain, by=table.sam)
    assert queries.for_group(table.stream) == []
    find = services.add_find(review, "A paper", by=table.robin)
    used = services.include(find, "Ours", EvidenceKind.PRACTICE_HERE, "It says.", by=table.robin, source="Here")
    with pytest.raises(Refused, match="leans on this"):
        services.delete(used, by=table.sam)


def test_withdrawn_testimony_keeps_no_word_anywhere_l6(table: Table, adding: Adding) -> None:
    """In one transaction: title, words, note and file; nobody is left whose it was."""
    told = adding(EvidenceKind.TESTIMONY, file=look_at(a_pdf(), "My story.pdf"), **STORY)
    assert all(words in _every_word() for words in (*SAID, "File.pdf"))
    assert "My story" not in _every_word()
    with pytest.raises(Refused, match="Only the person who gave it"):
        services.withdraw(told, by=table.mia)

    services.withdraw(told, by=table.robin)

    db.session.expire_all()
    assert [words for words in (*SAID, "File.pdf") if words in _every_word()] == []
    assert told.testimony is not None
    assert (told.title, told.testimony.state) == ("A testimony that was withdrawn", TestimonyState.WITHDRAWN)
    assert (told.testimony.person_id, told.testimony.withdrawn_on) == (None, today())
    assert _verbs() == []
    with pytest.raises(Refused):
        services.withdraw(told, by=table.sam)
    with pytest.raises(LookupError):
        services.withdraw(adding(), by=table.sam)


def test_withdrawn_words_are_wiped_from_the_database_and_no_restore_brings_them_back(
    table: Table, adding: Adding
) -> None:
    """L6: the rewriting is due once it is committed; the ledger beside the keys holds a key and no word."""
    assert services.withdraw_again() == 0
    told = adding(EvidenceKind.TESTIMONY, **STORY)
    services.withdraw(told, by=table.robin)
    db.session.commit()
    assert (here().keys / "withdrawn").read_text() == f"{told.id}\n"
    db.session.remove()
    assert services.finish_wiping()
    assert not services.finish_wiping()
    back = db.session.get_one(Evidence, told.id)
    assert back.testimony is not None
    back.title, back.testimony.state = "My first night", TestimonyState.GIVEN
    db.session.flush()
    assert services.withdraw_again() == 1
    assert (back.title, back.testimony.state) == ("A testimony that was withdrawn", TestimonyState.WITHDRAWN)


def test_ledger_that_a_crash_left_short_is_made_whole_at_start_up_l6(table: Table, adding: Adding) -> None:
    """Killed between the commit and the ledger: a restore would have brought the words back."""
    told, stays = adding(EvidenceKind.TESTIMONY, **STORY), adding(EvidenceKind.TESTIMONY)
    services.withdraw(told, by=table.robin)
    db.session.commit()
    for left in ("withdrawn", "testimony-to-wipe"):
        (here().keys / left).unlink()
    assert services.make_up_for_a_crash() == 1
    assert (here().keys / "withdrawn").read_text() == f"{told.id}\n"
    assert (here().keys / "testimony-to-wipe").exists()
    assert services.make_up_for_a_crash() == 0
    assert stays.testimony is not None
    assert stays.testimony.state == TestimonyState.GIVEN


def test_leaving_takes_words_out_or_leaves_them_unnamed(table: Table, adding: Adding) -> None:
    """Domain rule 9: as she says; and what stays is still hers to withdraw."""
    robins = adding(EvidenceKind.TESTIMONY)
    mias = adding(EvidenceKind.TESTIMONY, by=table.mia)
    places = {place.person_id: place for place in table.stream.memberships}
    workstreams.leave(places[table.robin.id], Words.TAKE_OUT, by=table.robin)
    workstreams.leave(places[table.mia.id], Words.KEEP, by=table.mia)
    assert robins.testimony is not None
    assert mias.testimony is not None
    assert (robins.testimony.state, mias.testimony.state) == (TestimonyState.WITHDRAWN, TestimonyState.GIVEN)
    services.withdraw(queries.one_seen_by(table.mia, mias.id), by=table.mia)
    assert mias.says == ""


def test_erasing_withdraws_l6(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, **STORY)
    others = adding(EvidenceKind.TESTIMONY, by=table.mia)
    my_data.erase(table.robin, by=table.robin)
    db.session.expire_all()
    assert [words for words in SAID if words in _every_word()] == []
    assert told.testimony is not None
    assert others.testimony is not None
    assert (told.testimony.state, others.testimony.state) == (TestimonyState.WITHDRAWN, TestimonyState.GIVEN)


def _meanwhile(**values: object) -> None:
    """Somebody else changes every testimony, behind what was read here already."""
    db.session.flush()
    db.session.execute(update(Testimony).values(**values), execution_options={"synchronize_session": False})


def test_words_taken_back_meanwhile_are_not_written_again_l6(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, **STORY)
    assert told.testimony is not None
    assert told.testimony.state == TestimonyState.GIVEN
    _meanwhile(state=TestimonyState.WITHDRAWN, person_id=None)
    with pytest.raises(Refused, match="whose words"):
        _edit(told, "My first night", "Nobody came at all.", by=table.robin)


def test_testimony_given_for_longer_meanwhile_does_not_end(table: Table, adding: Adding) -> None:
    told = adding(EvidenceKind.TESTIMONY, **STORY)
    assert told.testimony is not None
    told.testimony.until = today() - timedelta(40)
    _meanwhile(until=today() + timedelta(40))
    services.end(told.testimony.id)
    assert (told.title, told.testimony.state) == ("My first night", TestimonyState.GIVEN)


def test_testimony_is_wiped_thirty_days_after_its_day(table: Table, adding: Adding) -> None:
    """L4: not a day before; what stands in the library then is that there was one."""
    over, kept = adding(EvidenceKind.TESTIMONY, **STORY), adding(EvidenceKind.TESTIMONY, title="Kept")
    assert over.testimony is not None
    assert kept.testimony is not None
    over.testimony.until = today() - timedelta(31)
    kept.testimony.until = today() - timedelta(30)
    db.session.commit()
    assert retention.run().let_go == {"testimonies": 1}
    assert (over.title, over.says, kept.title) == ("A testimony that came to its end", "", "Kept")
    assert over.testimony.state == TestimonyState.ENDED
    assert over.id not in {one.id for one in queries.seen_by(table.robin)}


def test_review_keeps_what_was_left_out_and_why_and_is_concluded_once(table: Table, review: Review) -> None:
    with pytest.raises(Refused, match="still to come"):
        services.add_search(review, "A library", "card", 2, date(2036, 1, 1), by=table.robin)
    services.add_search(review, "A library", "card", 2, today(), by=table.robin)
    good, poor = (services.add_find(review, title, by=table.robin) for title in ("Good", "Poor"))
    with pytest.raises(Refused, match="Say why"):
        services.leave_out(poor, "", by=table.robin)
    with pytest.raises(Refused, match="cannot be found"):
        services.include(good, "Ours", EvidenceKind.TESTIMONY, "It says.", by=table.robin)
    db.session.rollback()


def test_find_that_somebody_put_back_meanwhile_is_not_passed_over(table: Table, review: Review) -> None:
    """Nor is one put back that was put back and included meanwhile."""
    services.add_search(review, "A library", "card", 2, today(), by=table.robin)
    find = services.add_find(review, "Poor", by=table.robin)
    services.leave_out(find, "Too old", by=table.robin)
    assert [one.state for one in review.finds] == [FindState.LEFT_OUT]
    for state, act in (
        (FindState.TO_SIFT, lambda: services.conclude(review, "A card.", by=table.sam)),
        (FindState.INCLUDED, lambda: services.put_back(find, by=table.robin)),
    ):
        set_committed_value(find, "state", FindState.LEFT_OUT)
        db.session.execute(update(Find).values(state=state), execution_options={"synchronize_session": False})
        with pytest.raises(Refused):
            act()


def test_review_goes_all_the_way(table: Table, review: Review) -> None:
    services.add_search(review, "A library", "card", 2, today(), by=table.robin)
    good, poor = (services.add_find(review, title, "Ash", by=table.robin) for title in ("Good", "Poor"))
    used = services.include(good, "Ours", EvidenceKind.PRACTICE_ELSEWHERE, "It says.", by=table.robin)
    assert (used.title, used.source, good.evidence, good.state) == ("Good", "Ash", used, FindState.INCLUDED)
    services.leave_out(poor, "Too old", by=table.robin)
    services.put_back(poor, by=table.mia)
    assert (poor.state, poor.why) == (FindState.TO_SIFT, "Too old")
    with pytest.raises(Refused, match="must still be looked at"):
        services.conclude(review, "A card.", by=table.sam)
    services.leave_out(poor, "Far too old", by=table.robin)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.conclude(review, "A card.", by=table.robin)
    services.conclude(review, "A card.", by=table.sam)
    assert (review.state, review.concluded_on, review.conclusion) == (ReviewState.CONCLUDED, today(), "A card.")
    with pytest.raises(Refused, match="concluded"):
        services.add_find(review, "Late", by=table.robin)
    assert _verbs() == ["added", "begun", "concluded"]
