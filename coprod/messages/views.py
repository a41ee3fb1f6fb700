"""Pages about messages: the words an installation sends, and stopping texts from a link."""

from flask import Blueprint, render_template
from sqlalchemy.exc import NoResultFound

from coprod.core.web import leaves_no_event, public
from coprod.messages import queries
from coprod.people import services as people
from coprod.people.models import Person

bp = Blueprint("messages", __name__)


@bp.get("/stop/<secret>")
@public
@leaves_no_event
def stop(secret: str) -> str:
    """Offer to stop texts to whoever has this link, without a sign-in; nothing is written and nobody is named."""
    _whose(secret)
    return render_template("messages/stop.html", secret=secret, stopped=False)


@bp.post("/stop/<secret>")
@public
@leaves_no_event
def stop_texts(secret: str) -> str:
    """Send no more texts to whoever has this link."""
    people.stop_texts(_whose(secret), True)
    return render_template("messages/stop.html", secret=secret, stopped=True)


def _whose(secret: str) -> Person:
    for kind in sorted({kind.purpose.link for kind in queries.KINDS.values()} - {""}):
        try:
            return people.by_link(secret, kind)[0]
        except NoResultFound:
            continue
    raise NoResultFound
