"""Theories are written, agreed and kept whole, and answered."""

import pytest
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.theories import queries, rules, services
from coprod.theories.models import PartKind, Standing, TheoryArrow, TheoryPart, TheoryState, TheoryYes
from coprod.theories.services import Claim, Linked
from tests.outcomes.builders import a_recommendation, an_indicator
from tests.theories.conftest import SAID, a_theory, agreed


def verbs() -> list[str]:
    return sorted({entry.verb for entry in db.session.scalars(db.select(Entry).where(Entry.subject == "theory"))})


def chain(theory) -> list[tuple[int, str, str]]:
    return [(one.number, one.start.words, one.end.words) for one in theory.arrows]


def measured(there, table, number):
    return an_indicator(a_recommendation(table, there.steering, number=number, title=f"Asked {number}"))


def test_a_version_grows_from_parts_to_arrows_to_what_is_agreed(there) -> None:
    theory = services.start(there.programme, by=there.ada)
    assert (theory.number, theory.state) == (1, TheoryState.FIRST)
    with pytest.raises(Refused, match="Say what it is for first"):
        services.find_parts(theory, by=there.ada)
    assert services.add_parts(theory, SAID, by=there.sam) == 4
    assert services.add_parts(theory, SAID | {PartKind.INPUT: ["parents’ TIME", "Money"]}, by=there.sam) == 1
    assert services.add_parts(theory, {}, by=there.sam) == 0
    money, time = theory.parts[4], theory.parts[0]
    with pytest.raises(Refused, match="First the parts"):
        services.add_arrow(theory, Claim(time, theory.parts[1], "So"), by=there.sam)
    services.find_parts(theory, by=there.sam)
    with pytest.raises(Refused, match="There are no arrows yet"):
        services.give_to_read(theory, by=there.sam)
    services.add_arrow(theory, Claim(time, theory.parts[1], "So"), by=there.sam)
    services.go_back(theory, by=there.sam)
    services.find_parts(theory, by=there.sam)
    services.remove_part(money, by=there.sam)
    services.give_to_read(theory, by=there.sam)
    with pytest.raises(Refused, match="This version is being read"):
        services.add_part(theory, PartKind.INPUT, "More", by=there.sam)
    services.say_yes(theory, named=True, by=there.robin)
    services.take_back(theory, by=there.sam)
    assert queries.own_yes(there.robin, theory) is None
    services.give_to_read(theory, by=there.sam)
    services.agree(theory, by=there.lou)
    assert (theory.state, theory.agreed_on is not None) == (TheoryState.AGREED, True)
    assert verbs() == ["agreed", "back to the parts", "given to read", "parts found", "started", "taken back", "wrote"]


def test_an_agreed_version_is_kept_whole_and_the_next_is_a_copy(there) -> None:
    first = agreed(there)
    with pytest.raises(Refused, match="This version is agreed"):
        services.remove_part(first.parts[0], by=there.sam)
    second = services.start(there.programme, by=there.lou)
    with pytest.raises(Refused, match="A version is being written already"):
        services.start(there.programme, by=there.ada)
    assert (second.number, second.state, chain(second)) == (2, TheoryState.SECOND, chain(first))
    services.remove_arrow(second.arrows[1], by=there.sam)
    services.change_part(second.parts[0], PartKind.INPUT, "Time", read=rules.mark_of(second.parts[0]), by=there.sam)
    arrow = second.arrows[-1]
    said = Claim(second.parts[1], second.parts[2], "New", "A study", Standing.HOLDS)
    services.change_arrow(arrow, said, read=rules.mark_of(arrow), by=there.sam)
    with pytest.raises(Refused, match="Say what changed first"):
        services.give_to_read(second, by=there.sam)
    services.say_what_changed(second, "Less of it", by=there.sam)
    services.give_to_read(second, by=there.sam)
    services.say_yes(first, named=True, by=there.kim)
    services.agree(second, by=there.sam)
    assert [one.state for one in queries.versions_of(there.programme)] == [TheoryState.SUPERSEDED, TheoryState.AGREED]
    assert [one.words for one in first.parts] == [words for said in SAID.values() for words in said]
    assert [number for number, *_ in chain(first)] == [1, 2, 3]
    assert [(one.number, one.standing, one.evidence) for one in second.arrows] == [
        (1, Standing.NOT_TESTED, ""),
        (3, Standing.HOLDS, "A study"),
    ]
    assert queries.yeses_of(there.kim, first).many == 1
    with pytest.raises(Refused, match="There is a newer version"):
        services.say_yes(first, named=True, by=there.robin)


