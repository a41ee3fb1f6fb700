"""Pages about messages: the words an installation sends, and stopping texts from a link."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import leaves_no_event, me, public
from coprod.messages import queries, rules, services
from coprod.messages.forms import WordsForm
from coprod.people import services as people
from coprod.people.models import Person

bp = Blueprint("messages", __name__)
_EXAMPLE_SECRET = "a-link-of-hers-alone-0"  # noqa: S105 - it opens nothing


# --- From a link: no more texts.


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


# --- The words an installation sends.


@dataclass(frozen=True)
class _Shown:
    """One purpose with its words, and how Robin would get it."""

    purpose: rules.Purpose
    words: str
    is_own: bool
    text: str
    email: str
    lost: int


@bp.get("/wording")
def wording() -> str:
    """List every text this installation sends, as Robin would get it, and how many could not be sent (P1)."""
    _only_who_words()
    own, lost = queries.wordings(), queries.given_up()
    kinds = sorted((kind.purpose for kind in queries.KINDS.values()), key=lambda purpose: purpose.title)
    words = [(purpose, own[purpose.name].words if purpose.name in own else "") for purpose in kinds]
    return render_template("messages/wording.html", shown=[_shown(p, said, lost.get(p.name, 0)) for p, said in words])


@bp.get("/wording/words")
def words() -> str:
    """Offer to write one text in words of our own."""
    purpose = _purpose()
    return _words(purpose, WordsForm(data={"words": queries.wording(purpose)}))


@bp.post("/wording/words")
def reword() -> Response | tuple[str, int]:
    """Send these words from now on, where they will do."""
    purpose, form = _purpose(), WordsForm()
    fine = form.validate_on_submit()
    may = rules.may_say(form.words.data or "", purpose, services.longest_link(purpose))
    if fine and not may:
        form.words.errors = [may.reason]
    if not (fine and may):
        return _words(purpose, form), 422
    services.set_wording(purpose, form.words.data, by=me())
    flash(f"“{purpose.title}” has your own words now.")
    return redirect(url_for(".wording"), 303)


@bp.post("/wording/words/reset")
def reset() -> Response:
    """Send the first words again."""
    purpose = _purpose()
    services.reset_wording(purpose, by=me())
    flash(f"“{purpose.title}” has its first words again.")
    return redirect(url_for(".wording"), 303)


def _only_who_words() -> None:
    if not rules.may_word(me()):
        raise NoResultFound


def _purpose() -> rules.Purpose:
    _only_who_words()
    kind = queries.KINDS.get(request.args.get("of", ""))
    if kind is None:
        raise NoResultFound
    return kind.purpose


def _words(purpose: rules.Purpose, form: WordsForm) -> str:
    own = queries.wordings().get(purpose.name)
    return render_template("messages/words.html", form=form, shown=_shown(purpose, own.words if own else ""))


def _shown(purpose: rules.Purpose, own: str, lost: int = 0) -> _Shown:
    secret = {"secret": _EXAMPLE_SECRET} if purpose.link else {}
    link = services.address_of(purpose.endpoint, **secret) if purpose.endpoint else ""
    said = own or purpose.text
    filled, letter = (rules.fill(each, dict(purpose.fills)) for each in (said, purpose.email))
    text, email = rules.text_of(filled, "Robin", link), rules.compose(letter, "Robin", link)
    return _Shown(purpose, said, bool(own), text, email, lost)
