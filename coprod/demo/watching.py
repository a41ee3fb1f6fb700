"""What may come in the way, and the log around the thirty: Kim's turns, one that comes again, one brought in."""

from dataclasses import dataclass
from datetime import date, time

from coprod.action_import import services as imports
from coprod.action_log import services as log
from coprod.action_log.rules import Show, Sort, Wanted
from coprod.actions import services as actions
from coprod.actions.models import Repeat
from coprod.core.spreadsheets.reading import read
from coprod.demo.stage import Stage, at
from coprod.risks import services as risks
from coprod.risks.models import Risk, RiskKind
from coprod.risks.services import UNRATED, Rated

TEN, FIVE = time(10), time(17)
ELSEWHERE = (
    "Action,Owner,Due date,Status,Date agreed,Date completed,Notes\n"
    "Ask the library for its room,Commissioner Example,12/12/2025,Open,03/09/2025,,It has no steps\n"
    "Count who comes by bus,Schools Example,29/08/2025,Closed,12/06/2025,28/08/2025,\n"
    "Thank the volunteers,Somebody,30/09/2025,Open,12/06/2025,,\n"
)
"""A log from elsewhere: two rows come in, and nobody knows who Somebody is."""


@dataclass(frozen=True)
class Danger:
    """Something that may come in the way, and who watches it."""

    kind: RiskKind
    what: str
    owner: str
    rated: Rated = UNRATED
    response: str = ""


STAFF = Danger(
    RiskKind.RISK,
    "Too few midwives for two more clinics",
    "Manager Example",
    Rated(4, 4),
    "The staffing plan comes first.",
)
DANGERS = (
    STAFF,
    Danger(RiskKind.RISK, "Parents stay away in the winter", "Val", Rated(3, 3), "Lifts, and a hot meal."),
    Danger(RiskKind.RISK, "The library needs its room back", "Commissioner Example", Rated(2, 2)),
    Danger(RiskKind.ASSUMPTION, "The clinics go on counting as they do now", "Researcher Example", Rated(2, 4)),
    Danger(RiskKind.DEPENDENCY, "The ward signs the data agreement", "Director Example", Rated(3, 4)),
)
LETTERS = Danger(RiskKind.ISSUE, "Two letters went out in the old words", "Nurse Example", Rated(5, 2))


def watch(stage: Stage) -> None:
    """Write down what may come in the way, think anew about one, act on it, and close another."""
    with at(date(2025, 9, 11), FIVE):
        staff, *_ = [_write_down(stage, one) for one in DANGERS]
        letters = _write_down(stage, LETTERS)
    with at(date(2025, 11, 12), FIVE):
        risks.rate_anew(staff, Rated(4, 5), "Two midwives leave in spring.", by=stage.chair, response=STAFF.response)
        owner = stage.people["Manager Example"]
        risks.act_on(staff, "Ask who could come for a year", owner, date(2025, 12, 10), by=stage.chair)
        risks.close(letters, "Both families had a new letter, and a call.", by=stage.chair)


def _write_down(stage: Stage, one: Danger) -> Risk:
    owner = stage.people[one.owner]
    return risks.write_down(stage.steering, one.kind, one.what, owner, one.rated, by=stage.chair, response=one.response)


def keep_on(stage: Stage) -> None:
    """Kim, who has no account, does something every week; what the finance lead did last month is due again."""
    with at(date(2025, 11, 12), FIVE):
        kim = actions.outside_owner("Kim from estates", "kim@example.org", by=stage.chair)
        heating = actions.open_action(
            stage.steering, "Warm the room each week", kim, date(2025, 11, 20), by=stage.chair, repeats=Repeat.WEEKLY
        )
        actions.note(heating, "Kim can be rung at the front desk.", by=stage.chair)
    _do_again(stage)


def _do_again(stage: Stage) -> None:
    with at(date(2025, 10, 1), FIVE):
        what, owner = "Tell us what is left of the money", stage.people["Finance Example"]
        money = actions.open_action(
            stage.steering, what, owner, date(2025, 11, 5), by=stage.chair, repeats=Repeat.MONTHLY
        )
    with at(date(2025, 11, 4), FIVE):
        actions.say_done(money, by=owner, evidence="The table was sent with the papers.")
    with at(date(2025, 11, 6), FIVE):
        actions.agree_done(money, by=stage.chair)


def bring_in(stage: Stage) -> None:
    """Bring in what the group kept in a spreadsheet."""
    with at(date(2025, 9, 3), TEN):
        brought = imports.take(stage.steering, read(ELSEWHERE.encode(), "log.csv"), "log.csv", by=stage.chair)
        imports.match(brought, brought.head, brought.columns, by=stage.chair)
        imports.bring_in(brought, by=stage.chair)


def keep_view(stage: Stage) -> None:
    """Let the chair keep what she looks at each week."""
    with at(date(2025, 11, 12), FIVE):
        log.keep_view("Late, the most often moved first", Wanted(show=Show.LATE, sort=Sort.MOVED), by=stage.chair)
