"""Pages about test cycles: plan, do, study and act."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.outcomes.queries import indicators_of
from coprod.outcomes.rules import telling
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import LATER, NoteForm, NumberForm, PlanForm, StudyForm, key_of
from coprod.pilots.models import Pilot, TestCycle, TestCycleState
from coprod.pilots.views.afterwards import numbers_of
from coprod.pilots.views.blueprint import bp
from coprod.pilots.views.pages import chart_over


@bp.get("/<uuid:key>/test-cycles/new")
def plan(key: UUID) -> str:
    """Ask for the plan of the next test cycle, filled in from the last."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_plan(me(), pilot))
    return _asked(pilot, _plan_form(pilot, data=_filled_in(pilot)))


@bp.post("/<uuid:key>/test-cycles/new")
def add_test_cycle(key: UUID) -> Response | tuple[str, int]:
    """Plan it."""
    pilot = queries.one_seen_by(me(), key)
    require(rules.may_plan(me(), pilot))
    form = _plan_form(pilot)
    if not form.validate():
        return _asked(pilot, form), 422
    test_cycle = services.plan(pilot, form.chosen(), by=me(), **form.words())
    flash(f"Test cycle {test_cycle.number} is planned.")
    return _to(".do", test_cycle)


@bp.get("/test-cycles/<uuid:key>/plan")
def replan(key: UUID) -> str:
    """Ask for a better plan."""
    test_cycle = queries.test_cycle_seen_by(me(), key)
    require(rules.may_work_on(me(), test_cycle, TestCycleState.PLANNED))
    data = _words_of(test_cycle) | {"read": rules.mark_of_plan(test_cycle)}
    return _asked(test_cycle.pilot, _plan_form(test_cycle.pilot, data=data), test_cycle)


@bp.post("/test-cycles/<uuid:key>/plan")
def plan_again(key: UUID) -> Response | tuple[str, int]:
    """Change the plan, or show both where somebody else was faster (R4)."""
    test_cycle = queries.test_cycle_seen_by(me(), key)
    require(rules.may_work_on(me(), test_cycle, TestCycleState.PLANNED))
    form = _plan_form(test_cycle.pilot)
    if not form.validate():
        return _asked(test_cycle.pilot, form, test_cycle), 422
    try:
        services.replan(test_cycle, form.chosen(), by=me(), read=form.read.data or "", **form.words())
    except Overtaken:
        form.read.data = rules.mark_of_plan(test_cycle)
        theirs = rules.planned_beside(test_cycle, form.words(), form.chosen())
        return _asked(test_cycle.pilot, form, test_cycle, theirs), 422
    flash("The plan is changed.")
    return _to(".do", test_cycle)


def _plan_form(pilot: Pilot, **given: Any) -> PlanForm:
    owners = rules.owners_known_to(me(), pilot.recommendation, pilot)
    return PlanForm(owners, indicators_of(pilot.recommendation), **given)


def _filled_in(pilot: Pilot) -> dict[str, Any]:
    """Begin from the last test cycle, or from the pilot's own aim; the dates are new."""
    if not pilot.test_cycles:
        aim = {"how_much": pilot.how_much, "by_when": pilot.by_when, "for_whom": pilot.for_whom}
        return aim | {"owner": key_of(pilot.owner)}
    return _words_of(pilot.test_cycles[-1]) | {"begins": None, "ends": None}


def _words_of(test_cycle: TestCycle) -> dict[str, Any]:
    words = {name: getattr(test_cycle, name) for name in rules.PLANNED_WORDS}
    measures = [str(measure.id) for measure in test_cycle.measures]
    return words | {"owner": key_of(test_cycle.owner), "measures": measures}


def _asked(
    pilot: Pilot, form: PlanForm, test_cycle: TestCycle | None = None, theirs: dict[str, str] | None = None
) -> str:
    number = test_cycle.number if test_cycle else len(pilot.test_cycles) + 1
    return render_template("pilots/plan.html", pilot=pilot, number=number, form=form, theirs=theirs)


@bp.get("/test-cycles/<uuid:key>")
def test_cycle(key: UUID) -> str:
    """Show one test cycle whole."""
    one = queries.test_cycle_seen_by(me(), key)
    return render_template(
        "pilots/test_cycle.html",
        test_cycle=one,
        step=_next_step(one),
        numbers=numbers_of(one),
        heard=[(rules.quoted(said), said, bool(rules.may_take_back(me(), said))) for said in one.feedback],
        may_say=rules.may_say(one),
        may_override=rules.may_override(me(), one),
        earned=rules.has_earned_adopting(one),
        follows=next((other for other in one.pilot.test_cycles if other.id == one.follows_id), None),
    )


