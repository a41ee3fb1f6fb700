"""Sorting all that was said into themes, on one screen (R4)."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from coprod.core.answers import require
from coprod.core.web import me
from coprod.statements import forms, queries, rules, services
from coprod.statements.models import Statement, StatementState, Theme
from coprod.statements.views.blueprint import Page, bp
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by

LETTERS, GONE = 8, 0


@bp.get("/workstreams/<uuid:key>/themes")
def themes(key: UUID) -> str:
    """Show every statement with the themes to choose from, and what somebody else was faster with."""
    stream = one_seen_by(me(), key)
    said, named = queries.said_in(stream), queries.themes_of(stream)
    return _sheet(stream, said, named, forms.sort_form(said, named))


@bp.post("/workstreams/<uuid:key>/themes")
def sort(key: UUID) -> Page:
    """Keep where each one goes."""
    stream = one_seen_by(me(), key)
    require(rules.may_sort(me(), stream))
    said, named = queries.said_in(stream), queries.themes_of(stream)
    form = forms.sort_form(said, named)
    if not form.validate_on_submit():
        return _sheet(stream, said, named, form), 422
    new = services.name_theme(stream, form.theme.data, by=me()) if form.theme.data else None
    late = services.sort(stream, form.wishes(new.id if new else None), by=me())
    _say_kept(len(late))
    return redirect(url_for(".themes", key=key, told=_late(stream, late)), 303)


def _late(stream: Workstream, wishes: Sequence[rules.Wish]) -> list[str]:
    """Say in few letters which statements somebody else was faster with, and under which theme she wanted each."""
    numbers = {theme.id: theme.number for theme in queries.themes_of(stream)}
    return [f"{wish.statement.hex[:LETTERS]}.{numbers.get(wish.to, GONE) if wish.to else ''}" for wish in wishes]


def _say_kept(late: int) -> None:
    flash("Kept." if not late else "Kept, but for what somebody else moved at the same time. Look below.")


def _sheet(stream: Workstream, said: Sequence[Statement], named: Sequence[Theme], form: forms.SortForm) -> str:
    heard = [statement for statement in said if statement.state == StatementState.HEARD]
    aside = [statement for statement in said if statement.state == StatementState.SET_ASIDE]
    asked = queries.asked_among(aside)
    return render_template(
        "statements/themes.html",
        stream=stream,
        group_name=stream.neutral_name,
        form=form,
        themes=named,
        parts=rules.by_theme(heard, named),
        told=_told(heard, named),
        set_aside=[(one, rules.may_take_out(me(), one, asked=one.id in asked)) for one in aside],
        may_sort=rules.may_sort(me(), stream),
    )


def _told(heard: Sequence[Statement], named: Sequence[Theme]) -> dict[str, str]:
    """Answer where she wanted the statements that somebody else moved meanwhile, by their keys."""
    names = {str(theme.number): f"“{theme.name}”" for theme in named} | {"": "“Not sorted yet”"}
    wanted = dict(told.partition(".")[::2] for told in request.args.getlist("told"))
    late = {one.id.hex: wanted[one.id.hex[:LETTERS]] for one in heard if one.id.hex[:LETTERS] in wanted}
    return {key: names.get(theme, "a theme that is gone") for key, theme in late.items()}
