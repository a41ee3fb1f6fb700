"""The pilot “one named midwife”: twenty months of readings and three small tests, one dropped and one changed."""

from datetime import date
from typing import Any

from coprod.demo import measuring, testing
from coprod.demo.measures import KNEW, OF_THE_MIDWIFE, WAIT
from coprod.demo.stage import Stage, at
from coprod.demo.testing import Test
from coprod.people.models import Person
from coprod.pilots import services
from coprod.pilots.models import BoardAnswer, Compared, Pilot, StepKind, Touched

FIRST_MONTH = date(2024, 3, 1)
AIM: dict[str, Any] = {
    "how_much": "60 in 100 parents know their midwife’s name before they meet",
    "by_when": date(2025, 12, 31),
    "for_whom": "parents at two clinics",
}
BOARD = "Better Start Executive Board (example)"
MIDWIVES = "Half a post for two years"
CONDITIONS = "A report to the board after a year. Two parents help to write it"
ASKED_FIRST = "Ask three parents whether a call is welcome"
SAFETY = "Every parent can ask for someone else. The owner looks at each complaint the same day."
TESTS = (
    Test(
        change="A card with her name and face",
        prediction="55 in 100 know her name.",
        scale="One midwife, ten parents",
        begins=date(2025, 3, 3),
        ends=date(2025, 4, 30),
        noted="Cards handed out at ten first calls.",
        number=(KNEW, 50, 10),
        result="52 in 100 knew her name.",
        compared=Compared.WORSE,
        surprised="Cards got lost. Two parents did not want a card at home.",
        act="abandoned",
        learning="A card is easy to lose. A voice stays.",
        heard=((Touched.PARENT, "I did not want it on the fridge."),),
    ),
    Test(
        change="A phone call in week one",
        prediction="57 in 100 know her name.",
        scale="Two midwives, one clinic",
        begins=date(2025, 5, 1),
        ends=date(2025, 7, 31),
        noted="Calls took ten minutes, not five.",
        number=(WAIT, 10, 24),
        result="58 in 100 knew her name.",
        compared=Compared.AS_PREDICTED,
        surprised="Calls took longer. Parents asked more than we thought.",
        act="adapted",
        learning="The call works. A text helps those who miss it.",
        heard=(
            (Touched.PARENT, "I knew who to ask for."),
            (Touched.WORKER, "I need a quiet half hour for it."),
        ),
    ),
    Test(
        change="The call, then a text with her name",
        prediction="58 in 100 know her name.",
        scale="Four midwives, two clinics",
        begins=date(2025, 8, 1),
        ends=date(2025, 10, 31),
        noted="The text goes out the same day.",
        number=(KNEW, 61, 36),
        result="58 in 100 knew her name. Waiting did not grow.",
        compared=Compared.AS_PREDICTED,
        surprised="Some parents rang back to say thank you.",
        heard=((Touched.PARENT, "The text had her name. I kept it."),),
    ),
)


def run(stage: Stage) -> None:
    """Tell the pilot from its proposal to the study of its third test."""
    owner = stage.people["Clinic Example"]
    pilot = stage.pilots["midwife"] = _begin(stage, owner)
    with at(date(2024, 2, 20)):
        measured = measuring.begin(stage.asked["midwife"], OF_THE_MIDWIFE, by=stage.chair)
    measuring.read(measured, owner, stage.chair)
    measuring.look_closer(stage, measured, owner)
    stage.measured |= measured
    with at(TESTS[0].begins):
        services.move(pilot, "testing begun", by=owner)
    testing.run(pilot, TESTS, [measured[KNEW], measured[WAIT]], AIM | {"owner": owner, "safety_check": SAFETY})
    _spend_more(pilot, owner)


def _begin(stage: Stage, owner: Person) -> Pilot:
    with at(date(2024, 1, 15)):
        pilot = services.propose(
            stage.asked["midwife"],
            by=stage.chair,
            budget=18_000,
            title="One named midwife",
            site="A team at two clinics",
            owner=owner,
            begins=FIRST_MONTH,
            ends=date(2025, 12, 11),
            **AIM,
        )
        asked = services.ask(pilot, BOARD, MIDWIVES, 18_000, by=stage.chair)
    with at(date(2024, 2, 12)):
        services.note_answer(asked, BoardAnswer.PART, 15_000, CONDITIONS, by=stage.chair)
        services.move(pilot, "funded", by=stage.chair, granted="£15,000")
        services.move(pilot, "set up", by=owner)
        train = services.add_step(pilot, StepKind.SET_UP, "Show four midwives how", owner, FIRST_MONTH, by=owner)
        check = services.add_step(pilot, StepKind.SAFETY, ASKED_FIRST, owner, date(2024, 2, 24), by=owner)
        services.finish_step(train, by=owner)
    with at(date(2024, 2, 26)):
        services.finish_step(check, "All three would like it.", by=owner)
        services.spend(pilot, date(2024, 2, 26), 2_400, "Time of four midwives", by=owner)
    with at(FIRST_MONTH):
        services.move(pilot, "baseline begun", by=owner)
    return pilot


def _spend_more(pilot: Pilot, owner: Person) -> None:
    with at(date(2025, 9, 1)):
        services.spend(pilot, date(2025, 8, 29), 9_750, "Half a post from March to August", by=owner)