def _next_step(one: TestCycle) -> tuple[str, str] | None:
    steps = {
        TestCycleState.PLANNED: ("Begin it", ".do"),
        TestCycleState.DOING: ("Write what was done", ".do"),
        TestCycleState.STUDYING: ("Study it", ".study"),
    }
    if one.state not in steps or not rules.runs(me(), one):
        return None
    words, endpoint = steps[one.state]
    return words, url_for(endpoint, key=one.id)


@bp.get("/test-cycles/<uuid:key>/do")
def do(key: UUID) -> str:
    """Show the plan, and take notes of what is done."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.runs(me(), one))
    return _doing(one)


@bp.post("/test-cycles/<uuid:key>/begin")
def begin(key: UUID) -> Response:
    """Begin to do what was planned."""
    one = queries.test_cycle_seen_by(me(), key)
    services.begin(one, by=me())
    flash("It has begun. Write down what you see.")
    return _to(".do", one)


@bp.post("/test-cycles/<uuid:key>/do")
def note(key: UUID) -> Response | tuple[str, int]:
    """Add a note."""
    one, form = queries.test_cycle_seen_by(me(), key), NoteForm()
    require(rules.may_work_on(me(), one, TestCycleState.DOING))
    if not form.validate():
        return _doing(one, noting=form), 422
    services.note(one, form.words.data or "", by=me())
    flash("Your note is in.")
    return _to(".do", one)


@bp.post("/test-cycles/<uuid:key>/numbers")
def note_number(key: UUID) -> Response | tuple[str, int]:
    """Add a number of today."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.may_work_on(me(), one, TestCycleState.DOING))
    form = NumberForm(one)
    if not form.validate() or form.chosen is None or form.value.data is None:
        return _doing(one, counting=form), 422
    services.note_number(one, form.chosen, form.value.data, form.denominator.data, by=me())
    flash("Your number is in.")
    return _to(".do", one)


@bp.post("/test-cycles/<uuid:key>/done")
def finish(key: UUID) -> Response:
    """Say that it is done."""
    one = queries.test_cycle_seen_by(me(), key)
    services.finish_doing(one, by=me())
    return _to(".study", one)


def _doing(one: TestCycle, noting: NoteForm | None = None, counting: NumberForm | None = None) -> str:
    states = TestCycleState.PLANNED, TestCycleState.DOING
    return render_template(
        "pilots/do.html",
        test_cycle=one,
        noting=noting or NoteForm(formdata=None),
        counting=counting or NumberForm(one, formdata=None),
        form=noting or counting,
        numbers=numbers_of(one),
        may={name: rules.TEST_CYCLE.may(me(), name, one) for name in ("begun", "done")},
        is_now={state.value: one.state == state for state in states},
    )


@bp.get("/test-cycles/<uuid:key>/study")
def study(key: UUID) -> str:
    """Ask for the result beside the prediction, and what to do now."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.may_work_on(me(), one, TestCycleState.STUDYING))
    said = {"result": one.result, "compared": one.compared and one.compared.value, "surprised": one.surprised}
    data = said | {"read": rules.mark_of_study(one)}
    return _studying(one, StudyForm(rules.may_be_adopted(one), data=data))


@bp.post("/test-cycles/<uuid:key>/study")
def act(key: UUID) -> Response | tuple[str, int]:
    """Keep the study, and act on it; or show both where somebody else was faster (R4)."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.may_work_on(me(), one, TestCycleState.STUDYING))
    form = StudyForm(rules.may_be_adopted(one))
    if not form.validate():
        return _studying(one, form), 422
    try:
        services.study(one, **form.words(), by=me(), read=form.read.data or "")
    except Overtaken:
        form.read.data = rules.mark_of_study(one)
        return _studying(one, form, rules.studied_beside(one, form.words())), 422
    if form.act.data == LATER:
        flash("The study is kept. What to do with it comes later.")
        return _to(".test_cycle", one)
    following = services.act(one, form.act.data or "", form.learning.data or "", by=me())
    return _after(one, following)


def _studying(one: TestCycle, form: StudyForm, theirs: dict[str, str] | None = None) -> str:
    measured = [measure for measure in indicators_of(one.pilot.recommendation) if measure in one.measures]
    watched = [(measure, telling.words_of(measure), chart_over(one.pilot, measure)) for measure in measured]
    return render_template(
        "pilots/study.html", test_cycle=one, form=form, watched=watched, numbers=numbers_of(one), theirs=theirs
    )


def _after(one: TestCycle, following: TestCycle | None) -> Response:
    if following:
        flash(f"Test cycle {following.number} is open, filled in from this one. Change what is different.")
        return _to(".replan", following)
    flash(f"Test cycle {one.number} is finished: {one.state}.")
    return redirect(url_for(".show", key=one.pilot_id), 303)


def _to(endpoint: str, test_cycle: TestCycle) -> Response:
    return redirect(url_for(endpoint, key=test_cycle.id), 303)
