"""Pages for writing a recommendation: the idea, and its words."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.reading import light
from coprod.core.web import me
from coprod.principles import queries as principle_queries
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import EditForm, NewForm
from coprod.recommendations.forms.suggestions import number_in
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.workstreams import queries as workstream_queries
from coprod.workstreams.models import Kind


@bp.get("/new")
def new() -> str:
    """Ask for an idea."""
    return render_template("recommendations/new.html", form=_new_form())


@bp.post("/new")
def draft() -> Response | tuple[str, int]:
    """Note an idea."""
    form = _new_form()
    if not form.validate_on_submit():
        return render_template("recommendations/new.html", form=form), 422
    workstream = workstream_queries.one_seen_by(me(), UUID(form.workstream.data))
    recommendation = services.draft(workstream, form.title.data, by=me())
    flash("The idea is noted. Now write it up, a part at a time.")
    return redirect(url_for(".show", key=recommendation.id), 303)


def _new_form() -> NewForm:
    form = NewForm(workstream=request.args.get("workstream"))
    seats = workstream_queries.memberships_of(me())
    form.workstream.choices = [
        (str(seat.workstream_id), seat.workstream.name) for seat in seats if seat.workstream.kind != Kind.STEERING
    ]
    return form


@bp.get("/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Ask for its words."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), recommendation))
    return _edit(recommendation, _edit_form(recommendation))


@bp.post("/<uuid:key>/edit")
def save(key: UUID) -> Response | tuple[str, int]:
    """Write a new version, or show both texts when somebody else was faster (R4)."""
    recommendation = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), recommendation))
    form = _edit_form(recommendation)
    if not form.validate_on_submit():
        return _edit(recommendation, form), 422
    if _voted_over(recommendation, form):
        return _edit(recommendation, form), 422
    chosen = [
        p
        for p in principle_queries.priorities_of(recommendation.workstream.programme)
        if str(p.id) in form.priorities.data
    ]
    try:
        met = services.save(recommendation, form.words(), chosen, version=number_in(form.version.data), by=me())
    except Overtaken as overtaken:
        return _overtaken(recommendation, form, overtaken.now), 422
    flash("Saved, together with what somebody else wrote meanwhile." if met else "Saved.")
    return redirect(url_for(".show", key=key), 303)


def _voted_over(recommendation: Recommendation, form: EditForm) -> dict[str, str]:
    return rules.voted_over(recommendation, {name: form[name].data or "" for name in rules.VOTED_WORDS})


def _overtaken(recommendation: Recommendation, form: EditForm, joined: rules.Joined) -> str:
    """Show both texts wherever both changed a part; what only one changed is in its box already."""
    for name in rules.WORDS:
        form[name].data = joined.words[name]
    kept = set(rules.numbers_in(joined.words["priorities"]))
    found = principle_queries.priorities_of(recommendation.workstream.programme)
    form.priorities.data = [str(priority.id) for priority in found if priority.number in kept]
    form.version.raw_data, form.version.data = [str(recommendation.version)], str(recommendation.version)
    return _edit(recommendation, form, joined)


def _edit_form(recommendation: Recommendation) -> EditForm:
    chosen = [str(priority.id) for priority in recommendation.priorities]
    form = EditForm(
        data={name: getattr(recommendation, name) for name in rules.WORDS}
        | {"priorities": chosen, "version": str(recommendation.version)}
    )
    found = principle_queries.priorities_of(recommendation.workstream.programme)
    form.priorities.choices = [(str(p.id), f"{p.number}. {p.wording}") for p in found]
    return form


def _edit(recommendation: Recommendation, form: EditForm, joined: rules.Joined | None = None) -> str:
    return render_template(
        "recommendations/edit.html",
        recommendation=recommendation,
        form=form,
        joined=joined,
        fixed=rules.VOTED_WORDS if rules.wording_is_fixed(recommendation) else (),
        voted_over=_voted_over(recommendation, form),
        lights={name: light(form[name].data or "") for name in ("title", "said", "easy_read")},
    )
