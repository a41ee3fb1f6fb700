"""A stream that has been answered, with everybody who has a first page of their own."""

from datetime import timedelta

from coprod.actions.models import Action
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.pilots.models import TestCycleState
from coprod.recommendations.models import Recommendation, State, Version
from coprod.steering import services as steering
from coprod.steering.models import Decision, Verdict
from tests.factories import an_action, keep
from tests.outcomes.builders import an_indicator
from tests.pilots.builders import a_pilot, a_test_cycle
from tests.steering.rooms import Room

WORDS = "You asked for a call. You get one, from May on."


class Answered(Room):
    """The room of the steering group; what its stream asks for is decided, answered, tried out and measured."""

    def __init__(self) -> None:
        super().__init__()
        self.place = self.meeting()

    def written(self, title: str = "A call", **fields: object) -> Recommendation:
        """Something the stream is still working on."""
        chosen = {"state": State.DRAFTED, "submitted_on": None} | fields
        self.numbers += 1
        made = Recommendation(
            workstream=self.stream, steering=self.steering, number=self.numbers, title=title, said=f"{title}.", **chosen
        )
        keep(made)
        _first_version(made)
        return made

    def sent(self, title: str = "A call") -> Recommendation:
        """Something sent to the steering group."""
        made = self.asked(title)
        _first_version(made)
        return made

    def on_record(self, verdict: Verdict = Verdict.ACCEPT, title: str = "A call", **said: object) -> Decision:
        """A decision whose reply is still owed."""
        made = self.decided(verdict, self.place, title, **said)
        _first_version(made.recommendation)
        return made

    def answered(self, verdict: Verdict = Verdict.ACCEPT, title: str = "A call", **said: object) -> Decision:
        """A decision the stream was told of."""
        made = self.on_record(verdict, title, **said)
        steering.send_reply(made, WORDS, by=self.alex)
        db.session.commit()
        return made

    def tried(self, title: str = "A call") -> Recommendation:
        """Something in pilot, with an action, a test cycle and an outcome that was measured to this month."""
        asked = self.answered(title=title).recommendation
        asked.state = State.IN_PILOT
        measured = an_indicator(asked, "Knew who rings", 48, 52, 62)
        for ago, reading in enumerate(reversed(measured.readings)):
            reading.month = (today().replace(day=1) - timedelta(28 * ago)).replace(day=1)
        a_test_cycle(a_pilot(asked, self.max), TestCycleState.ADAPT)
        self.action(self.max, "Find the money", recommendation=asked)
        db.session.commit()
        return asked

    def action(self, owner: Person, what: str = "Ring the clinic", **fields: object) -> Action:
        """Something somebody is to do by today, in the stream's log."""
        chosen = {"workstream": self.stream, "due": today(), "opened_on": today()} | fields
        return an_action(chosen.pop("workstream"), owner, what, **chosen)


def _first_version(made: Recommendation) -> None:
    keep(Version(recommendation=made, number=1, on=today(), words={"title": made.title}))
