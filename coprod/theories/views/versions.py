"""Pages that show the versions of a theory: the list of them, the picture, the driver diagram and the poster."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.drawings.theory_map import draw_theory
from coprod.theories import forms, queries, rules, services
from coprod.theories.views.blueprint import bp

WAYS = {
    "parts found": ".find_parts",
    "back to the parts": ".go_back",
    "given to read": ".give_to_read",
    "taken back": ".take_back",
    "agreed": ".agree",
}
"""Where each move of the lifecycle is made; a version is superseded by the next one alone."""


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
