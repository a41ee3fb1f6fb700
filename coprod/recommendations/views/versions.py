"""Pages for reading what a recommendation said before, whole, and what changed since."""

from uuid import UUID

from flask import render_template
from werkzeug.exceptions import NotFound

from coprod.core.web import me
from coprod.recommendations import queries, rules
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.parts import names


@bp.get("/<uuid:key>/versions")
def versions(key: UUID) -> str:
    """List every version, the last one first, and who worked on it."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    return render_template(
        "recommendations/versions.html",
        recommendation=recommendation,
        who=rules.who_worked_on(recommendation),
        called=names(recommendation),
    )


@bp.get("/<uuid:key>/versions/<int:number>")
def version(key: UUID, number: int) -> str:
    """Show one version whole, as it read then."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    found = rules.version_of(recommendation, number)
    if found is None:
        raise NotFound
    words = rules.words_of(found)
    return render_template(
        "recommendations/version.html",
        recommendation=recommendation,
        version=found,
        words=words,
        priorities=rules.priorities_in(words, recommendation),
        called=names(recommendation),
    )


@bp.get("/<uuid:key>/versions/<int:before>/<int:after>")
def compare(key: UUID, before: int, after: int) -> str:
    """Show what changed from one version to another, word by word."""
    recommendation = queries.one_seen_at_its_table(me(), key)
    one, other = rules.version_of(recommendation, before), rules.version_of(recommendation, after)
    if one is None or other is None:
        raise NotFound
    changes = rules.changed(one.words, other.words)
    return render_template(
        "recommendations/compare.html",
        recommendation=recommendation,
        before=one,
        after=other,
        changes=changes,
        in_short=rules.in_short(changes),
        same=rules.unchanged(changes),
    )
