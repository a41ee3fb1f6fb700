"""The log as a list, what is kept of it, and as a spreadsheet."""

from typing import Any
from uuid import UUID

from flask import Response as Answer
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.action_log import queries, rules, services
from coprod.action_log.forms import ChangeForm, FilterForm, ViewForm
from coprod.action_log.rules import Show, Sort, Wanted
from coprod.action_log.views.blueprint import bp
from coprod.actions import queries as actions
from coprod.actions import rules as action_rules
from coprod.actions import services as action_services
from coprod.actions.models import Action
from coprod.core.answers import Refused
from coprod.core.clock import today
from coprod.core.spreadsheets import as_file
from coprod.core.spreadsheets.workbook import as_workbook
from coprod.core.web import me
from coprod.core.words import long_date
from coprod.workstreams.models import Kind
from coprod.workstreams.queries import memberships_of

Page = Response | tuple[str, int]
HEAD = (
    "Number",
    "Group",
    "Action",
    "Who",
    "Due",
    "First date",
    "Times moved",
    "Status",
    "From",
    "Opened",
    "Closed",
    "How anyone can tell",
)
FILES = {
    "csv": (as_file, "text/csv"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@bp.get("/action-log")
def index() -> str:
    """List what was promised: mine late, mine due soon, everyone's late, the rest folded."""
    return shown(rules.read(request.args), rules.page_of(request.args.get("page", "")))


@bp.post("/action-log/<uuid:key>/done")
def say_done(key: UUID) -> Response:
    """Say from the log that something is done, and stay there."""
    action_services.say_done(actions.one_seen_by(me(), key), by=me())
    flash("Thank you. A second person will agree that it is done. They will say how anyone can tell.")
    return redirect(url_for(".index", **where()), 303)


@bp.get("/action-log/export")
def export() -> Answer:
    """Write down what is listed, all pages of it, as a file for a spreadsheet."""
    kind = "xlsx" if request.args.get("kind") == "xlsx" else "csv"
    write, mimetype = FILES[kind]
    lines = queries.every_line(me(), today(), rules.read(request.args))
    answer = Answer(write(HEAD, [_row(line) for line in lines]), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f"attachment; filename=actions-{today()}.{kind}"
    return answer


@bp.post("/action-log/views")
def keep_view() -> Page:
    """Keep what is shown under a name."""
    form, wanted = ViewForm(), rules.read(request.args)
    if not form.validate():
        return shown(wanted, form=form), 422
    try:
        view = services.keep_view(form.name.data, wanted, by=me())
    except Refused as refused:
        form.name.errors = [str(refused)]
        return shown(wanted, form=form), 422
    flash(f"“{view.name}” is kept. Only you see it.")
    return redirect(url_for(".index", **where()), 303)


@bp.post("/action-log/views/<uuid:key>/dropped")
def drop_view(key: UUID) -> Response:
    """Let a view go."""
    services.drop_view(queries.own_view(me(), key))
    flash("It is gone. The actions are all there.")
    return redirect(url_for(".index"), 303)


def where() -> dict[str, Any]:
    """Answer what of this address stays: the filter, the order, the page."""
    page = rules.page_of(request.args.get("page", ""))
    return {**rules.read(request.args).address, **({"page": page} if page > 1 else {})}


def shown(wanted: Wanted, page: int = 1, *, form: ViewForm | ChangeForm | None = None) -> str:
    """Show a page of the log; with the form that changes several, where that is asked for."""
    log = queries.action_log(me(), today(), wanted, page)
    log.owners = queries.owners(me())
    search, seats = FilterForm(wanted), memberships_of(me())
    search.offer(log.owners, queries.tables(me()), queries.decision_asked_for(me(), wanted))
    change = ChangeForm(queries.could_own(me()), formdata=None) if "several" in request.args else None
    context: dict[str, Any] = {
        "log": log,
        "search": search,
        "wanted": wanted,
        "address": where(),
        "form": form,
        "sections": _sections(log, wanted),
        "is_open": wanted.show != Show.EVERY or len(log.lines) == len(log.rest),
        "sayable": {line.action.id for line in log.lines if _is_mine_to_say(line.action)},
        "tables": [seat.workstream for seat in seats if seat.role in action_rules.LEADS],
        "seats": [seat.workstream for seat in seats],
        "may_review": any(seat.workstream.kind == Kind.STEERING for seat in seats),
        "views": queries.views_of(me()),
        "keep": form if isinstance(form, ViewForm) else ViewForm(formdata=None),
        "change": form if isinstance(form, ChangeForm) else change,
    }
    return render_template("action_log/index.html", **context)


def _sections(log: queries.Log, wanted: Wanted) -> list[tuple[str, list[queries.Line], int]]:
    if wanted.sort != Sort.NEED:
        return [("In this order", log.lines, log.total)]
    return [(section, log.of(section), log.counts.get(section, 0)) for section in rules.Section if log.of(section)]


def _is_mine_to_say(action: Action) -> bool:
    return action.owner_id == me().id and bool(action_rules.LIFECYCLE.may(me(), "said done", action))


def _row(line: queries.Line) -> list[str]:
    action = line.action
    return [
        str(action.number),
        action.workstream.name,
        action.what,
        action.owner.alias,
        long_date(action.due),
        long_date(line.first_due),
        str(action_rules.times_moved(action)),
        line.status.capitalize(),
        line.came_from,
        long_date(action.opened_on),
        long_date(action.settled_on) if action.settled_on else "",
        action.evidence,
    ]
