"""Pages for doing a listed thing for a member who asks, and for taking it back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.assistance import queries, rules, services
from coprod.assistance.forms import OfferForm, ReachForm, of_reach
from coprod.core.web import me
from coprod.messages.services import reach_of
from coprod.needs import forms as needs_forms
from coprod.needs import queries as needed
from coprod.needs.rules import DAYS, PARTS, wanted
from coprod.payments.models import Payment
from coprod.programmes.rules import pounds
from coprod.rsvp import forms as rsvp_forms
from coprod.workstreams.models import Membership

bp = Blueprint("assistance", __name__)
Page = Response | tuple[str, int]


# --- A facilitator, for a member who asked.


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help")
def index(key: UUID, person_key: UUID) -> str:
    """List what a facilitator may do for this member."""
    place = queries.one_helped_by(me(), key, person_key)
    return _render(
        "assistance/index.html",
        place,
        answers=rules.buttons(place),
        sessions=queries.sessions_for(place),
        agreement=queries.agreement_for(place),
        offers=queries.offers_for(place),
        pounds=pounds,
    )


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/place")
def answer(key: UUID, person_key: UUID) -> Response:
    """Answer for her: yes, maybe, no, a break, coming back."""
    place = queries.one_helped_by(me(), key, person_key)
    services.answer(place, request.form.get("name", ""), by=me())
    return _done(place)


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help/needs")
def needs(key: UUID, person_key: UUID) -> str:
    """Ask what would help her to come."""
    place = queries.one_helped_by(me(), key, person_key)
    return _render("assistance/needs.html", place, form=needs_forms.of(wanted(needed.needs_of(place.person))))


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/needs")
def change_needs(key: UUID, person_key: UUID) -> Page:
    """Keep it for her."""
    place, form = queries.one_helped_by(me(), key, person_key), needs_forms.HelpsForm()
    if not form.validate_on_submit():
        return _render("assistance/needs.html", place, form=form), 422
    services.change_needs(place, form.wanted, by=me())
    return _done(place)


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help/times")
def times(key: UUID, person_key: UUID) -> str:
    """Ask for the times that never work for her."""
    place = queries.one_helped_by(me(), key, person_key)
    return _render("assistance/times.html", place, form=needs_forms.of_times(needed.never_of(place.person)))


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/times")
def change_times(key: UUID, person_key: UUID) -> Page:
    """Keep them for her."""
    place, form = queries.one_helped_by(me(), key, person_key), needs_forms.TimesForm()
    if not form.validate_on_submit():
        return _render("assistance/times.html", place, form=form), 422
    services.change_never_times(place, form.never, by=me())
    return _done(place)


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help/reach")
def reach(key: UUID, person_key: UUID) -> str:
    """Ask how she may be reached."""
    place = queries.one_helped_by(me(), key, person_key)
    return _render("assistance/reach.html", place, form=of_reach(reach_of(place.person)))


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/reach")
def change_reach(key: UUID, person_key: UUID) -> Page:
    """Keep it for her."""
    place, form = queries.one_helped_by(me(), key, person_key), ReachForm()
    if not form.validate_on_submit():
        return _render("assistance/reach.html", place, form=form), 422
    services.change_reach(place, {"way": form.chosen, **form.said}, by=me())
    return _done(place)


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help/coming/<uuid:session_key>")
def coming(key: UUID, person_key: UUID, session_key: UUID) -> str:
    """Ask whether she comes."""
    place = queries.one_helped_by(me(), key, person_key)
    session = queries.one_session_for(place, session_key)
    return _render("assistance/coming.html", place, session=session, form=rsvp_forms.ComingForm(formdata=None))


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/coming/<uuid:session_key>")
def say_coming(key: UUID, person_key: UUID, session_key: UUID) -> Page:
    """Say it for her."""
    place, form = queries.one_helped_by(me(), key, person_key), rsvp_forms.ComingForm()
    session = queries.one_session_for(place, session_key)
    if not form.validate_on_submit():
        return _render("assistance/coming.html", place, session=session, form=form), 422
    services.say_coming(place, session, form.chosen, by=me(), **form.said)
    return _done(place)


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/agreement/<uuid:agreement_key>")
def say_yes(key: UUID, person_key: UUID, agreement_key: UUID) -> Response:
    """Say for her that she is OK with how the group works together."""
    place = queries.one_helped_by(me(), key, person_key)
    services.say_yes(place, queries.one_agreement_for(place, agreement_key), by=me())
    return _done(place)


@bp.get("/workstreams/<uuid:key>/people/<uuid:person_key>/help/offers/<uuid:offer_key>")
def offer(key: UUID, person_key: UUID, offer_key: UUID) -> str:
    """Ask what she says to an offer of pay."""
    place = queries.one_helped_by(me(), key, person_key)
    return _offer(place, queries.one_offer_for(place, offer_key), OfferForm(formdata=None))


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/offers/<uuid:offer_key>")
def answer_offer(key: UUID, person_key: UUID, offer_key: UUID) -> Page:
    """Answer it for her."""
    place, form = queries.one_helped_by(me(), key, person_key), OfferForm()
    payment = queries.one_offer_for(place, offer_key)
    if not form.validate_on_submit() or not form.fits(payment.pence):
        return _offer(place, payment, form), 422
    services.answer_offer(place, payment, form.says, form.pence, by=me())
    return _done(place)


def _offer(place: Membership, payment: Payment, form: OfferForm) -> str:
    return _render("assistance/offer.html", place, payment=payment, form=form, pounds=pounds)


@bp.post("/workstreams/<uuid:key>/people/<uuid:person_key>/help/stop-texts")
def stop_texts(key: UUID, person_key: UUID) -> Response:
    """Send her no more texts."""
    place = queries.one_helped_by(me(), key, person_key)
    services.stop_texts(place, by=me())
    return _done(place)


def _render(page: str, place: Membership, **more: Any) -> str:
    shown = {"helper": me(), "place": place, "person": place.person, "stream": place.workstream}
    return render_template(page, **shown, days=DAYS, parts=PARTS, **more)


def _done(place: Membership) -> Response:
    flash(f"Done for {place.person.alias}. They can see it, and take it back.")
    if rules.may_help(me(), place):
        return redirect(url_for(".index", key=place.workstream_id, person_key=place.person_id), 303)
    return redirect(url_for("workstreams.show", key=place.workstream_id), 303)


# --- The member, of what was done for her.


@bp.get("/done-for-me")
def mine() -> str:
    """List what was done for this member, each with the way to take it back."""
    if not me().is_lived:
        raise NoResultFound
    done = [(each, services.DOINGS[each.act].words(each.after)) for each in queries.done_for(me())]
    return render_template("assistance/mine.html", done=done)


@bp.post("/done-for-me/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Put back what stood before."""
    services.take_back(queries.one_done_for(me(), key), by=me())
    flash("You took it back.")
    return redirect(url_for(".mine"), 303)
