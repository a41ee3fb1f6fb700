"""Pages that show what is measured, begin to measure it, and give it out as lines for a spreadsheet."""

from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import Response as File
from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Answer, require
from coprod.core.clock import today
from coprod.core.spreadsheets import as_file
from coprod.core.web import me
from coprod.drawings.line_chart import draw_line_chart, draw_small_multiples, draw_sparkline
from coprod.outcomes import queries, rules, services
from coprod.outcomes.forms import OFTEN, WAYS, EventForm, IndicatorForm, PhaseForm, ReadingForm, reading_form
from coprod.outcomes.models import HowOften, Indicator
from coprod.outcomes.rules import defining, proposing, telling
from coprod.outcomes.views.blueprint import bp
from coprod.recommendations.models import Recommendation


@bp.get("/of/<uuid:recommendation_key>")
def index(recommendation_key: UUID) -> str:
    """List what is measured about one recommendation."""
    recommendation = queries.recommendation_seen_by(me(), recommendation_key)
    indicators = queries.indicators_of(recommendation)
    return render_template(
        "outcomes/index.html",
        recommendation=recommendation,
        cards=[(one, _small(one), telling.words_of(one)) for one in indicators],
        may_add=_may_measure(recommendation),
    )


@bp.get("/in/<uuid:programme_key>")
def programme(programme_key: UUID) -> str:
    """Show all that is measured in a programme and may be seen, small and side by side."""
    found = queries.programme_seen_by(me(), programme_key)
    indicators = queries.indicators_across(me(), found)
    charts = draw_small_multiples(*telling.side_by_side(indicators))
    pairs = groupby(zip(indicators, charts, strict=True), key=lambda pair: pair[0].recommendation)
    return render_template(
        "outcomes/programme.html",
        programme=found,
        words=telling.across_words([chart.word for chart in charts]),
        parts=[(about, *zip(*((_address(one), chart) for one, chart in of_it), strict=True)) for about, of_it in pairs],
    )


def _address(indicator: Indicator) -> str:
    return url_for(".show", key=indicator.id)


def _small(indicator: Indicator) -> Any:
    """Draw a small chart; two points are no line."""
    return draw_sparkline(rules.chart_of(indicator)) if telling.is_a_line(indicator) else None


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
    indicator = services.add_indicator(recommendation, by=me(), **form.given)
    flash("It is measured from now on. Add its first reading.")
    return redirect(url_for(".show", key=indicator.id), 303)


def _may_measure(recommendation: Recommendation) -> Answer:
    return rules.may_measure(me(), recommendation, queries.keepers_of(recommendation))


@bp.get("/<uuid:key>")
def show(key: UUID) -> str:
    """Show one indicator: words, chart, table, and for its keepers what waits and how to add to it."""
    return shown(queries.one_seen_by(me(), key))


def shown(
    indicator: Indicator,
    form: ReadingForm | None = None,
    phase_form: PhaseForm | None = None,
    event_form: EventForm | None = None,
) -> str:
    """Show one indicator with its forms, of which one may have been filled in wrong."""
    may_keep, keyed = rules.may_keep(me(), indicator), {"formdata": None}
    return render_template(
        "outcomes/show.html",
        indicator=indicator,
        words=telling.words_of(indicator),
        chart=_chart(indicator),
        sheet=telling.sheet_of(indicator, OFTEN, WAYS),
        groups=telling.groups_of(indicator),
        readings=telling.readings_of(indicator),
        notes=[(telling.when(indicator, one), one.note) for one in indicator.readings if one.note],
        corrections=_corrections(indicator),
        former=defining.former_words(indicator),
        takes_readings=indicator.how_often != HowOften.TOLD,
        proposals=_proposals(indicator) if may_keep else [],
        may_keep=may_keep,
        form=form or reading_form(indicator, today(), **keyed),
        phase_form=phase_form or PhaseForm(indicator, **keyed),
        event_form=event_form or EventForm(**keyed),
        wrong=form or phase_form or event_form,
    )


def _chart(indicator: Indicator) -> Any:
    if not (indicator.readings and telling.is_a_line(indicator)):
        return None
    return draw_line_chart(rules.chart_of(indicator))


def _proposals(indicator: Indicator) -> list[tuple[Any, str, str, Answer]]:
    """List what waits, with when and what in words, and whether the reader may approve it."""
    return [
        (
            one,
            telling.when(indicator, one),
            telling.waiting_words(indicator, one),
            proposing.LIFECYCLE.may(me(), "approved", one),
        )
        for one in proposing.waiting(indicator)
    ]


def _corrections(indicator: Indicator) -> list[tuple[str, str, str, date]]:
    return [
        (telling.when(indicator, reading), rules.said(indicator.unit, kept), kept.why, kept.on)
        for reading in indicator.readings
        for kept in reading.corrections
    ]


@bp.get("/<uuid:key>/readings.csv")
def export(key: UUID) -> File:
    """Hand out what the page shows, and no more, as lines for a spreadsheet (O7)."""
    indicator = queries.one_seen_by(me(), key)
    head, rows = telling.table_of(indicator)
    answer = File(as_file(head, rows), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="readings.csv")
    return answer
