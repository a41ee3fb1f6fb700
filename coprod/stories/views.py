"""Pages on which people tell what changed, read it, check it and have it changed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.evidence.rules import AUDIENCES
from coprod.evidence.rules import TESTIMONY as TESTIMONY_MOVES
from coprod.people.models import Person, Side
from coprod.pilots import services as pilots
from coprod.pilots.models import TestCycle
from coprod.recommendations.models import Recommendation
from coprod.recommendations.queries import titles_sent
from coprod.stories import queries, rules, services
from coprod.stories.forms import READ, SEND, ChangeForm, CheckForm, TellForm, kept_of
from coprod.stories.models import Story
from coprod.workstreams.rules import is_facilitator, is_member, on_side, seated

bp = Blueprint("stories", __name__)
Page = Response | str | tuple[str, int]


@bp.get("/recommendations/<uuid:key>/stories")
def index(key: UUID) -> str:
    """List what this person may read of what changed."""
    recommendation = queries.recommendation_seen_by(me(), key)
    may_tell = rules.may_tell(me(), recommendation)
    return render_template(
        "stories/index.html",
        recommendation=recommendation,
        heading=_heading(recommendation),
        stories=rules.how_it_changed(queries.on(me(), [key])),
        said=rules.SAID,
        to_check=queries.to_check(me(), recommendation),
        may_tell=may_tell,
        tests=queries.finished_tests(recommendation) if may_tell else [],
    )


@bp.get("/recommendations/<uuid:key>/stories/new")
def new(key: UUID) -> str:
    """Ask the first question."""
    recommendation = _tellable(key)
    test = _test_cycle(recommendation, request.args.get("test", ""))
    return _asks(recommendation, _form(recommendation, formdata=None, data={"test": str(test.id) if test else ""}))


@bp.post("/recommendations/<uuid:key>/stories/new")
def tell(key: UUID) -> Page:
    """Ask the next question, or keep the story once everything was read through."""
    recommendation, to = _tellable(key), request.form.get("to", "")
    form = _form(recommendation)
    sends = form.now == READ and to == SEND
    if not form.go(to):
        return _asks(recommendation, form), 422
    if not sends:
        return _asks(recommendation, form)
    after = _test_cycle(recommendation, form.test.data or "")
    story = services.tell(recommendation, form.says.data or "", by=me(), after=after, **form.given)
    flash("Thank you. It is kept. It can be taken back on any day.")
    return redirect(url_for(".show", key=story.id), 303)


@bp.get("/stories/<uuid:key>")
def show(key: UUID) -> str:
    """Show one story, to whoever it is for; a facilitator checks it here."""
    return _show(queries.one_seen_by(me(), key), CheckForm(formdata=None))


@bp.post("/stories/<uuid:key>/check")
def check(key: UUID) -> Page:
    """Let it go wider, or ask for a change first."""
    story, form = queries.one_seen_by(me(), key), CheckForm()
    require(rules.may_check(me(), story))
    if not form.validate():
        return _show(story, form), 422
    if form.name.data == "checked":
        services.check(story, by=me())
        flash("It is checked.")
    else:
        services.send_back(story, form.to_change.data or "", by=me())
        flash("It stays in the group until that is changed.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/stories/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Show what is kept of how it changed, to be said anew."""
    story = _changeable(key)
    return render_template("stories/edit.html", story=story, form=ChangeForm(formdata=None, data=kept_of(story)))


@bp.post("/stories/<uuid:key>/edit")
def save(key: UUID) -> Page:
    """Keep the change."""
    story, form = _changeable(key), ChangeForm()
    if not form.validate():
        return render_template("stories/edit.html", story=story, form=form), 422
    services.change(story, by=me(), **form.how)
    flash("It is changed.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/my-stories")
def mine() -> str:
    """Show somebody what she told, also in groups she has left."""
    found = queries.told_by(me())
    return render_template(
        "stories/mine.html",
        stories=[(one, rules.goes_outside(one)) for one in found],
        said=queries.said_by(me()),
    )


@bp.post("/my-stories/said/<uuid:key>/take-back")
def take_back(key: UUID) -> Response:
    """Take away what somebody said of a small test herself, also of a group she has left."""
    said = next((one for one in queries.said_by(me()) if one.id == key), None)
    if said is None:
        raise NoResultFound
    pilots.take_back(said, by=me())
    flash("The words are gone.")
    return redirect(url_for(".mine"), 303)


def _tellable(key: UUID) -> Recommendation:
    recommendation = queries.recommendation_seen_by(me(), key)
    require(rules.may_tell(me(), recommendation))
    return recommendation


def _changeable(key: UUID) -> Story:
    story = queries.one_seen_by(me(), key)
    require(rules.may_change(me(), story))
    return story


def _test_cycle(recommendation: Recommendation, typed: str) -> TestCycle | None:
    try:
        return queries.test_cycle_of(recommendation, UUID(typed))
    except ValueError:
        return None


def _form(recommendation: Recommendation, **kwargs: Any) -> TellForm:
    writes_down = rules.tells_for_others(me(), recommendation)
    small = rules.is_small(recommendation.workstream)
    return TellForm(_who_may_have_told(recommendation), writes_down=writes_down, is_small=small, **kwargs)


def _who_may_have_told(recommendation: Recommendation) -> list[Person]:
    stream = recommendation.workstream
    if not is_facilitator(me(), stream):
        return []
    others = [place.person for place in on_side(seated(stream), Side.LIVED) if place.person_id != me().id]
    return sorted(others, key=lambda person: (person.alias, person.id))


def _asks(recommendation: Recommendation, form: TellForm) -> str:
    heading = _heading(recommendation)
    return render_template("stories/new.html", recommendation=recommendation, heading=heading, form=form)


def _heading(recommendation: Recommendation) -> str:
    return titles_sent(me()).get(recommendation.id, recommendation.title)


def _show(story: Story, form: CheckForm) -> str:
    recommendation, testimony = story.recommendation, story.testimony
    sees_it = queries.sees(me(), recommendation)
    return render_template(
        "stories/show.html",
        story=story,
        form=form,
        said=rules.SAID[story.turn],
        audience=AUDIENCES[testimony.audience],
        goes_outside=rules.goes_outside(story),
        is_hers=rules.is_hers(me(), story),
        is_here=bool(is_member(me(), recommendation.workstream)),
        sees_it=sees_it,
        heading=_heading(recommendation) if sees_it else "",
        may_check=rules.may_check(me(), story),
        may_withdraw=TESTIMONY_MOVES.may(me(), "withdrawn", testimony),
        look_for=rules.LOOK_FOR,
    )
