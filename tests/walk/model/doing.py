"""Actions: one owner, one date, said done by one, agreed by another (domain rule 25); some come again."""

from datetime import timedelta

from tests.walk.model.world import FACILITATOR, STEERING, STREAM, Action, World, leads, role, seated, sits, works


def may_own(world: World, table: str, who: str, asked: str) -> bool:
    """Everybody at the table, and who runs the group that asked."""
    return sits(world, who, table) or (bool(asked) and role(world, who, STREAM) == FACILITATOR)


def next_key(world: World, table: str) -> str:
    return f"{table} {sum(action.table == table for action in world.actions.values()) + 1}"


def may_open(world: World, by: str, table: str, owner: str, days: int, weekly: bool, asked: str) -> bool:
    return leads(world, by, table) and may_own(world, table, owner, asked)


def open_action(world: World, by: str, table: str, owner: str, days: int, weekly: bool, asked: str) -> None:
    due = world.today + timedelta(days)
    world.actions[next_key(world, table)] = Action(table, owner, [due], asked, weekly)


def may_follow_up(world: World, by: str, number: int, owner: str, days: int) -> bool:
    decision = world.decisions[number]
    return (
        leads(world, by, STEERING)
        and _chairs_it(world, by)
        and decision.state != "reversed"
        and (may_own(world, STEERING, owner, decision.asked))
    )


def _chairs_it(world: World, by: str) -> bool:
    return role(world, by, STEERING) == "chair"


def follow_up(world: World, by: str, number: int, owner: str, days: int) -> None:
    open_action(world, by, STEERING, owner, days, False, world.decisions[number].asked)


def _carries(world: World, by: str, action: Action) -> bool:
    return action.owner == by or leads(world, by, action.table)


def may_say_done(world: World, by: str, key: str, words: str) -> bool:
    action = world.actions[key]
    return action.state == "open" and _carries(world, by, action)


def say_done(world: World, by: str, key: str, words: str) -> None:
    action = world.actions[key]
    action.state, action.said_by, action.evident = "said done", by, bool(words)


def _is_second(world: World, by: str, action: Action) -> bool:
    return by != action.said_by and (action.owner == by or sits(world, by, action.table))


def may_agree(world: World, by: str, key: str, words: str) -> bool:
    """One of the two says how anyone can tell."""
    return may_find_not_done(world, by, key) and (world.actions[key].evident or bool(words))


def agree(world: World, by: str, key: str, words: str) -> None:
    action = world.actions[key]
    action.state, action.agreed_by = "done", by
    if action.weekly and all(other.follows != key for other in world.actions.values()):
        begins, turn = action.begins or action.dues[0], 1
        while begins + timedelta(7 * turn) <= action.dues[0] or _on_a_working_day(begins, turn) < world.today:
            turn += 1
        following = Action(
            action.table,
            _who_goes_on(world, by, action),
            [_on_a_working_day(begins, turn)],
            action.asked,
            True,
            key,
            begins,
        )
        world.actions[next_key(world, action.table)] = following


def _who_goes_on(world: World, by: str, action: Action) -> str:
    """Its owner; where that one cannot own it any more, whoever agrees and leads the table, else who leads it."""
    if may_own(world, action.table, action.owner, action.asked):
        return action.owner
    leading = [who for who in seated(world, action.table) if leads(world, who, action.table)]
    return by if by in leading else min(leading, default=by)


def _on_a_working_day(begins, turn: int):
    day = begins + timedelta(7 * turn)
    while not works(day):
        day += timedelta(1)
    return day


def may_find_not_done(world: World, by: str, key: str) -> bool:
    action = world.actions[key]
    return action.state == "said done" and _is_second(world, by, action)


def find_not_done(world: World, by: str, key: str) -> None:
    _take_back(world.actions[key])


def _take_back(action: Action) -> None:
    action.state, action.said_by, action.agreed_by = "open", "", ""


def may_cancel(world: World, by: str, key: str) -> bool:
    action = world.actions[key]
    return action.state in ("open", "said done") and leads(world, by, action.table)


def cancel(world: World, by: str, key: str) -> None:
    world.actions[key].state = "cancelled"


def may_reopen(world: World, by: str, key: str) -> bool:
    action = world.actions[key]
    return action.state in ("done", "cancelled") and leads(world, by, action.table)


def reopen(world: World, by: str, key: str) -> None:
    _take_back(world.actions[key])


def may_move_date(world: World, by: str, key: str, days: int) -> bool:
    action = world.actions[key]
    another = action.dues[-1] != world.today + timedelta(days)
    return action.state == "open" and _carries(world, by, action) and another


def move_date(world: World, by: str, key: str, days: int) -> None:
    world.actions[key].dues.append(world.today + timedelta(days))


def may_hand_over(world: World, by: str, key: str, owner: str) -> bool:
    action = world.actions[key]
    able = action.state == "open" and leads(world, by, action.table) and owner != action.owner
    return able and may_own(world, action.table, owner, action.asked)


def hand_over(world: World, by: str, key: str, owner: str) -> None:
    world.actions[key].owner = owner


def everybody(world: World) -> list[str]:
    return sorted({*seated(world, STREAM), *seated(world, STEERING)})
