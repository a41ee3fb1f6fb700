"""Pages about one place: yes, maybe, a break, leaving; a link, a call, another seat, for who keeps the table."""

from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import by_link, me, public
from coprod.people import doors
from coprod.workstreams import queries, rules, services
from coprod.workstreams.forms import LeaveForm, NameForm, SeatForm
from coprod.workstreams.models import Membership, MembershipState, Role, Seat, Words
from coprod.workstreams.rules import hello as words
from coprod.workstreams.views.blueprint import bp, to_table

Page = Response | str | tuple[str, int]


@bp.get("/places/<uuid:key>")
def place(key: UUID) -> str:
    """Ask a person about her own place in a group: yes, maybe, a break, no."""
    mine = queries.own_place(me(), key)
    return render_template(
        "workstreams/place.html",
        place=mine,
        group_name=mine.workstream.neutral_name,
        moves=[move.name for move in rules.answers_to(me(), mine)],
        question=rules.question_to(mine),
        offered=mine.state in rules.COMING,
        meets=rules.is_of_groups(mine.workstream),
        waiting=rules.WAITING,
    )


@bp.get("/places/<uuid:key>/hello")
def about(key: UUID) -> str:
    """Say to somebody with a card what a text's link would have said: what this is, and what it is not."""
    mine = _offered(key)
    return render_template("workstreams/hello.html", **what_it_is(mine), go_on=url_for(".place", key=key))


