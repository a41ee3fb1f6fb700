"""What is asked after every answer alike (B9, B10)."""

from collections.abc import Sequence
from uuid import UUID

from flask import redirect, render_template, url_for

from coprod.core.clock import now
from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import rules, services
from coprod.voting.forms import MOST_TO_RING, SHARE, SayMoreForm, say_more_form
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import Page, answerable, bp, has_a_page
from coprod.voting.views.passing_on import is_passed_on, thank
from coprod.wellbeing import queries as wellbeing
from coprod.wellbeing import services as calls
from coprod.wellbeing.rules import HELPS, Choice, Wish


@bp.get("/votes/<uuid:key>/answered")
@by_link
def answered(key: UUID) -> str:
    """Say that the answer is in: one page for all answers (B9)."""
    poll = answerable(key)
    about = {"may_change": rules.is_open(poll, now()), "passed_on": is_passed_on()}
    return render_template("voting/answered.html", poll=poll, **about)


@bp.get("/votes/<uuid:key>/say-more")
@by_link
def say_more(key: UUID) -> Page:
    """Ask whether there is more to say, and say beforehand what becomes of it."""
    poll = answerable(key)
    if not rules.is_open(poll, now()):
        return redirect(url_for(".ballot", key=key), 303)
    return _say_more(poll, say_more_form(_called(_to_ring(poll))))


@bp.post("/votes/<uuid:key>/say-more")
@by_link
@leaves_no_event
def add(key: UUID) -> Page:
    """Keep it for the group, ask for a call without keeping it, or drop it; the answer is the same page."""
    poll = answerable(key)
    to_ring = _to_ring(poll)
    form = say_more_form(_called(to_ring))
    if not (form.validate_on_submit() and _can_be_kept(poll, form)):
        return _say_more(poll, form), 422
    if form.do.data == SHARE:
        services.raise_worry(poll, form.words.data, by=me())
    elif form.to_ring is not None:
        calls.ask_to_ring(me(), to_ring[form.to_ring].person, Wish.NEXT, by=me())
    return thank(poll)


def _can_be_kept(poll: Poll, form: SayMoreForm) -> bool:
    """Say to who was still writing when the vote closed what else she can do; her words stay before her."""
    if form.do.data != SHARE or rules.is_open(poll, now()):
        return True
    form.do.errors = ["This question closed while you wrote. Ask for a call, or say it when you meet."]
    return False


def _say_more(poll: Poll, form: SayMoreForm) -> str:
    return render_template("voting/say_more.html", poll=poll, form=form, passed_on=is_passed_on())


def _to_ring(poll: Poll) -> list[Choice]:
    """List who can be asked to ring; where no names are shown, one of those who run the group and one who helps."""
    choices = wellbeing.choices_at(me(), poll.workstream_id)[:MOST_TO_RING]
    if has_a_page():
        return choices
    return list({choice.why == HELPS: choice for choice in reversed(choices)}.values())[::-1]


def _called(choices: Sequence[Choice]) -> list[str]:
    if has_a_page():
        return [choice.called for choice in choices]
    return ["the one who helps you" if choice.why == HELPS else "the one who runs the group" for choice in choices]


@bp.get("/votes/<uuid:key>/thanks")
@by_link
def thanks(key: UUID) -> str:
    """Say thank you, whatever was done with the words."""
    return render_template("voting/thanks.html", poll=answerable(key), way_back=has_a_page())
