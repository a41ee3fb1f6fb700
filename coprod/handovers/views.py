"""One short page that hands a group from one facilitator to the next."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.handovers import queries, rules, services
from coprod.handovers.forms import OfferForm
from coprod.people.models import Person
from coprod.workstreams.models import Membership, Workstream
from coprod.workstreams.queries import one_named_to
from coprod.workstreams.rules import is_facilitator, is_member

bp = Blueprint("handovers", __name__)


@bp.get("/workstreams/<uuid:key>/handover/new")
def new(key: UUID) -> str | Response:
    """Ask who takes the group, above what they will need to know."""
    stream = one_named_to(me(), key)
    require(rules.may_hand_over(me(), stream))
    if waiting := queries.open_one(stream):
        return redirect(url_for(".show", key=waiting.id))
    return _ask(stream, _form(stream, formdata=None))


@bp.post("/workstreams/<uuid:key>/handover/new")
def offer(key: UUID) -> Response | tuple[str, int]:
    """Offer it to them."""
    stream = one_named_to(me(), key)
    require(rules.may_hand_over(me(), stream))
    form = _form(stream)
    if not form.validate() or not _fits(stream, form):
        return _ask(stream, form), 422
    giver, taker = form.chosen
    handover = services.offer(stream, giver, taker, by=me(), words=form.words.data or "", leaves=form.leaves)
    flash(f"{taker.alias} can take it now. Until then nothing changes.")
    return redirect(url_for(".show", key=handover.id), 303)


@bp.get("/handovers/<uuid:key>")
def show(key: UUID) -> str:
    """Show both of them the same page, and the one it is offered to the button."""
    handover = queries.one_seen_by(me(), key)
    stream = handover.workstream
    is_open = rules.sees_what_is_open(me(), handover)
    runner = handover.giver if is_facilitator(handover.giver, stream) else handover.taker
    return render_template(
        "handovers/show.html",
        handover=handover,
        stream=stream,
        moves=[move.name for move in rules.LIFECYCLE.open_to(me(), handover)],
        may_take=rules.LIFECYCLE.may(me(), "taken", handover),
        **_gathered(stream, runner) if is_open else {"parts": [], "runs_it": False},
    )


@bp.post("/handovers/<uuid:key>/take")
def take(key: UUID) -> Response:
    """Take it: whoever takes it has new rights, and signs in again."""
    handover = queries.one_seen_by(me(), key)
    services.take(handover, by=me())
    flash(f"You run {handover.workstream.name} now.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/handovers/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Take the offer back."""
    handover = queries.one_seen_by(me(), key)
    services.take_back(handover, by=me())
    flash("The offer is taken back. Nothing has changed.")
    return redirect(url_for("workstreams.show", key=handover.workstream_id), 303)


def _form(stream: Workstream, **kwargs: Any) -> OfferForm:
    giving = rules.givers(me(), stream)
    return OfferForm(giving, rules.takers(stream), for_herself=_is_hers(giving), **kwargs)


def _is_hers(giving: list[Membership]) -> bool:
    return any(place.person_id == me().id for place in giving)


def _fits(stream: Workstream, form: OfferForm) -> bool:
    giver, taker = form.chosen
    answer = rules.may_offer(me(), stream, giver, taker, leaves=form.leaves)
    form.taker.errors = [] if answer else [answer.reason]
    return bool(answer)


def _ask(stream: Workstream, form: OfferForm) -> str:
    giving = rules.givers(me(), stream)
    return render_template(
        "handovers/new.html",
        stream=stream,
        form=form,
        givers=giving,
        for_herself=_is_hers(giving),
        **_gathered(stream, giving[0].person if giving else None),
    )


def _gathered(stream: Workstream, runner: Person | None) -> dict[str, Any]:
    sits_there = bool(is_member(me(), stream))
    return {
        "parts": rules.parts(queries.gather(stream, runner, today()), today()) if sits_there else [],
        "runs_it": bool(is_facilitator(me(), stream)),
    }
