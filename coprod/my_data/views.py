"""My data: see it, take it away, put it right, have it erased."""

import json
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask import Response as Answer
from werkzeug.wrappers import Response

from coprod.core.clock import now, today
from coprod.core.security_log import note
from coprod.core.web import give_cookie, leaves_no_event, me, public
from coprod.my_data import queries, rules, services
from coprod.my_data.forms import AnswerForm, AskForm, EraseForm
from coprod.my_data.rules import Fate
from coprod.payments import queries as payments
from coprod.people import queries as people
from coprod.people.doors import end_session_here
from coprod.people.models import Person
from coprod.programmes.rules import pounds

bp = Blueprint("my_data", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/my-data")
def show() -> Page:
    """Show everything that is kept about me, what of it would go, and why the rest stays."""
    found = queries.everything_about(me())
    return render_template(
        "my_data/show.html",
        going=rules.in_short(found, Fate.GOES),
        staying=rules.in_short(found, Fate.STAYS),
        asks=queries.own_asks(me()),
        may_erase=_may_erase(me()),
        answers=rules.may_read_asks(me(), is_lead=queries.is_lead(me())),
        waiting=queries.waiting_asks(me()),
    )


@bp.post("/my-data/download")
@leaves_no_event
def download() -> Answer:
    """Hand all of it over as one file, made here and kept nowhere (L5, O5)."""
    parts = rules.in_full(queries.everything_about(me()))
    as_data = request.form.get("form") == "data"
    note("took their own data away", me())
    if as_data:
        words = json.dumps(rules.as_data(parts, today()), ensure_ascii=False, indent=2)
        return _file(words, "my-data.json", "application/json")
    return _file(render_template("my_data/file.html", parts=parts, on=today()), "my-data.html", "text/html")


def _file(words: str, name: str, kind: str) -> Answer:
    answer = Answer(words, mimetype=kind)
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


# --- Erasing.


@bp.get("/my-data/erase")
def erase() -> Page:
    """Say what goes and what stays, and ask once."""
    return _ask_to_erase(EraseForm(), me())


@bp.post("/my-data/erase")
def erase_me() -> Page:
    """Erase me at once, end everything I have open, and say goodbye."""
    form = EraseForm()
    if not form.validate():
        return _ask_to_erase(form, me()), 422
    services.erase(me(), by=me())
    session.clear()
    end_session_here()
    return render_template("my_data/erased.html", then=url_for(".clear"))


@bp.get("/my-data/clear")
@public
def clear() -> Response:
    """Clear what the browser keeps, so that Back leads to nothing (A9)."""
    give_cookie("left", "1", lasts=60)
    answer = redirect(url_for(".goodbye"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@bp.get("/my-data/goodbye")
@public
def goodbye() -> str:
    """Say thank you, and that it is done."""
    return render_template("my_data/goodbye.html")


@bp.get("/people/<uuid:key>/erase")
def erase_for(key: UUID) -> Page:
    """Ask once before somebody is erased who asked for it on paper."""
    person = people.one_seen_by(me(), key)
    return _ask_to_erase(EraseForm(), person)


@bp.post("/people/<uuid:key>/erase")
def erase_them(key: UUID) -> Page:
    """Erase somebody whose account is closed and who asked for it on paper."""
    person, form = people.one_seen_by(me(), key), EraseForm()
    if not form.validate():
        return _ask_to_erase(form, person), 422
    services.erase(person, by=me())
    flash("It is done. What was decided stays, without the name.")
    return redirect(url_for(".asks"), 303)


def _ask_to_erase(form: EraseForm, person: Person) -> str:
    fees, spent = payments.owed_to(person, now())
    return render_template(
        "my_data/erase.html",
        form=form,
        may=_may_erase(person),
        person=person,
        fees=sum(fee.accepted_pence or 0 for fee in fees),
        spent=sum(one.pence for one in spent),
        pounds=pounds,
    )


def _may_erase(person: Person) -> object:
    facts = {"is_lead": queries.is_lead(person), "is_last_admin": queries.is_last_admin(person)}
    return rules.may_erase(me(), person, **facts)


# --- Words that others wrote.


@bp.get("/my-data/ask")
def ask() -> Page:
    """Ask what somebody wants to know of what others wrote."""
    return render_template("my_data/ask.html", form=AskForm())


@bp.post("/my-data/ask")
def send_ask() -> Page:
    """Send it to the people who can answer."""
    form = AskForm()
    if not form.validate():
        return render_template("my_data/ask.html", form=form), 422
    services.ask(form.words.data, by=me())
    flash("We have it. You will find the answer on this page.")
    return redirect(url_for(".show"), 303)


@bp.get("/data-requests/")
def asks() -> Page:
    """List what people asked, to those who answer."""
    return render_template("my_data/asks.html", asks=queries.asks_seen_by(me()), closed=queries.closed_accounts(me()))


@bp.get("/data-requests/<uuid:key>")
def one_ask(key: UUID) -> Page:
    """Show what somebody asked, with room for the answer."""
    return _one_ask(key, AnswerForm())


@bp.post("/data-requests/<uuid:key>")
def answer(key: UUID) -> Page:
    """Answer it."""
    asked, form = queries.ask_seen_by(me(), key), AnswerForm()
    if not form.validate():
        return _one_ask(key, form), 422
    services.answer(asked, form.answer.data, by=me())
    flash("The answer stands on their page now.")
    return redirect(url_for(".asks"), 303)


def _one_ask(key: UUID, form: AnswerForm) -> str:
    asked = queries.ask_seen_by(me(), key)
    return render_template(
        "my_data/answer.html", asked=asked, form=form, may=rules.LIFECYCLE.may(me(), "answered", asked)
    )
