"""Saying one sentence more, on a screen or from slips of paper."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for

from coprod.core.answers import require
from coprod.core.web import leaves_no_event, me
from coprod.statements import forms, queries, rules, services
from coprod.statements.views.blueprint import Page, bp
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by


@bp.get("/workstreams/<uuid:key>/statements")
def index(key: UUID) -> str:
    """Show what was said, by nobody and in no order, and ask for one sentence more."""
    return _index(one_seen_by(me(), key), forms.SayForm())


@bp.post("/workstreams/<uuid:key>/statements")
@leaves_no_event
def say(key: UUID) -> Page:
    """Put it with the others."""
    stream, form = one_seen_by(me(), key), forms.SayForm()
    if not form.validate_on_submit():
        return _index(stream, form), 422
    services.say(stream, form.words.data or "", by=me())
    flash("Your sentence is with the others now.")
    return redirect(url_for(".index", key=key), 303)


def _index(stream: Workstream, form: forms.SayForm) -> str:
    heard = queries.heard_in(stream)
    return render_template(
        "statements/index.html",
        stream=stream,
        group_name=stream.neutral_name,
        heard=heard,
        form=form,
        may_say=rules.may_say(me(), stream, len(heard)),
        may_add=rules.may_add(me(), stream, len(heard)),
        runs_it=workstreams.is_facilitator(me(), stream),
    )


@bp.get("/workstreams/<uuid:key>/statements/from-paper")
def from_paper(key: UUID) -> str:
    """Ask for what stands on slips of paper."""
    stream = one_seen_by(me(), key)
    require(rules.may_add(me(), stream))
    return _from_paper(stream, forms.PaperForm())


@bp.post("/workstreams/<uuid:key>/statements/from-paper")
@leaves_no_event
def add(key: UUID) -> Page:
    """Put it all with the others, or show it again with what does not fit."""
    stream, form = one_seen_by(me(), key), forms.PaperForm()
    require(rules.may_add(me(), stream))
    if not form.validate_on_submit():
        return _from_paper(stream, form), 422
    if not (room := rules.may_add(me(), stream, len(queries.heard_in(stream)), len(form.read))):
        form.lines.errors = [room.reason]
        return _from_paper(stream, form), 422
    new = services.add(stream, form.read, by=me())
    there = len(form.read) - new
    flash(f"{_sentences(new)} added." + (f" {_sentences(there)} stood there already." if there else ""))
    return redirect(url_for(".index", key=key), 303)


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"


def _from_paper(stream: Workstream, form: forms.PaperForm) -> str:
    return render_template("statements/from_paper.html", stream=stream, form=form)
