"""Putting sentences to the group, as one private vote."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from coprod.core.answers import require
from coprod.core.web import leaves_no_event, me
from coprod.statements import forms, queries, rules, services
from coprod.statements.views.blueprint import Page, bp
from coprod.voting.forms import as_a_member_sees_it
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by


@bp.get("/workstreams/<uuid:key>/statements/ask")
def ask(key: UUID) -> str:
    """Ask which statements are put to the group, and when the vote closes."""
    stream = one_seen_by(me(), key)
    require(workstreams.is_facilitator(me(), stream))
    return _ask(stream, _ask_form(stream))


@bp.post("/workstreams/<uuid:key>/statements/ask")
def put(key: UUID) -> Page:
    """Open the vote."""
    stream = one_seen_by(me(), key)
    require(rules.may_ask(me(), stream))
    form = _ask_form(stream)
    if not form.validate_on_submit():
        return _ask(stream, form), 422
    chosen = queries.chosen_in(stream, form.chosen)
    poll = services.ask(stream, form.question.data or "", chosen, form.moment(), by=me(), **form.terms())
    flash("The group is asked. Nobody sees any answer before it closes.")
    return redirect(url_for("voting.show", key=poll.id), 303)


@bp.post("/workstreams/<uuid:key>/statements/preview")
@leaves_no_event
def preview(key: UUID) -> Page:
    """Show the ballot as a member would see it; nothing is stored, and what was typed comes along."""
    stream = one_seen_by(me(), key)
    require(rules.may_ask(me(), stream))
    form = _ask_form(stream)
    if request.form.get("do") == "change":
        return _ask(stream, form)
    if not form.validate_on_submit():
        return _ask(stream, form), 422
    words = [statement.words for statement in queries.chosen_in(stream, form.chosen)]
    return render_template(
        "voting/preview.html",
        group_name=stream.neutral_name,
        opens=url_for(".put", key=key),
        changes=url_for(".preview", key=key),
        **as_a_member_sees_it(form.as_if_opened(form.question.data or "", words), request.form),
    )


def _ask_form(stream: Workstream) -> forms.AskForm:
    return forms.ask_form(queries.heard_in(stream), workstreams.voters(stream))


def _ask(stream: Workstream, form: forms.AskForm) -> str:
    parts = rules.by_theme(queries.heard_in(stream), queries.themes_of(stream))
    return render_template(
        "statements/ask.html",
        stream=stream,
        form=form,
        parts=[part for part in parts if part[1]],
        most=rules.MOST_ASKED,
        may_ask=rules.may_ask(me(), stream),
        **form.beside(),
    )
