"""Measures, readings and corrections as they are made."""

from datetime import date

import pytest

from coprod.core.answers import Refused
from coprod.core.db import db
from coprod.core.journal import Entry
from coprod.outcomes import queries, services
from coprod.outcomes.models import Direction, HowOften, MeasureKind, ProposalState, ProposedReading, Unit
from coprod.outcomes.rules import proposing
from coprod.outcomes.rules.bringing import Row
from tests.outcomes.builders import a_proposal, an_indicator

ALLOWED = {
    ("approved", ProposalState.WAITING, "keeper"),
    ("sent back", ProposalState.WAITING, "keeper"),
    ("taken back", ProposalState.WAITING, "who proposed"),
}


def verbs() -> list[str]:
    return [entry.verb for entry in db.session.scalars(db.select(Entry).order_by(Entry.at, Entry.id))]


def test_a_facilitator_begins_to_measure(table) -> None:
    made = services.add_indicator(
        table.recommendation,
        "Knew her name",
        MeasureKind.OUTCOME,
        Unit.PERCENT,
        Direction.UP,
        by=table.sam,
        who_is_counted="Parents",
        source="A form",
        baseline=50.0,
        target=60.0,
    )
    assert [one.name for one in queries.indicators_of(table.recommendation)] == ["Knew her name"]
    assert (made.who_is_counted, made.source, made.baseline, made.target) == ("Parents", "A form", 50.0, 60.0)
    assert verbs() == ["measure added"]


def test_a_member_may_not_begin_to_measure(table) -> None:
    with pytest.raises(Refused, match="Only the facilitator"):
        services.add_indicator(
            table.recommendation, "X", MeasureKind.OUTCOME, Unit.PERCENT, Direction.UP, by=table.robin
        )


def test_a_target_that_could_never_be_a_reading_is_refused(table) -> None:
    with pytest.raises(Refused, match="between 0 and 100"):
        services.add_indicator(
            table.recommendation, "X", MeasureKind.OUTCOME, Unit.PERCENT, Direction.UP, by=table.sam, target=160
        )


def test_a_reading_stands_at_the_first_of_its_month_and_in_order(table) -> None:
    indicator = an_indicator(table.recommendation)
    services.approve(services.add_reading(indicator, date(2025, 10, 31), 52, 40, by=table.alex), by=table.sam)
    proposed = services.add_reading(indicator, date(2025, 9, 12), 50, 41, by=table.sam, note="After the holidays")
    services.approve(proposed, by=table.alex)
    assert [(one.month, one.value, one.denominator, one.note) for one in indicator.readings] == [
        (date(2025, 9, 1), 50, 41, "After the holidays"),
        (date(2025, 10, 1), 52, 40, ""),
    ]
    assert sorted(verbs()) == ["approved"] * 2 + ["reading added"] * 2 + ["reading proposed"] * 2


