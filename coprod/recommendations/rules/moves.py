"""The moves a recommendation can make, and who may make them (domain rule 24, section 3)."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.recommendations.rules.sending import label_if_sent
from coprod.recommendations.rules.weighing import is_complete
from coprod.recommendations.rules.who import is_chair, is_facilitator, is_member
from coprod.voting import rules as voting

NOT_AGREED_YET = frozenset({State.NEEDS_TALK, State.NOT_AGREED, State.NO_RESULT})
DECIDED = frozenset({State.ACCEPTED, State.ACCEPTED_WITH_CHANGES, State.DEFERRED, State.DECLINED})


def _facilitator_when_ready_to_vote(person: Person, recommendation: Recommendation) -> Answer:
    said = YES if recommendation.said else no("First write what the group asks for, in 60 words at most.")
    worries = [worry for held in recommendation.rounds for worry in held.poll.worries]
    return is_facilitator(person, recommendation) & said & voting.worries_are_settled(worries)


def _facilitator_when_complete(person: Person, recommendation: Recommendation) -> Answer:
    explained = YES
    if label_if_sent(recommendation) and not recommendation.why_sent:
        explained = no("Say why it is sent all the same.")
    return is_facilitator(person, recommendation) & is_complete(recommendation) & explained


def _member_once(person: Person, recommendation: Recommendation) -> Answer:
    contested = no("A decision can be contested once.") if recommendation.contested_on else YES
    return is_member(person, recommendation) & contested


def _by_itself(person: Person | None, _: Recommendation) -> Answer:
    """What follows from a count, whoever counted; nobody presses this."""
    return YES if person is None else no("This follows from the vote.")


def _moves() -> list[Move[Recommendation]]:
    def move(name: str, sources: set[State] | frozenset[State], target: State, may=is_chair, button=""):  # type: ignore[no-untyped-def]
        return Move[Recommendation](name, frozenset(sources), target, may=may, button=button)

    by_facilitator = is_facilitator
    return [
        move("worked up", {State.IDEA}, State.OPTION, is_member, "Work it up as an option"),
        move("drafted", {State.IDEA, State.OPTION}, State.DRAFTED, by_facilitator, "Mark it as drafted"),
        move(
            "put to the vote",
            {State.DRAFTED, State.NEEDS_TALK, State.NO_RESULT},
            State.VOTING,
            _facilitator_when_ready_to_vote,
            "Put it to the vote",
        ),
        move("vote given up", {State.VOTING}, State.DRAFTED, by_facilitator, "Give up this vote"),
        move("agreed", {State.VOTING}, State.AGREED, _by_itself),
        move("sent back for more talk", {State.VOTING}, State.NEEDS_TALK, _by_itself),
        move("not agreed", {State.VOTING}, State.NOT_AGREED, _by_itself),
        move("ended without a result", {State.VOTING}, State.NO_RESULT, _by_itself),
        move(
            "submitted",
            NOT_AGREED_YET | {State.AGREED},
            State.SUBMITTED,
            _facilitator_when_complete,
            "Send it to the steering group",
        ),
        move("accepted", {State.SUBMITTED}, State.ACCEPTED),
        move("accepted with changes", {State.SUBMITTED}, State.ACCEPTED_WITH_CHANGES),
        move("referred back", {State.SUBMITTED}, State.REFERRED_BACK),
        move("deferred", {State.SUBMITTED}, State.DEFERRED),
        move("declined", {State.SUBMITTED}, State.DECLINED),
        move("replied", DECIDED, State.REPLIED),
        move("taken up again", {State.REFERRED_BACK}, State.DRAFTED, by_facilitator, "Take it up again"),
        move("brought back", {State.DEFERRED, State.REPLIED, State.CONTESTED}, State.SUBMITTED),
        move("decided again", DECIDED | {State.REFERRED_BACK, State.REPLIED}, State.SUBMITTED),
        move("contested", {State.REPLIED}, State.CONTESTED, _member_once),
        move("sent again", {State.CONTESTED}, State.SUBMITTED, by_facilitator),
        move("put into pilot", {State.REPLIED}, State.IN_PILOT),
        move("adopted", {State.IN_PILOT, State.ADAPTED}, State.ADOPTED),
        move("adapted", {State.IN_PILOT, State.ADAPTED}, State.ADAPTED),
        move("abandoned", {State.IN_PILOT, State.ADAPTED}, State.ABANDONED),
        move("embedded", {State.ADOPTED, State.ADAPTED}, State.EMBEDDED, button="It is everyday practice now"),
        move("closed", {State.ABANDONED, State.EMBEDDED, State.REPLIED}, State.CLOSED, button="Close it"),
    ]


LIFECYCLE = Lifecycle[Recommendation](_moves())
BY_HAND = frozenset({"worked up", "drafted", "taken up again", "embedded", "closed"})
"""The moves made by pressing a button on the recommendation's own page; the others are part of another deed."""


def may_check(person: Person, recommendation: Recommendation) -> Answer:
    """The facilitator may look at what would be sent, once there is something to send."""
    sources = LIFECYCLE.moves["submitted"].sources
    in_time = no(f"It is {recommendation.state}, so it cannot be sent now.")
    return is_facilitator(person, recommendation) & (YES if recommendation.state in sources else in_time)


def by_hand(person: Person, recommendation: Recommendation) -> list[Move[Recommendation]]:
    """List the moves this person may make by pressing a button now."""
    return [move for move in LIFECYCLE.open_to(person, recommendation) if move.name in BY_HAND]
