"""Pages about tables and who sits at them."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.programmes.models import Programme
from coprod.programmes.queries import programme_here
from coprod.workstreams import queries, rules, services
from coprod.workstreams.forms import InviteForm, StreamForm
from coprod.workstreams.models import Kind, Role, Seat, Step, Workstream
from coprod.workstreams.views.blueprint import bp, to_table


@bp.get("/workstreams/")
def index() -> str | Response:
    """List the tables this person sits at, and what waits for their word; to an admin, all by name and state (P1)."""
    if not me().is_professional:
        return redirect(url_for(".mine"))
    seats = {seat.workstream_id: seat for seat in queries.memberships_of(me())}
    return render_template(
        "workstreams/index.html",
        streams=queries.named_to(me()),
        seats=seats,
        invitations=queries.offers_to(me()),
        open_to=lambda place: rules.answers_to(me(), place),
        may_propose=rules.is_admin(me()),
        looks_after_any=rules.is_admin(me()) or any(seat.role == Role.FACILITATOR for seat in seats.values()),
        waiting=rules.WAITING,
    )


@bp.get("/workstreams/new")
def new() -> str:
    """Ask for a new table."""
    require(rules.is_admin(me()))
    return render_template("workstreams/new.html", form=StreamForm(formdata=None))


@bp.post("/workstreams/new")
def create() -> Response | tuple[str, int]:
    """Propose it."""
    require(rules.is_admin(me()))
    programme, form = _programme(), StreamForm()
    if not form.validate() or not form.name_is_free(queries.is_taken(programme, form.name.data)):
        return render_template("workstreams/new.html", form=form), 422
    words = {name: form[name].data for name in ("purpose", "neutral_name", "open_ended")}
    kind, step = Kind(form.kind.data), Step(form.step.data)
    stream = services.create(programme, form.name.data, kind, by=me(), step=step, **words)
    flash(f"{stream.name} is proposed.")
    return to_table(stream)


@bp.get("/workstreams/<uuid:key>")
def show(key: UUID) -> str | Response:
    """Show who sits at one table, to those who do, and to programme admins, who seat people; not what goes on there."""
    stream = queries.one_named_to(me(), key)
    if not me().is_professional and not rules.keeps(me(), stream):
        return redirect(url_for(".group", key=key))
    return render_template(
        "workstreams/show.html",
        stream=stream,
        here=rules.seated(stream),
        sits_here=rules.is_member(me(), stream),
        runs_it=rules.is_facilitator(me(), stream),
        keeps=rules.keeps(me(), stream),
        may_invite=rules.may_invite(me(), stream),
        places=rules.places(stream, today(), queries.days_off(today())),
        to_ring=rules.to_ring(stream),
        open_to=lambda place: rules.MEMBERSHIP.open_to(me(), place),
        may_send=lambda place: rules.may_send_link(me(), place),
        checks_wait=rules.to_confirm(stream) or rules.to_separate(stream),
        mix=rules.mix(stream),
        gathers=rules.gathers(stream),
        plans_weeks=rules.may_plan_weeks(me(), stream),
        meets=rules.is_of_groups(stream),
        moves=rules.LIFECYCLE.open_to(me(), stream),
        waiting=rules.WAITING,
    )


@bp.post("/workstreams/<uuid:key>/moves")
def move_stream(key: UUID) -> Response:
    """Move it on."""
    stream = queries.one_named_to(me(), key)
    services.move_stream(stream, request.form.get("name", ""), by=me())
    flash(f"{stream.name} is {stream.state} now.")
    return to_table(stream)


@bp.get("/workstreams/<uuid:key>/people/new")
def invite(key: UUID) -> str:
    """Ask whom to invite, to which seat."""
    stream = queries.one_named_to(me(), key)
    require(rules.may_invite(me(), stream))
    return _ask_whom(stream, _invite_form(stream, asked=True))


@bp.post("/workstreams/<uuid:key>/people/new")
def send_invitation(key: UUID) -> Response | tuple[str, int]:
    """Invite one person."""
    stream = queries.one_named_to(me(), key)
    require(rules.may_invite(me(), stream))
    form = _invite_form(stream)
    if not form.validate():
        return _ask_whom(stream, form), 422
    guest = form.people[form.person.data]
    services.invite(stream, guest, Seat(form.seat.data), Role(form.role.data), by=me())
    flash(f"{guest.alias} is invited.")
    return to_table(stream)


@bp.get("/groups/")
def mine() -> str:
    """List a member's groups, and what waits for her word."""
    return render_template("workstreams/mine.html", seats=queries.memberships_of(me()), places=queries.offers_to(me()))


@bp.get("/groups/<uuid:key>")
def group(key: UUID) -> str:
    """Show a member her group: who is there, by role and alias."""
    stream = queries.one_seen_by(me(), key)
    return render_template(
        "workstreams/group.html",
        stream=stream,
        group_name=stream.neutral_name,
        here=rules.seated(stream),
        place=rules.membership_of(me(), stream),
    )


def _ask_whom(stream: Workstream, form: InviteForm) -> str:
    waits = rules.to_confirm(stream) or rules.to_separate(stream)
    return render_template(
        "workstreams/invite.html", stream=stream, form=form, mix=rules.mix(stream), checks_wait=waits
    )


def _programme() -> Programme:
    found = programme_here()
    if found is None:
        raise Refused("There is no programme here yet. Bring the public record in first.")
    return found


def _invite_form(stream: Workstream, *, asked: bool = False) -> InviteForm:
    roles = [role for role in Role if rules.role_fits(me(), stream, role)]
    return InviteForm(queries.not_at(stream, me()), roles, **({"formdata": None} if asked else {}))
