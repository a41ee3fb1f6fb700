"""The action log: thirty things people said they would do, most because of a decision, some of them late."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from coprod.actions import services
from coprod.actions.models import Action
from coprod.demo.stage import Stage, at
from coprod.steering.services import FirstAction, follow_up

NOON, FIVE = time(12), time(17)


@dataclass(frozen=True)
class Promise:
    """What somebody said they would do, by when, and what became of it."""

    source: str
    what: str
    owner: str
    due: date
    done: bool = False
    """Said done two days before it was due, and agreed by a second person."""
    moved: tuple[tuple[date, str], ...] = ()
    """Each later day it was given, and why."""
    notes: tuple[str, ...] = ()
    """What its owner wrote beside it on the day it was first due."""
    evidence: str = ""
    """How anyone can tell that it is done."""
    cancelled: bool = False
    waits: bool = False
    """Said done, and waiting for a second person."""


PROMISES = (
    Promise(
        "midwife",
        "Name a lead at each clinic",
        "Midwife Example",
        date(2023, 1, 31),
        done=True,
        evidence="Both names are on the clinics’ doors.",
    ),
    Promise(
        "midwife",
        "Ask the Executive Board for funding",
        "Alex",
        date(2023, 6, 30),
        done=True,
        evidence="The board’s minutes say so.",
    ),
    Promise("midwife", "Write the staffing plan for the other two clinics", "Manager Example", date(2026, 1, 15)),
    Promise("midwife", "Sign off the staffing plan for two clinics", "Alex", date(2025, 11, 20)),
    Promise(
        "midwife",
        "Print the name cards",
        "Midwife Example",
        date(2025, 2, 28),
        done=True,
        evidence="A card is in each letter now.",
    ),
    Promise(
        "midwife",
        "Tell parents at both clinics what is new",
        "Nurse Example",
        date(2025, 3, 14),
        done=True,
        evidence="The notes of both mornings",
    ),
    Promise(
        "dads",
        "Tell the dads’ group why “not now”",
        "Alex",
        date(2025, 10, 20),
        moved=((date(2025, 11, 10), "The group did not meet in the holidays"),),
    ),
    Promise("dads", "Find a room that is not a council room", "Manager Example", date(2025, 11, 14)),
    Promise("dads", "Work out what a worker for dads costs", "Finance Example", date(2026, 3, 31)),
    Promise(
        "dads",
        "Ask two other areas how they pay for it",
        "Researcher Example",
        date(2025, 9, 30),
        done=True,
        evidence="Both answers are in the folder.",
    ),
    Promise("mondays", "Ask the legal group about fixed days", "Alex", date(2025, 11, 24)),
    Promise(
        "mondays",
        "List which days are hard, and why",
        "Sam",
        date(2025, 7, 31),
        done=True,
        evidence="The list went round with the papers.",
    ),
    Promise(
        "mondays",
        "Offer a call on Sunday night",
        "Third Sector Example",
        date(2025, 10, 31),
        done=True,
        evidence="Eleven calls in the first month",
    ),
    Promise("map", "Check the map with two new parents", "Val", date(2025, 11, 7)),
    Promise(
        "map",
        "Use the map at the first visit",
        "Midwife Example",
        date(2025, 10, 15),
        done=True,
        evidence="It is in the bag of each midwife.",
    ),
    Promise("map", "Print 200 maps", "Finance Example", date(2025, 10, 10), done=True, evidence="The printer’s bill"),
    Promise(
        "map",
        "Put the map in every waiting room",
        "Nurse Example",
        date(2025, 11, 16),
        waits=True,
        evidence="A photo of all four rooms",
    ),
    Promise(
        "numbers",
        "Share the ward data with the group",
        "Director Example",
        date(2025, 9, 30),
        moved=(
            (date(2025, 10, 15), "The data agreement is not signed"),
            (date(2025, 10, 31), "The ward’s lawyer reads it once more"),
        ),
        notes=("The ward has said yes.", "What is missing is one name under it."),
    ),
    Promise("numbers", "Agree who may see the ward’s numbers", "Researcher Example", date(2025, 12, 2)),
    Promise("numbers", "Look at the first numbers together", "Sam", date(2025, 12, 16)),
    Promise("tell once", "Write the page that is filled in once", "Nurse Example", date(2025, 12, 12)),
    Promise("tell once", "Try the page with three parents", "Eden", date(2026, 1, 9)),
    Promise("tell once", "Ask the teams to stop asking twice", "Director Example", date(2025, 11, 28)),
    Promise("quiet", "Find the room", "Midwife Example", date(2025, 12, 19)),
    Promise("quiet", "Ask parents what the room should be like", "Jude", date(2025, 12, 5)),
    Promise("", "Send the papers for 11 December", "Alex", date(2025, 12, 4)),
    Promise(
        "", "Book a room with no steps", "Commissioner Example", date(2025, 9, 1), done=True, evidence="We sit in it."
    ),
    Promise(
        "",
        "Write the agenda in plain words",
        "Director Example",
        date(2025, 9, 4),
        done=True,
        evidence="The agenda of 11 September",
    ),
    Promise("", "Take a stall at the summer fair", "Schools Example", date(2025, 7, 5), cancelled=True),
    Promise("", "Look at who is missing from the table", "Commissioner Example", date(2026, 1, 30)),
)
OTHERWISE_GIVEN_ON = date(2025, 6, 12)


def make(stage: Stage) -> None:
    """Let everybody promise, and keep what was kept."""
    for promise in PROMISES:
        action = _give(stage, promise)
        _move(stage, promise, action)
        _keep(stage, promise, action)


def _give(stage: Stage, promise: Promise) -> Action:
    owner, decision = stage.people[promise.owner], stage.decided.get(promise.source)
    with at(decision.on if decision else OTHERWISE_GIVEN_ON, NOON):
        if decision is None:
            return services.open_action(stage.steering, promise.what, owner, promise.due, by=stage.chair)
        return follow_up(decision, FirstAction(promise.what, owner, promise.due), by=stage.chair)


def _move(stage: Stage, promise: Promise, action: Action) -> None:
    for words in promise.notes:
        with at(promise.due, NOON):
            services.note(action, words, by=action.owner)
    for day, because in promise.moved:
        with at(action.due, FIVE):
            services.move_date(action, day, because, by=action.owner)


def _keep(stage: Stage, promise: Promise, action: Action) -> None:
    with at(promise.due - timedelta(2), FIVE):
        if promise.cancelled:
            services.cancel(action, by=stage.chair)
        if promise.done or promise.waits:
            services.say_done(action, by=action.owner, evidence=promise.evidence)
        if promise.done:
            second = stage.people["Director Example"] if action.owner is stage.chair else stage.chair
            services.agree_done(action, by=second)
