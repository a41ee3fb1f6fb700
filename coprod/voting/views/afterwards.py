"""What is asked after every answer alike (B9, B10)."""

from uuid import UUID

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import services
from coprod.voting.forms import SayMoreForm
from coprod.voting.views.blueprint import answerable, bp, has_a_page


@bp.get("/votes/<uuid:key>/answered")
@by_link
def answered(key: UUID) -> str:
    """Say that the answer is in: one page for all answers (B9)."""
    return render_template("voting/answered.html", poll=answerable(key))


@bp.get("/votes/<uuid:key>/say-more")
@by_link
def say_more(key: UUID) -> str:
    """Ask whether there is more to say."""
    return render_template("voting/say_more.html", poll=answerable(key), form=SayMoreForm())


@bp.post("/votes/<uuid:key>/say-more")
@by_link
@leaves_no_event
def add(key: UUID) -> Response | tuple[str, int]:
    """Keep it for the group, or drop it; the answer is the same page."""
    poll, form = answerable(key), SayMoreForm()
    if not form.validate_on_submit():
        return render_template("voting/say_more.html", poll=poll, form=form), 422
    if form.do.data == "share":
        services.raise_worry(poll, form.words.data, by=me())
    return redirect(url_for(".thanks", key=key), 303)


@bp.get("/votes/<uuid:key>/thanks")
@by_link
def thanks(key: UUID) -> str:
    """Say thank you, whatever was done with the words."""
    return render_template("voting/thanks.html", poll=answerable(key), way_back=has_a_page())