def test_a_part_taken_out_takes_its_arrows_with_it(there) -> None:
    theory = a_theory(there)
    services.remove_part(theory.parts[1], by=there.sam)
    assert [one.number for one in theory.arrows] == [3]
    assert db.session.query(TheoryArrow).count() == 1
    assert db.session.query(TheoryPart).count() == 3


@pytest.mark.parametrize("who", ["robin", "alex", "pat", "out"])
def test_only_facilitators_and_admins_write(there, who) -> None:
    person, theory = getattr(there, who), a_theory(there)
    words = "Only a facilitator or a programme admin"
    with pytest.raises(Refused, match=words):
        services.start(there.programme, by=person)
    for move in (services.find_parts, services.go_back, services.give_to_read, services.take_back, services.agree):
        with pytest.raises(Refused, match=words):
            move(theory, by=person)
    with pytest.raises(Refused, match=words):
        services.add_part(theory, PartKind.INPUT, "More", by=person)
    with pytest.raises(Refused, match=words):
        services.remove_arrow(theory.arrows[0], by=person)


def test_words_changed_meanwhile_are_not_overwritten_r4(there) -> None:
    theory = a_theory(there)
    part, arrow = theory.parts[0], theory.arrows[0]
    read, arrow_read = rules.mark_of(part), rules.mark_of(arrow)
    services.change_part(part, PartKind.INPUT, "Theirs", read=read, by=there.lou)
    claim = Claim(arrow.start, arrow.end, "Theirs")
    services.change_arrow(arrow, claim, read=arrow_read, by=there.lou)
    with pytest.raises(Overtaken):
        services.change_part(part, PartKind.INPUT, "Ours", read=read, by=there.sam)
    with pytest.raises(Overtaken):
        services.change_arrow(arrow, Claim(arrow.start, arrow.end, "Ours"), read=arrow_read, by=there.sam)
    assert (part.words, arrow.assumption) == ("Theirs", "Theirs")
    db.session.execute(db.delete(TheoryArrow).where(TheoryArrow.id == arrow.id))
    with pytest.raises(NoResultFound):
        services.change_arrow(arrow, claim, read=arrow_read, by=there.sam)


def test_a_link_the_writer_may_not_see_stays(there) -> None:
    theory = a_theory(there)
    hidden, own = measured(there, there.fathers, 1), measured(there, there.mothers, 2)
    part = theory.parts[2]
    services.change_part(
        part,
        part.kind,
        part.words,
        Linked({"indicators": [hidden]}, {hidden.id}),
        read=rules.mark_of(part),
        by=there.lou,
    )
    services.change_part(
        part, part.kind, part.words, Linked({"indicators": [own]}, {own.id}), read=rules.mark_of(part), by=there.sam
    )
    assert {one.id for one in part.indicators} == {hidden.id, own.id}


def test_a_yes_is_kept_once_and_can_be_taken_back(there) -> None:
    theory = a_theory(there)
    with pytest.raises(Refused, match="still being written"):
        services.say_yes(theory, named=True, by=there.robin)
    services.give_to_read(theory, by=there.sam)
    with pytest.raises(Refused, match="Only people who sit at a table"):
        services.say_yes(theory, named=True, by=there.ada)
    services.say_yes(theory, named=True, by=there.robin)
    services.say_yes(theory, named=False, by=there.robin)
    assert [one.named for one in db.session.scalars(db.select(TheoryYes))] == [False]
    services.take_back_yes(theory, by=there.robin)
    assert db.session.query(TheoryYes).count() == 0
