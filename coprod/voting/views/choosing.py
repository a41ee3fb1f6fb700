"""What a group chose of several things: in order, why, and how it settles what came out level."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound

from coprod.core.answers import require
from coprod.core.web import me
from coprod.voting import queries, rules, services
from coprod.voting.forms.choosing import TieForm, tie_form
from coprod.voting.models import Kind, Poll
from coprod.voting.views.blueprint import Page, bp
from coprod.workstreams.rules import is_facilitator


@bp.get("/votes/<uuid:key>/chosen")
def chosen(key: UUID) -> str:
    """Show what was chosen, in order; ask who runs the vote what the group took of what is level."""
    poll = _one(key)
    return _shown(poll, tie_form(poll, formdata=None))


@bp.post("/votes/<uuid:key>/tie")
def settle_tie(key: UUID) -> Page:
    """Write down which of the things that came out level the group took, by talking."""
    poll = _one(key)
    require(is_facilitator(me(), poll.workstream))
    form = tie_form(poll)
    if not form.validate_on_submit():
        return _shown(poll, form), 422
    services.settle_tie(poll, form.numbers, by=me())
    flash("Written down. This is what the group took.")
    return redirect(url_for(".chosen", key=key), 303)


def _one(key: UUID) -> Poll:
    poll = queries.one_with_result_seen_by(me(), key)
    if poll.kind != Kind.PICK:
        raise NoResultFound
    return poll


def _shown(poll: Poll, form: TieForm) -> str:
    return render_template(
        "voting/chosen.html",
        poll=poll,
        form=form,
        may_settle=bool(rules.tied(poll)) and is_facilitator(me(), poll.workstream),
    )
