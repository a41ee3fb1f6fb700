"""Everything a walk can try: by whom, with what, whether the model allows it, and the same through the services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, select

from coprod.actions import services as actions
from coprod.actions.models import Repeat
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.outcomes.models import Indicator
from coprod.pilots import services as pilots
from coprod.pilots.models import Compared
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Recommendation
from coprod.steering import services as steering
from coprod.steering.models import Contest, Meeting, Verdict
from coprod.steering.services import FirstAction
from coprod.voting import services as voting
from coprod.voting.models import Poll, RollEntry, SealedWorry, Worry
from coprod.voting.rules import Choice
from coprod.workstreams import services as workstreams
from tests.pilots.builders import PLAN, PROPOSAL
from tests.walk.model import answers, asking, doing, meetings, places, trying
from tests.walk.model.world import STEERING, STREAM, World
from tests.walk.stage import PILOT_ENDS, Stage

Args = tuple[Any, ...]
SETTLED = ("Sam", "Alex")
"""They stay where they are, or most of a walk could do nothing."""
NEEDED = {
    "accept": {},
    "accept with changes": {"changes": "Start before birth."},
    "refer back": {"question": "Who would ring?"},
    "defer": {},
    "decline": {"would_change": "More money."},
}


@dataclass(frozen=True)
class Deed:
    """One kind of thing people do: what is drawn for it, what the model says, and how it is done."""

    draw: Callable[[Random, World], Args | None]
    """Whatever it is done with, or nothing where there is nothing to do it to."""
    may: Callable[..., bool]
    do: Callable[..., None]
    act: Callable[..., None]
    weight: int = 1


# --- What is drawn.


def _nothing(dice: Random, world: World) -> Args:
    return ()


def _pick(dice: Random, things: Any) -> Any:
    known = list(things)
    return dice.choice(known) if known else None


def _of(*parts: Callable[[Random, World], Any]) -> Callable[[Random, World], Args | None]:
    def draw(dice: Random, world: World) -> Args | None:
        drawn = tuple(part(dice, world) for part in parts)
        return None if None in drawn else drawn

    return draw


def _one_of(*choices: Any) -> Callable[[Random, World], Any]:
    return lambda dice, world: dice.choice(choices)


def _asked(dice: Random, world: World) -> str:
    return dice.choice(list(world.asked))


def _meeting(dice: Random, world: World) -> str:
    going_on = [key for key, one in world.meetings.items() if one.state == "open"]
    return dice.choice(going_on if going_on and dice.random() < 0.7 else list(world.meetings))


def _vote(dice: Random, world: World) -> str | None:
    return _pick(dice, world.votes)


def _decision(dice: Random, world: World) -> int:
    return dice.choice(list(world.decisions))


def _action(dice: Random, world: World) -> str:
    return dice.choice(list(world.actions))


def _pilot(dice: Random, world: World) -> str:
    return dice.choice(list(world.pilots))


def _person(dice: Random, world: World) -> str:
    return dice.choice([*doing.everybody(world), "Zoe"])


def _new(kind: str) -> Callable[[Random, World], str]:
    return lambda dice, world: f"{kind} {len(world.votes if kind == 'vote' else world.meetings) + 1}"


def _place(dice: Random, world: World) -> Args:
    table, who = dice.choice([key for key in world.places if key[1] not in SETTLED])
    return table, who, dice.choice(("thinking", "joined", "joined", "paused", "left", "invited again", "taken back"))


def _here(dice: Random, world: World) -> tuple[str, ...]:
    members = [who for table, who in world.places if table == STEERING]
    return tuple(members if dice.random() < 0.5 else dice.sample(members, dice.randint(2, 5)))


def _sent(dice: Random, world: World) -> str:
    waiting = [key for key, asked in world.asked.items() if asked.state == "submitted"]
    return dice.choice(waiting) if waiting and dice.random() < 0.7 else _asked(dice, world)


def _item(dice: Random, world: World) -> Args | None:
    key = _meeting(dice, world)
    item = _pick(dice, world.meetings[key].items)
    return (key, item) if item else None


def _worry(dice: Random, world: World) -> Args | None:
    drawn = _pick(dice, [(key, number) for key, vote in world.votes.items() for number in vote.worries])
    return (*drawn, dice.choice(("talked about", "answered", "carried forward"))) if drawn else None


def _answered_by_group(kind: str) -> Callable[[Random, World], Args | None]:
    def draw(dice: Random, world: World) -> Args | None:
        found = [(n, place) for n, one in world.decisions.items() for place in range(len(getattr(one, kind)))]
        return _pick(dice, found)

    return draw


def _cycled(*parts: Callable[[Random, World], Any]) -> Callable[[Random, World], Args | None]:
    def draw(dice: Random, world: World) -> Args | None:
        key = _pick(dice, [key for key, pilot in world.pilots.items() if pilot.cycles])
        return (key, *(part(dice, world) for part in parts)) if key else None

    return draw


def _with(first: Callable[[Random, World], Args | None], *parts: Any) -> Callable[[Random, World], Args | None]:
    def draw(dice: Random, world: World) -> Args | None:
        drawn = first(dice, world)
        return None if drawn is None else (*drawn, *(part(dice, world) for part in parts))

    return draw


# --- How it is done.


def _open_vote(stage: Stage, by: Any, key: str, vote: str) -> None:
    asked = stage.one(Recommendation, key)
    stage.learn(vote, recommendations.open_vote(asked, now() + timedelta(50), by=by))


def _all_answer(stage: Stage, by: Any, vote: str, choices: tuple[int, ...]) -> None:
    poll = stage.one(Poll, vote)
    entries = db.session.scalars(select(RollEntry.person_id).where(RollEntry.poll_id == poll.id)).all()
    roll = sorted(stage.called[key.hex] for key in entries)
    for who, choice in zip(roll, choices, strict=False):
        voting.cast(poll, Choice(choice), by=stage.person(who))


def _settle_worry(stage: Stage, by: Any, vote: str, number: str, name: str) -> None:
    worries = select(Worry).where(Worry.poll_id == stage.ids[vote], Worry.words == f"Worry {number}")
    voting.move_worry(db.session.scalars(worries).one(), name, "We talked, and it is settled.", by=by)


def _say_worry(stage: Stage, by: Any, vote: str) -> None:
    said = select(func.count()).select_from(SealedWorry).where(SealedWorry.poll_id == stage.ids[vote])
    voting.raise_worry(stage.one(Poll, vote), f"Worry {db.session.scalar(said)}", by=by)


def _contest(stage: Stage, by: Any, number: int) -> None:
    decision = stage.decision(number)
    place = len(decision.contests)
    raised = steering.contest(decision, "We asked for all of us.", "Robin", by=by)
    stage.learn(f"contest {number}/{place}", raised)


def _contest_of(stage: Stage, number: int, place: int) -> Contest:
    raised: Contest = stage.one(Contest, f"contest {number}/{place}")
    return raised


def _room(said: Any) -> bool | None:
    """Answer what the room said; a nought stands for nobody there."""
    return said if isinstance(said, bool) else None


def _plan_meeting(stage: Stage, by: Any, key: str, days: int) -> None:
    on = today() + timedelta(days)
    stage.learn(key, steering.plan_meeting(stage.table(STEERING), on, time(10), by=by))


def _tick(stage: Stage, by: Any, key: str, here: tuple[str, ...]) -> None:
    steering.tick(stage.one(Meeting, key), [stage.place(STEERING, who) for who in here], by=by)


def _said(verdict: str, whole: bool, again: int) -> dict[str, Any]:
    day = today() + timedelta(again)
    said: dict[str, Any] = {"reason": "You should not go home to silence." if whole else "Noted.", "review_on": day}
    return said | NEEDED[verdict] | ({"until": day} if verdict == "defer" else {})


def _decide(stage: Stage, by: Any, key: str, asked: str, verdict: str, whole: bool, again: int) -> None:
    meeting, about = stage.one(Meeting, key), stage.one(Recommendation, asked)
    steering.decide(meeting, about, Verdict(verdict), by=by, **_said(verdict, whole, again))


def _correct(stage: Stage, by: Any, key: str, number: int, verdict: str, whole: bool, again: int) -> None:
    meeting, decision = stage.one(Meeting, key), stage.decision(number)
    steering.correct(decision, meeting, Verdict(verdict), by=by, **_said(verdict, whole, again))


def _open_action(stage: Stage, by: Any, table: str, owner: str, days: int, weekly: bool, asked: str) -> None:
    about = stage.one(Recommendation, asked) if asked else None
    repeats = Repeat.WEEKLY if weekly else Repeat.ONCE
    due = today() + timedelta(days)
    actions.open_action(
        stage.table(table), "Ring the ward", stage.person(owner), due, by=by, recommendation=about, repeats=repeats
    )


def _follow_up(stage: Stage, by: Any, number: int, owner: str, days: int) -> None:
    first = FirstAction("Ring the ward", stage.person(owner), today() + timedelta(days))
    steering.follow_up(stage.decision(number), first, by=by)


def _propose(stage: Stage, by: Any, key: str, owner: str, ends: Any) -> None:
    words = PROPOSAL | {"owner": stage.person(owner), "ends": ends}
    pilot = pilots.propose(stage.one(Recommendation, key), by=by, **words)
    stage.learn(f"pilot of {key}", pilot)


def _plan_cycle(stage: Stage, by: Any, key: str) -> None:
    measures = [stage.one(Indicator, f"{kind} of {key}") for kind in ("outcome", "balance")]
    pilot = stage.pilot(key)
    pilots.plan(pilot, measures, by=by, owner=pilot.owner, **PLAN)


def _act(stage: Stage, by: Any, key: str, name: str, learned: bool) -> None:
    pilots.act(stage.pilot(key).test_cycles[-1], name, "Start earlier." if learned else "", by=by)


def _study(stage: Stage, by: Any, key: str, compared: bool) -> None:
    said = Compared.BETTER if compared else None
    pilots.study(stage.pilot(key).test_cycles[-1], "52 in 100", said, "Nothing.", by=by)


DECIDED = {"reason": "Parents know whom to ask.", "scaled_to": "All six clinics", "scaled_by": date(2030, 1, 1)}


def _worded(words: str) -> dict[str, str]:
    return {words: "Because the ward asked."} if words else {}


# --- All of it.

AGAIN = _one_of(1, 9, 25, 40)
YES_MOSTLY = _one_of(True, True, True, False)
VERDICT = _one_of(*NEEDED)
EVIDENCE = _one_of("I rang.", "")

DEEDS: dict[str, Deed] = {
    "move of a place": Deed(
        _place,
        places.may_move,
        places.move,
        lambda stage, by, table, who, name: workstreams.move(stage.place(table, who), name, by=by),
        2,
    ),
    "step by hand": Deed(
        _of(_asked, _one_of(*asking.BY_HAND)),
        asking.may_move,
        asking.move,
        lambda stage, by, key, name: recommendations.move(stage.one(Recommendation, key), name, by=by),
        2,
    ),
    "open a vote": Deed(_of(_asked, _new("vote")), asking.may_open, asking.open_vote, _open_vote, 3),
    "answer": Deed(
        _of(_vote, _one_of(5, 5, 4, 3, 3, 2, 1, 0)),
        asking.may_cast,
        asking.cast,
        lambda stage, by, vote, choice: voting.cast(stage.one(Poll, vote), Choice(choice), by=by),
        5,
    ),
    "all answer": Deed(
        _of(_vote, lambda dice, world: tuple(dice.choice((5, 4, 3, 3, 3, 2, 1)) for _ in range(8))),
        asking.may_all_cast,
        asking.all_cast,
        _all_answer,
        2,
    ),
    "say a worry": Deed(_of(_vote), asking.may_worry, asking.worry, _say_worry, 3),
    "count": Deed(
        _of(_asked),
        asking.may_count,
        asking.count,
        lambda stage, by, key: recommendations.count_vote(stage.one(Recommendation, key), by=by),
        4,
    ),
    "ask the room": Deed(
        _of(_asked, _one_of(True, False, 0)),
        lambda world, by, key, said: asking.may_write_down_the_room(world, by, key, _room(said)),
        lambda world, by, key, said: asking.write_down_the_room(world, by, key, _room(said)),
        lambda stage, by, key, said: recommendations.record_room_answer(
            stage.one(Recommendation, key), _room(said), by=by
        ),
        7,
    ),
    "give up a vote": Deed(
        _of(_asked),
        asking.may_give_up,
        asking.give_up,
        lambda stage, by, key: recommendations.give_up_vote(stage.one(Recommendation, key), by=by),
    ),
    "settle a worry": Deed(_worry, asking.may_settle_worry, asking.settle_worry, _settle_worry, 5),
    "send": Deed(
        _of(_asked, _one_of("", "It cannot wait.")),
        asking.may_submit,
        asking.submit,
        lambda stage, by, key, why: recommendations.submit(stage.one(Recommendation, key), why, by=by),
        2,
    ),
    "plan a meeting": Deed(
        _of(_new("meeting"), _one_of(0, 0, 1, 14, 35)), meetings.may_plan, meetings.plan, _plan_meeting, 3
    ),
    "open a meeting": Deed(
        _of(_meeting),
        meetings.may_open,
        meetings.open_meeting,
        lambda stage, by, key: steering.open_meeting(stage.one(Meeting, key), by=by),
        6,
    ),
    "tick who is there": Deed(_of(_meeting, _here), meetings.may_tick, meetings.tick, _tick, 8),
    "declare": Deed(
        _with(_item, lambda dice, world: dice.choice([who for at, who in world.places if at == STEERING])),
        meetings.may_declare,
        meetings.declare,
        lambda stage, by, key, item, who: steering.declare(
            stage.item(key, item), stage.place(STEERING, who), "My sister works there.", by=by
        ),
    ),
    "add to an agenda": Deed(
        _of(_meeting, _one_of("Biscuits", "The room", "Dates")),
        meetings.may_add,
        meetings.add,
        lambda stage, by, key, title: steering.add_item(stage.one(Meeting, key), title, 5, by=by),
    ),
    "settle an item": Deed(
        _with(
            _item,
            _one_of("talked about", "carried over", "taken off", "put back"),
            _one_of("We talked.", "It waits.", ""),
        ),
        meetings.may_settle,
        meetings.settle,
        lambda stage, by, key, item, name, words: steering.settle_item(stage.item(key, item), name, words, by=by),
        5,
    ),
    "decide": Deed(_of(_meeting, _sent, VERDICT, YES_MOSTLY, AGAIN), meetings.may_decide, meetings.decide, _decide, 14),
    "correct": Deed(
        _of(_meeting, _decision, VERDICT, YES_MOSTLY, AGAIN), meetings.may_correct, meetings.correct, _correct, 8
    ),
    "close a meeting": Deed(
        _of(_meeting, _one_of("", "Two had to go.")),
        meetings.may_close,
        meetings.close,
        lambda stage, by, key, why: steering.close_meeting(stage.one(Meeting, key), why, by=by),
        6,
    ),
    "approve minutes": Deed(
        _of(_meeting, _meeting),
        meetings.may_approve,
        meetings.approve,
        lambda stage, by, key, at: steering.approve_minutes(stage.one(Meeting, key), stage.one(Meeting, at), by=by),
        6,
    ),
    "look at a decision again": Deed(
        _of(_decision),
        meetings.may_review,
        meetings.review,
        lambda stage, by, number: steering.review(stage.decision(number), by=by),
    ),
    "reply": Deed(
        _of(
            _decision, _one_of("You asked for a call. You get one.", "You asked for a call. You get one.", "Noted.", "")
        ),
        meetings.may_reply,
        meetings.reply,
        lambda stage, by, number, words: steering.send_reply(stage.decision(number), words, by=by),
        3,
    ),
    "be content": Deed(
        _of(_decision),
        answers.may_accept,
        answers.accept,
        lambda stage, by, number: steering.accept_answer(stage.decision(number), by=by),
    ),
    "ask about a decision": Deed(
        _of(_decision),
        answers.may_ask,
        answers.ask,
        lambda stage, by, number: steering.ask(stage.decision(number), "From when on?", by=by),
    ),
    "answer a question": Deed(
        _answered_by_group("questions"),
        answers.may_answer,
        answers.answer,
        lambda stage, by, number, place: steering.answer_question(
            stage.decision(number).questions[place], "From May on, at both clinics.", by=by
        ),
    ),
    "contest": Deed(
        _of(_decision),
        answers.may_contest,
        answers.contest,
        _contest,
        2,
    ),
    "second a contest": Deed(
        _answered_by_group("contests"),
        answers.may_second,
        answers.second,
        lambda stage, by, number, place: steering.second(_contest_of(stage, number, place), by=by),
        5,
    ),
    "take back a contest": Deed(
        _answered_by_group("contests"),
        answers.may_take_back,
        answers.take_back,
        lambda stage, by, number, place: steering.take_back(_contest_of(stage, number, place), by=by),
    ),
    "give an action": Deed(
        _of(_one_of(STREAM, STEERING), _person, _one_of(1, 6, 12), _one_of(True, False), _one_of("", "accepted")),
        doing.may_open,
        doing.open_action,
        _open_action,
    ),
    "follow up": Deed(_of(_decision, _person, _one_of(2, 9)), doing.may_follow_up, doing.follow_up, _follow_up),
    "say it is done": Deed(
        _of(_action, EVIDENCE),
        doing.may_say_done,
        doing.say_done,
        lambda stage, by, key, words: actions.say_done(stage.action(key), by=by, evidence=words),
        3,
    ),
    "agree it is done": Deed(
        _of(_action, EVIDENCE),
        doing.may_agree,
        doing.agree,
        lambda stage, by, key, words: actions.agree_done(stage.action(key), by=by, evidence=words),
        3,
    ),
    "find it not done": Deed(
        _of(_action),
        doing.may_find_not_done,
        doing.find_not_done,
        lambda stage, by, key: actions.find_not_done(stage.action(key), by=by),
    ),
    "cancel": Deed(
        _of(_action), doing.may_cancel, doing.cancel, lambda stage, by, key: actions.cancel(stage.action(key), by=by)
    ),
    "open again": Deed(
        _of(_action),
        doing.may_reopen,
        doing.reopen,
        lambda stage, by, key: actions.reopen(stage.action(key), "It broke again.", by=by),
        2,
    ),
    "move a date": Deed(
        _of(_action, _one_of(0, 3, 5, 10)),
        doing.may_move_date,
        doing.move_date,
        lambda stage, by, key, days: actions.move_date(
            stage.action(key), today() + timedelta(days), "The ward is shut.", by=by
        ),
        2,
    ),
    "hand over": Deed(
        _of(_action, _person),
        doing.may_hand_over,
        doing.hand_over,
        lambda stage, by, key, owner: actions.hand_over(stage.action(key), stage.person(owner), by=by),
    ),
    "propose a pilot": Deed(
        _of(_one_of("answered", "accepted", "put off", "sent", "tried"), _person, _one_of(PILOT_ENDS)),
        trying.may_propose,
        trying.propose,
        _propose,
        2,
    ),
    "move of a pilot": Deed(
        _of(_pilot, _one_of(*trying.PILOT_MOVES), _one_of("", "learning", "override_reason")),
        trying.may_move,
        trying.move,
        lambda stage, by, key, name, words: pilots.move(stage.pilot(key), name, by=by, **DECIDED | _worded(words)),
        4,
    ),
    "plan a test": Deed(_of(_pilot), trying.may_plan, trying.plan, _plan_cycle, 3),
    "begin a test": Deed(
        _cycled(),
        trying.may_begin,
        trying.begin,
        lambda stage, by, key: pilots.begin(stage.pilot(key).test_cycles[-1], by=by),
        4,
    ),
    "finish a test": Deed(
        _cycled(),
        trying.may_finish,
        trying.finish,
        lambda stage, by, key: pilots.finish_doing(stage.pilot(key).test_cycles[-1], by=by),
        5,
    ),
    "study a test": Deed(_cycled(YES_MOSTLY), trying.may_study, trying.study, _study, 5),
    "act on a test": Deed(
        _cycled(_one_of("adopted", "adapted", "abandoned"), YES_MOSTLY), trying.may_act, trying.act, _act, 5
    ),
}
