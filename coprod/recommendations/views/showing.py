"""The list of recommendations, and the page of one: what it says, what is missing, and the moves open to the reader."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.reading import light
from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.parts import names
from coprod.voting import queries as voting_queries
from coprod.voting.forms import RoomForm
from coprod.workstreams.models import Workstream


@bp.get("/")
def index() -> str:
    """List them."""
    found, sent = queries.seen_by(me()), queries.titles_sent(me())
    return render_template("recommendations/index.html", recommendations=found, titles=sent)


@bp.app_template_global("asked_for_by")
def asked_for_by(stream: Workstream) -> Sequence[Recommendation]:
    """Answer what this group asks for, for its own page, which stands before this feature and knows nothing of it."""
    return queries.of_group(me(), stream)


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show one, what is missing, and the moves open to the reader."""
    return page_of(queries.one_seen_by(me(), key))


def page_of(recommendation: Recommendation, **forms: Any) -> str:
    """Show one; `forms` are those that have to be asked again."""
    sits_there = rules.is_member(me(), recommendation)
    runs_it = bool(rules.is_facilitator(me(), recommendation))
    running = rules.current(recommendation) if runs_it and rules.is_answered_online(recommendation) else None
    sent = rules.version_sent(recommendation)
    return render_template(
        "recommendations/show.html",
        recommendation=recommendation,
        version=recommendation.version if sits_there or sent is None else sent.number,
        rounds=rules.rounds_for(me(), recommendation),
        is_facilitator=runs_it,
        may_edit=rules.may_edit(me(), recommendation),
        may_vote=rules.LIFECYCLE.may(me(), "put to the vote", recommendation),
        may_submit=rules.LIFECYCLE.may(me(), "submitted", recommendation),
        can_be_voted="put to the vote" in _moves_from(recommendation),
        can_be_sent="submitted" in _moves_from(recommendation),
        missing=rules.missing(recommendation, today()),
        words=(words := rules.words_for(me(), recommendation)),
        priorities=rules.priorities_in(words, recommendation),
        parts=rules.as_read(recommendation, words),
        who=rules.who_worked_on(recommendation),
        called=names(recommendation),
        waiting=len([one for one in recommendation.suggestions if rules.is_offered(one)]),
        may_settle={one.id for one in recommendation.comments if rules.COMMENTS.may(me(), "settled", one)},
        may_suggest={part.name for part in rules.WORDED if rules.may_suggest(me(), recommendation, part)},
        sits_there=sits_there,
        may_declare=rules.may_declare(me(), recommendation),
        questions=rules.open_questions(recommendation),
        lights={name: light(words[name]) for name in ("title", "said", "easy_read")},
        moves=rules.by_hand(me(), recommendation),
        turnout=voting_queries.turnout_word(running) if running else "",
        waits_for_the_room=sits_there and rules.waits_for_the_room(recommendation),
        **{"room_form": RoomForm(formdata=None)} | forms,
    )


def _moves_from(recommendation: Recommendation) -> set[str]:
    return {move.name for move in rules.LIFECYCLE.moves.values() if recommendation.state in move.sources}


@bp.post("/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Make one of the moves that need nothing but a button."""
    recommendation = queries.one_seen_by(me(), key)
    name = request.form.get("name", "")
    if name not in rules.BY_HAND:
        raise Refused("There is no such button here.")
    services.move(recommendation, name, by=me())
    flash(f"It is now: {recommendation.state}.")
    return redirect(url_for(".show", key=key), 303)
