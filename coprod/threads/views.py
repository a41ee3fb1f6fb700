"""The golden thread of a recommendation, and what members hear came of what they said."""

from uuid import UUID

from flask import Blueprint, render_template

from coprod.actions import queries as action_queries
from coprod.actions.rules import status
from coprod.core.clock import today
from coprod.core.web import me
from coprod.drawings.line_chart import draw_line_chart
from coprod.drawings.thread import Place
from coprod.drawings.thread_panorama import draw_thread_panorama
from coprod.drawings.thread_rail import draw_thread_rail
from coprod.outcomes.rules import chart_of
from coprod.outcomes.rules.telling import is_a_line, words_of
from coprod.outputs import queries as outputs
from coprod.recommendations.queries import in_words
from coprod.steering.rules import owner_named
from coprod.threads import queries, rules
from coprod.workstreams.rules import is_member

bp = Blueprint("threads", __name__)

PIECES = {
    Place.PRIORITY: "threads/_priority.html",
    Place.EVIDENCE: "threads/_evidence.html",
    Place.SESSIONS: "threads/_sessions.html",
    Place.VERSIONS: "threads/_versions.html",
    Place.VOTE: "threads/_vote.html",
    Place.DECISION: "threads/_decision.html",
    Place.ACTIONS: "threads/_actions.html",
    Place.PILOT: "threads/_pilot.html",
    Place.OUTCOME: "threads/_outcome.html",
    Place.NEXT: "threads/_next.html",
}
"""What stands beside each station of the rail."""


@bp.get("/threads/<uuid:key>")
def show(key: UUID) -> str:
    """Show the whole thread: drawn, told, and each piece one click away."""
    story = queries.story_seen_by(me(), key)
    facts = rules.facts(story)
    openable = {action.id for action in action_queries.seen_by(me())} if story.actions else set()
    return render_template(
        "threads/show.html",
        story=story,
        rounds=rules.rounds_of(story.recommendation),
        pieces=PIECES,
        panorama=draw_thread_panorama(facts),
        rail=draw_thread_rail(facts),
        chart=draw_line_chart(chart_of(story.outcome)) if story.outcome and is_a_line(story.outcome) else None,
        measured=words_of(story.outcome) if story.outcome else "",
        openable=openable,
        owners={action.id: owner_named(action, action.id in openable) for action in story.actions},
        statuses={action.id: status(action, today()) for action in story.actions},
        next_words=rules.next_words(story, today()),
        in_peoples_words=in_words(me(), [key])[key],
        sits_there=bool(is_member(me(), story.recommendation.workstream)),
    )


@bp.get("/answers")
def answers() -> str:
    """Tell members what came of everything their groups asked for."""
    found = queries.answers_to(me())
    shown = {
        "stories": [(story, rules.beads(story, today())) for story in found],
        "to_second": queries.to_second(found),
        "changed": rules.out_in_the_world(found, outputs.used_by_groups_of(me())),
        "made": queries.made_by_groups_of(me()),
    }
    return render_template("threads/answers.html", **shown)
