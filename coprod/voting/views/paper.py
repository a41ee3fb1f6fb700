"""A vote on paper: two people of the table count its box, each for herself (B16)."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import YES, Answer, require
from coprod.core.web import me
from coprod.voting import queries, rules, services
from coprod.voting.forms import PilesForm, piles_form
from coprod.voting.models import Poll
from coprod.voting.views.blueprint import Page, bp


@bp.get("/votes/<uuid:key>/paper")
def paper(key: UUID) -> str:
    """Ask what lay in the box; nobody is shown what the other counted."""
    poll = _on_paper(key)
    return _paper(poll, piles_form(poll))


@bp.post("/votes/<uuid:key>/paper")
def count_paper(key: UUID) -> Page:
    """Take one of the two counts; when both are in and say the same, the vote is counted."""
    poll = _on_paper(key)
    require(rules.LIFECYCLE.may(me(), "counted from the box", poll))
    form = piles_form(poll)
    if not form.validate_on_submit():
        return _paper(poll, form), 422
    try:
        result = services.count_paper(poll, form.piles(), by=me())
    except rules.PilesDiffer as differ:
        # No refusal: that both counts are forgotten must be kept.
        flash(str(differ))
        return redirect(url_for(".paper", key=key), 303)
    if result is None:
        return redirect(url_for(".paper", key=key), 303)
    flash("Both counts are the same. The vote is counted.")
    return redirect(url_for(".result", key=key), 303)


def _on_paper(key: UUID) -> Poll:
    poll = queries.one_run_by(me(), key)
    if not poll.on_paper:
        raise NoResultFound
    return poll


def _paper(poll: Poll, form: PilesForm) -> str:
    about = {"is_mine_in": queries.has_counted(poll, me()), "may_be_second": _may_be_second(poll)}
    return render_template("voting/paper.html", poll=poll, form=form, boxes=form.boxes(), **about)


def _may_be_second(poll: Poll) -> Answer:
    """Answer before anything is typed whether this person's count can stand beside the one that is in."""
    first = queries.paper_count_of_another(poll, me())
    return rules.one_of_them_facilitates(poll, [first.person_id, me().id]) if first else YES
