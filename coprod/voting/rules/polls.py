"""What may be put to the vote, who may run it, the moves it makes, and what follows when it is counted."""

from collections.abc import Collection, Sequence
from datetime import datetime

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.voting.models import Kind, Outcome, Poll, PollOption, PollState, Rule, Standing
from coprod.voting.rules import paper, sizes
from coprod.workstreams import rules as workstreams

MOST_WORDS = 60
MOST_MINORITY_WORDS = 100
OPTIONS = {Kind.PICK: (2, 40), Kind.STATEMENTS: (2, 20)}
"""How many things are voted on together, at least and at most."""
USUAL_PICKS = 3
ON_PAPER = "This vote is on paper."


def _facilitator(person: Person, poll: Poll) -> Answer:
    return workstreams.is_facilitator(person, poll.workstream)


def _facilitator_with_a_roll(person: Person, poll: Poll) -> Answer:
    by_hand = no("A show of hands is written down. It does not open.") if poll.kind == Kind.HANDS else YES
    enough = sizes.roll_is_large_enough(len(workstreams.voters(poll.workstream)))
    return _facilitator(person, poll) & by_hand & enough


def _facilitator_online(person: Person, poll: Poll) -> Answer:
    return _facilitator(person, poll) & is_online(poll)


def _facilitator_by_hand(person: Person, poll: Poll) -> Answer:
    secret = no("Only a show of hands is written down.") if poll.kind != Kind.HANDS else YES
    return _facilitator(person, poll) & secret


def _by_itself(person: Person | None, _: Poll) -> Answer:
    """The clock closes and counts; nobody presses this."""
    return YES if person is None else no("This comes by itself.")


def _by_itself_online(person: Person | None, poll: Poll) -> Answer:
    return _by_itself(person, poll) & is_online(poll)


LIFECYCLE = Lifecycle[Poll](
    [
        Move(
            "opened", frozenset({PollState.DRAFT}), PollState.OPEN, may=_facilitator_with_a_roll, button="Open the vote"
        ),
        Move("recorded as the group's", frozenset({PollState.DRAFT}), PollState.COUNTED, may=_facilitator_by_hand),
        Move("closed", frozenset({PollState.OPEN}), PollState.CLOSED, may=_facilitator, button="Close the vote"),
        Move("closed by the clock", frozenset({PollState.OPEN}), PollState.CLOSED, may=_by_itself),
        Move(
            "counted",
            frozenset({PollState.CLOSED}),
            PollState.COUNTED,
            may=_facilitator_online,
            button="Count the answers",
        ),
        Move("counted by the clock", frozenset({PollState.CLOSED}), PollState.COUNTED, may=_by_itself_online),
        Move("counted from the box", frozenset({PollState.CLOSED}), PollState.COUNTED, may=paper.may_count_paper),
        Move("asked in the room", frozenset({PollState.COUNTED}), PollState.ASKED, may=_facilitator),
        Move(
            "voided",
            frozenset({PollState.DRAFT, PollState.OPEN, PollState.CLOSED}),
            PollState.VOID,
            may=_facilitator,
            button="Void the vote",
        ),
    ]
)


def may_be_put(question: str, kind: Kind, options: Sequence[str], most: int, *, on_paper: bool) -> Answer:
    """Answer whether a vote can ask this."""
    if not 1 <= len(question.split()) <= MOST_WORDS:
        return no(f"Ask it in {MOST_WORDS} words at most.")
    if on_paper and kind in (Kind.STATEMENTS, Kind.HANDS):
        return no("This kind of vote is not held on paper.")
    return _options_fit(kind, options) & _most_fits(kind, most, len(options))


def _options_fit(kind: Kind, options: Sequence[str]) -> Answer:
    least, most = OPTIONS.get(kind, (0, 0))
    if not least <= len(options) <= most:
        return no(f"Give {least} to {most} of them." if most else "This kind of vote asks one thing.")
    if not all(options):
        return no("Give each of them words.")
    same = len({words.casefold() for words in options}) < len(options)
    return no("Two of them say the same.") if same else YES


def _most_fits(kind: Kind, most: int, options: int) -> Answer:
    if kind == Kind.PICK and not 1 <= most < options:
        return no("People choose one at least, and not all of them.")
    return YES


def is_open(poll: Poll, now: datetime) -> Answer:
    """Answer whether the vote still takes answers."""
    if poll.state != PollState.OPEN or poll.closes_at is None or now >= poll.closes_at:
        return no("This vote has closed. Your answer was not changed.")
    return YES


def is_online(poll: Poll) -> Answer:
    """Answer whether people answer on a screen: a vote is on paper for its whole roll, or for nobody (B16)."""
    return no(ON_PAPER) if poll.on_paper else YES


def is_of(poll: Poll, *kinds: Kind) -> Answer:
    """Answer whether this is the way to answer it."""
    return YES if poll.kind in kinds else no("This vote is answered in another way.")


def rule_is_offered(rule: Rule, lived: int, professionals: int) -> Answer:
    """Answer whether a roll of these sizes can go by this rule."""
    return YES if rule in sizes.rules_for(lived, professionals) else no("This rule needs 5 people on each side.")


def asks_parents(poll: Poll) -> bool:
    """Answer whether "agreed" here says that those with lived experience agree: by their side, or in the room."""
    by_sides = sizes.has_sides(poll.lived_on_roll, poll.professionals_on_roll)
    return not by_sides or poll.rule in (Rule.BOTH_SIDES, Rule.PARENTS_AND_ALL)


def waits_for_the_room(poll: Poll) -> Answer:
    """Answer whether its result waits for what is said in the room."""
    asks = poll.result is not None and poll.result.outcome == Outcome.ASK_THE_ROOM
    return YES if asks and poll.state == PollState.COUNTED else no("This result does not wait for the room.")


def may_write_down_the_room(person: Person, poll: Poll) -> Answer:
    """The facilitator may, while the result waits for it."""
    return _facilitator(person, poll) & waits_for_the_room(poll)


# --- What the group settles after the count.


def tied(poll: Poll) -> list[PollOption]:
    """List the things whose tie the group still has to settle."""
    return [option for option in poll.options if option.line and option.line.standing == Standing.TIED]


def places_left(poll: Poll) -> int:
    """Answer how many of those that are tied can be chosen."""
    return poll.most - sum(option.line.standing == Standing.CHOSEN for option in poll.options if option.line)


def may_settle(person: Person, poll: Poll, chosen: Collection[int]) -> Answer:
    """The facilitator may, once, write down which of the tied things the group chose by talking."""
    level = {option.number for option in tied(poll)}
    if not level:
        return _facilitator(person, poll) & no("There is no tie to settle.")
    fits = set(chosen) <= level and 1 <= len(set(chosen)) <= places_left(poll)
    return _facilitator(person, poll) & (
        YES if fits else no(f"Choose 1 to {places_left(poll)} of those that are level.")
    )


def may_write_minority_view(person: Person, poll: Poll, words: str) -> Answer:
    """The facilitator may, for those who were not for it, once there is a result."""
    counted = YES if poll.result else no("There is no result yet.")
    short = len(words.split()) <= MOST_MINORITY_WORDS
    return _facilitator(person, poll) & counted & (YES if short else no(f"Use {MOST_MINORITY_WORDS} words at most."))
