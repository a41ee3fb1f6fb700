"""The steering group's meetings: what it decided, why, and what it told the groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coprod.demo.stage import Stage, at
from coprod.steering import services
from coprod.steering.models import Meeting, Verdict
from coprod.steering.queries import minutes_for
from coprod.steering.rules import still_to_settle, waiting
from coprod.workstreams.rules import seated

TEN, ELEVEN, NOON = time(10), time(11), time(12)
PLACE = "Library meeting room, second floor"
HERE = frozenset(
    {"Alex", "Val", "Eden", "Jude", "Director Example", "Finance Example", "Manager Example", "Midwife Example"}
    | {"Nurse Example"}
)
STAYED = frozenset({"Alex", "Val", "Midwife Example"})


@dataclass(frozen=True)
class Answer:
    """What the steering group said to one request, and when and how the group that asked was told."""

    key: str
    verdict: Verdict
    said: dict[str, Any]
    told_on: date | None = None
    told: str = ""


MIDWIFE = Answer(
    "midwife",
    Verdict.ACCEPT_WITH_CHANGES,
    {
        "changes": "Start at two clinics, not four.",
        "reason": "It works in other towns, and you asked for it most. Two clinics can start now. "
        "The other two need more staff first.",
        "options": "Start at all four clinics. Wait for a year. Start at two.",
        "dissent": "One member wanted all four clinics at once.",
        "wants_pilot": True,
        "funding_board": "Executive Board (example)",
        "funding_ask": "Two more midwives for three years",
        "review_on": date(2025, 12, 11),
    },
    date(2022, 12, 23),
    "You asked for one midwife you know. We say yes, with changes. We start at two clinics, not four. "
    "You asked for it most, and it works in other towns. The other two clinics need more staff first.",
)
DADS = Answer(
    "dads",
    Verdict.DEFER,
    {
        "until": date(2026, 5, 14),
        "reason": "There is no money for it this year. We agree that it is needed.",
        "options": "Pay for half a post. Ask a charity. Wait for the new budget.",
    },
    date(2025, 6, 20),
    "You asked for a worker just for dads. We say: not now. There is no money for it this year. "
    "We agree that it is needed. We look again on 14 May 2026. It is on the list for that day now.",
)
MONDAYS = Answer(
    "mondays",
    Verdict.DECLINE,
    {
        "reason": "The court sets these days. We can’t change them.",
        "would_change": "If the court agrees to fixed days. The legal group will ask by March.",
        "options": "Ask the court for fixed days. A call on Sunday night.",
    },
    date(2025, 6, 20),
    "You asked for no meetings on Monday mornings. We say no. The court sets these days. We can’t change them. "
    "It could change if the court agrees to fixed days. The legal group will ask by March.",
)
BADGES = Answer(
    "badges",
    Verdict.ACCEPT,
    {
        "reason": "It costs little, and it is kind. We try it on one ward first.",
        "options": "All wards at once. One ward. A board with faces.",
        "wants_pilot": True,
    },
    date(2025, 6, 20),
    "You asked for a name in big letters. We say yes. It costs little, and it is kind. We try it on one ward first.",
)
MAP = Answer(
    "map",
    Verdict.ACCEPT,
    {"reason": "It costs little, and you have made it already. New parents need it on the first day."},
    date(2025, 9, 18),
    "You asked that every parent gets the map. We say yes. Midwives hand it out at the first visit from October.",
)
NUMBERS = Answer(
    "numbers",
    Verdict.ACCEPT,
    {"reason": "You helped to change the ward. You should see if it worked."},
    date(2025, 9, 19),
    "You asked to look at the ward’s numbers with us. We say yes. We bring them to one of your evenings.",
)
TELL_ONCE = Answer(
    "tell once",
    Verdict.ACCEPT,
    {"reason": "Being asked again and again hurts. One page can stop that."},
)
QUIET = Answer(
    "quiet",
    Verdict.ACCEPT,
    {"reason": "No one should hear hard news behind a curtain. There is a room, and the money is there."},
)
MEETINGS: tuple[tuple[date, time, Sequence[Answer]], ...] = (
    (date(2022, 12, 15), TEN, (MIDWIFE,)),
    (date(2025, 6, 12), TEN, (DADS, MONDAYS, BADGES)),
    (date(2025, 9, 11), TEN, (MAP, NUMBERS)),
    (date(2025, 10, 30), TEN, (TELL_ONCE,)),
    (date(2025, 11, 12), TEN, (QUIET,)),
)
NEXT = date(2025, 12, 11)
NOTES = {
    date(2025, 10, 30): "Val asked for the papers a week before, not two days.",
    date(2025, 11, 12): "Jude offered to look at the room with two parents.",
}
"""What the minutes do not know by themselves."""


def meet(stage: Stage, day: date) -> None:
    """Hold the meeting of this day, and send the replies that were sent."""
    on, starts_at, answers = next(one for one in MEETINGS if one[0] == day)
    with at(on, ELEVEN):
        meeting = services.plan_meeting(stage.steering, on, starts_at, PLACE, by=stage.chair)
        _sit_down(stage, meeting)
        for answer in answers:
            _decide(stage, meeting, answer)
        _approve_the_last_minutes(stage, meeting)
        _end(stage, meeting)
        if day in NOTES:
            services.write_minutes(meeting, NOTES[day], by=stage.chair)
    for answer in answers:
        _reply(stage, answer)


def plan_next(stage: Stage) -> None:
    """Set the day of the meeting to come."""
    with at(date(2025, 11, 12), NOON):
        services.plan_meeting(stage.steering, NEXT, TEN, PLACE, by=stage.chair)


def _sit_down(stage: Stage, meeting: Meeting) -> None:
    services.open_meeting(meeting, by=stage.chair)
    here = [membership for membership in seated(stage.steering) if membership.person.alias in HERE]
    services.tick(meeting, here, by=stage.chair)


def _end(stage: Stage, meeting: Meeting) -> None:
    why = ""
    if still_to_settle(meeting):
        services.tick(meeting, [held for held in seated(stage.steering) if held.person.alias in STAYED], by=stage.chair)
        why = "The meeting ran late, and too few could stay to decide."
    services.close_meeting(meeting, why, by=stage.chair)


def _approve_the_last_minutes(stage: Stage, meeting: Meeting) -> None:
    for item in waiting(meeting):
        minutes = minutes_for(item)
        if minutes:
            services.approve_minutes(minutes, meeting, by=stage.chair)


def _decide(stage: Stage, meeting: Meeting, answer: Answer) -> None:
    asked, said = stage.asked[answer.key], answer.said
    stage.decided[answer.key] = services.decide(meeting, asked, answer.verdict, by=stage.chair, **said)


def _reply(stage: Stage, answer: Answer) -> None:
    if answer.told_on:
        with at(answer.told_on):
            services.send_reply(stage.decided[answer.key], answer.told, by=stage.chair)
