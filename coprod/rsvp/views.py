"""Coming or not: by a link, by sign-in, and what those who run the group arrange."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import now
from coprod.core.web import by_link as by_a_link
from coprod.core.web import leaves_no_event, me, public
from coprod.cycles.models import Session
from coprod.cycles.queries import one_session_run_by
from coprod.needs.queries import wanted_by
from coprod.needs.rules import Wanted
from coprod.people import doors
from coprod.people import services as people
from coprod.people.models import Person
from coprod.people.rules import FROM_ONE_PLACE
from coprod.rsvp import forms, queries, services
from coprod.rsvp.forms import ArrangeForm, ComingForm
from coprod.rsvp.rules import answers, arranging
from coprod.workstreams.rules import voters

bp = Blueprint("rsvp", __name__)
Page = Response | tuple[str, int]


# --- From a link: the question itself, naming nobody and no place (A2).


@bp.get("/c/<secret>")
@public
@leaves_no_event
def by_link(secret: str) -> str:
    """Ask whoever has this link; opening it, however often, changes nothing."""
    _, session = _behind(secret)
    return _asked_by_link(secret, session, ComingForm())


@bp.post("/c/<secret>")
@public
@leaves_no_event
def answer_by_link(secret: str) -> Page:
    """Take the answer with the link’s secret, and open the page that says where and who."""
    if not people.within_limits((FROM_ONE_PLACE, request.remote_addr or "")):
        raise NoResultFound
    (person, session), form = _behind(secret), ComingForm()
    if not form.validate_on_submit():
        return _asked_by_link(secret, session, form), 422
    services.answer(session, person, form.chosen, by=person, **form.said)
    doors.enter(person, f"{services.REMINDER.link} {session.id}")
    return redirect(url_for(".answered", key=session.id), 303)


def _behind(secret: str) -> tuple[Person, Session]:
    person, key = people.by_link(secret, services.REMINDER.link)
    return person, queries.one_open_to(person, key)


def _asked_by_link(secret: str, session: Session, form: ComingForm) -> str:
    return render_template(
        "rsvp/by_link.html",
        session=session,
        form=form,
        answer=answers.is_open(session, now()),
        group_name="Hello",
        stop_texts_url=url_for("messages.stop", secret=secret),
    )


# --- Signed in, or come by a link.


def _mine(key: UUID) -> Session:
    """Find a session this visitor is asked about; one that was opened by a link finds no other (A3)."""
    doors.stay_with(f"{services.REMINDER.link} {key}")
    return queries.one_asked(me(), key)


@bp.get("/evenings/<uuid:key>/coming")
@by_a_link
def show(key: UUID) -> str:
    """Ask whether this person comes."""
    session = _mine(key)
    return _asked(session, forms.of(queries.answer_of(session, me())))


@bp.post("/evenings/<uuid:key>/coming")
@by_a_link
@leaves_no_event
def answer(key: UUID) -> Page:
    """Take the answer."""
    session, form = _mine(key), ComingForm()
    if not form.validate_on_submit():
        return _asked(session, form), 422
    services.answer(session, me(), form.chosen, by=me(), **form.said)
    return redirect(url_for(".answered", key=key), 303)


def _asked(session: Session, form: ComingForm) -> str:
    stream = session.cycle.workstream
    count = answers.count_coming(voters(stream), queries.answers_of(session)) if me().is_professional else ""
    return render_template(
        "rsvp/show.html",
        session=session,
        form=form,
        answer=answers.is_open(session, now()),
        group_name=stream.neutral_name,
        is_staff=_is_at_a_desk(),
        count=count,
    )


def _is_at_a_desk() -> bool:
    """Answer whether this is somebody who works here and did not come by a link."""
    return me().is_professional and not doors.is_for_one_task()


@bp.get("/evenings/<uuid:key>/coming/answered")
@by_a_link
def answered(key: UUID) -> str:
    """Say that the answer is in: where it is, how she gets there, and who meets her at the door."""
    session = _mine(key)
    said = queries.answer_of(session, me())
    if said is None:
        raise NoResultFound
    wanted = wanted_by([me().id]).get(me().id, Wanted())
    own = arranging.own_facts(wanted, said, queries.arranged_for(session, me()))
    return render_template(
        "rsvp/answered.html",
        session=session,
        said=said,
        heading=answers.HEADINGS[said.answer],
        facts=arranging.confirmed(session, said, own),
        group_name=session.cycle.workstream.neutral_name,
        is_open=answers.is_open(session, now()),
        is_staff=_is_at_a_desk(),
        way_back=not doors.is_for_one_task(),
    )


# --- For those who run the group.


@bp.get("/sessions/<uuid:key>/arrangements")
def arrangements(key: UUID) -> str:
    """Show who comes, who wants to be rung, and what is to be arranged."""
    return _arrangements(one_session_run_by(me(), key))


@bp.post("/sessions/<uuid:key>/arrangements/<uuid:person_key>/rung")
def rung(key: UUID, person_key: UUID) -> Response:
    """Tick that somebody was rung, or take the tick away."""
    session = one_session_run_by(me(), key)
    said = queries.answers_of(session).get(person_key)
    if said is None:
        raise NoResultFound
    services.tick_rung(session, said.person, request.form.get("rung") == "yes", by=me())
    return redirect(url_for(".arrangements", key=key, _anchor="ring"), 303)


@bp.post("/sessions/<uuid:key>/arrangements/<uuid:person_key>")
def arrange(key: UUID, person_key: UUID) -> Page:
    """Tick one thing that is arranged, with the words she reads."""
    session, form = one_session_run_by(me(), key), ArrangeForm()
    require(arranging.may_arrange(me(), session))
    task = queries.one_task(session, person_key, request.form.get("what", ""))
    if not form.validate_on_submit():
        return _arrangements(session, {task.key: form}), 422
    services.arrange(session, task, form.words.data or "", by=me())
    return redirect(url_for(".arrangements", key=key, _anchor=task.key), 303)


@bp.post("/sessions/<uuid:key>/arrangements/<uuid:person_key>/undo")
def undo(key: UUID, person_key: UUID) -> Response:
    """Take the tick away again."""
    session = one_session_run_by(me(), key)
    task = queries.one_task(session, person_key, request.form.get("what", ""))
    services.undo(session, task, by=me())
    return redirect(url_for(".arrangements", key=key, _anchor=task.key), 303)


def _arrangements(session: Session, tried: dict[str, ArrangeForm] | None = None) -> str:
    stream, said = session.cycle.workstream, queries.answers_of(session)
    places, parts = voters(stream), queries.parts_of(session, said)
    shown: dict[str, Any] = {
        "groups": answers.by_answer(places, said),
        "count": answers.count_coming(places, said),
        "hint": answers.lived_hint(places, said),
        "rings": answers.to_ring(places, said),
        "parts": parts,
        "left": arranging.left(parts),
        "may": arranging.may_arrange(me(), session),
    }
    return render_template("rsvp/arrangements.html", session=session, stream=stream, tried=tried or {}, **shown)
