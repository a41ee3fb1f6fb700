"""The page on which every recommendation can be followed."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from coprod.core.clock import today
from coprod.core.spreadsheets import as_file
from coprod.core.web import me
from coprod.drawings.standing import draw_standing
from coprod.tracker import queries, rules
from coprod.tracker.forms import TrackerForm

bp = Blueprint("tracker", __name__, url_prefix="/recommendations")


def _asked_for() -> tuple[TrackerForm, list[rules.Line]]:
    lines = queries.lines_for(me(), today())
    form = TrackerForm(lines, formdata=request.args)
    return form, rules.chosen(lines, **form.wanted)


@bp.get("/tracker")
def index() -> str:
    """Show where everything that was sent stands: drawn, and line by line."""
    form, lines = _asked_for()
    facts = rules.standing(lines)
    return render_template(
        "tracker/index.html", search=form, lines=lines, facts=facts, picture_of_all=draw_standing(facts)
    )


@bp.get("/tracker.csv")
def export() -> Response:
    """Hand over the same lines for a spreadsheet."""
    _, lines = _asked_for()
    answer = Response(as_file(rules.HEAD, map(rules.cells, lines)), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="recommendations.csv")
    return answer
