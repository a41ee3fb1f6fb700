"""What the steering group is for, what its next agenda holds, and what the groups answer to its decisions."""

from datetime import date, time
from typing import cast

from coprod.demo.stage import Stage, at
from coprod.steering import services
from coprod.steering.models import Decision, Meeting
from coprod.steering.queries import next_meeting
from coprod.workstreams.models import Membership
from coprod.workstreams.rules import membership_of

TEN = time(10)
FIRST_TERMS = "We answer what the groups ask for. We say yes or no, and why."
PURPOSE = "We answer what the groups ask for. We say why, in plain words, and we write back in ten working days."
MEMBERS = "Fourteen people (example). Three have lived experience. Everybody stays two years, and may stay two more."
DECIDING = "We talk until nobody has more to say. Whoever sees it differently is named in the decision."
OFTEN = "Four times a year (example), on a Thursday morning"
NOT_AGAIN = "The court is asked by March. We want you to look at the call on Sunday night before that."
TOO_LATE = "May is a long time to wait. Half a post would help dads now."


def write_terms(stage: Stage) -> None:
    """Agree what the group is for, and agree it anew three years later."""
    with at(date(2022, 9, 8)):
        services.set_terms(stage.steering, FIRST_TERMS, by=stage.chair)
    with at(date(2025, 9, 11)):
        services.set_terms(
            stage.steering,
            PURPOSE,
            by=stage.chair,
            members=MEMBERS,
            deciding=DECIDING,
            meeting_often=OFTEN,
            look_again_on=date(2026, 9, 10),
        )


def answer_back(stage: Stage) -> None:
    """The groups ask, are content, and contest: one contest is sent, and one waits for a second person."""
    people, decided = stage.people, stage.decided
    with at(date(2025, 9, 22)):
        services.accept_answer(decided["map"], by=people["Max"])
        asked = services.ask(decided["numbers"], "Who may see the numbers of our ward?", by=people["Lou"])
    with at(date(2025, 9, 24)):
        services.answer_question(asked, "You, the ward and us. No number names anybody.", by=stage.chair)
    with at(date(2025, 11, 13)):
        services.ask(decided["numbers"], "When do we see the first numbers?", by=people["Dee"])
    _contest(decided["mondays"], stage)
    with at(date(2025, 11, 14)):
        services.contest(decided["dads"], TOO_LATE, "Ash", by=people["Ash"])


def _contest(decision: Decision, stage: Stage) -> None:
    with at(date(2025, 11, 11)):
        contest = services.contest(decision, NOT_AGAIN, "Kit", by=stage.people["Kit"])
    with at(date(2025, 11, 12)):
        services.second(contest, by=stage.people["Robin"])


def set_agenda(stage: Stage) -> None:
    """Put something else on the next agenda, and let Nurse Example say what she has an interest in."""
    meeting = cast(Meeting, next_meeting(stage.steering))
    with at(date(2025, 11, 14), TEN):
        services.build_agenda(meeting, by=stage.chair)
        services.add_item(meeting, "Who is missing at our table", 15, "Commissioner Example", by=stage.chair)
        _declare(stage, meeting)


def _declare(stage: Stage, meeting: Meeting) -> None:
    nurse = stage.people["Nurse Example"]
    held = cast(Membership, membership_of(nurse, stage.steering))
    item = next(one for one in meeting.items if one.recommendation == stage.asked["call"])
    services.declare(item, held, "My team would make the calls.", by=nurse)
