"""The ballot of a vote on statements: one a page, and nothing is kept before all are sent (B7, B8, B9)."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.clock import now
from coprod.core.web import by_link, leaves_no_event, me
from coprod.voting import rules, services
from coprod.voting.forms.statements import HINTS, PASS, Said, ViewForm
from coprod.voting.models import Kind, Poll
from coprod.voting.views.blueprint import Page, answerable, bp

BACK = "back"


@bp.get("/votes/<uuid:key>/views")
@by_link
def views(key: UUID) -> Page:
    """Show the first statement."""
    poll = _on_statements(key)
    return _page(poll, ViewForm(formdata=None), 1, _said(poll)) if rules.is_open(poll, now()) else _closed(poll)


@bp.post("/votes/<uuid:key>/views")
@by_link
@leaves_no_event
def take_view(key: UUID) -> Page:
    """Carry what she thinks of this one to the next page; after the last, seal all of it together."""
    poll, form = _on_statements(key), ViewForm()
    if not rules.is_open(poll, now()):
        return _closed(poll)
    said, number = _said(poll, form.carried.data or ""), form.number(len(poll.options))
    if not form.validate_on_submit():
        return _page(poll, form, number, said), 422
    if form.view.data is not None:
        said.note(number, form.view.data)
    if request.form.get("go") == BACK:
        return _page(poll, form, max(number - 1, 1), said)
    if not said.has(number):
        form.view.errors = ["Pick one of the three."]
        return _page(poll, form, number, said), 422
    return _next(poll, form, number, said)


def _next(poll: Poll, form: ViewForm, number: int, said: Said) -> Page:
    if number < len(poll.options):
        return _page(poll, form, number + 1, said)
    if left := said.first_without:
        return _page(poll, form, left, said)
    services.cast_views(poll, said.views, by=me())
    return redirect(url_for(".answered", key=poll.id), 303)


def _on_statements(key: UUID) -> Poll:
    poll = answerable(key)
    if poll.kind != Kind.STATEMENTS:
        raise NoResultFound
    return poll


def _said(poll: Poll, carried: str = "") -> Said:
    return Said(poll.id, me().id, len(poll.options), carried)


def _closed(poll: Poll) -> Response:
    return redirect(url_for(".ballot", key=poll.id), 303)


def _page(poll: Poll, form: ViewForm, number: int, said: Said) -> str:
    form.at.data, form.carried.data, form.view.data = str(number), said.sealed, None
    return render_template(
        "voting/statement_ballot.html",
        poll=poll,
        form=form,
        hints=HINTS,
        skip=PASS,
        number=number,
        option=poll.options[number - 1],
        is_answered=said.has(number),
    )
