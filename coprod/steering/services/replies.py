"""Telling the people who asked what came of it."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.recommendations.rules import DECIDED
from coprod.steering import rules
from coprod.steering.models import Decision, ItemKind, Reply
from coprod.steering.services.agenda import settle_open_items
from coprod.steering.services.holding import hold_decision, is_last
from coprod.steering.services.telling import tell_the_group


def send_reply(decision: Decision, words: str, *, by: Person) -> Reply:
    """Tell the people who asked what came of it (domain rule 23); a question sent back moves no further by this.

    Each of them hears, the way they chose, that there is something to read.
    """
    hold_decision(decision)
    require(rules.may_reply(by, decision) & is_last(decision) & rules.says_something(words))
    reply = Reply(decision=decision, words=words, sent_on=today(), by_id=by.id)
    db.session.add(reply)
    db.session.flush()
    record(by, "replied", decision)
    table = decision.meeting.workstream
    settle_open_items(table, ItemKind.OVERDUE_REPLY, decision.id, "The group has been told.", by=by)
    if decision.recommendation.state in DECIDED:
        recommendations.move(decision.recommendation, "replied", by=by)
    tell_the_group(decision)
    return reply
