"""Pages about outcomes and their indicators."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.drawings.line_chart import draw_line_chart, draw_sparkline
from coprod.outcomes import queries, rules, services
from coprod.outcomes.forms import CorrectionForm, IndicatorForm, ReadingForm
from coprod.outcomes.models import Direction, Indicator, MeasureKind, Reading, Unit
from coprod.recommendations.models import Recommendation

bp = Blueprint("outcomes", __name__, url_prefix="/indicators")


@bp.get("/of/<uuid:recommendation_key>")
def index(recommendation_key: UUID) -> str:
    """List what is measured about one recommendation."""
    recommendation = queries.recommendation_seen_by(me(), recommendation_key)
    indicators = queries.indicators_of(recommendation)
    return render_template(
        "outcomes/index.html",
        recommendation=recommendation,
        cards=[(one, draw_sparkline(rules.chart_of(one)), rules.verdict_words(one)) for one in indicators],
        may_add=_may_measure(recommendation),
    )


@bp.get("/of/<uuid:recommendation_key>/new")
def new(recommendation_key: UUID) -> str:
    """Ask what is to be measured."""
    recommendation = queries.recommendation_seen_by(me(), recommendation_key)
    require(_may_measure(recommendation))
    return render_template("outcomes/new.html", recommendation=recommendation, form=IndicatorForm())


@bp.post("/of/<uuid:recommendation_key>/new")
def add(recommendation_key: UUID) -> Response | tuple[str, int]:
    """Begin to measure it."""
    recommendation = queries.recommendation_seen_by(me(), recommendation_key)
    form = IndicatorForm([one.name for one in queries.indicators_of(recommendation)])
    if not form.validate():
        return render_template("outcomes/new.html", recommendation=recommendation, form=form), 422
    indicator = services.add_indicator(recommendation, by=me(), **_typed(form))
    flash("It is measured from now on. Add its first reading.")
    return redirect(url_for(".show", key=indicator.id), 303)


def _may_measure(recommendation: Recommendation) -> Answer:
    return rules.may_measure(me(), recommendation, queries.keepers_of(recommendation))


def _typed(form: IndicatorForm) -> dict[str, Any]:
    plain = {name: form[name].data for name in ("name", "who_is_counted", "source", "baseline", "target")}
    kind, unit, better = MeasureKind(form.kind.data), Unit(form.unit.data), Direction(form.better.data)
    return plain | {"kind": kind, "unit": unit, "better": better}


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show one indicator: words, chart, table, and how to add a reading."""
    indicator = queries.one_seen_by(me(), key)
    return _shown(indicator, ReadingForm(indicator, today(), formdata=None))


@bp.post("/<uuid:key>/readings")
def add_reading(key: UUID) -> Response | tuple[str, int]:
    """Write a reading down."""
    indicator = queries.one_seen_by(me(), key)
    require(rules.may_keep(me(), indicator))
    form = ReadingForm(indicator, today())
    if not form.validate():
        return _shown(indicator, form), 422
    month: date = form.month.data  # type: ignore[assignment]
    services.add_reading(indicator, month, **_numbers(form), by=me(), note=form.note.data or "")
    flash(f"The reading of {rules.month_words(month)} is in.")
    return redirect(url_for(".show", key=key), 303)


def _numbers(form: ReadingForm | CorrectionForm) -> dict[str, Any]:
    return {"value": form.value.data, "denominator": form.denominator.data}


def _shown(indicator: Indicator, form: ReadingForm) -> str:
    return render_template(
        "outcomes/show.html",
        indicator=indicator,
        words=rules.verdict_words(indicator),
        chart=draw_line_chart(rules.chart_of(indicator)) if indicator.readings else None,
        baseline=rules.baseline_words(indicator) or None,
        target=rules.target_words(indicator) or None,
        readings=[(one, rules.month_words(one.month), rules.said(indicator.unit, one)) for one in indicator.readings],
        notes=[(rules.month_words(one.month), one.note) for one in indicator.readings if one.note],
        corrections=_corrections(indicator),
        may_keep=rules.may_keep(me(), indicator),
        form=form,
    )


def _corrections(indicator: Indicator) -> list[tuple[str, str, str, date]]:
    return [
        (rules.month_words(reading.month), rules.said(indicator.unit, kept), kept.why, kept.on)
        for reading in indicator.readings
        for kept in reading.corrections
    ]


@bp.get("/readings/<uuid:reading_key>/correction")
def correction(reading_key: UUID) -> str:
    """Ask what a reading should have been."""
    reading = queries.reading_seen_by(me(), reading_key)
    require(rules.may_keep(me(), reading.indicator))
    return _asked(reading, CorrectionForm(reading.indicator))


@bp.post("/readings/<uuid:reading_key>/correction")
def correct(reading_key: UUID) -> Response | tuple[str, int]:
    """Put a reading right."""
    reading = queries.reading_seen_by(me(), reading_key)
    require(rules.may_keep(me(), reading.indicator))
    form = CorrectionForm(reading.indicator)
    if not form.validate():
        return _asked(reading, form), 422
    services.correct(reading, **_numbers(form), why=form.why.data or "", by=me())
    flash(f"The reading of {rules.month_words(reading.month)} is put right. What it was is kept below.")
    return redirect(url_for(".show", key=reading.indicator_id), 303)


def _asked(reading: Reading, form: CorrectionForm) -> str:
    return render_template(
        "outcomes/correction.html",
        indicator=reading.indicator,
        month=rules.month_words(reading.month),
        now=rules.said(reading.indicator.unit, reading),
        form=form,
    )
