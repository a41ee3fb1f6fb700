"""Writing to the roll that there is a question, to everybody alike (B15)."""

from collections.abc import Collection
from uuid import UUID

from coprod.core.clock import now
from coprod.messages import services as messages
from coprod.messages.rules import Purpose
from coprod.people import services as people
from coprod.people.models import Person
from coprod.voting import queries
from coprod.voting.models import Poll


def _may_still_answer(person: Person, poll_id: UUID) -> bool:
    return queries.is_asked(person, poll_id, now())


VOTE = messages.announce(
    Purpose(
        "vote",
        about="A question to answer",
        text="Hi {alias}. One question for you this week. It's private. {link}",
        email="Hello {alias}.\n\nOne question for you this week. It's private.\n\n{link}\n\n"
        "The link is yours alone, so please keep it to yourself. It works for seven days at most.\n",
        link="vote",
        endpoint="voting.by_link",
    ),
    _may_still_answer,
)


def tell_the_roll(poll: Poll, people_on_it: Collection[UUID]) -> None:
    """Write to everybody on the roll alike, in one go: nothing about it changes as people answer (B7, B15).

    A vote on paper is answered in the room, so nobody is sent a link to it.
    """
    if not poll.on_paper:
        messages.queue_all(VOTE, people_on_it, poll.id)


def forget_what_was_sent(poll: Poll) -> None:
    """When it is over, its links open nothing more, and what waits to be sent is taken back."""
    people.spend_links(f"vote {poll.id}")
    messages.withdraw_all(VOTE, poll.id)