@pytest.mark.parametrize(
    ("month", "value", "of", "reason"),
    [
        (date(2020, 1, 9), 52, 40, "has a reading already"),
        (date(2025, 12, 1), 52, 40, "has not come yet"),
        (date(2025, 10, 1), 152, 40, "between 0 and 100"),
        (date(2025, 10, 1), 52, None, "out of how many"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(table, month, value, of, reason) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match=reason):
        services.add_reading(indicator, month, value, of, by=table.sam)


def test_a_member_may_not_add_a_reading_nor_correct_one(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.mia)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.correct(indicator.readings[0], 52, 40, "Miscounted", by=table.kim)


def test_a_correction_keeps_every_value_there_was(table) -> None:
    """Domain rule 26: history is append-only."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    reading = indicator.readings[0]
    services.approve(services.correct(reading, 52, 44, "Four forms were late", by=table.sam), by=table.alex)
    services.approve(services.correct(reading, 51, 45, "And one more", by=table.sam), by=table.alex)
    assert (reading.value, reading.denominator) == (51, 45)
    assert [(one.number, one.value, one.denominator, one.why, one.on) for one in reading.corrections] == [
        (1, 50, 40, "Four forms were late", date(2025, 11, 17)),
        (2, 52, 44, "And one more", date(2025, 11, 17)),
    ]
    assert sorted(verbs()) == ["approved"] * 2 + ["correction proposed"] * 2 + ["reading corrected"] * 2


def test_a_correction_that_cannot_be_is_refused(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    with pytest.raises(Refused, match="between 0 and 100"):
        services.correct(indicator.readings[0], 520, 40, "Typing", by=table.sam)


def test_a_keeper_is_appointed_once_by_the_chair_and_may_then_add_readings(table) -> None:
    indicator = an_indicator(table.recommendation)
    with pytest.raises(Refused, match="Only the chair"):
        services.appoint_keeper(table.recommendation, table.mia, by=table.sam)
    services.appoint_keeper(table.recommendation, table.mia, by=table.alex)
    services.appoint_keeper(table.recommendation, table.mia, by=table.alex)
    assert [one.person_id for one in queries.keepers_of(table.recommendation)] == [table.mia.id]
    services.approve(services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.mia), by=table.sam)
    assert indicator.readings[0].value == 52


def test_nothing_counts_until_a_second_person_approves(table) -> None:
    """Features 77: the one who counted never approves."""
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    new = services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.sam)
    change = services.correct(indicator.readings[0], 55, 44, "Four forms were late", by=table.sam)
    assert [(one.month, one.value) for one in indicator.readings] == [(date(2020, 1, 1), 50)]
    for proposal in (new, change):
        with pytest.raises(Refused, match="Somebody else"):
            services.approve(proposal, by=table.sam)
        with pytest.raises(Refused, match="Only the facilitator"):
            services.approve(proposal, by=table.robin)
    assert services.approve_all([new, change], by=table.alex) == 2
    assert [one.value for one in indicator.readings] == [55, 52]
    assert (new.settled_by_id, new.settled_on, new.state) == (table.alex.id, date(2025, 11, 17), ProposalState.APPROVED)
    with pytest.raises(Refused, match="It is approved"):
        services.approve(new, by=table.alex)


def test_what_is_sent_or_taken_back_never_counts_and_can_be_proposed_anew(table) -> None:
    indicator = an_indicator(table.recommendation)
    first = services.add_reading(indicator, date(2025, 10, 1), 52, 40, by=table.sam)
    with pytest.raises(Refused, match="waits for a second person"):
        services.add_reading(indicator, date(2025, 10, 9), 53, 40, by=table.alex)
    with pytest.raises(Refused, match="Say what to look at"):
        services.send_back(first, "", by=table.alex)
    services.send_back(first, "Was it 52 of 40?", by=table.alex)
    second = services.add_reading(indicator, date(2025, 10, 1), 53, 40, by=table.sam)
    with pytest.raises(Refused, match="Only who proposed it"):
        services.take_back(second, by=table.alex)
    services.take_back(second, by=table.sam)
    services.add_reading(indicator, date(2025, 10, 1), 54, 40, by=table.alex)
    assert (first.reply, indicator.readings) == ("Was it 52 of 40?", [])


def test_a_reading_has_one_change_at_a_time(table) -> None:
    reading = an_indicator(table.recommendation, "Knew her name", 50).readings[0]
    services.correct(reading, 52, 44, "Four forms were late", by=table.sam)
    with pytest.raises(Refused, match="waits for a second person"):
        services.correct(reading, 53, 44, "Five were", by=table.alex)


def test_a_broken_down_reading_is_the_sum_of_its_groups(table) -> None:
    indicator = services.add_indicator(
        table.recommendation, "Missed", MeasureKind.PROCESS, Unit.COUNT, Direction.DOWN, by=table.sam,
        groups=["North", "South"], numerator="Visits missed", how_often=HowOften.QUARTER,
    )  # fmt: skip
    for parts, value, reason in (([7], 7, "each group"), ([7, -1], 6, "whole people"), ([7, 12], 20, "sum")):
        with pytest.raises(Refused, match=reason):
            services.add_reading(indicator, date(2025, 11, 3), value, by=table.sam, parts=parts)
    reading = services.approve(
        services.add_reading(indicator, date(2025, 11, 3), 19, by=table.sam, parts=[7, 12]), by=table.alex
    )
    assert (reading.month, reading.value, reading.parts) == (date(2025, 10, 1), 19, [7, 12])
    services.approve(services.correct(reading, 20, None, "One was late", by=table.sam, parts=[8, 12]), by=table.alex)
    assert (reading.parts, reading.corrections[0].parts) == ([8, 12], [7, 12])


def test_rows_from_a_spreadsheet_are_proposed_and_count_only_then(table) -> None:
    indicator = an_indicator(table.recommendation)
    rows = [Row(2, date(2025, 9, 1), 50, 40), Row(3, date(2025, 10, 1), 52, 41)]
    assert services.bring_in(indicator, rows, by=table.sam) == 2
    waiting = db.session.scalars(db.select(ProposedReading).order_by(ProposedReading.month)).all()
    assert ([one.value for one in waiting], indicator.readings) == ([50, 52], [])


def test_limits_begin_afresh_at_a_reading_and_for_a_reason(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50, 52, 54)
    services.begin_phase(indicator, date(2020, 3, 1), "A second clinic", by=table.sam)
    for starts, why, reason in (
        (date(2020, 1, 1), "Why not", "after the first"),
        (date(2020, 3, 1), "Again", "already"),
        (date(2020, 2, 1), "", "Say why"),
    ):
        with pytest.raises(Refused, match=reason):
            services.begin_phase(indicator, starts, why, by=table.sam)
    with pytest.raises(Refused, match="Only the facilitator"):
        services.begin_phase(indicator, date(2020, 2, 1), "Why not", by=table.robin)
    assert [(one.starts, one.why) for one in indicator.phases] == [(date(2020, 3, 1), "A second clinic")]
    assert verbs() == ["limits begun afresh"]


def test_an_event_is_noted_once_it_has_been(table) -> None:
    indicator = an_indicator(table.recommendation, "Knew her name", 50)
    services.note_event(indicator, date(2020, 2, 9), "A second midwife began", by=table.sam)
    services.note_event(indicator, date(2020, 1, 9), "Cards printed", by=table.alex)
    with pytest.raises(Refused, match="not come yet"):
        services.note_event(indicator, date(2025, 12, 1), "Soon", by=table.sam)
    with pytest.raises(Refused, match="Say what"):
        services.note_event(indicator, date(2020, 1, 9), "", by=table.sam)
    assert [one.words for one in indicator.events] == ["Cards printed", "A second midwife began"]


def test_the_move_of_every_proposal_from_every_state_by_everybody(table) -> None:
    indicator, allowed = an_indicator(table.recommendation, "Knew her name", 50), set()
    everybody = {"who proposed": table.sam, "keeper": table.alex, "member": table.robin, "steering member": table.kim}
    for state in ProposalState:
        proposal = a_proposal(indicator, table.sam, state=state)
        for name in proposing.LIFECYCLE.moves:
            for who, person in everybody.items():
                answer = proposing.LIFECYCLE.may(person, name, proposal)
                assert bool(answer.reason) != bool(answer)
                allowed |= {(name, state, who)} if answer else set()
    assert allowed == ALLOWED
