"""One tablet passed round the room: each voter opens the vote with her own card, and what she opened ends with her."""

from uuid import UUID

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.security_log import note_refusal
from coprod.core.web import by_link, leaves_no_event, public
from coprod.people import doors
from coprod.people import services as people
from coprod.people.rules import FROM_ONE_PLACE
from coprod.voting import queries
from coprod.voting.forms import TabletForm
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import Page, answerable, bp
from coprod.voting.views.running import run

PASSED_ON = "passed on"
WRONG_CARD = "Those words did not work. Check them, or ask for a new card."


def is_passed_on() -> bool:
    """Answer whether this session was opened with a card, on a tablet that goes to somebody else next."""
    return bool(session.get(PASSED_ON))


def thank(poll: Poll) -> Response:
    """Lead to the thanks; on a tablet what her card opened is closed with it."""
    if not is_passed_on():
        return redirect(url_for(".thanks", key=poll.id), 303)
    _close_what_is_open_here()
    return redirect(url_for(".passed_on", key=poll.id), 303)


def _close_what_is_open_here() -> None:
    session.clear()
    doors.end_session_here()


@bp.post("/votes/<uuid:key>/tablet/begin")
def pass_round(key: UUID) -> Response:
    """Sign out whoever runs the vote, before the tablet goes round: nothing of theirs is to be open on it."""
    poll = queries.one_passed_round(run(key).id)
    _close_what_is_open_here()
    return redirect(url_for(".tablet", key=poll.id), 303)


@bp.get("/votes/<uuid:key>/tablet")
@public
def tablet(key: UUID) -> str:
    """Ask for the words on the next voter's card; the page names nobody, and not the question."""
    queries.one_passed_round(key)
    return _tablet(key, TabletForm())


@bp.post("/votes/<uuid:key>/tablet")
@public
@leaves_no_event
def open_on_tablet(key: UUID) -> Page:
    """Open this one vote to whose card it is; the card goes on working, and nothing tells a wrong one from another."""
    allowed = people.within_limits((FROM_ONE_PLACE, request.remote_addr or ""))
    queries.one_passed_round(key)
    form = TabletForm()
    if not form.validate_on_submit():
        return _tablet(key, form), 422
    person = people.read_card(form.words.data) if allowed else None
    if person is None or not queries.is_asked(person, key, now()):
        if allowed:
            note_refusal("wrong card words")
        form.words.errors = [WRONG_CARD]
        return _tablet(key, form), 422
    doors.enter(person, f"vote {key}")
    session[PASSED_ON] = True
    return redirect(url_for(".ballot", key=key), 303)


def _tablet(key: UUID, form: TabletForm) -> str:
    return render_template("voting/tablet.html", key=key, form=form)


@bp.post("/votes/<uuid:key>/tablet/done")
@by_link
@leaves_no_event
def pass_on(key: UUID) -> Response:
    """Close what her card opened, before the tablet goes on."""
    return thank(answerable(key))


@bp.get("/votes/<uuid:key>/tablet/thanks")
@public
def passed_on(key: UUID) -> str:
    """Say thank you, and ask for the tablet to go on."""
    return render_template("voting/passed_on.html", key=queries.one_passed_round(key).id)
