"""Pages on which a group says something to an answer it was given, and the chair answers what it asks."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.steering import queries, rules, services
from coprod.steering.forms import AnswerQuestionForm, AskForm, ContestForm
from coprod.steering.models import Decision, GroupQuestion
from coprod.steering.views.blueprint import bp


@bp.get("/decisions/<uuid:key>/answer")
def answer(key: UUID) -> str:
    """Show the group what was decided and what it has said to that, and the three things it can say."""
    found = _of_my_group(key)
    accepted = queries.acceptance_of(found)
    last = queries.last_on(found.recommendation)
    is_last = rules.is_last(found, last)
    contest = rules.contest_going_on(found)
    shown: dict[str, Any] = {
        "decision": found,
        "accepted": accepted,
        "contest": contest,
        "newer": None if is_last else last,
        "is_mine": contest is not None and contest.raised_by_id == me().id,
        "moves": {move.name for move in rules.CONTESTS.open_to(me(), contest)} if contest and is_last else set(),
        "meeting": next(iter(queries.planned_meetings(found.meeting.workstream, today())), None),
        "may_answer": rules.may_answer(me(), found) & is_last,
        "may_accept": rules.may_accept(me(), found, accepted is not None) & is_last,
        "may_contest": rules.may_contest(me(), found) & is_last,
    }
    return render_template("steering/answer.html", **shown, verdicts=rules.IN_WORDS)


def _of_my_group(key: UUID) -> Decision:
    found = queries.answered_seen_by(me(), key)
    require(rules.in_group(me(), found))
    return found


@bp.post("/decisions/<uuid:key>/answer/content")
def accept_answer(key: UUID) -> Response:
    """Keep that the group is content."""
    services.accept_answer(_of_my_group(key), by=me())
    flash("They can read now that you are content.")
    return _back_to(key)


@bp.get("/decisions/<uuid:key>/answer/question")
def ask(key: UUID) -> str:
    """Ask what the group wants to know."""
    found = _of_my_group(key)
    require(rules.may_answer(me(), found))
    return _asked(found, AskForm(formdata=None))


@bp.post("/decisions/<uuid:key>/answer/question")
def send_question(key: UUID) -> Response | tuple[str, int]:
    """Send the question."""
    found, form = _of_my_group(key), AskForm()
    require(rules.may_answer(me(), found))
    if not form.validate():
        return _asked(found, form), 422
    services.ask(found, form.words.data or "", by=me())
    flash("Your question is with them. The answer comes here.")
    return _back_to(key)


def _asked(found: Decision, form: AskForm) -> str:
    return render_template("steering/ask.html", decision=found, form=form, verdicts=rules.IN_WORDS)


@bp.get("/decisions/<uuid:key>/answer/contest")
def contest(key: UUID) -> str:
    """Ask what should be thought about again."""
    found = _of_my_group(key)
    require(rules.may_contest(me(), found))
    return _contested(found, ContestForm(formdata=None))


@bp.post("/decisions/<uuid:key>/answer/contest")
def raise_contest(key: UUID) -> Response | tuple[str, int]:
    """Keep it for a second person of the group."""
    found, form = _of_my_group(key), ContestForm()
    require(rules.may_contest(me(), found))
    if not form.validate():
        return _contested(found, form), 422
    services.contest(found, form.words.data or "", form.speaker.data or "", by=me())
    flash("Kept. One more person from your group has to send it, too.")
    return _back_to(key)


def _contested(found: Decision, form: ContestForm) -> str:
    return render_template("steering/contest.html", decision=found, form=form, verdicts=rules.IN_WORDS)


@bp.post("/decisions/<uuid:key>/contests/<uuid:contest_key>/sent")
def second(key: UUID, contest_key: UUID) -> Response:
    """Send it, as the second person."""
    _of_my_group(key)
    services.second(queries.contest_seen_by(me(), key, contest_key), by=me())
    flash("It is sent. They look at it again when they next meet.")
    return _back_to(key)


@bp.post("/decisions/<uuid:key>/contests/<uuid:contest_key>/taken-back")
def take_back(key: UUID, contest_key: UUID) -> Response:
    """Let it go."""
    _of_my_group(key)
    services.take_back(queries.contest_seen_by(me(), key, contest_key), by=me())
    flash("It is taken back.")
    return _back_to(key)


def _back_to(key: UUID) -> Response:
    return redirect(url_for(".answer", key=key), 303)


@bp.get("/decisions/<uuid:key>/questions/<uuid:question_key>")
def question(key: UUID, question_key: UUID) -> str:
    """Ask the chair what to answer the group."""
    found = queries.question_seen_by(me(), key, question_key)
    require(rules.may_answer_question(me(), found))
    return _question_page(found, AnswerQuestionForm(formdata=None))


@bp.post("/decisions/<uuid:key>/questions/<uuid:question_key>")
def answer_question(key: UUID, question_key: UUID) -> Response | tuple[str, int]:
    """Answer it."""
    found, form = queries.question_seen_by(me(), key, question_key), AnswerQuestionForm()
    require(rules.may_answer_question(me(), found))
    if not form.validate():
        return _question_page(found, form), 422
    services.answer_question(found, form.words.data or "", by=me())
    flash("The group has its answer.")
    return redirect(url_for(".decision", key=key), 303)


def _question_page(found: GroupQuestion, form: AnswerQuestionForm) -> str:
    return render_template("steering/question.html", question=found, decision=found.decision, form=form)
