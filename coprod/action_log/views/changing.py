"""Changing several actions at once."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for

from coprod.action_log import queries, rules, services
from coprod.action_log.forms import DONE, NEW_DATE, NOTE, OWNER, ChangeForm
from coprod.action_log.views.blueprint import bp
from coprod.action_log.views.log import Page, shown, where
from coprod.actions import services as actions
from coprod.actions.models import Action
from coprod.core.web import me


@bp.post("/action-log/change")
def change() -> Page:
    """Do the same with every action that is ticked; each that refuses is named with its reason."""
    form = ChangeForm(queries.could_own(me()))
    if not form.validate():
        return shown(rules.read(request.args), rules.page_of(request.args.get("page", "")), form=form), 422
    changed = services.change(queries.ticked(me(), form.keys), _doing(form))
    flash(changed.words, "message" if changed.done else "error")
    return redirect(url_for(".index", **where()), 303)


def _doing(form: ChangeForm) -> Callable[[Action], object]:
    by = me()
    doing: dict[str, Callable[[Action], object]] = {
        DONE: lambda action: actions.say_done(action, by=by),
        NEW_DATE: lambda action: actions.move_date(action, form.new_date, form.reason.data or "", by=by),
        NOTE: lambda action: actions.note(action, form.words.data or "", by=by),
        OWNER: lambda action: actions.hand_over(action, form.people[form.owner.data], by=by),
    }
    return doing[form.do.data]
