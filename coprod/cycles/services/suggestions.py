"""What members ask the group to talk about: no journal speaks of it, and no time is kept (P4)."""

from sqlalchemy import ColumnElement, delete, select

from coprod.core.answers import require
from coprod.core.db import db, lock
from coprod.cycles import queries
from coprod.cycles.models import AgendaItem, Session, SessionState, SuggestedItem
from coprod.cycles.rules import suggestions as rules
from coprod.cycles.services.items import add_work, take_out
from coprod.people.models import Person
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, Words, Workstream


def suggest(stream: Workstream, words: str, *, by: Person) -> SuggestedItem:
    """Ask the group to talk about something."""
    lock(stream)
    require(rules.may_suggest(by, stream) & rules.has_room_for(queries.waiting_of(by, stream)))
    suggestion = SuggestedItem(workstream=stream, person=by, words=words)
    db.session.add(suggestion)
    db.session.flush()
    return suggestion


def take(suggestion: SuggestedItem, session: Session, *, by: Person) -> AgendaItem:
    """Take it into an evening that is being built, with the side it came from and nobody's name."""
    lock(suggestion)
    lock(session)
    require(rules.SUGGESTION.may(by, "taken", suggestion) & rules.may_go_into(session, suggestion))
    item = add_work(session, rules.as_item(suggestion), by=by)
    rules.SUGGESTION.make(by, "taken", suggestion)
    suggestion.item, suggestion.answer = item, ""
    return item


def put_off(suggestion: SuggestedItem, answer: str, *, by: Person) -> None:
    """Say not now, with a kind word for the one who asked."""
    lock(suggestion)
    rules.SUGGESTION.make(by, "put off", suggestion)
    suggestion.answer = answer


def take_back(suggestion: SuggestedItem, *, by: Person) -> None:
    """Let whoever asked take it back; nothing of it stays but what is in an evening's plan."""
    lock(suggestion)
    require(rules.may_take_back(by, suggestion))
    db.session.delete(suggestion)
    db.session.flush()


def _let_go(place: Membership, _: bool) -> None:
    """Forget what somebody who leaves had asked for; unless she lets the group keep it, no draft keeps her words."""
    hers = SuggestedItem.person_id == place.person_id, SuggestedItem.workstream_id == place.workstream_id
    if place.words != Words.KEEP:
        _take_out_of_drafts(*hers)
    db.session.execute(delete(SuggestedItem).where(*hers))


def _take_out_of_drafts(*hers: ColumnElement[bool]) -> None:
    """Take out what nobody has been told of; what was sent out is the group's."""
    asked = select(SuggestedItem.item_id).where(*hers)
    drafts = AgendaItem.id.in_(asked), Session.state == SessionState.DRAFT
    wanted = select(AgendaItem).join(AgendaItem.session).where(*drafts).order_by(Session.number, AgendaItem.position)
    for item in db.session.scalars(wanted).all():
        lock(item.session)
        if item.session.state == SessionState.DRAFT:
            take_out(item)


workstreams.when_left(_let_go)
