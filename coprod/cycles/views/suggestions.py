"""What members would like the group to talk about: asked on a page of theirs, answered by those who run it."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.core.words import day
from coprod.cycles import queries, services
from coprod.cycles.forms import AnswerForm, SuggestForm, answer_form
from coprod.cycles.forms.suggestions import TAKE
from coprod.cycles.models import Session, SuggestedItem, SuggestionState
from coprod.cycles.rules import suggestions as rules
from coprod.cycles.views.blueprint import bp
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator

# --- Asking.


@bp.get("/workstreams/<uuid:key>/suggest")
def suggest(key: UUID) -> str:
    """Ask what she would like to talk about, and show what came of it."""
    stream = one_seen_by(me(), key)
    require(rules.may_suggest(me(), stream))
    return _ask(stream, SuggestForm())


@bp.post("/workstreams/<uuid:key>/suggest")
def send_suggestion(key: UUID) -> Response | tuple[str, int]:
    """Hand it to those who run the group."""
    stream, form = one_seen_by(me(), key), SuggestForm()
    require(rules.may_suggest(me(), stream))
    if not form.validate():
        return _ask(stream, form), 422
    services.suggest(stream, form.words.data or "", by=me())
    flash("Thank you. We have it.")
    return redirect(url_for(".suggest", key=key))


@bp.post("/suggestions/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Take it back."""
    found = queries.one_own_suggestion(me(), key)
    stream = found.workstream_id
    services.take_back(found, by=me())
    flash("It is gone from here.")
    return redirect(url_for(".suggest", key=stream))


def _ask(stream: Workstream, form: SuggestForm) -> str:
    own = queries.own_suggestions(me(), stream)
    return render_template(
        "cycles/suggest.html",
        stream=stream,
        group_name=stream.neutral_name,
        form=form,
        room=rules.has_room_for(sum(found.state == SuggestionState.SUGGESTED for found in own)),
        own=[(found, rules.came_of(found)) for found in own],
    )


# --- Answering.


@bp.get("/workstreams/<uuid:key>/suggestions")
def suggestions(key: UUID) -> str:
    """List what the group was asked to talk about, for those who run it."""
    stream = one_seen_by(me(), key)
    require(is_facilitator(me(), stream))
    found = queries.suggestions_of(stream)
    return render_template(
        "cycles/suggestions.html",
        stream=stream,
        waiting=[each for each in found if each.state == SuggestionState.SUGGESTED],
        answered=[(each, rules.came_of(each)) for each in found if each.state != SuggestionState.SUGGESTED],
    )


@bp.get("/suggestions/<uuid:key>")
def suggestion(key: UUID) -> str:
    """Ask what becomes of one."""
    found = queries.one_suggestion_run_by(me(), key)
    return _show(found, _form(found, queries.drafts_of(found.workstream_id, today())))


@bp.post("/suggestions/<uuid:key>")
def answer_suggestion(key: UUID) -> Response | tuple[str, int]:
    """Take it into an evening, or say not now."""
    found = queries.one_suggestion_run_by(me(), key)
    drafts = queries.drafts_of(found.workstream_id, today())
    form = _form(found, drafts)
    if not form.validate():
        return _show(found, form), 422
    if form.do.data != TAKE:
        services.put_off(found, form.answer.data or "", by=me())
        flash("Kept. They read your words on their own page.")
        return redirect(url_for(".suggestions", key=found.workstream_id))
    evening = next(session for session in drafts if str(session.id) == form.evening.data)
    item = services.take(found, evening, by=me())
    flash(f"It is in session {evening.number}, {day(evening.on)}. Change its words as you need.")
    return redirect(url_for(".item", key=item.id))


def _form(found: SuggestedItem, drafts: Sequence[Session]) -> AnswerForm:
    return answer_form(drafts, may_put_off=bool(rules.SUGGESTION.may(me(), "put off", found)))


def _show(found: SuggestedItem, form: AnswerForm) -> str:
    return render_template(
        "cycles/suggestion.html",
        suggestion=found,
        form=form,
        may_answer=rules.SUGGESTION.may(me(), "taken", found),
        came_of=rules.came_of(found),
    )
