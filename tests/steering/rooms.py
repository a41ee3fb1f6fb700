"""A steering group in its room, with a stream that asks it for things."""

from datetime import date, time
from typing import Any

from coprod.core.clock import today
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation, State
from coprod.steering import queries, services
from coprod.steering.models import Decision, Meeting, MeetingState, Presence, Verdict
from coprod.workstreams.models import Workstream
from tests.factories import a_person, a_professional, a_programme, a_steering_group, a_stream, keep

BECAUSE = "You should not go home to silence."


class Room:
    """Alex in the chair, Dee and Eve with lived experience, Max; and the stream of Sam, Robin and Mo."""

    def __init__(self) -> None:
        self.programme = a_programme()
        self.alex, self.max = a_professional("Alex"), a_professional("Max")
        self.dee, self.eve = a_person("Dee"), a_person("Eve")
        self.sam, self.mo = a_professional("Sam"), a_professional("Mo")
        self.robin, self.stranger = a_person("Robin"), a_professional("Zoe")
        self.steering: Workstream = a_steering_group(
            self.programme, chair=self.alex, members=[self.dee, self.eve, self.max]
        )
        self.stream: Workstream = a_stream(self.programme, facilitator=self.sam, members=[self.robin, self.mo])
        self.numbers = 0

    def meeting(
        self, state: MeetingState = MeetingState.OPEN, on: date | None = None, here: list[Person] | None = None
    ) -> Meeting:
        """A meeting with everybody there, unless said."""
        there = here if here is not None else [self.alex, self.max, self.dee, self.eve]
        meeting = Meeting(workstream=self.steering, on=on or today(), starts_at=time(10), state=state)
        meeting.present = [Presence(membership=held) for held in self.steering.memberships if held.person in there]
        keep(meeting)
        return meeting

    def later(self, on: date) -> Meeting:
        """The meeting of a later day, open with everybody there, once the one going on has ended in good order."""
        before = queries.open_meeting(self.steering)
        if before:
            for minutes in filter(None, map(queries.minutes_for, before.items)):
                services.approve_minutes(minutes, before, by=self.alex)
            services.close_meeting(before, by=self.alex)
        meeting = self.meeting(MeetingState.PLANNED, on=on)
        services.open_meeting(meeting, by=self.alex)
        return meeting

    def asked(self, title: str = "A call", state: State = State.SUBMITTED, **fields: Any) -> Recommendation:
        """A recommendation of the stream, sent to the steering group unless said."""
        self.numbers += 1
        made = Recommendation(
            workstream=self.stream,
            steering=self.steering,
            number=self.numbers,
            title=title,
            said=f"{title}, please.",
            state=state,
            submitted_on=today(),
            **fields,
        )
        keep(made)
        return made

    def decided(
        self, verdict: Verdict = Verdict.ACCEPT, meeting: Meeting | None = None, title: str = "A call", **said: Any
    ) -> Decision:
        """A decision on a recommendation of its own."""
        words: dict[str, Any] = {"reason": BECAUSE, **NEEDED.get(verdict, {}), **said}
        return services.decide(meeting or self.meeting(), self.asked(title), verdict, by=self.alex, **words)


NEEDED: dict[Verdict, dict[str, Any]] = {
    Verdict.ACCEPT_WITH_CHANGES: {"changes": "Start before birth."},
    Verdict.REFER_BACK: {"question": "Who would ring?"},
    Verdict.DEFER: {"until": date(2026, 5, 12)},
    Verdict.DECLINE: {"would_change": "A new judge."},
}
