"""Pages about the parts of a theory."""

from uuid import UUID

from flask import flash, render_template
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, no, require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.theories import forms, queries, rules, services
from coprod.theories.models import Theory, TheoryPart
from coprod.theories.views.blueprint import Page, bp, home, written


@bp.get("/theories/<uuid:key>/parts/new")
def new_part(key: UUID) -> str:
    """Ask for a part."""
    theory = written(key)
    return _part(theory, forms.PartForm(queries.links_for(me(), theory), formdata=None))


@bp.post("/theories/<uuid:key>/parts/new")
def add_part(key: UUID) -> Page:
    """Add it."""
    theory = written(key)
    form = forms.PartForm(queries.links_for(me(), theory))
    if not form.validate() or not form.fits(rules.has_room(theory, 1)):
        return _part(theory, form), 422
    services.add_part(theory, form.chosen_kind, form.said, form.linked, by=me())
    flash("It is on the page.")
    return home(theory)


@bp.get("/theory-parts/<uuid:key>")
def edit_part(key: UUID) -> str:
    """Ask for better words, or other links."""
    part = _written_part(key)
    links = queries.links_for(me(), part.theory)
    return _part(part.theory, forms.PartForm(links, formdata=None, data=forms.part_given(part)), part)


@bp.post("/theory-parts/<uuid:key>")
def change_part(key: UUID) -> Page:
    """Change it, or show both where somebody else was faster (R4)."""
    part = _written_part(key)
    theory, form = part.theory, forms.PartForm(queries.links_for(me(), part.theory))
    if not form.validate() or not form.fits(rules.can_be(part, form.chosen_kind, theory.arrows)):
        return _part(theory, form, part), 422
    try:
        services.change_part(part, form.chosen_kind, form.said, form.linked, read=form.read.data or "", by=me())
    except Overtaken:
        form.read.data = rules.mark_of(part)
        return _part(theory, form, part, overtaken=True), 422
    except Refused as refused:
        form.fits(no(str(refused)))
        return _part(theory, form, part), 422
    flash("It is changed.")
    return home(theory)


@bp.post("/theory-parts/<uuid:key>/remove")
def remove_part(key: UUID) -> Response:
    """Take it out, with its arrows."""
    part = _written_part(key)
    theory = part.theory
    services.remove_part(part, by=me())
    flash("It is taken out, and its arrows with it.")
    return home(theory)


def _written_part(key: UUID) -> TheoryPart:
    part = queries.part_seen_by(me(), key)
    require(rules.may_write(me(), part.theory))
    return part


def _part(theory: Theory, form: forms.PartForm, part: TheoryPart | None = None, *, overtaken: bool = False) -> str:
    heading = rules.HEADINGS[part.kind] if part else ""
    return render_template(
        "theories/part.html", theory=theory, form=form, part=part, heading=heading, overtaken=overtaken
    )
