"""Two more pilots: the map to keep, whose testing is done, and badges, for which a board is asked."""

from datetime import date, time
from typing import Any

from coprod.demo import measuring, testing
from coprod.demo.measures import HANDED, NEXT_STEP, OF_THE_MAP
from coprod.demo.stage import Stage, at
from coprod.demo.testing import Test
from coprod.people.models import Person
from coprod.pilots import services
from coprod.pilots.models import BoardAnswer, Compared, Pilot, StepKind, Touched

TEN, SET_UP = time(10), date(2025, 9, 19)
HUB = "Family hubs board (example)"
BOARD = "Better Start Executive Board (example)"
AIM: dict[str, Any] = {
    "how_much": "60 in 100 parents can say what comes next",
    "by_when": date(2025, 11, 30),
    "for_whom": "parents at a first visit",
}
SAFETY = "Nobody has to take the map. It has no names on it."
LOOKED_AT = "Let two parents look for words that could hurt"
TESTS = (
    Test(
        change="The map lies on the table at the first visit",
        prediction="60 in 100 take one.",
        scale="One clinic, two weeks",
        begins=date(2025, 9, 22),
        ends=date(2025, 10, 3),
        noted="Some maps stayed on the table.",
        number=(HANDED, 50, 22),
        result="56 in 100 took one.",
        compared=Compared.WORSE,
        surprised="People thought it was for staff.",
        act="adapted",
        learning="Hand it over, and say it is theirs.",
        heard=((Touched.WORKER, "I forgot to point at it."),),
    ),
    Test(
        change="The midwife hands it over and marks the next step",
        prediction="80 in 100 get one, and 55 in 100 can say what comes next.",
        scale="Two clinics, five weeks",
        begins=date(2025, 10, 6),
        ends=date(2025, 11, 7),
        noted="A red dot shows the next step.",
        number=(NEXT_STEP, 55, 20),
        result="88 in 100 got one. 56 in 100 could say what comes next.",
        compared=Compared.BETTER,
        surprised="Parents asked for a second one, for a gran.",
        act="adopted",
        learning="The red dot does the work.",
        heard=(
            (Touched.PARENT, "The red dot helped me sleep."),
            (Touched.PARENT, "I showed it to my mum."),
        ),
    ),
)


def hand_out_the_map(stage: Stage) -> None:
    """Tell the pilot of the map from its proposal to the end of its testing; the steering group has not yet said."""
    owner = stage.people["Practitioner Example"]
    pilot = stage.pilots["map"] = _fund(stage, owner)
    with at(SET_UP):
        measured = measuring.begin(stage.asked["map"], OF_THE_MAP, by=owner)
    measuring.read(measured, owner, stage.chair, since=SET_UP)
    stage.measured |= measured
    with at(TESTS[0].begins):
        services.move(pilot, "testing begun", by=owner)
    testing.run(pilot, TESTS, [measured[one] for one in OF_THE_MAP], AIM | {"owner": owner, "safety_check": SAFETY})
    with at(date(2025, 11, 10)):
        services.spend(pilot, date(2025, 11, 7), 210, "200 maps and red dots", by=owner)
        services.move(pilot, "reviewed", by=owner)


def _fund(stage: Stage, owner: Person) -> Pilot:
    with at(date(2025, 9, 18), TEN):
        pilot = services.propose(
            stage.asked["map"],
            by=stage.chair,
            funding_board=HUB,
            budget=300,
            title="The map at the first visit",
            site="Two clinics",
            owner=owner,
            begins=SET_UP,
            ends=date(2025, 11, 28),
            **AIM,
        )
        services.note_answer(pilot.asks[0], BoardAnswer.ALL, 300, by=stage.chair)
        services.move(pilot, "funded", by=stage.chair, granted="£300")
        services.move(pilot, "set up", by=owner)
        check = services.add_step(pilot, StepKind.SAFETY, LOOKED_AT, owner, SET_UP, by=owner)
    with at(SET_UP):
        services.finish_step(check, "One word was changed.", by=owner)
        services.move(pilot, "baseline begun", by=owner)
    return pilot


def ask_for_badges(stage: Stage) -> None:
    """Propose to try badges with big letters; the board has not answered yet."""
    owner = stage.people["Health Example"]
    with at(date(2025, 10, 6)):
        stage.pilots["badges"] = pilot = services.propose(
            stage.asked["badges"],
            by=stage.chair,
            budget=600,
            title="A name in big letters",
            site="One ward",
            owner=owner,
            begins=date(2026, 1, 12),
            ends=date(2026, 6, 30),
            how_much="70 in 100 parents can name somebody from the ward",
            by_when=date(2026, 6, 30),
            for_whom="parents on one ward",
        )
        services.ask(pilot, BOARD, "Badges for everybody on one ward", 600, by=stage.chair)
        services.add_step(
            pilot, StepKind.SAFETY, "Ask the staff whether a first name is safe", owner, date(2025, 12, 19), by=owner
        )
