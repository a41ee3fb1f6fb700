"""What comes after a test cycle: its one printed page, how it was for those it touched, and an override."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import FeedbackForm, OverrideForm
from coprod.pilots.models import TestCycle, Touched
from coprod.pilots.rules.on_paper import sheet_of
from coprod.pilots.views.blueprint import bp


@bp.get("/test-cycles/<uuid:key>/sheet")
def sheet(key: UUID) -> str:
    """Show a test cycle on one page to print."""
    one = queries.test_cycle_seen_by(me(), key)
    return render_template("pilots/sheet.html", test_cycle=one, said=sheet_of(one))


@bp.get("/test-cycles/<uuid:key>/how-it-was")
def how_it_was(key: UUID) -> str:
    """Ask how it was."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.may_say(one))
    return render_template("pilots/how_it_was.html", test_cycle=one, form=FeedbackForm())


@bp.post("/test-cycles/<uuid:key>/how-it-was")
def say_how_it_was(key: UUID) -> Response | tuple[str, int]:
    """Keep what somebody said, who agreed to that."""
    one, form = queries.test_cycle_seen_by(me(), key), FeedbackForm()
    require(rules.may_say(one))
    if not form.validate():
        return render_template("pilots/how_it_was.html", test_cycle=one, form=form), 422
    services.say_how_it_was(one, Touched(form.whose.data), form.words.data or "", by=me())
    flash("Thank you. The words are in, without a name.")
    return back(one)


@bp.post("/feedback/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Take the words away."""
    feedback = queries.feedback_seen_by(me(), key)
    one = feedback.test_cycle
    services.take_back(feedback, by=me())
    flash("The words are gone.")
    return back(one)


@bp.get("/test-cycles/<uuid:key>/override")
def override(key: UUID) -> str:
    """Ask why it may be adopted although the rule says no."""
    one = queries.test_cycle_seen_by(me(), key)
    require(rules.may_override(me(), one))
    return _overriding(one, OverrideForm())


@bp.post("/test-cycles/<uuid:key>/override")
def allow_adoption(key: UUID) -> Response | tuple[str, int]:
    """Let it be adopted, for the steering group's reason."""
    one, form = queries.test_cycle_seen_by(me(), key), OverrideForm()
    require(rules.may_override(me(), one))
    if not form.validate():
        return _overriding(one, form), 422
    services.override(one, form.override_reason.data or "", by=me())
    flash("It may be adopted now. The reason stays with it.")
    return back(one)


def _overriding(one: TestCycle, form: OverrideForm) -> str:
    return render_template("pilots/override.html", test_cycle=one, form=form, off=rules.has_earned_adopting(one).reason)


def numbers_of(one: TestCycle) -> list[tuple[object, str]]:
    """List the numbers that were written down on the way, each with its day; small ones are not said."""
    return [(number.on, rules.number_words(number)) for number in one.numbers]


def back(one: TestCycle) -> Response:
    """Go back to the page of a test cycle."""
    return redirect(url_for(".test_cycle", key=one.id), 303)