@bp.post("/places/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Move a place on: the person's own word, or a new invitation from who keeps the table."""
    found, name = queries.one_place(me(), key), request.form.get("name", "")
    was_asked = found.state in rules.COMING
    services.move(found, name, by=me())
    if found.person_id != me().id:
        flash("It is done.")
        return to_table(found.workstream)
    return _answered(found) if was_asked else _seen(found)


@bp.post("/places/<uuid:key>/link")
def send_link(key: UUID) -> Response:
    """After they have talked: send somebody the link to her own place."""
    found = queries.one_place(me(), key)
    services.send_invitation(found, by=me())
    flash(f"The link goes to {found.person.alias}. If it cannot be sent, it stands under what to do by hand.")
    return to_table(found.workstream)


@bp.post("/places/<uuid:key>/rang")
def rang(key: UUID) -> Response:
    """Note that somebody who wanted a call was rung."""
    found = queries.one_place(me(), key)
    services.rang(found, by=me())
    flash(f"You rang {found.person.alias}.")
    return to_table(found.workstream)


# --- What shall we call you, and what happens next (journey 1).


@bp.get("/places/<uuid:key>/name")
@by_link
def name(key: UUID) -> str:
    """Ask what we shall call her."""
    mine = _task(key)
    return render_template("workstreams/name.html", place=mine, form=NameForm(formdata=None, alias=me().alias))


@bp.post("/places/<uuid:key>/name")
@by_link
def keep_name(key: UUID) -> Page:
    """Call her that."""
    mine, form = _task(key), NameForm()
    if not form.validate():
        return render_template("workstreams/name.html", place=mine, form=form), 422
    services.call_me(mine, form.alias.data, by=me())
    return redirect(url_for(".done", key=key), 303)


@bp.get("/places/<uuid:key>/done")
@by_link
def done(key: UUID) -> str:
    """Say what happens next, when, and whom to ring."""
    mine = _task(key)
    hears = rules.answer_by(mine, queries.days_off(today()))
    return render_template(
        "workstreams/done.html",
        place=mine,
        group_name=mine.workstream.neutral_name,
        here=mine.state == MembershipState.JOINED,
        thinks=mine.state == MembershipState.THINKING and not mine.said_yes,
        hears=hears if hears > today() else None,
        ring=words.runs_it(mine.workstream),
        local_line=current_app.config.get("SUPPORT_LINE", ""),
        waiting=rules.WAITING,
        by_link=doors.is_for_one_task(),
    )


# --- Leaving (journey 10).


@bp.get("/places/<uuid:key>/leave")
def leave(key: UUID) -> str:
    """Ask what becomes of what she said, and nothing else."""
    mine = queries.own_place(me(), key)
    require(rules.may_leave(me(), mine))
    return render_template("workstreams/leave.html", place=mine, group_name=mine.workstream.neutral_name, words=Words)


@bp.post("/places/<uuid:key>/leave")
def go(key: UUID) -> Page:
    """Leave, at once and everywhere."""
    mine, form = queries.own_place(me(), key), LeaveForm()
    require(rules.may_leave(me(), mine))
    if not form.validate():
        answers = {"place": mine, "group_name": mine.workstream.neutral_name, "words": Words}
        return render_template("workstreams/leave.html", form=form, **answers), 422
    services.leave(mine, Words(form.words.data), by=me())
    return _gone(mine)


@bp.get("/that-is-fine")
@public
def goodbye() -> str:
    """Say a kind full stop, and that the door stays open."""
    return render_template("workstreams/goodbye.html", local_line=current_app.config.get("SUPPORT_LINE", ""))


# --- Another seat, another role.


@bp.get("/places/<uuid:key>/seat")
def seat(key: UUID) -> str:
    """Ask which seat, and which role."""
    found = queries.one_kept(me(), key)
    require(rules.keeps(me(), found.workstream))
    return render_template("workstreams/seat.html", place=found, form=_seat_form(found, asked=True))


@bp.post("/places/<uuid:key>/seat")
def reseat(key: UUID) -> Page:
    """Give somebody who sits here another seat, or another role."""
    found = queries.one_kept(me(), key)
    require(rules.keeps(me(), found.workstream))
    form = _seat_form(found)
    if not form.validate():
        return render_template("workstreams/seat.html", place=found, form=form), 422
    own = found.person_id == me().id
    services.reseat(found, Seat(form.seat.data), Role(form.role.data), by=me())
    if own:
        doors.sign_in_anew(me())
    flash(f"{found.person.alias} is {found.seat}, {found.role} now.")
    return to_table(found.workstream)


def what_it_is(mine: Membership) -> dict[str, object]:
    """Gather what the first page of journey 1 says, in words that tell a passer-by nothing."""
    stream, runs = mine.workstream, words.runs_it(mine.workstream)
    return {
        "who": words.who_is_there(stream),
        "runs": " and ".join(runs),
        "step": words.step(stream),
        "time": words.time_it_takes(stream),
        "pay": words.pay(queries.rates_on(today()), " or ".join(runs) or "We"),
    }


def _answered(mine: Membership) -> Response:
    """Lead on somebody who has answered an invitation."""
    if mine.state == MembershipState.LEFT or me().is_professional:
        return _gone(mine) if mine.state == MembershipState.LEFT else _seen(mine)
    first_time = not queries.memberships_of(me()) or queries.memberships_of(me()) == [mine]
    return redirect(url_for(".name" if first_time else ".done", key=mine.id), 303)


def _seen(mine: Membership) -> Response:
    flash(rules.thanks(mine))
    return redirect(url_for(".index" if me().is_professional else ".mine"), 303)


def _gone(mine: Membership) -> Response:
    """See off who has no other place here; everybody else stays signed in on this device, and on no other."""
    if not (queries.has_another_place(mine) or me().is_admin):
        doors.end_session_here()
        return redirect(url_for(".goodbye"), 303)
    doors.sign_in_anew(me())
    return _seen(mine)


def _offered(key: UUID) -> Membership:
    mine = queries.own_place(me(), key)
    if mine.state not in rules.COMING:
        raise NoResultFound
    return mine


def _task(key: UUID) -> Membership:
    """Answer her own place; a session that came by a link opens the one it was for, and no other (A3)."""
    doors.stay_with(f"{services.PLACE.link} {key}")
    return queries.own_place(me(), key)


def _seat_form(found: Membership, *, asked: bool = False) -> SeatForm:
    roles = [role for role in Role if role == found.role or rules.may_be(me(), found, role)]
    now = {"seat": found.seat.value, "role": found.role.value}
    return SeatForm(found.person, roles, **({"formdata": None, **now} if asked else {}))
