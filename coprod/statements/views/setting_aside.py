"""Setting a sentence aside, bringing it back, and taking it out for good."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import leaves_no_event, me
from coprod.statements import forms, queries, rules, services
from coprod.statements.models import Statement
from coprod.statements.views.blueprint import Page, bp


@bp.get("/statements/<uuid:key>/aside")
def aside(key: UUID) -> str:
    """Ask why a statement is set aside."""
    statement = queries.one_statement_seen_by(me(), key)
    require(rules.may_sort(me(), statement.workstream))
    return _aside(statement, forms.AsideForm())


@bp.post("/statements/<uuid:key>/aside")
@leaves_no_event
def set_aside(key: UUID) -> Page:
    """Set it aside."""
    statement, form = queries.one_statement_seen_by(me(), key), forms.AsideForm()
    require(rules.may_sort(me(), statement.workstream))
    if not form.validate_on_submit():
        return _aside(statement, form), 422
    services.set_aside(statement, form.why.data or "", by=me())
    flash("The sentence is set aside. You can bring it back.")
    return redirect(url_for(".themes", key=statement.workstream_id), 303)


def _aside(statement: Statement, form: forms.AsideForm) -> str:
    group = statement.workstream
    return render_template("statements/aside.html", statement=statement, group_name=group.neutral_name, form=form)


@bp.post("/statements/<uuid:key>/back")
@leaves_no_event
def bring_back(key: UUID) -> Response:
    """Put it back with the others."""
    statement = queries.one_statement_seen_by(me(), key)
    services.bring_back(statement, by=me())
    flash("The sentence is back with the others.")
    return redirect(url_for(".themes", key=statement.workstream_id), 303)


@bp.post("/statements/<uuid:key>/take-out")
@leaves_no_event
def take_out(key: UUID) -> Response:
    """Take it out for good."""
    statement = queries.one_statement_seen_by(me(), key)
    stream = statement.workstream_id
    services.take_out(statement, by=me())
    flash("The sentence is gone for good.")
    return redirect(url_for(".themes", key=stream), 303)
