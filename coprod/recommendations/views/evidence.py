"""The evidence of a recommendation at a glance: what each piece shows, how strong it is, and what is missing."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.evidence import queries as library
from coprod.evidence import rules as reading
from coprod.evidence.models import Evidence
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import LinkForm, WeighForm
from coprod.recommendations.models import EvidenceLink, Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.workstreams import queries as workstream_queries


def glance(recommendation: Recommendation, words: dict[str, str], *, to_change: bool = False) -> dict[str, Any]:
    """Answer what the pages need that show the evidence to whoever asks."""
    places = workstream_queries.memberships_of(me())
    kept_in = library.kept_in([link.evidence_id for link in recommendation.evidence])

    def may_read(evidence: Evidence) -> bool:
        return bool(reading.may_read(me(), evidence, today(), places, lent=True, kept_in=evidence.id in kept_in))

    return {
        "parts": rules.at_a_glance(recommendation, words, may_read, today()),
        "strengths": rules.STRENGTHS,
        "marks": rules.STRENGTH_MARKS,
        "may_weigh": to_change and rules.may_edit(me(), recommendation),
    }


@bp.get("/<uuid:key>/evidence")
def evidence(key: UUID) -> str:
    """Tell the evidence of one recommendation at a glance."""
    recommendation = queries.one_seen_by(me(), key)
    words = rules.words_for(me(), recommendation)
    shown = glance(recommendation, words, to_change=True)
    return render_template("recommendations/evidence.html", recommendation=recommendation, words=words, **shown)


@bp.get("/<uuid:key>/evidence/new")
def weigh(key: UUID) -> str:
    """Ask which piece of the library it is, and what it shows."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    require(rules.may_edit(me(), recommendation))
    return _weigh(recommendation, _link_form(recommendation))


@bp.post("/<uuid:key>/evidence/new")
def link(key: UUID) -> Response | tuple[str, int]:
    """Add a piece of the library."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    require(rules.may_edit(me(), recommendation))
    form = _link_form(recommendation)
    if not form.validate_on_submit():
        return _weigh(recommendation, form), 422
    piece = library.one_seen_by(me(), UUID(form.evidence.data))
    services.link(recommendation, piece, form.shows.data or "", form.strength.data, form.gaps.data or "", by=me())
    flash("It stands with the evidence now.")
    return redirect(url_for(".evidence", key=key), 303)


def _link_form(recommendation: Recommendation) -> LinkForm:
    form, linked = LinkForm(), {held.evidence_id for held in recommendation.evidence}
    found = [one for one in library.for_group(recommendation.workstream) if one.id not in linked]
    form.evidence.choices = [(str(one.id), f"{reading.KINDS[one.kind].name}: {one.title}") for one in found]
    return form


def _weigh(
    recommendation: Recommendation, form: WeighForm, held: EvidenceLink | None = None, *, overtaken: bool = False
) -> str:
    shown: dict[str, Any] = {"form": form, "held": held, "overtaken": overtaken, "strengths": rules.STRENGTHS}
    return render_template("recommendations/weigh.html", recommendation=recommendation, **shown)


@bp.get("/<uuid:key>/evidence/<uuid:link_key>")
def reweigh(key: UUID, link_key: UUID) -> str:
    """Ask again what a piece shows."""
    recommendation, held = _linked(key, link_key)
    return _weigh(recommendation, WeighForm(obj=held, read=rules.mark_of_weight(held)), held)


@bp.post("/<uuid:key>/evidence/<uuid:link_key>")
def save_weight(key: UUID, link_key: UUID) -> Response | tuple[str, int]:
    """Keep what it shows now."""
    recommendation, held = _linked(key, link_key)
    form = WeighForm()
    if not form.validate_on_submit():
        return _weigh(recommendation, form, held), 422
    said = (form.shows.data or "", form.strength.data, form.gaps.data or "")
    try:
        services.weigh(held, *said, read=form.read.data or "", by=me())
    except Overtaken:
        form.read.data = rules.mark_of_weight(held)
        return _weigh(recommendation, form, held, overtaken=True), 422
    flash("Saved.")
    return redirect(url_for(".evidence", key=key), 303)


@bp.post("/<uuid:key>/evidence/<uuid:link_key>/off")
def unlink(key: UUID, link_key: UUID) -> Response:
    """Take a piece off."""
    _, held = _linked(key, link_key)
    services.unlink(held, by=me())
    flash("It is taken off. It stays in the library.")
    return redirect(url_for(".evidence", key=key), 303)


def _linked(key: UUID, link_key: UUID) -> tuple[Recommendation, EvidenceLink]:
    recommendation = queries.one_seen_at_its_table(me(), key)
    require(rules.may_edit(me(), recommendation))
    return recommendation, queries.one_link_of(recommendation, link_key)
