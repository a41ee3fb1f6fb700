"""Everything that changes what is measured."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.outcomes import queries, rules
from coprod.outcomes.models import (
    ChartEvent,
    Correction,
    Direction,
    FormerDefinition,
    HowOften,
    Indicator,
    Keeper,
    MeasureKind,
    NewPhase,
    ProposedReading,
    Reading,
    Unit,
)
from coprod.outcomes.rules import defining, proposing
from coprod.outcomes.rules.bringing import Row
from coprod.outcomes.rules.periods import period_of
from coprod.people.models import Person
from coprod.programmes.queries import bank_holidays
from coprod.programmes.rules import is_working_day
from coprod.recommendations.models import Recommendation
from coprod.workstreams.rules import is_chair


def _is_day_off() -> bool:
    return not is_working_day(today(), bank_holidays(today(), today()))


def _still_waits(person: Person, _: UUID) -> bool:
    return queries.waits_for(person)


TO_LOOK_AT = messages.announce(
    Purpose(
        "reading to look at",
        text="Hi {alias}. A number waits for you to look at it. {link}",
        email="Hello {alias}.\n\nA number somebody typed waits for a second person. You can look at it here:"
        "\n\n{link}\n",
        endpoint="home.show",
        about="A number waits for a second person",
    ),
    _still_waits,
    rests=_is_day_off,
)
"""One a day for each of them, whatever waits, and wherever."""


def add_indicator(
    recommendation: Recommendation,
    name: str,
    kind: MeasureKind,
    unit: Unit,
    better: Direction,
    *,
    by: Person,
    how_often: HowOften = HowOften.MONTH,
    groups: Sequence[str] = (),
    baseline: float | None = None,
    target: float | None = None,
    **words: str,
) -> Indicator:
    """Begin to measure something about a recommendation; the words are those of its definition sheet.

    They are `numerator`, `denominator`, `who_is_counted`, `source`, and `told` where it is only told without dates.
    """
    lock(recommendation)
    require(rules.may_measure(by, recommendation, queries.keepers_of(recommendation)))
    levels = {"baseline": baseline, "target": target}
    given = {which: level for which, level in levels.items() if level is not None}
    require(rules.is_sound([*rules.level_faults(unit, given).values(), proposing.groups_fault(unit, groups)]))
    told = defining.told_faults(how_often, unit, words.get("told", ""), words.get("source", ""))
    require(rules.is_sound(told.values()))
    indicator = Indicator(recommendation=recommendation, name=name, kind=kind, unit=unit, better=better, **words)
    indicator.baseline, indicator.target = baseline, target
    indicator.how_often, indicator.groups = how_often, list(groups)
    db.session.add(indicator)
    db.session.flush()
    record(by, "measure added", indicator)
    return indicator


def define(
    indicator: Indicator,
    given: Mapping[str, Any],
    why: str,
    *,
    by: Person,
    read: int | None = None,
    afresh: bool = False,
) -> None:
    """Put the definition sheet in other words, for a reason; how it was put stays beside it.

    `given` holds every line. Raises Overtaken where the sheet was changed since the change that was `read` (R4).
    Where it is counted in another way from now on, the limits begin `afresh` with the next reading.
    """
    lock(indicator.recommendation)
    lock(indicator)
    require(defining.may_define(by, indicator, given))
    was = defining.was(indicator, given)
    if read is not None and read != len(indicator.former) and was:
        raise Overtaken
    others = {one.name.casefold() for one in queries.indicators_of(indicator.recommendation) if one is not indicator}
    taken = "There is a measure of this name already." if given["name"].casefold() in others else ""
    require(rules.is_sound([taken, "" if why else "Say why."]) & defining.is_sound_sheet(given))
    if was:
        _put_anew(indicator, given, FormerDefinition(was=was, why=why, by_id=by.id, on=today()))
        record(by, "definition changed", indicator)
    if (starts := defining.next_period(indicator)) and afresh and all(one.starts != starts for one in indicator.phases):
        indicator.phases.append(NewPhase(starts=starts, why=why, by_id=by.id, on=today()))
        db.session.flush()
        record(by, "limits begun afresh", indicator)


def _put_anew(indicator: Indicator, given: Mapping[str, Any], former: FormerDefinition) -> None:
    former.number = len(indicator.former) + 1
    indicator.former.append(former)
    for name in defining.LINES:
        setattr(indicator, name, given[name])
    db.session.flush()


def add_reading(
    indicator: Indicator,
    month: date,
    value: float,
    denominator: int | None = None,
    *,
    by: Person,
    note: str = "",
    parts: Sequence[int] = (),
) -> ProposedReading:
    """Propose what an indicator was in a period, told by any day of it; it counts once a second person approves."""
    lock(indicator)
    require(rules.may_keep(by, indicator))
    starts = period_of(indicator.how_often, month)
    require(rules.is_sound([proposing.period_fault(indicator, starts, today())]))
    require(proposing.is_sound_reading(indicator, {"value": value, "denominator": denominator, "parts": parts}))
    made = ProposedReading(month=starts, value=value, denominator=denominator, parts=list(parts), note=note)
    return _proposed(indicator, made, "reading proposed", by)


def bring_in(indicator: Indicator, rows: Iterable[Row], *, by: Person) -> int:
    """Propose every row that was brought from a spreadsheet; answer how many."""
    return len([add_reading(indicator, one.month, one.value, one.denominator, by=by, parts=one.parts) for one in rows])


def correct(
    reading: Reading, value: float, denominator: int | None, why: str, *, by: Person, parts: Sequence[int] = ()
) -> ProposedReading:
    """Propose to put a reading right; what it is counts on until a second person approves."""
    indicator = reading.indicator
    lock(indicator)
    require(proposing.may_correct(by, indicator, reading.month))
    require(proposing.is_sound_reading(indicator, {"value": value, "denominator": denominator, "parts": parts}))
    made = ProposedReading(month=reading.month, value=value, denominator=denominator, parts=list(parts), why=why)
    return _proposed(indicator, made, "correction proposed", by)


def _proposed(indicator: Indicator, made: ProposedReading, verb: str, by: Person) -> ProposedReading:
    made.by, made.on = by, today()
    indicator.proposals.append(made)
    db.session.flush()
    record(by, verb, made)
    for key in queries.second_people(indicator.recommendation, by):
        messages.queue_all(TO_LOOK_AT, [key], key)
    return made


def approve(proposal: ProposedReading, *, by: Person) -> Reading:
    """Let a proposed reading count, or a reading be put right; what it was stays beside the reason."""
    _settle(proposal, "approved", by=by)
    reading = _put_right(proposal) if proposal.why else _count(proposal)
    db.session.flush()
    record(by, "reading corrected" if proposal.why else "reading added", reading)
    return reading


def approve_all(proposals: Iterable[ProposedReading], *, by: Person) -> int:
    """Approve all of these; answer how many."""
    return len([approve(one, by=by) for one in proposals])


def send_back(proposal: ProposedReading, reply: str, *, by: Person) -> None:
    """Say what is to be looked at again; it never counts."""
    if not reply:
        require(no("Say what to look at again."))
    _settle(proposal, "sent back", by=by)
    proposal.reply = reply


def take_back(proposal: ProposedReading, *, by: Person) -> None:
    """Take back what one proposed oneself."""
    _settle(proposal, "taken back", by=by)


def _settle(proposal: ProposedReading, name: str, *, by: Person) -> None:
    lock(proposal.indicator)
    lock(proposal)
    before, after = proposing.LIFECYCLE.make(by, name, proposal)
    proposal.settled_by_id, proposal.settled_on = by.id, today()
    record(by, name, proposal, before=before, after=after)


def _count(proposal: ProposedReading) -> Reading:
    indicator = proposal.indicator
    reading = Reading(month=proposal.month, value=proposal.value, denominator=proposal.denominator)
    reading.parts, reading.note = list(proposal.parts), proposal.note
    indicator.readings = sorted([*indicator.readings, reading], key=lambda one: one.month)
    return reading


def _put_right(proposal: ProposedReading) -> Reading:
    reading = next(one for one in proposal.indicator.readings if one.month == proposal.month)
    kept = Correction(number=len(reading.corrections) + 1, on=today(), why=proposal.why)
    kept.value, kept.denominator, kept.parts = reading.value, reading.denominator, list(reading.parts)
    reading.corrections.append(kept)
    reading.value, reading.denominator, reading.parts = proposal.value, proposal.denominator, list(proposal.parts)
    return reading


def begin_phase(indicator: Indicator, starts: date, why: str, *, by: Person) -> None:
    """Work the limits out afresh from this reading on, for a reason; the chart as it was is kept."""
    lock(indicator)
    require(rules.may_keep(by, indicator))
    require(rules.is_sound([proposing.phase_fault(indicator, starts), "" if why else "Say why."]))
    phase = NewPhase(starts=starts, why=why, by_id=by.id, on=today())
    indicator.phases = sorted([*indicator.phases, phase], key=lambda one: one.starts)
    db.session.flush()
    record(by, "limits begun afresh", indicator)


def note_event(indicator: Indicator, day: date, words: str, *, by: Person) -> None:
    """Note on the line that something happened."""
    lock(indicator)
    require(rules.may_keep(by, indicator))
    require(rules.is_sound(["That day has not come yet." if day > today() else "", "" if words else "Say what."]))
    event = ChartEvent(day=day, words=words, by_id=by.id)
    indicator.events = sorted([*indicator.events, event], key=lambda one: one.day)
    db.session.flush()
    record(by, "event noted", indicator)


def appoint_keeper(recommendation: Recommendation, person: Person, *, by: Person) -> None:
    """Let somebody add a recommendation's readings: the chair does this for the owner of a pilot."""
    require(is_chair(by, recommendation.steering))
    if all(keeper.person_id != person.id for keeper in queries.keepers_of(recommendation)):
        keeper = Keeper(recommendation_id=recommendation.id, person_id=person.id)
        db.session.add(keeper)
        db.session.flush()
        record(by, "keeper of readings appointed", keeper)
