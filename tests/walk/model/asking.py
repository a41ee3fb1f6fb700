"""A recommendation on its way: worked up, drafted, voted on, sent; and the vote itself (domain rules 5 and 21)."""

from fractions import Fraction

from tests.walk.model.world import FACILITATOR, LIVED, STREAM, Vote, World, chairs, runs, seated, sits

BY_HAND = {
    "worked up": (("idea",), "option"),
    "drafted": (("idea", "option"), "drafted"),
    "taken up again": (("referred back",), "drafted"),
    "sent again": (("contested",), "submitted"),
    "embedded": (("adopted", "adapted"), "embedded"),
    "closed": (("abandoned", "embedded", "replied"), "closed"),
}
NOT_AGREED_YET = ("needs more talk", "not agreed", "no result")
SMALLEST_ROLL = 5


def may_move(world: World, by: str, key: str, name: str) -> bool:
    sources, _ = BY_HAND[name]
    rightly = {"worked up": sits(world, by, STREAM), "embedded": chairs(world, by), "closed": chairs(world, by)}
    return rightly.get(name, runs(world, by)) and world.asked[key].state in sources


def move(world: World, by: str, key: str, name: str) -> None:
    world.asked[key].state = BY_HAND[name][1]


# --- The vote.


def roll(world: World) -> dict[str, str]:
    """Everybody who has joined but the facilitators."""
    return {who: place.side for who, place in seated(world, STREAM).items() if place.role != FACILITATOR}


def worries_settled(world: World, key: str) -> bool:
    states = [state for vote in world.asked[key].votes for state in world.votes[vote].worries.values()]
    return all(state in ("answered", "carried forward") for state in states)


def may_open(world: World, by: str, key: str, vote: str) -> bool:
    asked = world.asked[key]
    in_time = asked.state in ("drafted", "needs more talk", "no result")
    enough = len(roll(world)) >= SMALLEST_ROLL
    return runs(world, by) and asked.worded and in_time and worries_settled(world, key) and enough


def open_vote(world: World, by: str, key: str, vote: str) -> None:
    world.votes[vote] = Vote(key, roll(world))
    world.asked[key].votes.append(vote)
    world.asked[key].state = "voting"


def may_cast(world: World, by: str, vote: str, choice: int) -> bool:
    return world.votes[vote].state == "open" and by in world.votes[vote].roll


def cast(world: World, by: str, vote: str, choice: int) -> None:
    world.votes[vote].answers[by] = choice


def may_all_cast(world: World, by: str, vote: str, choices: tuple[int, ...]) -> bool:
    return world.votes[vote].state == "open"


def all_cast(world: World, by: str, vote: str, choices: tuple[int, ...]) -> None:
    """Everybody on the roll answers, whoever tells it."""
    world.votes[vote].answers |= dict(zip(sorted(world.votes[vote].roll), choices, strict=False))


def may_worry(world: World, by: str, vote: str) -> bool:
    return may_cast(world, by, vote, 0)


def worry(world: World, by: str, vote: str) -> None:
    world.votes[vote].sealed += 1


def may_count(world: World, by: str, key: str) -> bool:
    """Closing twice answers the stored result, whoever asks."""
    votes = world.asked[key].votes
    if not votes:
        return False
    last = world.votes[votes[-1]]
    return bool(last.outcome) or (last.state == "open" and runs(world, by))


def count(world: World, by: str, key: str) -> None:
    last = world.votes[world.asked[key].votes[-1]]
    if last.outcome:
        return
    last.state, last.outcome = "counted", outcome(last)
    last.worries = {str(number): "raised" for number in range(last.sealed)}
    _follow(world, last, last.outcome)


def outcome(vote: Vote) -> str:
    """Domain rule 5, with fewer than five on a side: the whole roll, then the parents in the room."""
    given = [choice for choice in vote.answers.values() if choice]
    if LIVED not in vote.roll.values() or not given or Fraction(len(given), len(vote.roll)) < Fraction(1, 2):
        return "no result"
    support = Fraction(sum(choice >= 3 for choice in given), len(given))
    if support < Fraction(1, 2):
        return "not agreed"
    return "needs more talk" if 1 in given or support < Fraction(7, 10) else "to be asked in the room"


def _follow(world: World, vote: Vote, result: str) -> None:
    asked = world.asked[vote.asked]
    if result != "to be asked in the room" and asked.state == "voting":
        asked.state = result


def may_write_down_the_room(world: World, by: str, key: str, said: bool | None) -> bool:
    votes = world.asked[key].votes
    last = world.votes[votes[-1]] if votes else None
    waits = last is not None and last.state == "counted" and last.outcome == "to be asked in the room"
    return waits and runs(world, by)


def write_down_the_room(world: World, by: str, key: str, said: bool | None) -> None:
    last = world.votes[world.asked[key].votes[-1]]
    if said is not None:
        last.state = "asked in the room"
        _follow(world, last, "agreed" if said else "needs more talk")


def may_give_up(world: World, by: str, key: str) -> bool:
    votes = world.asked[key].votes
    return bool(votes) and world.votes[votes[-1]].state == "open" and runs(world, by)


def give_up(world: World, by: str, key: str) -> None:
    asked = world.asked[key]
    world.votes[asked.votes[-1]].state = "void"
    asked.state = "drafted"


def may_settle_worry(world: World, by: str, vote: str, number: str, name: str) -> bool:
    state = world.votes[vote].worries.get(number, "")
    return runs(world, by) and state == ("raised" if name == "talked about" else "talked about")


def settle_worry(world: World, by: str, vote: str, number: str, name: str) -> None:
    world.votes[vote].worries[number] = name


# --- Sending.


def may_submit(world: World, by: str, key: str, why: str) -> bool:
    asked = world.asked[key]
    agreed = asked.state == "agreed"
    explained = agreed or (asked.state in NOT_AGREED_YET and bool(why))
    return runs(world, by) and asked.complete and explained


def submit(world: World, by: str, key: str, why: str) -> None:
    world.asked[key].state = "submitted"
