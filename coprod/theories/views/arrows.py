"""Pages about the arrows of a theory."""

from typing import Any
from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, no, require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.theories import forms, queries, rules, services
from coprod.theories.models import Standing, Theory, TheoryArrow
from coprod.theories.views.blueprint import Page, bp, drawn, home


@bp.get("/theories/<uuid:key>/arrows/new")
def new_arrow(key: UUID) -> str:
    """Ask for an arrow."""
    theory = drawn(key)
    return _arrow(theory, arrow_form(theory, formdata=None, data={"standing": Standing.NOT_TESTED.value}))


@bp.post("/theories/<uuid:key>/arrows/new")
def add_arrow(key: UUID) -> Page:
    """Draw it."""
    theory = drawn(key)
    form = arrow_form(theory)
    return home(theory) if is_drawn(theory, form) else (_arrow(theory, form), 422)


def is_drawn(theory: Theory, form: forms.ArrowForm) -> bool:
    """Draw what was typed; where somebody was faster, the form says why it cannot be and keeps the words (R4)."""
    if not form.validate() or not form.fits(_joins(theory, form)):
        return False
    try:
        arrow = services.add_arrow(theory, form.claim, form.linked, by=me())
    except Refused as refused:
        return form.fits(no(str(refused)))
    flash(f"Arrow {arrow.number} is drawn.")
    return True


@bp.get("/theory-arrows/<uuid:key>")
def edit_arrow(key: UUID) -> str:
    """Ask for better words, other ends or other links."""
    arrow = _drawn_arrow(key)
    return _arrow(arrow.theory, arrow_form(arrow.theory, formdata=None, data=forms.arrow_given(arrow)), arrow)


@bp.post("/theory-arrows/<uuid:key>")
def change_arrow(key: UUID) -> Page:
    """Change it, or show both where somebody else was faster (R4)."""
    arrow = _drawn_arrow(key)
    theory, form = arrow.theory, arrow_form(arrow.theory)
    if not form.validate() or not form.fits(_joins(theory, form, arrow)):
        return _arrow(theory, form, arrow), 422
    try:
        services.change_arrow(arrow, form.claim, form.linked, read=form.read.data or "", by=me())
    except Overtaken:
        form.read.data = rules.mark_of(arrow)
        return _arrow(theory, form, arrow, overtaken=True), 422
    except Refused as refused:
        form.fits(no(str(refused)))
        return _arrow(theory, form, arrow), 422
    flash(f"Arrow {arrow.number} is changed.")
    return home(theory)


@bp.post("/theory-arrows/<uuid:key>/remove")
def remove_arrow(key: UUID) -> Response:
    """Take it out."""
    arrow = _drawn_arrow(key)
    theory = arrow.theory
    services.remove_arrow(arrow, by=me())
    flash("The arrow is taken out.")
    return home(theory)


def _drawn_arrow(key: UUID) -> TheoryArrow:
    arrow = queries.arrow_seen_by(me(), key)
    require(rules.may_draw(me(), arrow.theory))
    return arrow


def arrow_form(theory: Theory, **given: Any) -> forms.ArrowForm:
    """Make the form of an arrow: between which parts, and with links to what the reader may see."""
    return forms.ArrowForm(queries.links_for(me(), theory), theory.parts, **given)


def _joins(theory: Theory, form: forms.ArrowForm, but: TheoryArrow | None = None) -> Any:
    return rules.can_join(theory, form.claim.start, form.claim.end, but)


def _arrow(theory: Theory, form: forms.ArrowForm, arrow: TheoryArrow | None = None, *, overtaken: bool = False) -> str:
    return render_template(
        "theories/arrow.html", theory=theory, form=form, arrow=arrow, overtaken=overtaken, standings=forms.STANDINGS
    )
