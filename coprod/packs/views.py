"""What is printed for a session, on A4 in black and white: for those who run the group, and nobody else."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.agreements.queries import versions_of
from coprod.agreements.rules import shown
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.cycles.queries import one_item_seen_by, one_session_run_by
from coprod.cycles.rules import evening
from coprod.cycles.rules import register as ticking
from coprod.packs import queries, rules, services
from coprod.voting.forms import answers_of
from coprod.voting.models import Kind, Poll
from coprod.workstreams.queries import rates_on
from coprod.workstreams.rules.hello import runs_it

bp = Blueprint("packs", __name__)


@bp.get("/sessions/<uuid:key>/pack")
def show(key: UUID) -> str:
    """List what can be printed, and send the agenda from here."""
    session = one_session_run_by(me(), key)
    waiting = {person.id for person in queries.without(services.AGENDA.name, session)}
    return render_template(
        "packs/show.html",
        session=session,
        work=rules.work_of(session),
        may_send=rules.may_send(me(), session, waiting, today()),
    )


@bp.post("/sessions/<uuid:key>/pack/send")
def send(key: UUID) -> Response:
    """Tell the group that the agenda is there."""
    session = one_session_run_by(me(), key)
    services.send_agenda(session, by=me())
    flash("It goes to everybody in the group, in their own way and at their own hours.")
    return redirect(url_for(".show", key=key))


# --- One page a paper.


@bp.get("/sessions/<uuid:key>/pack/card")
def card(key: UUID) -> str:
    """Print the card of the session: it leaves the room, so its words are neutral."""
    session = one_session_run_by(me(), key)
    return render_template(
        "packs/card.html",
        session=session,
        facts=rules.card_facts(session),
        lines=rules.card_lines(session),
        topics=rules.card_topics(session),
        good_to_know=rules.good_to_know(session, rates_on(session.on)),
        runs_it=" or ".join(runs_it(session.cycle.workstream)),
    )


@bp.get("/sessions/<uuid:key>/pack/agenda")
def agenda(key: UUID) -> str:
    """Print the agenda: it stays on the table."""
    session = one_session_run_by(me(), key)
    return render_template(
        "packs/agenda.html",
        session=session,
        rows=rules.rows(session),
        hours=evening.hours(session),
        actions=queries.open_actions(session.cycle.workstream),
    )


@bp.get("/sessions/<uuid:key>/pack/slips")
def slips(key: UUID) -> str:
    """Print slips for a vote on paper, without a name or a code (B16)."""
    session = one_session_run_by(me(), key)
    stream = session.cycle.workstream
    polls = queries.open_on_paper(stream)
    slips = [one for poll in polls for one in rules.slips_of(poll, _choices(poll))]
    return render_template(
        "packs/slips.html",
        session=session,
        is_open=bool(polls),
        slips=slips or rules.slips(stream, queries.questions(stream), _labels(Kind.TEMPERATURE)),
        may_vote=rules.may_vote_on_paper(stream),
    )


def _choices(poll: Poll) -> list[str]:
    return [option.words for option in poll.options] if poll.kind == Kind.PICK else _labels(poll.kind)


def _labels(kind: Kind) -> list[str]:
    return [choice.label for choice in answers_of(kind)[0]]


@bp.get("/sessions/<uuid:key>/pack/name-cards")
def name_cards(key: UUID) -> str:
    """Print folded cards with the names people chose."""
    session = one_session_run_by(me(), key)
    return render_template("packs/name_cards.html", session=session, tents=rules.tents(session.cycle.workstream))


@bp.get("/sessions/<uuid:key>/pack/register")
def register(key: UUID) -> str:
    """Print a list to tick who is here; there is no room for a reason (domain rule 20)."""
    session = one_session_run_by(me(), key)
    return render_template(
        "packs/register.html",
        session=session,
        lines=ticking.lines(session, {}),
        answers=list(ticking.BUTTONS.items()),
        spare=rules.SPARE_LINES,
    )


@bp.get("/sessions/<uuid:key>/pack/agreement")
def agreement(key: UUID) -> str:
    """Print how the group works together, or its headings to write under."""
    session = one_session_run_by(me(), key)
    version = shown(versions_of(session.cycle.workstream))
    return render_template(
        "packs/agreement.html",
        session=session,
        agreement=version,
        headings=rules.headings(version.words if version else {}),
    )


@bp.get("/agenda-items/<uuid:key>/visitor")
def visitor(key: UUID) -> str:
    """Print words for somebody from outside who comes to one item; they are given by hand."""
    item = one_item_seen_by(me(), key)
    require(rules.may_bring_a_visitor(me(), item))
    place, way = evening.where(item.session)
    return render_template(
        "packs/visitor.html",
        item=item,
        session=item.session,
        comes_at=rules.comes_at(item),
        place=place,
        way=way,
        runs_it=" or ".join(runs_it(item.session.cycle.workstream)),
    )
