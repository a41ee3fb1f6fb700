"""Pages about theories of change."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, no, require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.drawings.theory_map import draw_theory
from coprod.theories import forms, queries, rules, services
from coprod.theories.models import Standing, Theory, TheoryArrow, TheoryPart, TheoryState

bp = Blueprint("theories", __name__)
Page = Response | str | tuple[str, int]
WAYS = {
    "parts found": ".find_parts",
    "back to the parts": ".go_back",
    "given to read": ".give_to_read",
    "taken back": ".take_back",
    "agreed": ".agree",
}
"""Where each move of the lifecycle is made; a version is superseded by the next one alone."""


# --- Its versions.


@bp.get("/programmes/<uuid:key>/theories")
def index(key: UUID) -> str:
    """Show the versions there are, and to those who write how to begin one."""
    programme = queries.programme_seen_by(me(), key)
    versions = queries.versions_of(programme)
    return render_template(
        "theories/index.html",
        programme=programme,
        versions=list(reversed(versions)),
        may_start=rules.may_start(me(), queries.tables_of(programme), versions),
    )


@bp.post("/programmes/<uuid:key>/theories")
def start(key: UUID) -> Response:
    """Start the first version, or the next."""
    theory = services.start(queries.programme_seen_by(me(), key), by=me())
    flash("A new version is ready to be written. What was agreed stays as it is.")
    return redirect(url_for(".room", key=theory.id), 303)


@bp.get("/theories/<uuid:key>")
def show(key: UUID) -> str:
    """Show one version: the picture, the list, what each arrow takes for granted, and who agreed."""
    theory = queries.one_seen_by(me(), key)
    told = queries.told_to(me(), theory)
    return render_template(
        "theories/show.html",
        theory=theory,
        told=told,
        drawn=draw_theory(rules.picture_of(told)),
        standings=forms.STANDINGS,
        tally=[(forms.STANDINGS[standing], many) for standing, many in rules.how_sure(theory)],
        loose=rules.loose(theory),
        writes=rules.may_write(me(), theory),
        draws=rules.may_draw(me(), theory),
        moves=[(move.label, WAYS[move.name]) for move in rules.LIFECYCLE.open_to(me(), theory) if move.name in WAYS],
        whole=rules.is_whole(theory),
        runs=rules.may_run(me(), theory.tables),
        answers=rules.may_say_yes(me(), theory),
        read=rules.mark_of_all(theory),
        yeses=queries.yeses_of(me(), theory),
    )


@bp.get("/theories/<uuid:key>/drivers")
def drivers(key: UUID) -> str:
    """Show the same parts as a driver diagram."""
    theory = queries.one_seen_by(me(), key)
    told = queries.told_to(me(), theory)
    drawn = draw_theory(rules.drivers_of(told))
    return render_template(
        "theories/drivers.html", theory=theory, told=told, drawn=drawn, drivers=rules.driver_list(told)
    )


@bp.get("/theories/<uuid:key>/poster")
def poster(key: UUID) -> str:
    """Show it as it is printed, on A3."""
    theory = queries.one_seen_by(me(), key)
    told = queries.told_to(me(), theory)
    drawn = draw_theory(rules.picture_of(told))
    tall = drawn is not None and drawn.height > drawn.width
    return render_template(
        "theories/poster.html", theory=theory, told=told, drawn=drawn, tall=tall, standings=forms.STANDINGS
    )


@bp.app_template_global("named_in_theories")
def named_in_theories(key: UUID) -> list[queries.Named]:
    """Answer where a recommendation, a pilot or a measure is named, for its own page, which knows nothing of it."""
    return queries.naming(me(), key)


# --- Its life.


def _moved(key: UUID, move: Callable[..., None], words: str) -> Response:
    theory = queries.one_seen_by(me(), key)
    move(theory, by=me())
    flash(words)
    return _home(theory)


@bp.post("/theories/<uuid:key>/parts-found")
def find_parts(key: UUID) -> Response:
    """Go on to the arrows."""
    return _moved(key, services.find_parts, "The parts are there. Now the arrows.")


@bp.post("/theories/<uuid:key>/back-to-parts")
def go_back(key: UUID) -> Response:
    """Go back to the parts."""
    return _moved(key, services.go_back, "Back to the parts. The arrows stay.")


@bp.post("/theories/<uuid:key>/given-to-read")
def give_to_read(key: UUID) -> Response:
    """Ask everybody to agree."""
    return _moved(key, services.give_to_read, "Everybody at the tables can read it now, and agree.")


@bp.post("/theories/<uuid:key>/taken-back")
def take_back(key: UUID) -> Response:
    """Change it again."""
    return _moved(key, services.take_back, "You can change it again. Whoever agreed is asked again.")


@bp.post("/theories/<uuid:key>/agreed")
def agree(key: UUID) -> Response:
    """Note that it is agreed."""
    return _moved(key, services.agree, "It is agreed. It stays as it is from now on.")


@bp.get("/theories/<uuid:key>/changed")
def changed(key: UUID) -> str:
    """Ask what this version changes."""
    theory = _written(key)
    form = forms.ChangedForm(formdata=None, data={"words": theory.changed})
    return render_template("theories/changed.html", theory=theory, form=form)


@bp.post("/theories/<uuid:key>/changed")
def say_changed(key: UUID) -> Page:
    """Keep what it changes."""
    theory, form = _written(key), forms.ChangedForm()
    if not form.validate():
        return render_template("theories/changed.html", theory=theory, form=form), 422
    services.say_what_changed(theory, form.words.data or "", by=me())
    flash("It is kept.")
    return _home(theory)


# --- Who agrees.


@bp.post("/theories/<uuid:key>/yes")
def say_yes(key: UUID) -> Response:
    """Agree; the people in one's groups may see one's name."""
    return _said_yes(key, named=True)


@bp.post("/theories/<uuid:key>/yes-without-a-name")
def say_yes_unnamed(key: UUID) -> Response:
    """Agree, and let one's name stand nowhere."""
    return _said_yes(key, named=False)


