"""The first page of everybody, beginning with what needs them now; and the ways on that every page shows."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.exc import NoResultFound
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response

from coprod.action_log.queries import action_log
from coprod.actions import rules as actions
from coprod.core.clock import now, today
from coprod.core.db import asked_once
from coprod.core.web import me
from coprod.cycles.models import Session
from coprod.cycles.rules.weeks import ten_weeks
from coprod.drawings.ten_weeks import draw_ten_weeks
from coprod.home import queries, rules
from coprod.home import see_as as see_as_examples
from coprod.payments.queries import may_be_paid
from coprod.payments.rules import pays_for
from coprod.people import doors
from coprod.people.models import Side
from coprod.pilots import queries as pilots
from coprod.pilots.rules import to_do_with
from coprod.programmes.queries import programme_here
from coprod.safeguarding.queries import receives_any
from coprod.safeguarding.rules import may_raise
from coprod.steering.queries import chair_view, steering_of
from coprod.threads.rules import beads
from coprod.workstreams.models import Membership
from coprod.workstreams.queries import memberships_of

bp = Blueprint("home", __name__)


@bp.get("/")
def show() -> str | Response:
    """Show what needs this person now; a supporter's own page is elsewhere, and so is that of who only pays people."""
    if me().side == Side.SUPPORTER:
        return redirect(url_for("supporters.home"))
    waiting = queries.waiting_for(me(), now())
    only_pays = pays_for(me(), programme_here()) and not any(vars(waiting).values())
    home = rules.home_of(me(), memberships_of(me()), only_pays=only_pays)
    if home == rules.Home.PAYMENTS:
        return redirect(url_for("payments.index"))
    return HOMES[home](waiting)


def _steering(waiting: queries.Waiting) -> str:
    log, table = action_log(me(), today()), steering_of(me())
    view = chair_view(table, today())
    tried = pilots.to_look_at(table, view.next_meeting.on if view.next_meeting else today())
    shown: dict[str, Any] = {
        "waiting": waiting,
        "view": view,
        "pilots": [(pilot, to_do_with(pilot)) for pilot in tried],
        "log": log,
        "sayable": {line.action.id for line in log.lines if actions.LIFECYCLE.may(me(), "said done", line.action)},
    }
    return render_template("home/steering.html", **shown)


def _facilitator(waiting: queries.Waiting) -> str:
    view = queries.for_facilitator(me(), today(), now())
    weeks = draw_ten_weeks(ten_weeks(view.cycle, today())) if view.cycle else None
    return render_template("home/facilitator.html", waiting=waiting, view=view, weeks=weeks, today=today())


def _member(waiting: queries.Waiting) -> str:
    view = queries.for_member(me(), today(), now())
    told = beads(view.story, today()) if view.story else []
    page = "home/member.html" if me().is_lived else "home/professional.html"
    return render_template(page, waiting=waiting, view=view, beads=told, today=today())


def _admin(waiting: queries.Waiting) -> str:
    ways = {"office": rules.OFFICE, "programmes_office": rules.PROGRAMMES_OFFICE}
    view = queries.for_office(me(), today(), now())
    return render_template("home/admin.html", waiting=waiting, view=view, programme=programme_here(), **ways)


HOMES: dict[rules.Home, Callable[[queries.Waiting], str]] = {
    rules.Home.STEERING: _steering,
    rules.Home.FACILITATOR: _facilitator,
    rules.Home.MEMBER: _member,
    rules.Home.ADMIN: _admin,
}


@bp.get("/office")
def office() -> str:
    """Show programme admins what they look after, whatever their first page is."""
    if not me().is_admin:
        raise NoResultFound
    return _admin(queries.waiting_for(me(), now()))


@bp.get("/me")
def mine() -> str:
    """List the pages about a person's own things: how to be reached, what helps, how to sign in, what is held."""
    return render_template("home/mine.html", ways=rules.own_ways(me(), is_paid=may_be_paid(me())))


# --- The ways on, worked out only where a layout shows them.


@bp.app_context_processor
def ways_on() -> dict[str, Any]:
    """Give every layout its links and names; nothing is asked of the database until a layout wants it."""
    return {
        "demonstration": current_app.config["DEMONSTRATION"],
        "programme_line": _worked_out(_programme_line),
        "navigation": _worked_out(_navigation),
        "person_alias": LocalProxy(lambda: me().alias if current_user.is_authenticated else ""),
        "person_url": LocalProxy(lambda: url_for("home.mine")),
        "group_name": _worked_out(_group_name),
        "member_links": _worked_out(_member_links),
        "concern_url": _worked_out(_concern_url),
        "footer_links": _worked_out(_footer_links),
        "what_they_do": queries.what_they_do,
        "session_ways": _session_ways,
        "change_ways": _worked_out(_change_ways),
    }


def _session_ways(session: Session) -> list[dict[str, Any]]:
    ways = [_link(label, endpoint, {"key": session.id}) for label, endpoint in rules.session_ways(session)]
    return [way | {"current": request.path == way["url"]} for way in ways]


