"""Pages of the keepers: readings and their corrections, which wait for a second person; new limits, and events."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.outcomes import queries, rules, services
from coprod.outcomes.forms import CorrectionForm, EventForm, PhaseForm, SendBackForm, correction_form, reading_form
from coprod.outcomes.models import Indicator, ProposedReading, Reading
from coprod.outcomes.rules import proposing, telling
from coprod.outcomes.views.blueprint import bp
from coprod.outcomes.views.pages import shown

Page = Response | tuple[str, int]


def _kept(key: UUID) -> Indicator:
    indicator = queries.one_seen_by(me(), key)
    require(rules.may_keep(me(), indicator))
    return indicator


@bp.post("/<uuid:key>/readings")
def add_reading(key: UUID) -> Page:
    """Propose a reading."""
    indicator = _kept(key)
    form = reading_form(indicator, today())
    if not form.validate():
        return shown(indicator, form), 422
    services.add_reading(indicator, form.starts, **form.numbers, by=me(), note=form.note.data or "")
    flash("The reading waits for a second person. Until then it does not count.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/readings/<uuid:reading_key>/correction")
def correction(reading_key: UUID) -> str:
    """Ask what a reading should have been."""
    reading = _to_correct(reading_key)
    return _asked(reading, correction_form(reading.indicator, formdata=None))


@bp.post("/readings/<uuid:reading_key>/correction")
def correct(reading_key: UUID) -> Page:
    """Propose to put a reading right."""
    reading = _to_correct(reading_key)
    form = correction_form(reading.indicator)
    if not form.validate():
        return _asked(reading, form), 422
    services.correct(reading, **form.numbers, why=form.why.data or "", by=me())
    flash("The change waits for a second person. What it was is kept.")
    return redirect(url_for(".show", key=reading.indicator_id), 303)


def _to_correct(key: UUID) -> Reading:
    reading = queries.reading_seen_by(me(), key)
    require(proposing.may_correct(me(), reading.indicator, reading.month))
    return reading


def _asked(reading: Reading, form: CorrectionForm) -> str:
    indicator = reading.indicator
    return render_template(
        "outcomes/correction.html",
        indicator=indicator,
        month=telling.when(indicator, reading),
        now=rules.said(indicator.unit, reading),
        form=form,
    )


# --- The second person.


@bp.post("/proposals/<uuid:proposal_key>/approved")
def approve(proposal_key: UUID) -> Response:
    """Let it count."""
    proposal = queries.proposal_seen_by(me(), proposal_key)
    services.approve(proposal, by=me())
    flash(f"{telling.when(proposal.indicator, proposal)} counts now.")
    return _back(proposal)


@bp.post("/<uuid:key>/proposals/approved")
def approve_all(key: UUID) -> Response:
    """Let all of those count that stood on the page and still wait; none that came since."""
    indicator = _kept(key)
    read = set(request.form.get("read", "").split())
    open_to_me = [one for one in proposing.waiting(indicator) if proposing.LIFECYCLE.may(me(), "approved", one)]
    count = services.approve_all([one for one in open_to_me if one.id.hex in read], by=me())
    flash(f"Readings that count from now on: {count}.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/proposals/<uuid:proposal_key>/sent-back")
def ask_again(proposal_key: UUID) -> str:
    """Ask what is to be looked at again."""
    proposal = queries.proposal_seen_by(me(), proposal_key)
    require(proposing.LIFECYCLE.may(me(), "sent back", proposal))
    return _doubted(proposal, SendBackForm(formdata=None))


@bp.post("/proposals/<uuid:proposal_key>/sent-back")
def send_back(proposal_key: UUID) -> Page:
    """Send it back."""
    proposal = queries.proposal_seen_by(me(), proposal_key)
    require(proposing.LIFECYCLE.may(me(), "sent back", proposal))
    form = SendBackForm()
    if not form.validate():
        return _doubted(proposal, form), 422
    services.send_back(proposal, form.reply.data or "", by=me())
    flash("It is sent back, and does not count.")
    return _back(proposal)


def _doubted(proposal: ProposedReading, form: SendBackForm) -> str:
    indicator = proposal.indicator
    when, words = telling.when(indicator, proposal), telling.waiting_words(indicator, proposal)
    return render_template("outcomes/send_back.html", indicator=indicator, when=when, words=words, form=form)


@bp.post("/proposals/<uuid:proposal_key>/taken-back")
def take_back(proposal_key: UUID) -> Response:
    """Take back what one proposed oneself."""
    proposal = queries.proposal_seen_by(me(), proposal_key)
    services.take_back(proposal, by=me())
    flash("It is taken back.")
    return _back(proposal)


def _back(proposal: ProposedReading) -> Response:
    return redirect(url_for(".show", key=proposal.indicator_id), 303)


# --- Notes on the line.


@bp.post("/<uuid:key>/phases")
def begin_phase(key: UUID) -> Page:
    """Work the limits out afresh, for a reason."""
    indicator = _kept(key)
    form = PhaseForm(indicator)
    if not form.validate():
        return shown(indicator, phase_form=form), 422
    services.begin_phase(indicator, form.days[form.starts.data], form.why.data or "", by=me())
    flash("The limits begin afresh there. The chart as it was is kept.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/<uuid:key>/events")
def note_event(key: UUID) -> Page:
    """Note on the line that something happened."""
    indicator = _kept(key)
    form = EventForm()
    form.today = today()
    if not form.validate() or form.day.data is None:
        return shown(indicator, event_form=form), 422
    services.note_event(indicator, form.day.data, form.words.data or "", by=me())
    flash("It stands on the line now.")
    return redirect(url_for(".show", key=key), 303)
