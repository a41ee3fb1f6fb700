"""Pages about working-together agreements."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.agreements import forms, queries, rules, services
from coprod.agreements.models import Agreement
from coprod.core.answers import require
from coprod.core.web import me
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator

bp = Blueprint("agreements", __name__)


@bp.get("/workstreams/<uuid:key>/agreement")
def show(key: UUID) -> str:
    """Show how the group works together, and to facilitators what they may do next."""
    stream = one_seen_by(me(), key)
    versions = queries.versions_of(stream)
    return render_template(
        "agreements/show.html",
        stream=stream,
        group_name=stream.neutral_name,
        agreement=rules.shown(versions),
        headings=rules.HEADINGS,
        working=rules.in_hand(versions),
        runs_it=is_facilitator(me(), stream),
    )


@bp.post("/workstreams/<uuid:key>/agreement")
def start(key: UUID) -> Response:
    """Start the next version."""
    agreement = services.start(one_seen_by(me(), key), by=me())
    flash("A new version is ready to be changed.")
    return redirect(url_for(".edit", key=agreement.id))


@bp.get("/agreements/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Show a version's words to be changed."""
    agreement = queries.one_seen_by(me(), key)
    require(rules.may_write(me(), agreement))
    return _edit(agreement, forms.of(agreement))


@bp.post("/agreements/<uuid:key>/edit")
def write(key: UUID) -> Response | tuple[str, int]:
    """Keep the words."""
    agreement, form = queries.one_seen_by(me(), key), forms.AgreementForm()
    require(rules.may_write(me(), agreement))
    if not form.validate_on_submit():
        return _edit(agreement, form), 422
    services.write(agreement, form.words, form.changed.data or "", by=me())
    flash("The words are kept.")
    return redirect(url_for(".show", key=agreement.workstream_id))


@bp.post("/agreements/<uuid:key>/talked-through")
def talk_through(key: UUID) -> Response:
    """Note that the group talked it through."""
    agreement = queries.one_seen_by(me(), key)
    services.talk_through(agreement, by=me())
    flash("You talked it through. Now the group can agree it.")
    return redirect(url_for(".show", key=agreement.workstream_id))


@bp.post("/agreements/<uuid:key>/agreed")
def agree(key: UUID) -> Response:
    """Note that the group agrees."""
    agreement = queries.one_seen_by(me(), key)
    services.agree(agreement, by=me())
    flash(f"Version {agreement.number} is agreed.")
    return redirect(url_for(".show", key=agreement.workstream_id))


def _edit(agreement: Agreement, form: forms.AgreementForm) -> str:
    return render_template(
        "agreements/edit.html",
        agreement=agreement,
        form=form,
        moves=rules.LIFECYCLE.open_to(me(), agreement),
        whole=rules.is_whole(agreement),
    )
