"""Pages for suggested changes: suggesting other words, reading them side by side, and settling them."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import Refused, require
from coprod.core.diff import differences
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import SettleForm, SuggestForm
from coprod.recommendations.models import Recommendation, Suggestion
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.parts import names, part_of

SAID = {
    "taken": "Taken. It stands in the text now.",
    "not taken": "Not taken. The words and your reason stay here to read.",
    "together": "The joint words stand in the text now. What was suggested stays here to read.",
}


@bp.get("/<uuid:key>/suggest/<int:number>")
def suggest(key: UUID, number: int) -> str:
    """Ask for other words for one part."""
    recommendation, part = queries.one_seen_at_its_table(me(), key), part_of(number)
    now = rules.words_now(recommendation)[part.name]
    form = SuggestForm(part=part, before=now, words=now, version=str(recommendation.version))
    return _suggest(recommendation, form)


@bp.post("/<uuid:key>/suggest/<int:number>")
def send_suggestion(key: UUID, number: int) -> Response | tuple[str, int]:
    """Offer other words for one part."""
    recommendation, part = queries.one_seen_at_its_table(me(), key), part_of(number)
    form = SuggestForm(part=part, before="")
    read = rules.version_of(recommendation, form.read())
    form.before = read.words.get(part.name, "") if read else rules.words_now(recommendation)[part.name]
    if not form.validate_on_submit():
        return _suggest(recommendation, form), 422
    services.suggest(recommendation, part, form.text(), form.why.data or "", version=form.read(), by=me())
    flash("Thank you. The group can read it now.")
    return redirect(url_for(".suggestions", key=key), 303)


def _suggest(recommendation: Recommendation, form: SuggestForm) -> str:
    require(rules.may_suggest(me(), recommendation, form.part))
    return render_template("recommendations/suggest.html", recommendation=recommendation, form=form, part=form.part)


@bp.get("/<uuid:key>/suggestions")
def suggestions(key: UUID) -> str:
    """List every change that was suggested, those that wait first."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    found = rules.waiting_first(recommendation.suggestions)
    return render_template(
        "recommendations/suggestions.html",
        recommendation=recommendation,
        suggestions=found,
        changes_of={one.id: differences(one.before, one.words) for one in found},
        called=names(recommendation),
        part_named=rules.part_named,
        is_facilitator=bool(rules.is_facilitator(me(), recommendation)),
        hers={one.id for one in found if rules.SUGGESTIONS.may(me(), "taken back", one)},
        parts=[part for part in rules.WORDED if rules.may_suggest(me(), recommendation, part)],
    )


@bp.get("/suggestions/<uuid:key>")
def settle(key: UUID) -> str:
    """Show a suggested change beside the words as they are, and all others that touch the same words."""
    return _settle(queries.one_suggestion_seen_by(me(), key))


@bp.post("/suggestions/<uuid:key>")
def answer_suggestion(key: UUID) -> Response | tuple[str, int]:
    """Take it, do not take it, or write joint words for all that touch each other."""
    suggestion = queries.one_suggestion_seen_by(me(), key)
    require(rules.may_settle(me(), suggestion))
    name, form = request.form.get("name", ""), _form(suggestion)
    if name not in SAID:
        raise Refused("There is no such button here.")
    if not form.check(name):
        return _settle(suggestion, form), 422
    try:
        _answer(name, suggestion, form)
    except Overtaken as overtaken:
        return _settle(suggestion, form, overtaken=overtaken), 422
    flash(SAID[name])
    return redirect(url_for(".suggestions", key=suggestion.recommendation_id), 303)


def _answer(name: str, suggestion: Suggestion, form: SettleForm) -> None:
    reason = form.reason.data or ""
    if name == "taken":
        services.take(suggestion, reason, by=me())
    elif name == "not taken":
        services.do_not_take(suggestion, reason, by=me())
    else:
        chosen = [one for one in rules.others_on_its_part(suggestion) if str(one.id) in (form.together.data or [])]
        services.take_together([suggestion, *chosen], form.text(), reason, version=form.read(), by=me())


def _form(suggestion: Suggestion, **given: Any) -> SettleForm:
    form = SettleForm(part=rules.part_named(suggestion.field), **given)
    called = names(suggestion.recommendation)
    others = rules.others_on_its_part(suggestion)
    form.choose_from([(one, f"Suggestion {one.number} by {called(one.person)}") for one in others])
    return form


def _settle(suggestion: Suggestion, form: SettleForm | None = None, *, overtaken: Overtaken | None = None) -> str:
    recommendation, part = suggestion.recommendation, rules.part_named(suggestion.field)
    require(rules.may_settle(me(), suggestion))
    now = rules.words_now(recommendation)[part.name]
    touching, together = rules.touching(suggestion, now), rules.onto(now, suggestion)
    form = form or _form(
        suggestion,
        words=together.text if together else now,
        together=[str(one.id) for one in touching],
        version=str(recommendation.version),
    )
    form.choose_from([(one, f"Suggestion {one.number} by {names(recommendation)(one.person)}") for one in touching])
    if overtaken:
        form.words.data = overtaken.now.words[part.name]
        form.version.raw_data, form.version.data = [str(recommendation.version)], str(recommendation.version)
    return render_template(
        "recommendations/settle.html",
        recommendation=recommendation,
        suggestion=suggestion,
        part=part,
        now=now,
        form=form,
        touching=touching,
        overtaken=overtaken is not None,
        changes_of={one.id: differences(one.before, one.words) for one in (suggestion, *touching)},
        since=differences(suggestion.before, now) if now != suggestion.before else None,
        comes_together=(whole := rules.comes_together(suggestion, now)),
        asks_for_joint=overtaken is not None or not whole or bool(touching),
        called=names(recommendation),
        may_take=rules.may_take(me(), suggestion),
        waits=rules.is_offered(suggestion),
    )


@bp.post("/suggestions/<uuid:key>/back")
def take_back_suggestion(key: UUID) -> Response:
    """Take one's own suggestion back."""
    suggestion = queries.one_suggestion_seen_by(me(), key)
    services.take_back(suggestion, by=me())
    flash("You took it back. Its words stay here to read.")
    return redirect(url_for(".suggestions", key=suggestion.recommendation_id), 303)
