"""What goes on around the evenings: who comes tomorrow, what is arranged, what was written down, who is rung."""

from datetime import date, time, timedelta

from coprod.agreements import queries as agreements_of
from coprod.agreements import services as agreements
from coprod.agreements.models import AgreementState
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle, PlanStep, Session
from coprod.cycles.queries import cycles_of
from coprod.demo.stage import Stage, at
from coprod.gatherings import services as gatherings
from coprod.gatherings.models import GatheringKind
from coprod.library import services as library
from coprod.library.models import Stage as Part
from coprod.notes import services as notes
from coprod.notes.models import Notes
from coprod.packs import services as packs
from coprod.rsvp import queries as coming
from coprod.rsvp import services as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.rsvp.rules.arranging import What
from coprod.stages import services as stages
from coprod.wellbeing import services as wellbeing
from coprod.wellbeing.models import Feeling
from coprod.wellbeing.rules import Wish

DAY, WEEK = timedelta(1), timedelta(7)
NOON, FOUR, EIGHT, NINE = time(12), time(16), time(20), time(21)
WALK = "A walk in Stanley Park"
SAID = {
    1: "We told what happens at the first visit. No two of us had heard the same thing.",
    2: "Six of us met a new midwife each time. Two never learned a name.",
    3: "The numbers and our stories say the same: one face is what people miss most.",
    4: "Three other places name one midwife. One of them gives out a phone number as well.",
    5: "We looked at our agreement again, and changed one line. Then we put ideas on cards.",
}
NOT_YET = "We asked what the map should show first. Three of us drew one each."
NEXT = "Sam brings this to the next evening, on one page."
WRONG = "It was four of us, not six."
RIGHT = "Four of us met a new midwife each time. Two never learned a name."
LATER = "One card is missing: the one about the ward at night."
COMING = {
    "Robin": (ComingAnswer.YES, True, False),
    "Dee": (ComingAnswer.YES, False, False),
    "Kit": (ComingAnswer.NOT_SURE, False, True),
    "Ash": (ComingAnswer.NO, False, False),
    "Midwife Example": (ComingAnswer.YES, False, False),
    "Clinic Example": (ComingAnswer.YES, False, False),
    "Practitioner Example": (ComingAnswer.YES, False, False),
    "Manager Example": (ComingAnswer.NO, False, False),
}
ARRANGED = {
    ("Robin", What.TAXI): "Your taxi comes at 5.30pm.",
    ("Robin", What.CRECHE): "It is in the next building, from 5.45pm.",
    ("Dee", What.LARGE_PRINT): "",
}
OK_WITH_IT = ("Kit", "Dee", "Ash", "Bo", "Clinic Example", "Health Example", "Midwife Example", "Voluntary Example")
LESS_JARGON = "Please say it when a word is too hard. I do not like to ask each time."


def of_autumn(stage: Stage) -> Cycle:
    """Answer the ten weeks that run now."""
    return max(cycles_of(stage.tables["tuesday"]), key=lambda cycle: cycle.starts_on)


def get_ready(stage: Stage) -> None:
    """Let the group meet on neutral ground before its first evening, and close what comes before."""
    cycle = of_autumn(stage)
    steps = [step for step in cycle.steps if step.stage == Part.BEFORE]
    with at(cycle.starts_on - WEEK):
        _name_the_walk(stage, steps[0], cycle.starts_on - 3 * DAY)
    for step in steps:
        with at(cycle.starts_on - DAY):
            cycles.do_step(step, by=stage.facilitator)
    with at(cycle.starts_on - DAY):
        stages.close(cycle, Part.BEFORE, by=stage.facilitator)


def _name_the_walk(stage: Stage, step: PlanStep, day: date) -> None:
    cycles.change_step(step, title=WALK, on=day, place="The café by the gate", by=stage.facilitator)


def write_notes(stage: Stage) -> None:
    """Write down each evening, let the members read and mend it, and agree it at the next one."""
    cycle = of_autumn(stage)
    told = [_write(stage, session) for session in cycle.sessions[: len(SAID)]]
    for one, after in zip(told, cycle.sessions[1:], strict=False):
        with at(one.session.on, NINE):
            notes.give(one, by=stage.facilitator)
        _mend(stage, one)
        if one.session.number < len(SAID):
            with at(after.on, EIGHT):
                notes.agree(one, by=stage.facilitator)
    with at(cycle.sessions[3].on, EIGHT):
        stages.close(cycle, Part.UNDERSTAND, by=stage.facilitator)


def _write(stage: Stage, session: Session) -> Notes:
    share, explore = [item for item in session.items if item.method and item.outcome_wanted][:2]
    with at(session.on, EIGHT):
        for item, line in ((share, SAID[session.number]), (explore, NEXT)):
            notes.append(session, item, line, by=stage.facilitator)
        return notes.open_notes(session, by=stage.facilitator)


