"""Writing and agreeing: the change, the line in the journal, the refusal; and who finds what."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.agreements import queries, rules, services
from coprod.agreements.models import Agreement, AgreementState
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from tests.agreements.conftest import Table


def _agreed(table: Table) -> Agreement:
    agreement = services.start(table.stream, by=table.sam)
    services.talk_through(agreement, by=table.sam)
    services.agree(agreement, by=table.sam)
    return agreement


def _verbs(agreement: Agreement) -> list[str]:
    return list(db.session.scalars(db.select(Entry.verb).where(Entry.subject_id == agreement.id).order_by(Entry.verb)))


def test_first_version_starts_from_the_words_offered(table: Table) -> None:
    agreement = services.start(table.stream, by=table.sam)
    assert (agreement.number, agreement.state, agreement.words) == (1, AgreementState.DRAFT, rules.offered())
    assert _verbs(agreement) == ["started"]


def test_agreeing_sets_the_day_and_opens_the_way_to_publish(table: Table) -> None:
    """Domain rule 17."""
    assert not queries.has_agreed(table.stream)
    agreement = _agreed(table)
    assert (agreement.state, agreement.agreed_on) == (AgreementState.AGREED, today())
    assert queries.has_agreed(table.stream)
    assert _verbs(agreement) == ["agreed", "started", "talked through"]


def test_newly_agreed_version_supersedes_the_last(table: Table) -> None:
    first = _agreed(table)
    second = services.start(table.stream, by=table.sam)
    services.write(
        second,
        second.words | {"phones": "Phones stay on."},
        "Phones stay on.",
        read=rules.mark_of(second),
        by=table.sam,
    )
    services.talk_through(second, by=table.sam)
    assert first.state == AgreementState.AGREED
    services.agree(second, by=table.sam)
    assert (first.state, second.state) == (AgreementState.SUPERSEDED, AgreementState.AGREED)
    assert first.words["phones"] != second.words["phones"]
    assert list(queries.versions_of(table.stream)) == [first, second]


def test_second_version_is_not_talked_through_before_it_says_what_changed(table: Table) -> None:
    _agreed(table)
    second = services.start(table.stream, by=table.sam)
    with pytest.raises(Refused, match="Say what changed first"):
        services.talk_through(second, by=table.sam)


def test_one_version_at_a_time(table: Table) -> None:
    services.start(table.stream, by=table.sam)
    with pytest.raises(Refused, match="being written already"):
        services.start(table.stream, by=table.sam)


def test_words_that_were_not_read_are_not_written_over(table: Table) -> None:
    """R4."""
    draft = services.start(table.stream, by=table.sam)
    read, ours = rules.mark_of(draft), draft.words | {"phones": "Off."}
    services.write(draft, ours, "", read=read, by=table.sam)
    with pytest.raises(Overtaken):
        services.write(draft, draft.words | {"pay": "All."}, "", read=read, by=table.sam)
    services.write(draft, ours, "", read=read, by=table.sam)
    assert (draft.words["phones"], draft.words["pay"]) == ("Off.", rules.offered()["pay"])
    assert _verbs(draft) == ["started", "wrote"]


def test_words_are_read_anew_once_the_version_is_held(table: Table) -> None:
    """R4: what another transaction kept meanwhile counts, not what this one remembers."""
    draft = services.start(table.stream, by=table.sam)
    read = rules.mark_of(draft)
    theirs = draft.words | {"phones": "Off."}
    remembered = db.update(Agreement).where(Agreement.id == draft.id).values(words=theirs)
    db.session.execute(remembered.execution_options(synchronize_session=False))
    with pytest.raises(Overtaken):
        services.write(draft, rules.offered() | {"pay": "All."}, "", read=read, by=table.sam)
    assert rules.theirs_beside(draft, rules.offered(), "") == {"phones": "Off."}


def test_members_write_nothing(table: Table) -> None:
    with pytest.raises(Refused):
        services.start(table.stream, by=table.robin)
    agreement = services.start(table.stream, by=table.sam)
    with pytest.raises(Refused):
        services.write(agreement, {}, "", read=rules.mark_of(agreement), by=table.robin)
    with pytest.raises(Refused):
        services.agree(agreement, by=table.sam)


def test_version_is_seen_by_those_who_sit_at_the_group(table: Table) -> None:
    agreement = services.start(table.stream, by=table.sam)
    assert queries.one_seen_by(table.robin, agreement.id) is agreement
    with pytest.raises(NoResultFound):
        queries.one_seen_by(table.stranger, agreement.id)
