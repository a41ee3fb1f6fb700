"""Pages that bring in an action log from elsewhere: bring it, say what its columns hold, look, and let it in."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from coprod.action_import import queries, rules, services
from coprod.action_import.forms import ColumnsForm, FileForm, WhoForm, who_form
from coprod.action_import.models import Import, ImportState
from coprod.action_import.rules import Fault, Sifted, counted
from coprod.actions.rules import leads
from coprod.core.answers import require
from coprod.core.spreadsheets import as_file
from coprod.core.spreadsheets.reading import MOST_BYTES
from coprod.core.web import me
from coprod.workstreams import queries as workstreams
from coprod.workstreams.models import Workstream

bp = Blueprint("action_import", __name__)
Page = Answer | str | tuple[str, int]
ROOM = 3 * MOST_BYTES
"""More than is ever read, so that whoever brings too much is told so beside the field."""
SHOWN, SHOWN_REFUSED = 20, 300


@bp.url_value_preprocessor
def _room_for_a_file(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before anything reads the form: let a log through, to this one page."""
    if endpoint == "action_import.take":
        request.max_content_length = ROOM


@bp.get("/workstreams/<uuid:key>/action-imports")
def index(key: UUID) -> str:
    """Ask for a log, and list those that were brought before."""
    return _asked(_table(key), FileForm(formdata=None))


@bp.post("/workstreams/<uuid:key>/action-imports")
def take(key: UUID) -> Page:
    """Read it."""
    table, form = _table(key), FileForm()
    if not form.validate():
        return _asked(table, form), 422
    brought = services.take(table, list(form.found), form.file.data.filename or "", by=me())
    return _to_columns(brought)


@bp.get("/action-imports/<uuid:key>/columns")
def columns(key: UUID) -> Page:
    """Ask what its columns hold."""
    brought = queries.one_seen_by(me(), key)
    if not rules.is_open(brought):
        return _to(brought)
    return _matching(brought, ColumnsForm(queries.sheet_of(brought), formdata=None))


@bp.post("/action-imports/<uuid:key>/columns")
def match(key: UUID) -> Page:
    """Keep what its columns hold."""
    brought = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "matched", brought))
    form = ColumnsForm(queries.sheet_of(brought))
    if not form.validate():
        return _matching(brought, form), 422
    services.match(brought, form.row, form.columns, by=me())
    return _to(brought)


@bp.get("/action-imports/<uuid:key>")
def show(key: UUID) -> Page:
    """Show what would become of each row, or what became of it."""
    brought = queries.one_seen_by(me(), key)
    if _is_unmatched(brought):
        return _to_columns(brought)
    return _report(brought) if brought.state == ImportState.BROUGHT_IN else _preview(brought)


@bp.post("/action-imports/<uuid:key>/owners")
def say_who(key: UUID) -> Answer:
    """Keep whom it means by names that nobody here goes by."""
    brought = queries.one_seen_by(me(), key)
    require(rules.LIFECYCLE.may(me(), "matched", brought))
    if _is_unmatched(brought):
        return _to_columns(brought)
    services.say_who(brought, _who(brought, queries.sifted(brought, me())).meant, by=me())
    flash("These names are kept for this log.")
    return _to(brought)


@bp.post("/action-imports/<uuid:key>/brought-in")
def bring_in(key: UUID) -> Answer:
    """Let it in."""
    brought = queries.one_seen_by(me(), key)
    sifted = services.bring_in(brought, by=me())
    flash(f"{counted(len(sifted.good), 'action')} came in.")
    return _to(brought)


@bp.post("/action-imports/<uuid:key>/dropped")
def drop(key: UUID) -> Answer:
    """Leave it."""
    brought = queries.one_seen_by(me(), key)
    services.drop(brought, by=me())
    flash("Nothing came in. What stood in the file is gone from here.")
    return redirect(url_for(".index", key=brought.workstream_id), 303)


@bp.get("/action-imports/<uuid:key>/report")
def report(key: UUID) -> Answer:
    """Hand out what becomes of each row, as lines for a spreadsheet (O7)."""
    brought = queries.one_seen_by(me(), key)
    if _is_unmatched(brought):
        return _to_columns(brought)
    lines = brought.report or services.report_of(queries.sifted(brought, me()))
    written = as_file(("Row", "Cell", "What became of it", "Why", "Action"), [_line(one) for one in lines])
    answer = Response(written, content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="report.csv")
    return answer


def _is_unmatched(brought: Import) -> bool:
    """Until somebody has said what its columns hold, nothing can be told of its rows."""
    return brought.state == ImportState.READ


def _line(one: dict[str, Any]) -> list[str]:
    return [str(one.get(name, "")) for name in ("row", "cell", "did", "reason", "number")]


def _table(key: UUID) -> Workstream:
    table = workstreams.one_seen_by(me(), key)
    require(leads(me(), table))
    return table


def _asked(table: Workstream, form: FileForm) -> str:
    before = queries.seen_by(me(), table)
    days = rules.KEPT_UNFINISHED.days
    return render_template("action_import/index.html", table=table, form=form, before=before, days=days)


def _matching(brought: Import, form: ColumnsForm) -> str:
    letters, rows = rules.sample(queries.sheet_of(brought))
    return render_template("action_import/columns.html", brought=brought, form=form, letters=letters, rows=rows)


def _preview(brought: Import) -> str:
    sifted = queries.sifted(brought, me())
    return render_template(
        "action_import/preview.html",
        brought=brought,
        sifted=sifted,
        form=_who(brought, sifted, formdata=None),
        names={person.id: person.alias for person in queries.choices(brought)},
        counted=counted,
        shown=SHOWN,
        shown_refused=SHOWN_REFUSED,
    )


def _who(brought: Import, sifted: Sifted, **given: Any) -> WhoForm:
    return who_form(sifted.unknown, queries.choices(brought), **given)


def _report(brought: Import) -> str:
    counts = Counter(did for _, did in {(one["row"], one["did"]) for one in brought.report})
    faults = [Fault(one["row"], one["cell"], one["reason"]) for one in brought.report if one["did"] == "refused"]
    return render_template(
        "action_import/report.html",
        brought=brought,
        counts=counts,
        faults=faults,
        counted=counted,
        shown_refused=SHOWN_REFUSED,
    )


def _to_columns(brought: Import) -> Answer:
    return redirect(url_for(".columns", key=brought.id), 303)


def _to(brought: Import) -> Answer:
    return redirect(url_for(".show", key=brought.id), 303)
