"""From what was answered to what may be published, for every kind of vote, and for envelopes and paper alike (O10)."""

from collections.abc import Sequence

from coprod.voting.models import Kind, Outcome, Poll, Result, Shown
from coprod.voting.rules import answering, counting, picking, sizes, statements
from coprod.voting.rules.counting import SideAnswers
from coprod.voting.rules.lines import Line, Published
from coprod.voting.rules.paper import Piles
from coprod.voting.rules.picking import SidePicks
from coprod.voting.rules.statements import SideViews


def publish(poll: Poll, codes: Sequence[Sequence[int]]) -> Published:
    """Count what lay in the envelopes of each side, or of the whole roll where sides are not looked at."""
    parts = list(zip(codes, sizes.rolls(poll), strict=True))
    options, most = len(poll.options), poll.most
    if poll.kind == Kind.PICK:
        slips = [[answering.picks_in(code, options, most) for code in part] for part, _ in parts]
        return _picks(poll, [picking.side_picks(part, roll) for part, (_, roll) in zip(slips, parts, strict=True)])
    if poll.kind == Kind.STATEMENTS:
        views = [[answering.views_in(code, options) for code in part] for part, _ in parts]
        sides = [statements.side_views(part, roll, poll.quorum) for part, (_, roll) in zip(views, parts, strict=True)]
        return _views(poll, sides)
    return _answers(
        poll, [SideAnswers([answering.choice_in(code, poll.kind) for code in part], roll) for part, roll in parts]
    )


def publish_piles(poll: Poll, piles: Piles) -> Published:
    """Count what lay in the box, or in the two boxes."""
    parts = list(zip(piles.boxes, sizes.rolls(poll), strict=True))
    if poll.kind == Kind.PICK:
        return _picks(poll, [SidePicks(pile.numbers, pile.slips, roll) for pile, roll in parts])
    return _answers(
        poll, [SideAnswers([c for c, many in pile.numbers.items() for _ in range(many)], roll) for pile, roll in parts]
    )


def _answers(poll: Poll, sides: Sequence[SideAnswers]) -> Published:
    if len(sides) == 2:
        ended = counting.outcome(sides[0], sides[1], poll.rule, poll.quorum)
    else:
        ended = counting.outcome_in_the_room(sides[0], poll.rule, poll.quorum)
    if ended == Outcome.NO_RESULT or not poll.lived_on_roll:
        return _without_a_result(poll)
    return Published(ended, counting.reason(ended, poll.lived_on_roll), *_said_of_sides(poll, ended, sides))


def _said_of_sides(poll: Poll, ended: Outcome, sides: Sequence[SideAnswers]) -> tuple[str, str]:
    """Say nothing of sides where too few of one answered, though the whole roll did: it would be said of those few.

    Nor a word beside an agreement: "agreed", although most of one small side are not for it, says that all of the other
    are (B13). It hangs on the result word alone, which is published anyway, and the ballot says so beforehand (B12).
    """
    if not all(counting.is_answered(side, poll.quorum) for side in sides):
        return "", ""
    if poll.shown_of_lived == Shown.WORD and ended in (Outcome.AGREED, Outcome.ASK_THE_ROOM):
        return "", ""
    shown = poll.shown_of_lived, poll.shown_of_professionals
    return counting.said_of_side(sides[0], shown[0]), counting.said_of_side(sides[-1], shown[1])


def _without_a_result(poll: Poll) -> Published:
    """Nothing is said of a side of which too few answered: it would be said of those few."""
    return Published(Outcome.NO_RESULT, counting.reason(Outcome.NO_RESULT, poll.lived_on_roll))


def _picks(poll: Poll, sides: Sequence[SidePicks]) -> Published:
    return _several(poll, picking.chosen(poll, sides)) if _is_answered(poll, sides) else _without_a_result(poll)


def _views(poll: Poll, sides: Sequence[SideViews]) -> Published:
    return _several(poll, statements.weighed(poll, sides)) if _is_answered(poll, sides) else _without_a_result(poll)


def _several(poll: Poll, lines: tuple[Line, ...]) -> Published:
    return Published(Outcome.COUNTED, counting.reason(Outcome.COUNTED, poll.lived_on_roll), lines=lines)


def _is_answered(poll: Poll, sides: Sequence[SidePicks] | Sequence[SideViews]) -> bool:
    if sizes.each_side_must_answer(poll.rule, poll.lived_on_roll, poll.professionals_on_roll):
        return all(sizes.is_enough(side.answered, side.roll, poll.quorum) for side in sides)
    whole = sum(side.answered for side in sides), sum(side.roll for side in sides)
    return poll.lived_on_roll > 0 and sizes.is_enough(*whole, poll.quorum)


def ends_as(result: Result) -> Outcome:
    """Answer how it ended in the end: after the room, if the room was asked and somebody was there to answer."""
    if result.outcome != Outcome.ASK_THE_ROOM or result.room_said_yes is None:
        return result.outcome
    return Outcome.AGREED if result.room_said_yes else Outcome.NEEDS_TALK
