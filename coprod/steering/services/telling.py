"""Telling a group that there is an answer, and its chair what is owed or asked: on working days, once each."""

from datetime import datetime, time
from uuid import UUID

from coprod.actions.queries import TOLD, days_off
from coprod.core.clock import moment_of, today
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people.models import Person
from coprod.programmes.rules import is_working_day
from coprod.steering import queries
from coprod.steering.models import Contest, Decision, GroupQuestion

FROM = time(9)
"""Messages of a day go out from this time on."""


def _is_worked() -> bool:
    return is_working_day(today(), days_off(today(), today()))


def _is_day_off() -> bool:
    return not _is_worked()


def _is_still_owed(person: Person, _: UUID) -> bool:
    return _is_worked() and person.id in queries.to_tell_of_replies(today(), TOLD)


def _is_still_to_review(person: Person, _: UUID) -> bool:
    return _is_worked() and person.id in queries.to_tell_of_reviews(today(), TOLD)


REPLY = messages.announce(
    Purpose(
        queries.REPLY,
        text="Hi {alias}. There is an answer to what your group asked for. {link}",
        email="Hello {alias}.\n\nThere is an answer to what your group asked for. You can read it here:\n\n{link}\n",
        endpoint="threads.answers",
        about="An answer to what the group asked for",
    ),
    queries.is_still_answered,
    rests=_is_day_off,
)
REPLY_OWED = messages.announce(
    Purpose(
        queries.REPLY_OWED,
        text="Hi {alias}. A group waits for its answer in writing. {link}",
        email="Hello {alias}.\n\nA group waits for its answer in writing. You can see which, and by when, here:"
        "\n\n{link}\n",
        endpoint="home.show",
        about="A group waits for its answer",
    ),
    _is_still_owed,
)
REVIEW_DUE = messages.announce(
    Purpose(
        queries.REVIEW_DUE,
        text="Hi {alias}. It is time to look at a decision again. {link}",
        email="Hello {alias}.\n\nIt is time to look at a decision again. It is on the next agenda.\n\n{link}\n",
        endpoint="steering.meetings",
        about="A decision to look at again",
    ),
    _is_still_to_review,
)
GROUP_SAYS = messages.announce(
    Purpose(
        queries.GROUP_SAYS,
        text="Hi {alias}. A group has something to say to an answer. {link}",
        email="Hello {alias}.\n\nA group has something to say to an answer it was given. You can read it here:"
        "\n\n{link}\n",
        endpoint="steering.meetings",
        about="A group asks or contests something",
    ),
    queries.waits_for_lead,
    rests=_is_day_off,
)
TO_SECOND = messages.announce(
    Purpose(
        queries.TO_SECOND,
        text="Hi {alias}. One of your group asks you something. {link}",
        email="Hello {alias}.\n\nOne of your group asks you something. You can read it here:\n\n{link}\n",
        endpoint="threads.answers",
        about="One of the group asks for a second person",
    ),
    queries.is_still_to_second,
)


def remind_replies() -> int:
    """Write down who is to hear today that a reply is owed; answer how many.

    A chair is told five working days before the first is due, the day before, and on each working day one is late:
    one message a day, whatever the number.
    """
    return _tell_today(REPLY_OWED, queries.to_tell_of_replies(today())) if _is_worked() else 0


def remind_reviews() -> int:
    """Write down who is to hear today that a decision is to be looked at again; answer how many."""
    return _tell_today(REVIEW_DUE, queries.to_tell_of_reviews(today())) if _is_worked() else 0


def _tell_today(purpose: Purpose, people: list[UUID]) -> int:
    for key in people:
        messages.queue_all(purpose, [key], key, due=_this_morning())
    return len(people)


def _this_morning() -> datetime:
    return moment_of(today(), FROM)


def tell_the_group(decision: Decision, answered: GroupQuestion | None = None) -> None:
    """Tell everybody in the group that asked, each the way they chose, of the reply, or of what they asked besides."""
    messages.queue_all(REPLY, queries.authors_of(decision.recommendation), (answered or decision).id)


def ask_for_a_second(contest: Contest) -> None:
    """Ask everybody else in the group whether they want this decision to be looked at again, too."""
    others = set(queries.authors_of(contest.decision.recommendation)) - {contest.raised_by_id}
    messages.queue_all(TO_SECOND, sorted(others), contest.id)


def tell_the_lead(said: GroupQuestion | Contest) -> None:
    """Tell who leads the table that a group has asked or contested something: once for each."""
    messages.queue_all(GROUP_SAYS, queries.leads_at(said.decision.meeting.workstream), said.id)