def _said_yes(key: UUID, *, named: bool) -> Response:
    theory = queries.one_seen_by(me(), key)
    try:
        services.say_yes(theory, named=named, by=me(), read=request.form.get("read", ""))
        flash("Thank you. You agree to this version.")
    except Overtaken:
        flash("Its words have changed. Please read them again.")
    return _home(theory)


@bp.post("/theories/<uuid:key>/yes-taken-back")
def take_back_yes(key: UUID) -> Response:
    """Take one's yes back."""
    theory = queries.one_seen_by(me(), key)
    services.take_back_yes(theory, by=me())
    flash("Your yes is gone. That is fine.")
    return _home(theory)


# --- In the room.


@bp.get("/theories/<uuid:key>/room")
def room(key: UUID) -> str:
    """Show a big plain page to write from what the room says: the parts first, and the arrows the second time."""
    theory = _written(key)
    if theory.state == TheoryState.FIRST:
        return _first(theory, forms.RoomForm(formdata=None))
    return _second(theory, _arrow_form(theory, formdata=None, data={"standing": Standing.NOT_TESTED.value}))


@bp.post("/theories/<uuid:key>/room/parts")
def write_parts(key: UUID) -> Page:
    """Add the parts the room said."""
    theory, form = _written(key), forms.RoomForm()
    many = sum(len(lines) for lines in form.said.values())
    if not form.validate() or not form.fits(rules.has_room(theory, many)):
        return _first(theory, form), 422
    added = services.add_parts(theory, form.said, by=me())
    flash(f"{added} more on the page." if added else "Nothing new was written.")
    return _room(theory)


@bp.post("/theories/<uuid:key>/room/arrows")
def write_arrow(key: UUID) -> Page:
    """Draw the arrow the room said."""
    theory = _written(key)
    require(rules.may_draw(me(), theory))
    form = _arrow_form(theory)
    return _room(theory) if _is_drawn(theory, form) else (_second(theory, form), 422)


def _first(theory: Theory, form: forms.RoomForm) -> str:
    columns = [([one for one in theory.parts if one.kind == kind], form[kind.value]) for kind in rules.KINDS]
    may_go_on = rules.LIFECYCLE.may(me(), "parts found", theory)
    page = "theories/first_workshop.html"
    return render_template(page, theory=theory, columns=columns, form=form, may_go_on=may_go_on)


def _second(theory: Theory, form: forms.ArrowForm) -> str:
    return render_template("theories/second_workshop.html", theory=theory, form=form, loose=rules.loose(theory))


def _room(theory: Theory) -> Response:
    return redirect(url_for(".room", key=theory.id), 303)


