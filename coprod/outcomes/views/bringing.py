"""Pages that bring readings from a spreadsheet: paste or choose, look at what would come in, and propose it."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import lock
from coprod.core.spreadsheets.reading import MOST_BYTES
from coprod.core.web import me
from coprod.outcomes import queries, rules, services
from coprod.outcomes.forms import BringForm
from coprod.outcomes.models import Indicator
from coprod.outcomes.rules import bringing, telling
from coprod.outcomes.views.blueprint import bp

ROOM = 3 * MOST_BYTES
"""More than is ever read, so that whoever brings too much is told so beside the field."""


@bp.url_value_preprocessor
def _room_for_a_file(endpoint: str | None, _: dict[str, Any] | None) -> None:
    """Before anything reads the form: let a spreadsheet through, to this one page."""
    if endpoint == "outcomes.preview":
        request.max_content_length = ROOM


def _kept(key: UUID) -> Indicator:
    indicator = queries.one_seen_by(me(), key)
    require(rules.may_keep(me(), indicator))
    return indicator


@bp.get("/<uuid:key>/brought")
def bring(key: UUID) -> str:
    """Ask for the rows."""
    return _asked(_kept(key), BringForm(formdata=None))


@bp.post("/<uuid:key>/brought")
def preview(key: UUID) -> str | tuple[str, int]:
    """Show what would come in, and each row that cannot by its cell and why, to be mended there; nothing is written."""
    indicator, form = _kept(key), BringForm()
    if not form.validate():
        return _asked(indicator, form), 422
    return _looked_through(indicator, form)


def _looked_through(indicator: Indicator, form: BringForm, *, met: bool = False) -> str:
    sifted = bringing.sift(indicator, form.sheet, today())
    form.rows.data = bringing.as_typed(form.sheet)
    return render_template(
        "outcomes/preview.html",
        indicator=indicator,
        sifted=sifted,
        good=[
            (one.number, telling.when(indicator, one), telling.proposed_words(indicator, one)) for one in sifted.good
        ],
        rows=bringing.as_rows(indicator, sifted.good),
        form=form,
        met=met,
    )


@bp.post("/<uuid:key>/brought/proposed")
def bring_in(key: UUID) -> Response | tuple[str, int]:
    """Propose the rows that can come in, for a second person to approve; all of them, or none is."""
    indicator, form = _kept(key), BringForm()
    if not form.validate():
        return _asked(indicator, form), 422
    lock(indicator)
    sifted = bringing.sift(indicator, form.sheet, today())
    if sifted.refused:
        return _looked_through(indicator, form, met=True), 422
    count = services.bring_in(indicator, sifted.good, by=me())
    flash(f"Readings that wait for a second person now: {count}.")
    return redirect(url_for(".show", key=key), 303)


def _asked(indicator: Indicator, form: BringForm) -> str:
    return render_template("outcomes/bring.html", indicator=indicator, form=form, columns=telling.columns_of(indicator))
