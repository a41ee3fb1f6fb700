"""Everything that changes a test cycle: plan, do, study, act, and what is said of it afterwards."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.core.words import long_date
from coprod.outcomes.models import Indicator
from coprod.people.models import Person
from coprod.pilots import rules
from coprod.pilots.models import Compared, CycleNumber, Feedback, Pilot, TestCycle, TestCycleState, Touched
from coprod.pilots.services.holding import hold
from coprod.pilots.services.telling import tell


def plan(pilot: Pilot, measures: Sequence[Indicator], *, by: Person, **words: Any) -> TestCycle:
    """Plan the next test cycle; `rules.PLAN_NEEDS` lists the words."""
    hold(pilot)
    require(rules.may_plan(by, pilot))
    require(rules.is_sound(rules.plan_faults(words, measures)))
    return _open(pilot, measures, words, by)


def _open(pilot: Pilot, measures: Sequence[Indicator], words: dict[str, Any], by: Person) -> TestCycle:
    number = next_number(TestCycle.number, TestCycle.pilot_id == pilot.id)
    test_cycle = TestCycle(number=number, **words)
    test_cycle.measures = list(measures)
    pilot.test_cycles.append(test_cycle)
    db.session.flush()
    record(by, "planned", test_cycle)
    return test_cycle


def replan(
    test_cycle: TestCycle, measures: Sequence[Indicator], *, by: Person, read: str | None = None, **words: Any
) -> None:
    """Change a plan that is not begun, as it was read; or raise Overtaken where it says something else now (R4)."""
    hold(test_cycle.pilot)
    require(rules.may_work_on(by, test_cycle, TestCycleState.PLANNED))
    if read not in (None, rules.mark_of_plan(test_cycle)):
        raise Overtaken
    require(rules.is_sound(rules.plan_faults(words, measures)))
    for name in rules.PLANNED_WORDS:
        setattr(test_cycle, name, words[name])
    test_cycle.measures = list(measures)
    db.session.flush()
    record(by, "planned again", test_cycle)


def begin(test_cycle: TestCycle, *, by: Person) -> None:
    """Begin to do what was planned."""
    hold(test_cycle.pilot)
    _move(test_cycle, "begun", by)


def note(test_cycle: TestCycle, words: str, *, by: Person) -> None:
    """Add a note of today to what was done; earlier notes stay."""
    hold(test_cycle.pilot)
    require(rules.may_work_on(by, test_cycle, TestCycleState.DOING))
    dated = f"{long_date(today())}: {words}"
    test_cycle.did = f"{test_cycle.did}\n{dated}" if test_cycle.did else dated
    record(by, "noted", test_cycle)


def note_number(
    test_cycle: TestCycle, indicator: Indicator, value: float, denominator: int | None = None, *, by: Person
) -> CycleNumber:
    """Write down a number of today beside the notes."""
    hold(test_cycle.pilot)
    require(rules.may_work_on(by, test_cycle, TestCycleState.DOING))
    require(rules.is_sound(rules.number_faults(test_cycle, indicator, value, denominator)))
    number = next_number(CycleNumber.number, CycleNumber.test_cycle_id == test_cycle.id)
    noted = CycleNumber(number=number, indicator=indicator, on=today(), value=value, denominator=denominator)
    test_cycle.numbers.append(noted)
    db.session.flush()
    record(by, "number noted", test_cycle)
    return noted


def finish_doing(test_cycle: TestCycle, *, by: Person) -> None:
    """Say that it is done and can be studied."""
    hold(test_cycle.pilot)
    _move(test_cycle, "done", by)


def study(
    test_cycle: TestCycle,
    result: str,
    compared: Compared | None,
    surprised: str,
    *,
    by: Person,
    read: str | None = None,
) -> None:
    """Put the result beside the prediction; without all three there is no study.

    Where somebody else wrote another study after this one was `read`, nothing is written: Overtaken is raised (R4).
    """
    hold(test_cycle.pilot)
    require(rules.may_work_on(by, test_cycle, TestCycleState.STUDYING))
    if read not in (None, rules.mark_of_study(test_cycle)):
        raise Overtaken
    said = {"result": result, "compared": compared, "surprised": surprised}
    require(rules.is_sound(rules.missing(rules.STUDY_NEEDS, said)))
    test_cycle.result, test_cycle.compared, test_cycle.surprised = result, compared, surprised
    record(by, "studied", test_cycle)


def override(test_cycle: TestCycle, reason: str, *, by: Person) -> None:
    """Let a test cycle be adopted although the rule says no: the steering group's reason stays with it."""
    hold(test_cycle.pilot)
    require(rules.may_override(by, test_cycle))
    require(rules.is_sound(rules.missing({"override_reason": "Say why."}, {"override_reason": reason})))
    test_cycle.override_reason = reason
    record(by, "adoption allowed", test_cycle)


def act(test_cycle: TestCycle, name: str, learning: str = "", *, by: Person) -> TestCycle | None:
    """Adopt, adapt or abandon; adapting opens the next test cycle, filled in from this one, and answers it."""
    hold(test_cycle.pilot)
    test_cycle.learning = learning or test_cycle.learning
    _move(test_cycle, name, by)
    tell(test_cycle.pilot, rules.told_of_test(test_cycle))
    if test_cycle.state != TestCycleState.ADAPT:
        return None
    words = {field: getattr(test_cycle, field) for field in rules.PLANNED_WORDS}
    words["begins"] = test_cycle.ends + timedelta(1)
    words["ends"] = words["begins"] + (test_cycle.ends - test_cycle.begins)
    return _open(test_cycle.pilot, test_cycle.measures, words | {"follows_id": test_cycle.id}, by)


def _move(test_cycle: TestCycle, name: str, by: Person) -> None:
    before, after = rules.TEST_CYCLE.make(by, name, test_cycle)
    record(by, name, test_cycle, before=before, after=after)
    db.session.flush()


# --- How it was.


def say_how_it_was(test_cycle: TestCycle, whose: Touched, words: str, *, by: Person) -> Feedback:
    """Keep a few words of somebody it touched, who said yes to that. The journal never speaks of it (P4)."""
    hold(test_cycle.pilot)
    require(rules.may_say(test_cycle))
    feedback = Feedback(by_id=by.id, whose=whose, words=words, on=today())
    test_cycle.feedback.append(feedback)
    db.session.flush()
    return feedback


def take_back(feedback: Feedback, *, by: Person) -> None:
    """Take these words away, and keep nothing of them."""
    hold(feedback.test_cycle.pilot)
    lock(feedback)
    require(rules.may_take_back(by, feedback))
    feedback.test_cycle.feedback.remove(feedback)
    db.session.flush()
