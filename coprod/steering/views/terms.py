"""Pages about a steering group's terms of reference."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.people.models import Side
from coprod.steering import queries, rules, services
from coprod.steering.forms import TermsForm
from coprod.steering.views.blueprint import bp
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import on_side, seated


@bp.get("/workstreams/<uuid:key>/terms")
def terms(key: UUID) -> str:
    """Show what the group is for, how it works, and who sits there."""
    steering = queries.table_seen_by(me(), key)
    versions = queries.terms_of(steering)
    members = seated(steering)
    shown: dict[str, Any] = {
        "steering": steering,
        "versions": versions,
        "members": sorted(members, key=lambda held: (held.person.alias.lower(), str(held.id))),
        "lived": len(on_side(members, Side.LIVED)),
        "may_set": rules.may_set_terms(me(), steering),
    }
    return render_template("steering/terms.html", **shown)


@bp.get("/workstreams/<uuid:key>/terms/new")
def new_terms(key: UUID) -> str:
    """Ask what is changed, beginning with what holds now."""
    steering = queries.table_seen_by(me(), key)
    require(rules.may_set_terms(me(), steering))
    now = next(iter(queries.terms_of(steering)), None)
    return _terms_form(steering, TermsForm(formdata=None, obj=now))


@bp.post("/workstreams/<uuid:key>/terms/new")
def set_terms(key: UUID) -> Response | tuple[str, int]:
    """Keep a new version."""
    steering = queries.table_seen_by(me(), key)
    require(rules.may_set_terms(me(), steering))
    form = TermsForm()
    if not form.validate():
        return _terms_form(steering, form), 422
    services.set_terms(steering, by=me(), **form.said())
    flash("The new terms are kept. The earlier ones stay here to read.")
    return redirect(url_for(".terms", key=key), 303)


def _terms_form(steering: Workstream, form: TermsForm) -> str:
    return render_template("steering/new_terms.html", steering=steering, form=form)
