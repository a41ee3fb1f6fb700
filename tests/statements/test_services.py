"""Saying, sorting, setting aside and asking: what changes, what is refused, and what is written down nowhere."""

from collections import Counter

import pytest
from sqlalchemy import inspect, select

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.core.overtaken import Overtaken
from coprod.statements import queries, rules, services
from coprod.statements.models import Statement, StatementState, Theme
from coprod.statements.rules import Wish
from coprod.workstreams.models import WorkstreamState
from coprod.workstreams.queries import seen_by
from tests.statements.conftest import Table


def _said(table: Table) -> set[str]:
    return {statement.words for statement in queries.heard_in(table.stream)}


def _verbs() -> list[str]:
    return list(db.session.scalars(select(Entry.verb).order_by(Entry.at)))


def _one(table: Table, words: str = "One midwife who knows my name") -> Statement:
    services.say(table.stream, words, by=table.robin)
    return next(statement for statement in queries.heard_in(table.stream) if statement.words == words)


def test_statement_is_said_by_nobody_at_no_time_p4_p5(table: Table) -> None:
    services.say(table.stream, "One midwife  who knows my name", by=table.robin)
    assert _said(table) == {"One midwife who knows my name"}
    assert _verbs() == []
    columns = {column.key for column in inspect(Statement).columns}
    assert columns == {"id", "workstream_id", "theme_id", "words", "state", "why_set_aside"}


def test_statement_that_is_there_already_is_not_put_twice_r3(table: Table) -> None:
    services.say(table.stream, "One midwife who knows my name", by=table.robin)
    services.say(table.stream, "one midwife who knows my name.", by=table.kit)
    assert len(_said(table)) == 1


def test_statement_of_a_stranger_is_refused(table: Table) -> None:
    with pytest.raises(Refused, match="Only people in"):
        services.say(table.stream, "Hello", by=table.stranger)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.add(table.stream, ["Hello"], by=table.robin)


def test_slips_of_paper_are_put_in_no_order_that_was_typed_p5(table: Table) -> None:
    lines = [f"Sentence {letter}" for letter in "abcdefghij"]
    assert services.add(table.stream, [*lines, "sentence a"], by=table.sam) == 10
    assert _said(table) == set(lines)
    assert [statement.words for statement in queries.heard_in(table.stream)] != lines
    assert _verbs() == []


def test_two_sort_at_once_and_both_count_r4(table: Table) -> None:
    one, two = _one(table), _one(table, "A smile")
    pay, time = (services.name_theme(table.stream, name, by=table.robin) for name in ("Pay", "Time"))
    assert services.sort(table.stream, [Wish(one.id, None, pay.id)], by=table.robin) == []
    late = services.sort(table.stream, [Wish(one.id, None, None), Wish(two.id, None, time.id)], by=table.kit)
    assert (late, one.theme, two.theme) == ([], pay, time)


def test_same_statement_moved_by_both_stands_where_the_first_put_it_and_the_other_is_told_r4(table: Table) -> None:
    one, two = _one(table), _one(table, "A smile")
    pay, time = (services.name_theme(table.stream, name, by=table.robin) for name in ("Pay", "Time"))
    services.sort(table.stream, [Wish(one.id, None, pay.id)], by=table.robin)
    wish = Wish(one.id, None, time.id)
    assert services.sort(table.stream, [wish, Wish(two.id, None, time.id)], by=table.kit) == [wish]
    assert (one.theme, two.theme) == (pay, time)
    services.remove(time, by=table.sam)
    gone = Wish(two.id, None, time.id)
    assert services.sort(table.stream, [gone], by=table.kit) == [gone]


def test_statement_of_another_group_is_not_moved(table: Table) -> None:
    other = Statement(workstream=seen_by(table.stranger)[0], words="Elsewhere")
    db.session.add(other)
    db.session.flush()
    pay = services.name_theme(table.stream, "Pay", by=table.robin)
    assert services.sort(table.stream, [Wish(other.id, None, pay.id)], by=table.robin) == []
    assert other.theme_id is None
    with pytest.raises(Refused):
        services.sort(table.stream, [], by=table.stranger)


def test_theme_named_by_two_is_one(table: Table) -> None:
    first = services.name_theme(table.stream, "Being heard", by=table.robin)
    assert services.name_theme(table.stream, "being  heard", by=table.kit) is first
    assert [theme.number for theme in queries.themes_of(table.stream)] == [1]
    assert _verbs() == ["named"]


