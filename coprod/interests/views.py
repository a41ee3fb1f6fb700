"""Pages for people who would like to join, and the list of those who wait."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, require
from coprod.core.web import leaves_no_event, me, public
from coprod.interests import queries, rules, services
from coprod.interests.forms import ORDER, QUESTIONS, JoinForm, MarkForm, OpenSeatsForm, PlaceForm
from coprod.interests.models import Interest, Whose
from coprod.people.services import within_limits
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Seat
from coprod.workstreams.queries import memberships_of, one_named_to
from coprod.workstreams.rules import keeps, may_invite

bp = Blueprint("interests", __name__)
Page = Response | str | tuple[str, int]
TOO_MANY = "We had many of these from one place. Please try again in an hour, or ring us."


# --- Anybody: one question a page, and nothing kept before the end.


@bp.get("/join-us")
@public
def start() -> str:
    """Say what it is and what it is not, and who is looked for; no programme is named."""
    return render_template("interests/start.html", looked_for=rules.looked_for(queries.with_open_seats()))


@bp.get("/join-us/questions")
@public
def questions() -> str:
    """Ask the first question."""
    return _ask(JoinForm(ORDER[0], formdata=None), ORDER[0])


@bp.post("/join-us/questions")
@public
@leaves_no_event
def ask() -> Page:
    """Take one answer, which travels on in the form, and ask the next question."""
    last = request.form.get("at", "")
    if last not in ORDER[:-1]:
        return redirect(url_for(".start"), 303)
    form = JoinForm(last)
    if not form.validate():
        return _ask(form, form.to_mend), 422
    coming = ORDER[ORDER.index(last) + 1]
    return _ask(JoinForm(coming), coming)


@bp.post("/join-us/send")
@public
@leaves_no_event
def send() -> Page:
    """Keep it; known and unknown people get the same answer, since nobody is looked up (A5)."""
    place = request.remote_addr or ""
    allowed = within_limits((rules.FROM_HERE, place), (rules.AT_ALL, "everybody"))
    form = JoinForm(ORDER[-1])
    if not form.validate():
        return _ask(form, form.to_mend), 422
    if not allowed:
        raise Refused(TOO_MANY)
    services.tell(form.name.data, form.contact.data, Whose(form.whose.data), is_safe=form.safe.data == "yes")
    return redirect(url_for(".done"), 303)


@bp.get("/join-us/done")
@public
def done() -> str:
    """Say what happens next."""
    return render_template("interests/done.html", local_line=current_app.config.get("SUPPORT_LINE", ""))


def _ask(form: JoinForm, at: str) -> str:
    so_far = {name: form[name].data for name in ORDER[: ORDER.index(at)]}
    return render_template(
        "interests/question.html",
        form=form,
        heading=QUESTIONS[at],
        question=form[at],
        at=at,
        so_far=so_far,
        is_last=at == ORDER[-1],
    )


# --- Those who ring them.


@bp.get("/interests/")
def index() -> str:
    """List who would like to join, by seat, the longest waiting first."""
    if not rules.may_read(me(), memberships_of(me())):
        raise NoResultFound
    looking = queries.with_open_seats()
    waiting = [(whose, found, rules.open_for(whose, looking)) for whose, found in rules.by_seat(queries.waiting(me()))]
    return render_template("interests/index.html", waiting=waiting, looking=looking)


@bp.get("/interests/<uuid:key>")
def show(key: UUID) -> str:
    """Show one of them, how to reach them, and what can be done."""
    found = queries.one_waiting(me(), key)
    return _show(found, _form(found, asked=True))


@bp.post("/interests/<uuid:key>")
def place(key: UUID) -> Page:
    """Make an account and invite, as an admin; as a facilitator, say for which group they are thought of."""
    found = queries.one_waiting(me(), key)
    form = _form(found)
    if not form.validate():
        return _show(found, form), 422
    name, stream = found.name, form.tables[form.table.data]
    if isinstance(form, PlaceForm):
        services.invite(found, stream, Seat(form.seat.data), by=me())
        flash(f"{name} has an account and is invited. Ring them first, then send the link.")
        return redirect(url_for("workstreams.show", key=stream.id), 303)
    services.mark_for(found, stream, by=me())
    flash(f"{name} is thought of for {stream.name}. A programme admin makes the account.")
    return redirect(url_for(".index"), 303)


@bp.post("/interests/<uuid:key>/close")
def close(key: UUID) -> Response:
    """Let it go."""
    found = queries.one_waiting(me(), key)
    name = found.name
    services.close(found, by=me())
    flash(f"{name} is off the list. What they told us is gone.")
    return redirect(url_for(".index"), 303)


@bp.get("/workstreams/<uuid:key>/open-seats")
def open_seats(key: UUID) -> str:
    """Ask how many more people are looked for, by seat."""
    stream = one_named_to(me(), key)
    require(keeps(me(), stream))
    now = {Seat(seat).name.lower(): number for seat, number in stream.open_seats.items()}
    form = OpenSeatsForm(formdata=None, **now)
    return render_template("interests/open_seats.html", stream=stream, form=form, seats=list(Seat))


@bp.post("/workstreams/<uuid:key>/open-seats")
def look_for(key: UUID) -> Page:
    """Look for that many more."""
    stream = one_named_to(me(), key)
    require(may_invite(me(), stream))
    form = OpenSeatsForm()
    if not form.validate():
        return render_template("interests/open_seats.html", stream=stream, form=form, seats=list(Seat)), 422
    workstreams.look_for(stream, form.numbers, by=me())
    flash("The open seats are kept.")
    return redirect(url_for("workstreams.show", key=key), 303)


def _form(found: Interest, *, asked: bool = False) -> MarkForm:
    tables, given = queries.tables_for(me()), {"formdata": None} if asked else {}
    now = {"table": str(found.workstream_id)} if found.workstream_id else {}
    if me().is_admin:
        return PlaceForm(found.whose, tables, **given, **now)
    return MarkForm(tables, **given, **now)


def _show(found: Interest, form: MarkForm) -> str:
    waits = rules.LIFECYCLE.may(me(), "closed", found)
    return render_template("interests/show.html", interest=found, form=form, waits=waits, invites=me().is_admin)
