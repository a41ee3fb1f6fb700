"""Recommendations in a given state, for the tests of what comes after."""

from datetime import timedelta

from coprod.core.clock import now
from coprod.core.db import db
from coprod.people.models import Person
from coprod.principles.models import Priority
from coprod.recommendations import services
from coprod.recommendations.models import Recommendation, Stage
from coprod.voting import services as voting
from coprod.voting.rules import Choice
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_programme, a_steering_group, keep
from tests.voting.ballots import Table, a_table

WORDS = {
    "title": "One named midwife",
    "said": "Every parent gets one named midwife, from the first visit on.",
    "problem": "Parents tell it all again each time.",
    "data": "Half knew their midwife’s name.",
    "practice_elsewhere": "Two areas do it.",
    "stories": "Telling it all again.",
    "options": "A card. A call. A named midwife.",
    "outcomes": "Parents know who comes.",
    "stage": Stage.PRE_BIRTH,
    "owner_wanted": "Midwifery",
    "cost": "not known",
    "presenter": "nobody yet",
}
AGREED = [5, 4, 3, 3, 2, 0, 5, 5, 4, 4, 4, 3, 3, 2, 5]
WORRIED = [5, 4, 3, 3, 2, 1, 3, 3, 3, 4, 4, 4, 5, 5, 5]


class Round:
    """A programme with one stream, one steering group, and everybody the chain needs."""

    def __init__(self, lived: int = 6, professionals: int = 9) -> None:
        self.programme = a_programme()
        self.chair = a_professional("Alex")
        self.parent_on_steering = a_person("Dee")
        self.steering: Workstream = a_steering_group(
            self.programme, chair=self.chair, members=[self.parent_on_steering]
        )
        self.table: Table = a_table(lived, professionals, programme=self.programme)
        self.priority = Priority(programme=self.programme, number=4, wording="One person who stays")
        keep(self.priority)

    @property
    def facilitator(self) -> Person:
        return self.table.facilitator

    def noted(self) -> Recommendation:
        made = services.draft(self.table.stream, "One named midwife", by=self.table.lived[0])
        db.session.commit()
        return made

    def drafted(self) -> Recommendation:
        made = self.noted()
        services.save(made, WORDS, [self.priority], version=1, by=self.facilitator)
        services.move(made, "drafted", by=self.facilitator)
        db.session.commit()
        return made

    def voting(self) -> Recommendation:
        made = self.drafted()
        services.open_vote(made, now() + timedelta(days=4), by=self.facilitator)
        db.session.commit()
        return made

    def answered(self, choices: list[int]) -> Recommendation:
        made = self.voting()
        for person, choice in zip(self.table.voters, choices, strict=True):
            voting.cast(services.current_poll(made), Choice(choice), by=person)
        db.session.commit()
        return made

    def counted(self, choices: list[int]) -> Recommendation:
        made = self.answered(choices)
        services.count_vote(made, by=self.facilitator)
        db.session.commit()
        return made

    def agreed(self) -> Recommendation:
        return self.counted(AGREED)

    def submitted(self) -> Recommendation:
        made = self.agreed()
        services.submit(made, by=self.facilitator)
        db.session.commit()
        return made
