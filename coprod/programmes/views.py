"""Pages about the programme."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.drawings.timeline_picture import Timeline, TimelineEntry, TimelineFacts, draw_timeline
from coprod.programmes import queries, rules, services
from coprod.programmes.forms import HolidayFileForm, HolidayForm, ProgrammeForm, RateForm, SignOffForm
from coprod.programmes.models import Programme

bp = Blueprint("programmes", __name__)


@bp.get("/programmes/new")
def new() -> str:
    """Ask for a programme that has no public record to bring in."""
    require(rules.may_create(me(), queries.programme_here()))
    return render_template("programmes/new.html", form=ProgrammeForm(formdata=None))


@bp.post("/programmes/new")
def create() -> Response | tuple[str, int]:
    """Begin it."""
    require(rules.may_create(me(), queries.programme_here()))
    form = ProgrammeForm()
    if not form.validate():
        return render_template("programmes/new.html", form=form), 422
    programme = services.create(form.name.data, form.partnership.data, by=me())
    flash(f"{programme.name} is here. Four things are needed before it starts.")
    return redirect(url_for(".sign_offs", key=programme.id), 303)


@bp.get("/programmes/<uuid:key>")
def show(key: UUID) -> str:
    """Show the programme so far: its timeline, aims, phases, and the figures on the public record."""
    programme = queries.one_seen_by(me(), key)
    return render_template(
        "programmes/show.html",
        programme=programme,
        timeline=_timeline(programme),
        comparisons=[(each, rules.two_points(each)) for each in queries.comparisons_of(programme)],
        moves=rules.LIFECYCLE.open_to(me(), programme),
        is_admin=rules.is_admin(me()),
        may_go_live=rules.may_go_live(programme),
    )


@bp.get("/programmes/<uuid:key>/sources")
def sources(key: UUID) -> str:
    """Name every document the record was taken from, and what was taken from it."""
    programme = queries.one_seen_by(me(), key)
    return render_template(
        "programmes/sources.html",
        programme=programme,
        sources=queries.sources_of(programme),
        comparisons=queries.comparisons_of(programme),
    )


@bp.post("/programmes/<uuid:key>/moves")
def move(key: UUID) -> Response:
    """Move it on."""
    programme = queries.one_seen_by(me(), key)
    services.move(programme, request.form.get("name", ""), by=me())
    flash(f"The programme is {programme.state} now.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/programmes/<uuid:key>/sign-offs")
def sign_offs(key: UUID) -> str:
    """Show what must be named, signed and published before the programme goes live."""
    programme = queries.one_seen_by(me(), key)
    require(rules.is_admin(me()))
    return _sign_offs(programme, _sign_off_form(programme))


@bp.post("/programmes/<uuid:key>/sign-offs")
def sign_off(key: UUID) -> Response | tuple[str, int]:
    """Keep it."""
    programme = queries.one_seen_by(me(), key)
    require(rules.is_admin(me()))
    form = SignOffForm(queries.may_be_named())
    if not form.validate() or not form.fits(
        rules.may_lead(*form.named),
        rules.stays_whole(programme, *form.named, *form.days),
        officer=rules.may_pay_out(form.pays, *form.named),
    ):
        return _sign_offs(programme, form), 422
    services.set_lead(programme, *form.named, by=me())
    services.set_payments_officer(programme, form.pays, by=me())
    services.sign_off(programme, *form.days, by=me())
    flash("Kept.")
    return redirect(url_for(".sign_offs", key=key), 303)


def _sign_off_form(programme: Programme) -> SignOffForm:
    held = {
        "lead": str(programme.safeguarding_lead_id or ""),
        "deputy": str(programme.deputy_lead_id or ""),
        "officer": str(programme.payments_officer_id or ""),
        "data_protection": programme.data_protection_signed_on,
        "accessibility": programme.accessibility_statement_on,
    }
    return SignOffForm(queries.may_be_named(), formdata=None, data=held)


def _sign_offs(programme: Programme, form: SignOffForm) -> str:
    return render_template(
        "programmes/sign_offs.html",
        programme=programme,
        form=form,
        missing=rules.missing(programme),
        moves=rules.LIFECYCLE.open_to(me(), programme),
    )


@bp.get("/programmes/<uuid:key>/holidays")
def holidays(key: UUID) -> str:
    """List the school holidays, and ask for another."""
    programme = queries.one_seen_by(me(), key)
    require(rules.is_admin(me()))
    return _holidays(programme, HolidayForm(formdata=None))


@bp.post("/programmes/<uuid:key>/holidays")
def add_holiday(key: UUID) -> Response | tuple[str, int]:
    """Put one into the calendar."""
    programme = queries.one_seen_by(me(), key)
    require(rules.is_admin(me()))
    form = HolidayForm()
    if not form.validate() or not form.is_new(queries.is_known(form.what.data, form.days[0])):
        return _holidays(programme, form), 422
    services.add_school_holiday(form.what.data, *form.days, by=me())
    flash(f"{form.what.data} is in the calendar.")
    return redirect(url_for(".holidays", key=key), 303)


@bp.post("/programmes/<uuid:key>/holidays/file")
def add_holidays(key: UUID) -> Response | tuple[str, int]:
    """Put several into the calendar, from a file."""
    programme = queries.one_seen_by(me(), key)
    require(rules.is_admin(me()))
    form = HolidayFileForm()
    if not form.validate():
        return _holidays(programme, HolidayForm(formdata=None), form), 422
    fresh = [each for each in form.found if not queries.is_known(each.what, each.first)]
    for each in fresh:
        services.add_school_holiday(*each, by=me())
    flash(f"{len(fresh)} of {len(form.found)} are new in the calendar.")
    return redirect(url_for(".holidays", key=key), 303)


def _holidays(programme: Programme, form: HolidayForm, several: HolidayFileForm | None = None) -> str:
    return render_template(
        "programmes/holidays.html",
        programme=programme,
        form=form,
        several=several or HolidayFileForm(formdata=None),
        holidays=queries.school_holidays(),
    )


@bp.get("/rates")
def rates() -> str:
    """Show what is paid, and ask for a new rate."""
    require(rules.is_admin(me()))
    return _rates(RateForm(formdata=None))


@bp.post("/rates")
def set_rate() -> Response | tuple[str, int]:
    """Let a new rate follow."""
    require(rules.is_admin(me()))
    form = RateForm()
    if not form.validate() or not form.fits(_may_follow(form)):
        return _rates(form), 422
    rate = services.set_rate(form.what.data, form.pence, form.day, by=me())
    flash(f"{rate.what}: {rules.pounds(rate.pence)} is kept.")
    return redirect(url_for(".rates"), 303)


def _may_follow(form: RateForm) -> Answer:
    known = queries.rates()
    return rules.may_follow(rules.same_work(form.what.data, known), form.day, known, today())


def _rates(form: RateForm) -> str:
    paid = rules.paid(queries.rates(), today())
    return render_template("programmes/rates.html", form=form, paid=paid, pounds=rules.pounds)


def _timeline(programme: Programme) -> Timeline:
    entries = (
        TimelineEntry(
            when=entry.when,
            what=entry.what,
            short=rules.short(entry),
            lane=rules.lane_of(entry),
            on_thread=rules.lane_of(entry) in rules.ON_THREAD,
        )
        for entry in rules.in_lanes(programme.timeline)
    )
    return draw_timeline(TimelineFacts("programme", "The programme so far", tuple(entries)))
