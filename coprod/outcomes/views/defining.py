"""Pages that change a definition sheet, with a reason."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.outcomes import queries, rules, services
from coprod.outcomes.forms import OFTEN, WAYS, DefinitionForm
from coprod.outcomes.models import Indicator
from coprod.outcomes.rules import defining, telling
from coprod.outcomes.views.blueprint import bp


def _kept(key: UUID) -> Indicator:
    indicator = queries.one_seen_by(me(), key)
    require(rules.may_keep(me(), indicator))
    return indicator


@bp.get("/<uuid:key>/definition")
def definition(key: UUID) -> str:
    """Ask how its sheet should be put."""
    indicator = _kept(key)
    lines = {name: getattr(indicator, name) for name in defining.LINES} | {"groups": "\n".join(indicator.groups)}
    if defining.hides_baseline(indicator):
        lines["baseline"] = None
    form = DefinitionForm(indicator, formdata=None, data=lines | {"read": str(len(indicator.former))})
    return _asked(indicator, form)


@bp.post("/<uuid:key>/definition")
def define(key: UUID) -> Response | tuple[str, int]:
    """Put it so, or show both where somebody else was faster (R4)."""
    indicator = _kept(key)
    form = DefinitionForm(indicator, _taken(indicator))
    if not form.validate():
        return _asked(indicator, form), 422
    try:
        services.define(
            indicator, form.given, form.why.data or "", by=me(), read=form.was_read, afresh=_is_afresh(form)
        )
    except Overtaken:
        form.read.data = str(len(indicator.former))
        return _asked(indicator, form, theirs=True), 422
    flash("It is put so from now on. How it was put is kept.")
    return redirect(url_for(".show", key=key), 303)


def _is_afresh(form: DefinitionForm) -> bool:
    return "afresh" in form and bool(form.afresh.data)


def _taken(indicator: Indicator) -> list[str]:
    return [one.name for one in queries.indicators_of(indicator.recommendation) if one is not indicator]


def _asked(indicator: Indicator, form: DefinitionForm, *, theirs: bool = False) -> str:
    sheet = [("Name", indicator.name), *telling.sheet_of(indicator, OFTEN, WAYS)]
    return render_template(
        "outcomes/definition.html",
        indicator=indicator,
        form=form,
        theirs=sheet if theirs else [],
        fixed=defining.FIXED,
        unsaid=defining.hides_baseline(indicator),
    )