def _change_ways() -> list[dict[str, str]]:
    """Lead to what is tried out, measured and thought of, where somebody sits at a table; not to the page she is on."""
    programme = programme_here()
    if not programme or not memberships_of(me()):
        return []
    keys: dict[str, dict[str, Any]] = {
        "outcomes.programme": {"programme_key": programme.id},
        "theories.index": {"key": programme.id},
    }
    ways = [(way, url_for(way.endpoint, **keys.get(way.endpoint, {}))) for way in rules.CHANGE_WAYS]
    return [{"label": way.label, "url": url, "words": way.words} for way, url in ways if url != request.path]


def _worked_out(words: Callable[[], Any]) -> Any:
    return LocalProxy(lambda: asked_once(words, words))


def _programme_line() -> str:
    programme = programme_here() if current_user.is_authenticated else None
    return f"{programme.name} · {programme.partnership}" if programme else ""


def _navigation() -> list[dict[str, Any]]:
    if not current_user.is_authenticated:
        return []
    programme, seats = programme_here(), memberships_of(me())
    links: list[tuple[str, str, dict[str, Any]]] = [("Home", "home.show", {}), ("Groups", "workstreams.index", {})]
    if seats:
        links += [("Recommendations", "recommendations.index", {}), ("Actions", "action_log.index", {})]
        links += [("Decisions", "steering.decisions", {}), ("Pilots", "pilots.index", {})]
    if rules.is_on_steering(seats):
        links.insert(1, ("To decide", "steering.meetings", {}))
    if programme:
        links.append(("Programme", "programmes.show", {"key": programme.id}))
    if pays_for(me(), programme):
        links.insert(1, ("Payments", "payments.index", {}))
    if me().is_professional and receives_any(me()):
        links.insert(1, ("Concerns", "safeguarding.index", {}))
    if me().is_admin:
        links += [("People", "people.index", {}), ("Office", "home.office", {})]
    return [_link(label, endpoint, values) for label, endpoint, values in links]


def _link(label: str, endpoint: str, values: dict[str, Any]) -> dict[str, Any]:
    address = url_for(endpoint, **values)
    under = (address, *rules.STANDS_FOR.get(endpoint, ()))
    current = request.path == address or (address != "/" and request.path.startswith(under))
    return {"label": label, "url": address, "current": current}


def _group_name() -> str:
    seats = memberships_of(me()) if current_user.is_authenticated else []
    return next((s.workstream.neutral_name for s in seats if rules.sits_in_a_group([s])), "Your group")


def _member_links() -> list[dict[str, str]]:
    kept = {"label": "How we keep things private", "url": url_for("people.privacy")}
    if not current_user.is_authenticated:
        return [kept]
    if doors.is_for_one_task():
        return [kept]
    yours = [{"label": label, "url": url_for(page)} for label, page in rules.MEMBERS_WAYS]
    if me().is_lived:
        yours += _links_of_groups([seat for seat in memberships_of(me()) if rules.sits_in_a_group([seat])])
    return [*yours, kept]


def _links_of_groups(seats: list[Membership]) -> list[dict[str, str]]:
    """Lead to each of her groups, and to the way out of it."""
    asked = (("What we ask for", "recommendations.index"), ("What came of it", "threads.answers"))
    links = [{"label": label, "url": url_for(page)} for label, page in asked] if seats else []
    for seat in seats:
        group = seat.workstream.neutral_name
        left = "the group" if len(seats) == 1 else group
        links += [
            {"label": group, "url": url_for("workstreams.group", key=seat.workstream_id)},
            {"label": f"Take a break, or leave {left}", "url": url_for("workstreams.place", key=seat.id)},
        ]
    return links


def _concern_url() -> str:
    if not current_user.is_authenticated or not may_raise(me(), memberships_of(me())):
        return ""
    return url_for("safeguarding.new")


def _footer_links() -> list[dict[str, str]]:
    return [
        {"label": "Accessibility", "url": url_for("people.accessibility")},
        {"label": "Who can see what", "url": url_for("people.who_can_see_what")},
        {"label": "Help", "url": url_for("wellbeing.support")},
    ]


# --- What each role sees, with invented people: no statement is sent but the one that knows who asks (journey 24).


@bp.get("/see-as/")
def see_as() -> str:
    """List the roles there are, or show one role's menu and pages."""
    role = request.args.get("role")
    if role is None:
        return _see_as(None)
    if role not in see_as_examples.BY_KEY:
        raise NoResultFound
    return _see_as(see_as_examples.BY_KEY[role])


def _see_as(example: see_as_examples.Example | None) -> str:
    if not me().is_admin:
        raise NoResultFound
    asked_of_nobody = {"programme_line": "", "concern_url": ""}
    links = [_link("Home", "home.show", {}), _link("Office", "home.office", {}), _link("See as", "home.see_as", {})]
    examples = see_as_examples.EXAMPLES
    return render_template("home/see_as.html", example=example, examples=examples, navigation=links, **asked_of_nobody)