def leave_notes_unfinished(stage: Stage) -> None:
    """Leave the notes of another group's last evening half written: nobody but who runs it reads them yet."""
    (cycle,) = cycles_of(stage.tables["thursday"])
    last = cycle.sessions[-1]
    with at(last.on, EIGHT):
        notes.append(last, next(item for item in last.items if item.method), NOT_YET, by=stage.facilitator)


def _mend(stage: Stage, told: Notes) -> None:
    part = next(part for part in told.parts if part.words.startswith(SAID[told.session.number]))
    if told.session.number == 2:
        with at(told.session.on + 2 * DAY):
            asked = notes.ask_correction(part, WRONG, by=stage.people["Ash"])
            notes.take(asked, RIGHT, part.version, by=stage.facilitator)
    if told.session.number == len(SAID):
        with at(told.session.on + 3 * DAY):
            notes.ask_correction(part, LATER, by=stage.people["Dee"])


def say_who_comes(stage: Stage) -> None:
    """Let people say whether they come tomorrow, and let Sam arrange what helps; one taxi is still to be booked."""
    tomorrow = of_autumn(stage).sessions[5]
    with at(tomorrow.on - 3 * DAY, NOON):
        for alias, (answer, lift, ring) in COMING.items():
            person = stage.people[alias]
            rsvp.answer(tomorrow, person, answer, needs_lift=lift, ring_me=ring, by=person)
        for (alias, what), words in ARRANGED.items():
            task = coming.one_task(tomorrow, stage.people[alias].id, what.value)
            rsvp.arrange(tomorrow, task, words, by=stage.facilitator)


def look_after(stage: Stage) -> None:
    """Ring who wanted a call after the last evening, and let Kit ask for one."""
    last = of_autumn(stage).sessions[4]
    kit, dee = stage.people["Kit"], stage.people["Dee"]
    with at(last.on, EIGHT):
        calls = [wellbeing.offer_call(last, person, by=stage.facilitator) for person in (kit, dee)]
    with at(last.on + DAY):
        wellbeing.tick(calls[0], "rung", by=stage.facilitator)
    with at(date(2025, 11, 16), time(20, 10)):
        wellbeing.ask_to_ring(kit, stage.facilitator, Wish.NEXT, by=kit)


def agree_each(stage: Stage) -> None:
    """Let most say that they are OK with the agreement; one would like it changed, and nobody knows who."""
    (agreed,) = (
        version
        for version in agreements_of.versions_of(stage.tables["tuesday"])
        if version.state == AgreementState.AGREED
    )
    with at(date(2025, 11, 13)):
        for alias in OK_WITH_IT:
            agreements.say_yes(agreed, stage.people[alias], by=stage.people[alias])
        agreements.ask_for_change(agreed, LESS_JARGON, by=stage.people["Lou"])


def tell_sam(stage: Stage) -> None:
    """Let two tell Sam what went against the agreement, one by name; and let Dee say how she is, to Sam alone."""
    group, last = stage.tables["tuesday"], of_autumn(stage).sessions[4]
    with at(last.on + DAY):
        agreements.tell(group, "Two phones were on the table all evening.", named=False, by=stage.people["Bo"])
        agreements.tell(group, "I was cut off twice.", named=True, by=stage.people["Lou"])
        wellbeing.check_in(last, stage.facilitator, Feeling.NOT_GREAT, "It stirred things up.", by=stage.people["Dee"])


def suggest(stage: Stage) -> None:
    """Let members say what the group should talk about; one has an answer, one waits."""
    group = stage.tables["tuesday"]
    with at(date(2025, 10, 15)):
        cycles.suggest(group, "What happens on a Sunday, when nobody answers?", by=stage.people["Dee"])
    with at(date(2025, 11, 14)):
        cycles.suggest(group, "Could we see the map the other group makes?", by=stage.people["Robin"])


def tell_of_tomorrow(stage: Stage) -> None:
    """Say how to dial in tomorrow, and tell the group that its plan is ready."""
    tomorrow = of_autumn(stage).sessions[5]
    with at(date(2025, 11, 12), FOUR):
        cycles.say_how_to_dial_in(tomorrow, "01632 960 999, then 4455#", by=stage.facilitator)
        packs.send_agenda(tomorrow, by=stage.facilitator)


def keep_templates(stage: Stage) -> None:
    """Let Sam keep tomorrow's evening as a template and share it, and keep these ten weeks for next time."""
    tomorrow = of_autumn(stage).sessions[5]
    with at(date(2025, 11, 14)):
        kept = cycles.keep_evening(tomorrow, "An evening with a hard topic", by=stage.facilitator)
        library.share(kept, by=stage.facilitator)
        cycles.keep_plan(of_autumn(stage), "Our ten weeks, with the walk", by=stage.facilitator)


def plan_a_day_together(stage: Stage) -> None:
    """Ask the Tuesday and the Thursday group to a development day; it waits for the checks, as it always does."""
    groups = [stage.tables["tuesday"], stage.tables["thursday"]]
    with at(date(2025, 11, 14), FOUR):
        gatherings.bring_together(
            groups,
            GatheringKind.DEVELOPMENT_DAY,
            "Development day, January 2026",
            "January day",
            by=stage.facilitator,
        )
