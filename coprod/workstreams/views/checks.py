"""Pages of the checks before anybody takes a place, and where a member asks to be kept apart (P3)."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import leaves_no_event, me
from coprod.workstreams import queries, rules, services
from coprod.workstreams.forms import ApartForm, SeparationForm, key_of
from coprod.workstreams.models import CheckAnswer, Membership, Workstream
from coprod.workstreams.views.blueprint import bp

Page = Response | str | tuple[str, int]


@bp.get("/workstreams/<uuid:key>/checks")
def checks(key: UUID) -> str:
    """List which checks wait, for those who keep the table; nothing that was asked in private stands here."""
    stream = queries.one_named_to(me(), key)
    require(rules.keeps(me(), stream))
    holidays = queries.days_off(today())
    return render_template(
        "workstreams/checks.html",
        stream=stream,
        to_confirm=[(place, rules.may_confirm(me(), place)) for place in rules.to_confirm(stream)],
        to_look=[(place, rules.answer_by(place, holidays)) for place in rules.to_separate(stream)],
        looked_at=rules.looked_at(stream, holidays),
        may_look=rules.may_look(me(), stream),
        waiting=rules.WAITING,
        gathers=rules.gathers(stream),
    )


@bp.post("/workstreams/<uuid:key>/checks")
def confirm(key: UUID) -> Response:
    """Keep that a professional was asked, and works on no family's case here."""
    stream = queries.one_named_to(me(), key)
    place = queries.place_of(key_of(request.form.get("person")), stream)
    services.confirm_no_family_case(stream, place.person, by=me())
    flash(f"Confirmed for {place.person.alias}.")
    return _to_checks(stream)


@bp.get("/places/<uuid:key>/check")
def look(key: UUID) -> str:
    """Show what each member asked in private, while this check is due, to who makes it."""
    found = queries.one_kept(me(), key)
    require(rules.may_check(me(), found))
    return _ask(found, SeparationForm(formdata=None))


@bp.post("/places/<uuid:key>/check")
def keep_check(key: UUID) -> Page:
    """Keep what came of it: everybody hears at one time, in the same words."""
    found, form = queries.one_kept(me(), key), SeparationForm()
    require(rules.may_check(me(), found))
    if not form.validate():
        return _ask(found, form), 422
    services.check_separation(found, CheckAnswer(form.answer.data), by=me())
    flash(f"The check for {found.person.alias} is made.")
    return _to_checks(found.workstream)


# --- A member's own page.


@bp.get("/keep-me-apart")
def apart() -> str:
    """Ask a member whom she cannot be in a room with."""
    return _ask_apart(ApartForm(formdata=None))


@bp.post("/keep-me-apart")
@leaves_no_event
def ask_apart() -> Page:
    """Keep it, in her own words."""
    form = ApartForm()
    if not form.validate():
        return _ask_apart(form), 422
    _only_for_members()
    services.ask_apart(me(), form.words.data, by=me())
    flash("We have it. Only the person who makes the check reads it.")
    return redirect(url_for(".apart"), 303)


@bp.post("/keep-me-apart/<uuid:key>/take-back")
@leaves_no_event
def take_back_apart(key: UUID) -> Response:
    """Forget one of them."""
    services.take_back_apart(queries.own_request(me(), key), by=me())
    flash("It is gone.")
    return redirect(url_for(".apart"), 303)


def _ask_apart(form: ApartForm) -> str:
    _only_for_members()
    return render_template("workstreams/apart.html", form=form, asked=queries.own_requests(me()))


def _only_for_members() -> None:
    if not rules.may_ask_apart(me()):
        raise NoResultFound


def _ask(found: Membership, form: SeparationForm) -> str:
    here = rules.asked_in_private(found.workstream)
    said = queries.separation_requests(place.person for place in here)
    return render_template(
        "workstreams/check.html",
        place=found,
        stream=found.workstream,
        form=form,
        asked=[(place, said[place.person_id]) for place in here],
        by=rules.answer_by(found, queries.days_off(today())),
        gathers=rules.gathers(found.workstream),
    )


def _to_checks(stream: Workstream) -> Response:
    return redirect(url_for(".checks", key=stream.id), 303)
