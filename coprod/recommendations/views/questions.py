"""Pages for what a group does not know yet, and for what its people would gain or lose."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import AnswerForm, AskForm, DeclareForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.parts import names


@bp.get("/<uuid:key>/questions")
def questions(key: UUID) -> str:
    """List what is not known yet, and what was answered."""
    return _questions(queries.one_seen_at_its_table(me(), key))


def _questions(recommendation: Recommendation, **asked_again: Any) -> str:
    forms = {
        "form": AskForm(formdata=None),
        "answer_form": AnswerForm(formdata=None),
        "answering": None,
        "overtaken": False,
    }
    return render_template(
        "recommendations/questions.html",
        recommendation=recommendation,
        may_ask=rules.may_ask(me(), recommendation),
        called=names(recommendation),
        **forms | asked_again,
    )


@bp.post("/<uuid:key>/questions")
def ask(key: UUID) -> Response | tuple[str, int]:
    """Write a question down."""
    recommendation, form = queries.one_seen_at_its_table(me(), key), AskForm()
    if not form.validate_on_submit():
        return _questions(recommendation, form=form), 422
    services.ask(recommendation, form.words.data or "", by=me())
    flash("The question stands here till somebody answers it.")
    return redirect(url_for(".questions", key=key), 303)


@bp.post("/<uuid:key>/questions/<uuid:question_key>")
def answer(key: UUID, question_key: UUID) -> Response | tuple[str, int]:
    """Write an answer down."""
    recommendation, form = queries.one_seen_at_its_table(me(), key), AnswerForm()
    question = queries.one_question_of(recommendation, question_key)
    if not form.validate_on_submit():
        return _questions(recommendation, answer_form=form, answering=question_key), 422
    try:
        services.answer(question, form.answer.data or "", read=form.read.data or "", by=me())
    except Overtaken:
        return _questions(recommendation, answer_form=form, answering=question_key, overtaken=True), 422
    flash("The answer is kept.")
    return redirect(url_for(".questions", key=key), 303)


@bp.post("/<uuid:key>/questions/<uuid:question_key>/again")
def ask_again(key: UUID, question_key: UUID) -> Response:
    """Open a question again."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    services.ask_again(queries.one_question_of(recommendation, question_key), by=me())
    flash("The question is open again.")
    return redirect(url_for(".questions", key=key), 303)


@bp.get("/<uuid:key>/declaration")
def declaration(key: UUID) -> str:
    """Ask what this person would gain or lose."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    mine = rules.declared_by(me(), recommendation)
    return _declaration(recommendation, DeclareForm(words=mine.words if mine else ""))


@bp.post("/<uuid:key>/declaration")
def declare(key: UUID) -> Response | tuple[str, int]:
    """Keep what was declared, or take it back."""
    recommendation, form = queries.one_seen_at_its_table(me(), key), DeclareForm()
    if not form.validate_on_submit():
        return _declaration(recommendation, form), 422
    services.declare(recommendation, form.words.data or "", by=me())
    flash("Thank you. It stands beside the idea." if form.words.data else "Nothing of yours stands there now.")
    return redirect(url_for(".show", key=key), 303)


def _declaration(recommendation: Recommendation, form: DeclareForm) -> str:
    require(rules.may_declare(me(), recommendation))
    return render_template("recommendations/declaration.html", recommendation=recommendation, form=form)