# --- Its parts.


@bp.get("/theories/<uuid:key>/parts/new")
def new_part(key: UUID) -> str:
    """Ask for a part."""
    theory = _written(key)
    return _part(theory, forms.PartForm(queries.links_for(me(), theory), formdata=None))


@bp.post("/theories/<uuid:key>/parts/new")
def add_part(key: UUID) -> Page:
    """Add it."""
    theory = _written(key)
    form = forms.PartForm(queries.links_for(me(), theory))
    if not form.validate() or not form.fits(rules.has_room(theory, 1)):
        return _part(theory, form), 422
    services.add_part(theory, form.chosen_kind, form.said, form.linked, by=me())
    flash("It is on the page.")
    return _home(theory)


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
    return _home(theory)


@bp.post("/theory-parts/<uuid:key>/remove")
def remove_part(key: UUID) -> Response:
    """Take it out, with its arrows."""
    part = _written_part(key)
    theory = part.theory
    services.remove_part(part, by=me())
    flash("It is taken out, and its arrows with it.")
    return _home(theory)


def _part(theory: Theory, form: forms.PartForm, part: TheoryPart | None = None, *, overtaken: bool = False) -> str:
    heading = rules.HEADINGS[part.kind] if part else ""
    return render_template(
        "theories/part.html", theory=theory, form=form, part=part, heading=heading, overtaken=overtaken
    )


# --- Its arrows.


@bp.get("/theories/<uuid:key>/arrows/new")
def new_arrow(key: UUID) -> str:
    """Ask for an arrow."""
    theory = _drawn(key)
    return _arrow(theory, _arrow_form(theory, formdata=None, data={"standing": Standing.NOT_TESTED.value}))


@bp.post("/theories/<uuid:key>/arrows/new")
def add_arrow(key: UUID) -> Page:
    """Draw it."""
    theory = _drawn(key)
    form = _arrow_form(theory)
    return _home(theory) if _is_drawn(theory, form) else (_arrow(theory, form), 422)


def _is_drawn(theory: Theory, form: forms.ArrowForm) -> bool:
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
    return _arrow(arrow.theory, _arrow_form(arrow.theory, formdata=None, data=forms.arrow_given(arrow)), arrow)


@bp.post("/theory-arrows/<uuid:key>")
def change_arrow(key: UUID) -> Page:
    """Change it, or show both where somebody else was faster (R4)."""
    arrow = _drawn_arrow(key)
    theory, form = arrow.theory, _arrow_form(arrow.theory)
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
    return _home(theory)


@bp.post("/theory-arrows/<uuid:key>/remove")
def remove_arrow(key: UUID) -> Response:
    """Take it out."""
    arrow = _drawn_arrow(key)
    theory = arrow.theory
    services.remove_arrow(arrow, by=me())
    flash("The arrow is taken out.")
    return _home(theory)


def _arrow_form(theory: Theory, **given: Any) -> forms.ArrowForm:
    return forms.ArrowForm(queries.links_for(me(), theory), theory.parts, **given)


def _joins(theory: Theory, form: forms.ArrowForm, but: TheoryArrow | None = None) -> Any:
    return rules.can_join(theory, form.claim.start, form.claim.end, but)


def _arrow(theory: Theory, form: forms.ArrowForm, arrow: TheoryArrow | None = None, *, overtaken: bool = False) -> str:
    return render_template(
        "theories/arrow.html", theory=theory, form=form, arrow=arrow, overtaken=overtaken, standings=forms.STANDINGS
    )


# --- What all of them need.


def _written(key: UUID) -> Theory:
    theory = queries.one_seen_by(me(), key)
    require(rules.may_write(me(), theory))
    return theory


def _drawn(key: UUID) -> Theory:
    theory = queries.one_seen_by(me(), key)
    require(rules.may_draw(me(), theory))
    return theory


def _written_part(key: UUID) -> TheoryPart:
    part = queries.part_seen_by(me(), key)
    require(rules.may_write(me(), part.theory))
    return part


def _drawn_arrow(key: UUID) -> TheoryArrow:
    arrow = queries.arrow_seen_by(me(), key)
    require(rules.may_draw(me(), arrow.theory))
    return arrow


def _home(theory: Theory) -> Response:
    return redirect(url_for(".show", key=theory.id), 303)
