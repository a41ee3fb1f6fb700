"""One theme: what it is called, or that it goes."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.statements import forms, queries, rules, services
from coprod.statements.models import Theme
from coprod.statements.views.blueprint import Page, bp


@bp.get("/themes/<uuid:key>")
def theme(key: UUID) -> str:
    """Ask what a theme should be called, or whether it should go."""
    found = queries.one_theme_seen_by(me(), key)
    require(rules.may_sort(me(), found.workstream))
    return _theme(found, forms.ThemeForm(data={"name": found.name, "read": found.name}))


@bp.post("/themes/<uuid:key>")
def rename(key: UUID) -> Page:
    """Give it another name, unless somebody else did (R4)."""
    found, form = queries.one_theme_seen_by(me(), key), forms.ThemeForm()
    require(rules.may_sort(me(), found.workstream))
    if not form.validate_on_submit():
        return _theme(found, form), 422
    try:
        services.rename(found, form.name.data or "", read=form.read.data or "", by=me())
    except Overtaken:
        form.read.data = found.name
        form.name.errors = [f"Somebody else called it “{found.name}” meanwhile. Send yours again if you want it."]
        return _theme(found, form), 422
    except rules.Taken:
        form.name.errors = ["There is a theme of this name already. Put these sentences under that one."]
        return _theme(found, form), 422
    flash("The theme has its name.")
    return redirect(url_for(".themes", key=found.workstream_id), 303)


def _theme(found: Theme, form: forms.ThemeForm) -> str:
    group = found.workstream
    return render_template("statements/theme.html", theme=found, group_name=group.neutral_name, form=form)


@bp.post("/themes/<uuid:key>/remove")
def remove(key: UUID) -> Response:
    """Take it away; what stood under it is not sorted again."""
    found = queries.one_theme_seen_by(me(), key)
    stream = found.workstream_id
    services.remove(found, by=me())
    flash("The theme is gone. What stood under it is not sorted now.")
    return redirect(url_for(".themes", key=stream), 303)
