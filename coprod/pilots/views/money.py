"""Pages about a pilot's money: what boards are asked and answer, and what is spent."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.pilots import queries, rules, services
from coprod.pilots.forms import AskForm, BoardAnswerForm, SpendForm
from coprod.pilots.models import BoardAnswer, FundingAsk, Pilot
from coprod.pilots.views.blueprint import bp


@bp.get("/<uuid:key>/money")
def money(key: UUID) -> str:
    """Show what was asked for, what was granted and on what conditions, what is spent and what is left."""
    return _page(queries.one_seen_by(me(), key))


@bp.post("/<uuid:key>/asks")
def ask(key: UUID) -> Response | tuple[str, int]:
    """Ask a board."""
    pilot, form = queries.one_seen_by(me(), key), AskForm()
    require(rules.may_ask(me(), pilot))
    if not form.validate():
        return _page(pilot, asking=form), 422
    services.ask(pilot, form.board.data or "", form.what_for.data or "", form.pounds.data, by=me())
    flash("It is written down. Note the answer here when it comes.")
    return _back(pilot)


@bp.post("/<uuid:key>/spendings")
def spend(key: UUID) -> Response | tuple[str, int]:
    """Write down what was spent."""
    pilot, form = queries.one_seen_by(me(), key), SpendForm(today())
    require(rules.may_spend(me(), pilot))
    if not form.validate():
        return _page(pilot, spending=form), 422
    on, pounds = form.spent_on.data or today(), form.spent.data or 0
    services.spend(pilot, on, pounds, form.spent_for.data or "", by=me())
    flash(rules.left_words(pilot))
    return _back(pilot)


@bp.get("/asks/<uuid:key>/answer")
def board_answer(key: UUID) -> str:
    """Ask what the board answered."""
    asked = queries.ask_seen_by(me(), key)
    require(rules.may_note_answer(me(), asked))
    return _asked(asked, BoardAnswerForm(asked))


@bp.post("/asks/<uuid:key>/answer")
def note_board_answer(key: UUID) -> Response | tuple[str, int]:
    """Write its answer down."""
    asked = queries.ask_seen_by(me(), key)
    require(rules.may_note_answer(me(), asked))
    form = BoardAnswerForm(asked)
    if not form.validate():
        return _asked(asked, form), 422
    said = BoardAnswer(form.answer.data), form.granted.data, form.conditions.data or ""
    services.note_answer(asked, *said, by=me())
    flash("The answer is noted, and the group that asked is told.")
    return _back(asked.pilot)


def _asked(asked: FundingAsk, form: BoardAnswerForm) -> str:
    return render_template("pilots/board_answer.html", asked=asked, what=rules.asked_words(asked), form=form)


def _back(pilot: Pilot) -> Response:
    return redirect(url_for(".money", key=pilot.id), 303)


def _page(pilot: Pilot, asking: AskForm | None = None, spending: SpendForm | None = None) -> str:
    return render_template(
        "pilots/money.html",
        pilot=pilot,
        left=rules.left_words(pilot),
        budget=rules.sum_words(pilot.budget) if pilot.budget else "Not known",
        asks=[(one, rules.asked_words(one), rules.answer_words(one), _may_note(one)) for one in pilot.asks],
        spent=[(one, rules.sum_words(one.pounds)) for one in pilot.spendings],
        may_ask=rules.may_ask(me(), pilot),
        may_spend=rules.may_spend(me(), pilot),
        asking=asking or AskForm(formdata=None),
        spending=spending or SpendForm(today(), formdata=None, data={"spent_on": today()}),
        form=asking or spending,
    )


def _may_note(asked: FundingAsk) -> bool:
    return bool(rules.may_note_answer(me(), asked))
