"""Pages for saying something about one paragraph."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.web import me
from coprod.recommendations import queries, rules, services
from coprod.recommendations.forms import CommentForm
from coprod.recommendations.models import Recommendation
from coprod.recommendations.views.blueprint import bp
from coprod.recommendations.views.parts import names, paragraph_of, part_of


@bp.get("/<uuid:key>/comments/<int:number>/<int:paragraph>")
def comment(key: UUID, number: int, paragraph: int) -> str:
    """Show one paragraph, and ask what there is to say about it."""
    recommendation, part = queries.one_seen_at_its_table(me(), key), part_of(number)
    about = paragraph_of(recommendation, part, paragraph, recommendation.version)
    return _comment(recommendation, part, about, CommentForm(version=str(recommendation.version)))


@bp.post("/<uuid:key>/comments/<int:number>/<int:paragraph>")
def send_comment(key: UUID, number: int, paragraph: int) -> Response | tuple[str, int]:
    """Keep what was said about the paragraph that was read."""
    recommendation, part = queries.one_seen_at_its_table(me(), key), part_of(number)
    form = CommentForm()
    about = paragraph_of(recommendation, part, paragraph, form.read())
    if not form.validate_on_submit():
        return _comment(recommendation, part, about, form), 422
    services.comment(recommendation, part, about, form.words.data or "", by=me())
    flash("Thank you. It stands beside the words now.")
    return redirect(url_for(".show", key=key, _anchor=f"part-{part.number}"), 303)


def _comment(recommendation: Recommendation, part: rules.Part, about: str, form: CommentForm) -> str:
    said = [one for one in recommendation.comments if (one.field, one.paragraph) == (part.name, about)]
    return render_template(
        "recommendations/comment.html",
        recommendation=recommendation,
        part=part,
        about=about,
        said=said,
        form=form,
        called=names(recommendation),
    )


@bp.post("/comments/<uuid:key>/settled")
def settle_comment(key: UUID) -> Response:
    """Say that what somebody said is settled."""
    found = queries.one_comment_seen_by(me(), key)
    services.settle_comment(found, by=me())
    flash("It is settled. The words stay here to read.")
    number = rules.part_named(found.field).number
    return redirect(url_for(".show", key=found.recommendation_id, _anchor=f"part-{number}"), 303)
