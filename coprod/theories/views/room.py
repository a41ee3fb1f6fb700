"""The big plain page to write from what the room says in a workshop."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.theories import forms, rules, services
from coprod.theories.models import Standing, Theory, TheoryState
from coprod.theories.views.arrows import arrow_form, is_drawn
from coprod.theories.views.blueprint import Page, bp, written


@bp.get("/theories/<uuid:key>/room")
def room(key: UUID) -> str:
    """Show a big plain page to write from what the room says: the parts first, and the arrows the second time."""
    theory = written(key)
    if theory.state == TheoryState.FIRST:
        return _first(theory, forms.RoomForm(formdata=None))
    return _second(theory, arrow_form(theory, formdata=None, data={"standing": Standing.NOT_TESTED.value}))


@bp.post("/theories/<uuid:key>/room/parts")
def write_parts(key: UUID) -> Page:
    """Add the parts the room said."""
    theory, form = written(key), forms.RoomForm()
    many = sum(len(lines) for lines in form.said.values())
    if not form.validate() or not form.fits(rules.has_room(theory, many)):
        return _first(theory, form), 422
    added = services.add_parts(theory, form.said, by=me())
    flash(f"{added} more on the page." if added else "Nothing new was written.")
    return _room(theory)


@bp.post("/theories/<uuid:key>/room/arrows")
def write_arrow(key: UUID) -> Page:
    """Draw the arrow the room said."""
    theory = written(key)
    require(rules.may_draw(me(), theory))
    form = arrow_form(theory)
    return _room(theory) if is_drawn(theory, form) else (_second(theory, form), 422)


def _first(theory: Theory, form: forms.RoomForm) -> str:
    columns = [([one for one in theory.parts if one.kind == kind], form[kind.value]) for kind in rules.KINDS]
    may_go_on = rules.LIFECYCLE.may(me(), "parts found", theory)
    page = "theories/first_workshop.html"
    return render_template(page, theory=theory, columns=columns, form=form, may_go_on=may_go_on)


def _second(theory: Theory, form: forms.ArrowForm) -> str:
    return render_template("theories/second_workshop.html", theory=theory, form=form, loose=rules.loose(theory))


def _room(theory: Theory) -> Response:
    return redirect(url_for(".room", key=theory.id), 303)
