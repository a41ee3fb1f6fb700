"""Pages about the priority areas: their order, who works on them, and what was set aside."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.areas import forms, queries, rules, services
from coprod.areas.models import Proposal
from coprod.areas.rules import Area
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.gatherings.queries import to_be_joined
from coprod.principles.models import Priority
from coprod.workstreams import queries as tables
from coprod.workstreams.models import Workstream

bp = Blueprint("areas", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/workstreams/<uuid:key>/areas")
def index(key: UUID) -> str:
    """Show the areas in the order that holds now, and what became of each."""
    steering = queries.steering_seen_by(me(), key)
    orders = queries.orderings_of(steering)
    return render_template(
        "areas/index.html",
        steering=steering,
        areas=queries.areas_of(steering, today()),
        holds=orders[0] if orders else None,
        former=[(order, rules.numbers(order)) for order in orders[1:]],
        once_aside=queries.ever_set_aside(steering),
        proposals=[_told(one) for one in queries.proposals_of(steering)],
        table_state=rules.table_state,
        may_lead=rules.may_lead(me(), steering),
        opens={table.id for table in tables.named_to(me())} if me().is_professional else set(),
    )


def _told(one: Proposal) -> tuple[Proposal, str, str]:
    return one, rules.proposal_words(one), rules.proposal_state(one)


# --- The order.


@bp.get("/workstreams/<uuid:key>/areas/order")
def reorder(key: UUID) -> str:
    """Ask for a new order, beginning with the one that holds."""
    steering, areas = _led(key)
    return _order(steering, areas, forms.order_form(areas, _read(steering), formdata=None))


@bp.post("/workstreams/<uuid:key>/areas/order")
def order(key: UUID) -> Page:
    """Keep it; the one before stays to be read. Where somebody was faster, show both (R4)."""
    steering, areas = _led(key)
    form = forms.order_form(areas, _read(steering))
    if not form.validate() or (form.was_read == _read(steering) and not _is_an_order(form, steering, areas)):
        return _order(steering, areas, form), 422
    try:
        services.order(steering, form.wanted, form.why.data or "", by=me(), read=form.was_read)
    except Overtaken:
        return _both(key, form), 422
    flash("The new order is kept. The one before stays here to read.")
    return _home(key)


def _both(key: UUID, form: forms.OrderForm) -> str:
    steering, areas = _led(key)
    stood, stands = (queries.places_in(steering, number) for number in (form.was_read, _read(steering)))
    theirs = form.show_both(stood, stands, _read(steering))
    return _order(steering, areas, form, theirs)


def _is_an_order(form: forms.OrderForm, steering: Workstream, areas: Sequence[Area]) -> bool:
    now, orders = [area.priority.id for area in areas], queries.orderings_of(steering)
    answer = rules.can_be_moved(now, form.wanted)
    if answer:
        answer = rules.says_something_new(rules.moved(now, form.wanted), orders[0] if orders else None)
    return form.fits(answer)


def _read(steering: Workstream) -> int:
    orders = queries.orderings_of(steering)
    return orders[0].number if orders else 0


def _order(
    steering: Workstream, areas: Sequence[Area], form: forms.OrderForm, theirs: Mapping[str, int] | None = None
) -> str:
    return render_template("areas/order.html", steering=steering, areas=areas, form=form, theirs=theirs or {})


# --- Taking them up.


@bp.get("/workstreams/<uuid:key>/areas/take-up")
def take_up(key: UUID) -> str:
    """Ask what should become of them."""
    steering, _ = _led(key)
    return render_template("areas/take_up.html", steering=steering, chosen=request.args.getlist("area"))


@bp.get("/workstreams/<uuid:key>/areas/new-group")
def new_table(key: UUID) -> str:
    """Ask which areas, and what the workstream is called."""
    steering, areas = _led(key)
    form = forms.NewTableForm(areas, request.args.getlist("area"), formdata=None)
    return render_template("areas/new_table.html", steering=steering, form=form)


@bp.post("/workstreams/<uuid:key>/areas/new-group")
def start_table(key: UUID) -> Page:
    """Make a workstream of them."""
    steering, areas = _led(key)
    form = forms.NewTableForm(areas)
    if not form.validate() or not form.name_is_free(tables.is_taken(steering.programme, form.name.data or "")):
        return render_template("areas/new_table.html", steering=steering, form=form), 422
    words = {"purpose": form.purpose.data or "", "neutral_name": form.neutral_name.data or ""}
    services.start_table(steering, form.chosen, form.name.data or "", form.why.data or "", by=me(), **words)
    flash("It is among the next to start. A programme admin seats its people.")
    return _home(key)


@bp.get("/workstreams/<uuid:key>/areas/another-group")
def choose_table(key: UUID) -> str:
    """Ask which areas, and which group takes them up."""
    steering, areas = _led(key)
    form = forms.TableForm(areas, queries.tables_for(steering), request.args.getlist("area"), formdata=None)
    return render_template("areas/choose_table.html", steering=steering, form=form)


@bp.post("/workstreams/<uuid:key>/areas/another-group")
def add_to_table(key: UUID) -> Page:
    """Let that group work on them."""
    steering, areas = _led(key)
    form = forms.TableForm(areas, queries.tables_for(steering))
    if not form.validate() or not form.is_new(_works_on_all(areas, form.chosen, form.chosen_table)):
        return render_template("areas/choose_table.html", steering=steering, form=form), 422
    services.take_up(steering, form.chosen, form.chosen_table, form.why.data or "", by=me())
    flash(f"{form.chosen_table.name} works on it from now on.")
    return _home(key)


def _works_on_all(areas: Sequence[Area], chosen: Sequence[Priority], table: Workstream) -> bool:
    theirs = {area.priority.id for area in areas if any(one.workstream_id == table.id for one in area.taken)}
    return {one.id for one in chosen} <= theirs


# --- Setting aside.


@bp.get("/workstreams/<uuid:key>/areas/<uuid:area_key>/aside")
def setting_aside(key: UUID, area_key: UUID) -> str:
    """Ask why, and when the group looks again."""
    steering, area = _one_led(key, area_key)
    require(rules.can_be_set_aside(area))
    return render_template(
        "areas/set_aside.html", steering=steering, area=area, form=forms.AsideForm(today(), formdata=None)
    )


@bp.post("/workstreams/<uuid:key>/areas/<uuid:area_key>/aside")
def set_aside(key: UUID, area_key: UUID) -> Page:
    """Set it aside."""
    steering, area = _one_led(key, area_key)
    require(rules.can_be_set_aside(area))
    form = forms.AsideForm(today())
    if not form.validate():
        return render_template("areas/set_aside.html", steering=steering, area=area, form=form), 422
    services.set_aside(steering, area.priority, form.why.data or "", form.look_again_on.data, by=me())
    flash("It is set aside. The reason stands beside it.")
    return _home(key)


@bp.post("/workstreams/<uuid:key>/areas/<uuid:area_key>/back")
def bring_back(key: UUID, area_key: UUID) -> Response:
    """Put it among the others again."""
    steering, area = _one_led(key, area_key)
    services.bring_back(steering, area.priority, by=me())
    flash("It stands among the others again.")
    return _home(key)


# --- Groups that should come together.


@bp.get("/workstreams/<uuid:key>/areas/together")
def together(key: UUID) -> str:
    """Ask which groups should come together, and for which areas."""
    steering, areas = _led(key)
    form = forms.ProposeForm(areas, queries.groups_for(steering), request.args.getlist("area"), formdata=None)
    return render_template("areas/together.html", steering=steering, form=form)


@bp.post("/workstreams/<uuid:key>/areas/together")
def propose(key: UUID) -> Page:
    """Propose it; who runs the groups brings it about."""
    steering, areas = _led(key)
    form = forms.ProposeForm(areas, queries.groups_for(steering))
    if not form.validate() or not _may_be_proposed(form, steering):
        return render_template("areas/together.html", steering=steering, form=form), 422
    proposal = services.propose(
        steering, form.chosen, form.chosen_groups, form.chosen_kind, form.why.data or "", by=me()
    )
    flash("It is proposed. Nobody is asked to anything yet.")
    return redirect(url_for(".proposal", key=proposal.id), 303)


def _may_be_proposed(form: forms.ProposeForm, steering: Workstream) -> bool:
    return form.fits(rules.can_be_proposed(form.chosen_groups, steering, form.chosen_kind))


@bp.get("/proposals/<uuid:key>")
def proposal(key: UUID) -> str:
    """Show what is proposed, and to whoever may bring it about the way to do so."""
    return _proposal(queries.one_proposal_seen_by(me(), key), forms.TogetherForm(formdata=None))


@bp.post("/proposals/<uuid:key>/bring-about")
def bring_about(key: UUID) -> Page:
    """Ask the groups to come together."""
    wanted, form = queries.one_proposal_seen_by(me(), key), forms.TogetherForm()
    require(rules.may_bring_about(me(), wanted, to_be_joined()))
    programme = wanted.workstream.programme
    if not form.validate() or not form.name_is_free(tables.is_taken(programme, form.name.data or "")):
        return _proposal(wanted, form), 422
    made = services.bring_about(wanted, form.name.data or "", form.neutral_name.data or "", by=me())
    flash("Everybody has a place that waits for a check.")
    return redirect(url_for("gatherings.show", key=made.id), 303)


@bp.post("/proposals/<uuid:key>/let-go")
def let_go(key: UUID) -> Response:
    """Let it be."""
    wanted = queries.one_proposal_seen_by(me(), key)
    services.let_go(wanted, by=me())
    flash("The proposal is let go. Nobody was asked to anything.")
    return _home(wanted.workstream_id)


def _proposal(wanted: Proposal, form: forms.TogetherForm) -> str:
    return render_template(
        "areas/proposal.html",
        proposal=wanted,
        words=rules.proposal_words(wanted),
        state=rules.proposal_state(wanted),
        may_bring_about=rules.may_bring_about(me(), wanted, to_be_joined()),
        may_let_go=rules.may_let_go(me(), wanted),
        sits_here=rules.sits_at(me(), wanted.workstream),
        form=form,
    )


# --- What all of them need.


def _led(key: UUID) -> tuple[Workstream, list[Area]]:
    steering = queries.steering_seen_by(me(), key)
    require(rules.may_lead(me(), steering))
    return steering, queries.areas_of(steering, today())


def _one_led(key: UUID, area_key: UUID) -> tuple[Workstream, Area]:
    steering = queries.steering_seen_by(me(), key)
    require(rules.may_lead(me(), steering))
    return steering, queries.one_area(steering, area_key, today())


def _home(key: UUID) -> Response:
    return redirect(url_for(".index", key=key), 303)