def test_theme_is_refused_to_strangers_and_where_there_are_many(table: Table) -> None:
    with pytest.raises(Refused, match="Only people in"):
        services.name_theme(table.stream, "Pay", by=table.stranger)
    for number in range(rules.MOST_THEMES):
        services.name_theme(table.stream, f"Theme {number}", by=table.robin)
    with pytest.raises(Refused, match="20 themes are enough"):
        services.name_theme(table.stream, "One more", by=table.robin)
    assert services.name_theme(table.stream, "Theme 3", by=table.robin).number == 4


def test_theme_has_another_name_unless_somebody_was_faster_r4(table: Table) -> None:
    theme = services.name_theme(table.stream, "Pay", by=table.robin)
    services.rename(theme, "Money", read="Pay", by=table.kit)
    with pytest.raises(Overtaken):
        services.rename(theme, "Fees", read="Pay", by=table.robin)
    services.rename(theme, "Money", read="Pay", by=table.robin)
    assert theme.name == "Money"
    assert Counter(_verbs()) == Counter(["named", "renamed"])
    with pytest.raises(Refused):
        services.rename(theme, "Mine", read="Money", by=table.stranger)


def test_what_stood_under_a_theme_that_goes_is_not_sorted_again(table: Table) -> None:
    one, theme = _one(table), services.name_theme(table.stream, "Pay", by=table.robin)
    services.sort(table.stream, [Wish(one.id, None, theme.id)], by=table.robin)
    with pytest.raises(Refused):
        services.remove(theme, by=table.stranger)
    services.remove(theme, by=table.kit)
    db.session.refresh(one)
    assert (one.theme_id, db.session.scalars(select(Theme)).all()) == (None, [])


def test_statement_is_set_aside_with_a_reason_and_brought_back_by_nobody_in_particular(table: Table) -> None:
    one = _one(table)
    with pytest.raises(Refused, match="Say why"):
        services.set_aside(one, "", by=table.kit)
    services.set_aside(one, "It says the same as another one", by=table.kit)
    assert (one.state, _said(table)) == (StatementState.SET_ASIDE, set())
    assert queries.said_in(table.stream) == [one]
    with pytest.raises(Refused, match="It is set aside"):
        services.set_aside(one, "Again", by=table.robin)
    services.bring_back(one, by=table.robin)
    assert (one.state, one.why_set_aside) == (StatementState.HEARD, "")
    with pytest.raises(Refused):
        services.set_aside(one, "Mine", by=table.stranger)
    assert _verbs() == []


def test_nothing_is_said_in_a_group_that_is_closed(table: Table) -> None:
    one = _one(table)
    db.session.execute(db.update(type(table.stream)).values(state=WorkstreamState.CLOSED))
    db.session.expire_all()
    for refused in (
        lambda: services.say(table.stream, "More", by=table.robin),
        lambda: services.sort(table.stream, [], by=table.robin),
        lambda: services.set_aside(one, "Old", by=table.robin),
    ):
        with pytest.raises(Refused, match="This group is closed now"):
            refused()


def test_facilitator_takes_out_for_good_what_was_set_aside(table: Table) -> None:
    one = _one(table)
    with pytest.raises(Refused, match="Set it aside first"):
        services.take_out(one, by=table.sam)
    services.set_aside(one, "It names somebody", by=table.robin)
    with pytest.raises(Refused, match="Only a facilitator"):
        services.take_out(one, by=table.robin)
    services.take_out(one, by=table.sam)
    assert db.session.scalars(select(Statement)).all() == []
    assert _verbs() == []


def test_statement_that_somebody_said_again_meanwhile_is_not_brought_back_r3(table: Table) -> None:
    aside = _one(table, "A smile")
    services.set_aside(aside, "Said twice", by=table.kit)
    services.say(table.stream, "a smile.", by=table.robin)
    with pytest.raises(Refused, match="This sentence stands there already"):
        services.bring_back(aside, by=table.kit)
    assert _said(table) == {"a smile."}


def test_statement_is_brought_back_while_there_is_room(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = _one(table, "A smile")
    services.set_aside(aside, "Not now", by=table.kit)
    services.say(table.stream, "A map", by=table.robin)
    monkeypatch.setattr(rules, "MOST_HEARD", 1)
    with pytest.raises(Refused, match="There is room for 1 sentences"):
        services.bring_back(aside, by=table.kit)


def test_theme_is_not_given_the_name_of_another(table: Table) -> None:
    pay, time = (services.name_theme(table.stream, name, by=table.robin) for name in ("Pay", "Time"))
    with pytest.raises(rules.Taken):
        services.rename(time, "pay", read="Time", by=table.kit)
    services.rename(pay, "  Fair   pay ", read="Pay", by=table.kit)
    assert (pay.name, time.name) == ("Fair pay", "Time")
    services.rename(pay, "fair pay", read="Fair pay", by=table.kit)
    assert pay.name == "fair pay"
